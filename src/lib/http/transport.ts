import {
  type Arriving,
  type EndedBy,
  type HttpResponse,
  type Observation,
  type Outcome,
  type Transport,
} from './message.ts'
import { isEventStream } from './body.ts'

/** Beyond this a body is no longer read: a page must not be filled up by a hostile server. */
const maxBodyBytes = 16 * 1024 * 1024

/**
 * The real network. Nothing rides along that the user did not type: no cookies, no cache, no referrer; a redirect
 * is never followed, because a 307 would carry the client's secret to wherever `Location` points. `spaceOf` names the
 * address space that a URL is in, if the browser needs it; one that knows no such option ignores it.
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect
 * @see https://wicg.github.io/local-network-access/#fetch-api
 */
export function fetchTransport(
  fetch: typeof globalThis.fetch,
  spaceOf: (url: string) => 'loopback' | 'local' | null = () => null,
): Transport {
  return async (request, signal, arriving) => {
    let response: Response
    const targetAddressSpace = spaceOf(request.url)
    try {
      response = await fetch(request.url, {
        method: request.method,
        headers: request.headers.map(([name, value]): [string, string] => [name, value]),
        body: request.body,
        signal,
        mode: request.mode ?? 'cors',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        // In mode no-cors anything else would be a network error; nothing that is anybody's is in such a request.
        redirect: request.mode === 'no-cors' ? 'follow' : 'manual',
        ...(targetAddressSpace && { targetAddressSpace }),
      })
    } catch (error) {
      return observed(interruption(error, signal, null))
    }
    if (response.type === 'opaqueredirect') return observed({ kind: 'opaque-redirect' })
    if (response.type === 'opaque') return observed({ kind: 'opaque' })
    return observed(await readBody(response, signal, arriving))
  }
}

async function readBody(response: Response, signal: AbortSignal, arriving?: Arriving): Promise<Outcome> {
  const chunks: Uint8Array[] = []
  let size = 0
  const soFar = (): HttpResponse => ({
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: concatenate(chunks),
  })
  const reader = response.body?.getReader()
  if (!reader) return { kind: 'response', response: soFar() }
  try {
    arriving?.(soFar)
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value)
      size += read.value.length
      arriving?.(soFar)
      if (size <= maxBodyBytes) continue
      await reader.cancel()
      return ended('size', soFar())
    }
    return { kind: 'response', response: soFar() }
  } catch (error) {
    return interruption(error, signal, soFar())
  }
}

/** What a rejection was: our own abort, or the platform's failure in its own words. */
function interruption(error: unknown, signal: AbortSignal, partial: HttpResponse | null): Outcome {
  if (signal.aborted) return ended(abortedBy(signal), partial)
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { kind: 'failure', name, message, partial }
}

/**
 * What an exchange comes to that we end. A stream of events need never end: what has come of it is a response.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#server-sent-events
 */
export function ended(by: EndedBy, partial: HttpResponse | null): Outcome {
  if (partial && isEventStream(partial)) return { kind: 'response', response: partial, ended: by }
  return { kind: 'aborted', by, partial }
}

/** Who aborted: the deadline, whose reason is a `TimeoutError`, or the user. */
export function abortedBy(signal: AbortSignal): 'timeout' | 'person' {
  return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError' ? 'timeout' : 'person'
}

/** The pieces of a body as one. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

const observed = (outcome: Outcome): Observation => ({ outcome, serverView: null })
