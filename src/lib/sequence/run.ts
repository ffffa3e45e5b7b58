import { hidesSecret } from '../text/hides-secret.ts'
import { headerValue, type HttpRequest } from '../http/message.ts'
import { mcpMethodOf } from '../mcp/method-of.ts'
import { runLanes } from './lanes.ts'
import { cameBack, returnedBy, toneOf } from './returned.ts'
import { type RunEntry, secretsOf } from './run-entry.ts'
import type { Message, Returned, Sequence, Stop } from './sequence.ts'
import { authWords, methodWord, pathOf, preflightWords } from './words.ts'

/** What is known of a run besides its exchanges. */
interface Run {
  /** The serialized origin of the page: `null` as text on file://. */
  readonly pageOrigin: string
  /** Where a server that does not show its checks stopped a request, as far as that is known, by the number of the exchange. */
  readonly stops?: ReadonlyMap<number, Stop>
}

/** What the page sent and what came of it, the oldest first. */
export function sequenceOfRun(entries: readonly RunEntry[], { pageOrigin, stops }: Run): Sequence {
  const { lanes, laneOf, hostAmongOthers } = runLanes(entries, pageOrigin)
  const messages = entries.flatMap((entry): Message[] => {
    const { exchange, after } = entry
    const { request, id } = exchange
    const to = laneOf(request.url)
    const host = hostAmongOthers(request.url)
    const path = pathOf(request.url, secretsOf(entry))
    const asked = whyAsked(entry, pageOrigin)
    const call: Message = {
      kind: 'call',
      to,
      request: `${methodWord(request.method)} ${path}`,
      detail: [...(host === null ? [] : [host]), ...alongWith(entry)].join(', '),
      when: '',
      response: returnedBy(entry),
      exchange: id,
      after: after?.exchange.id ?? null,
      stopped: stoppedBy(entry) ?? stops?.get(id) ?? null,
    }
    if (asked === null) return [call]
    const preflight: Message = {
      kind: 'preflight',
      to,
      request: `OPTIONS ${path}`,
      detail: [...(host === null ? [] : [host]), asked].join(', '),
      response: preflightReturned(entry),
    }
    return [preflight, call]
  })
  return { lanes, messages }
}

/**
 * Why the browser asked first; `null` if it did not. Through the relay nothing is asked, and the practice server says so itself. It is
 * asked for every request: this page sends with `cache: no-store`, for which Chromium remembers no permission.
 */
function whyAsked({ exchange }: RunEntry, pageOrigin: string): string | null {
  const { via, serverView, request } = exchange
  if (via === 'relay' || (serverView && serverView.preflight === null)) return null
  return preflightWords(request, pageOrigin)
}

/** A server in the page shows it. For any other, a response to the request itself means that it was allowed. */
function preflightReturned({ exchange }: RunEntry): Returned | null {
  const status = exchange.serverView?.preflight?.status
  if (status !== undefined) return { text: String(status), tone: toneOf(status), came: true, when: '' }
  return cameBack(exchange.outcome) ? { text: 'allowed', tone: 'plain', came: true, when: '' } : null
}

function alongWith({ about, config, exchange, after, replayOf }: RunEntry): string[] {
  const { request, via } = exchange
  const proof = headerValue(request.headers, 'dpop') !== null
  return [
    ...(about in purposes ? [purposes[about as keyof typeof purposes]] : []),
    ...(provesClient.includes(about) ? [authWords[config.token_endpoint_auth_method]] : []),
    ...(about === 'api' ? [mcpMethodOf(request) ?? [], presented(request)].flat() : []),
    ...(proof ? [after ? `DPoP proof with the nonce of #${after.exchange.id}` : 'DPoP proof'] : []),
    ...(replayOf === null ? [] : [`the bytes of #${replayOf} again`]),
    ...(via === 'relay' ? ['through the relay'] : []),
  ]
}

/** The check that failed at a server which shows what it checks. */
function stoppedBy(entry: RunEntry): Stop | null {
  const failed = entry.exchange.serverView?.checks.find(({ result }) => result === 'fail')
  const hides = secretsOf(entry).some((secret) => hidesSecret(failed?.what ?? '', secret))
  return failed && !hides ? { at: failed.what, by: 'proven' } : null
}

const provesClient: readonly string[] = ['token', 'introspection', 'revocation']

/** What a path alone may not show. */
const purposes = {
  metadata: 'metadata',
  keys: 'keys',
  registration: 'registration',
  introspection: 'introspection',
  revocation: 'revocation',
  probe: 'connection check, without credentials',
} as const

/** The scheme, if it is one that tokens are presented under; what follows it is never shown. */
function presented({ headers }: HttpRequest): string {
  const scheme = /^(bearer|dpop) /i.exec(headerValue(headers, 'authorization') ?? '')?.[1]?.toLowerCase()
  if (scheme === undefined) return 'without the token'
  return scheme === 'dpop' ? 'DPoP-bound token' : 'Bearer token'
}
