import type {
  HeaderList,
  HttpRequest,
  HttpResponse,
  Observation,
  Outcome,
  Transport,
} from '../http/message.ts'
import { predictPreflight } from '../http/preflight.ts'
import { mayRead, maySend, splitHeaders } from './cors.ts'
import type { PracticeServer } from './base/served.ts'
import { abortedBy } from '../http/transport.ts'

/**
 * The practice server as a browser would let a page of another origin see it: preflights, the CORS check, hidden
 * fields and withheld redirects, all by the Fetch Standard, together with the server's own view.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function practiceTransport(server: PracticeServer, pageOrigin: string): Transport {
  return async (request, signal) => {
    const { promise, stop } = whenAborted(signal)
    if (signal.aborted) return promise
    return Promise.race([observe(server, request, pageOrigin), promise]).finally(stop)
  }
}

async function observe(
  server: PracticeServer,
  request: HttpRequest,
  pageOrigin: string,
): Promise<Observation> {
  const prepared = prepare(request, pageOrigin)
  if ('refused' in prepared) return { outcome: prepared.refused, serverView: null }
  let preflight: HttpResponse | null = null
  if (prepared.preflight) {
    const { response, checks } = await send(server, platformPreflight(prepared.preflight))
    if (!maySend(prepared.preflight, response, pageOrigin)) {
      return { outcome: networkError, serverView: { checks, hiddenHeaders: [], preflight: response } }
    }
    preflight = response
  }
  const { response, checks } = await send(server, prepared.sent)
  const { outcome, hiddenHeaders } = filtered(response, pageOrigin)
  return { outcome, serverView: { checks, hiddenHeaders, preflight } }
}

/** What fetch does before it sends anything: it may refuse a method, a header or a body with a TypeError. */
function prepare(request: HttpRequest, pageOrigin: string) {
  try {
    const sent = platformRequest(request)
    return { sent, preflight: predictPreflight(request, pageOrigin)?.request ?? null }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { refused: { kind: 'failure', name, message, partial: null } as const }
  }
}

function filtered(
  response: HttpResponse,
  pageOrigin: string,
): { outcome: Outcome; hiddenHeaders: HeaderList } {
  const all = response.headers
  if (!mayRead(response, pageOrigin)) return { outcome: networkError, hiddenHeaders: all }
  if (redirects.includes(response.status)) return { outcome: { kind: 'opaque-redirect' }, hiddenHeaders: all }
  const { visible, hidden } = splitHeaders(all)
  return { outcome: { kind: 'response', response: { ...response, headers: visible } }, hiddenHeaders: hidden }
}

/** @see https://fetch.spec.whatwg.org/#redirect-status */
const redirects: readonly number[] = [301, 302, 303, 307, 308]

/** All a page learns when the browser withholds a response, in Chromium's words. */
const networkError: Outcome = {
  kind: 'failure',
  name: 'TypeError',
  message: 'Failed to fetch',
  partial: null,
}

function platformRequest({ method, url, headers, body }: HttpRequest): Request {
  return new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body,
  })
}

/** A preflight has fields that a browser writes alone, and that a script can give no Request. */
function platformPreflight(preflight: HttpRequest): Request {
  const headers = new Headers(preflight.headers.map(([name, value]): [string, string] => [name, value]))
  return Object.defineProperty(platformRequest(preflight), 'headers', { value: headers })
}

async function send(server: PracticeServer, request: Request) {
  const answer = await server.fetch(request)
  const { status, statusText, headers } = answer
  const body = new Uint8Array(await answer.arrayBuffer())
  return { response: { status, statusText, headers: [...headers], body }, checks: server.checksOf(answer) }
}

/** Settles when the signal does, at once if it already has; `stop` lets go of the signal. */
function whenAborted(signal: AbortSignal): { promise: Promise<Observation>; stop: () => void } {
  const listening = new AbortController()
  const promise = new Promise<Observation>((resolve) => {
    const settle = (): void => {
      resolve({ outcome: { kind: 'aborted', by: abortedBy(signal), partial: null }, serverView: null })
    }
    if (signal.aborted) settle()
    signal.addEventListener('abort', settle, { once: true, signal: listening.signal })
  })
  return {
    promise,
    stop: () => {
      listening.abort()
    },
  }
}
