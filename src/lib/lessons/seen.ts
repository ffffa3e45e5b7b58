import { type Exchange, type HeaderList, headerValue } from '../http/message.ts'
import { asString, type JsonValue, member } from '../json/value.ts'
import { claimsOf, decode } from '../jwt/decode/decode.ts'
import { readApiResponse } from '../oauth/api/api-response.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { readTokenResponse } from '../oauth/response/read-response.ts'

/** What a lesson looks at: an exchange, and what it was made from and for. */
export interface LessonEntry {
  /** `token`, `api`, `introspection` and the like. */
  readonly about: string
  readonly config: TokenRequestConfig
  readonly replayOf: number | null
  readonly exchange: Exchange
  readonly call?: ApiCall
  readonly facts?: { readonly accessToken: string; readonly claims: JsonValue | null } | null
}

/** How the client authenticated, by the request itself. @see RFC 6749 section 2.3 */
export type SentAuth = (typeof sentAuths)[number]

export const sentAuths = ['header', 'body', 'both', 'assertion', 'none'] as const

export const presentedAs = ['Bearer', 'DPoP', 'none'] as const

/** What an exchange comes to, as far as lessons ask for it. */
export interface Seen {
  readonly id: number
  readonly about: string
  readonly method: string
  readonly path: string
  /** `null` if no response came that the page could read. */
  readonly status: number | null
  /** The error code; empty if there is none. */
  readonly error: string
  readonly client: string
  readonly auth: SentAuth
  /** Whether ID and secret of the Basic header are form-encoded; `null` if there is none. @see RFC 6749 section 2.3.1 */
  readonly encoded: boolean | null
  /** The payload of the client assertion; `null` if there is none. @see RFC 7523 section 3 */
  readonly assertion: JsonValue | null
  /** The parameters of the body, repeats kept. */
  readonly sent: URLSearchParams
  /** The scope that the response names, else the one asked for; `null` unless a token was issued. @see RFC 6749 section 5.1 */
  readonly granted: string | null
  /** The token that came or was used; `null` if there is none. */
  readonly token: string | null
  readonly claims: JsonValue | null
  /** Under which scheme a token was presented. @see RFC 6750 section 2.1, RFC 9449 section 7.1 */
  readonly presented: (typeof presentedAs)[number]
  /** The token as it was presented, which may be broken on purpose; `null` if none was. */
  readonly used: string | null
  /** The payload of the proof; `null` if there was none. */
  readonly proof: JsonValue | null
  /** What introspection says; `null` for anything else. */
  readonly active: boolean | null
  readonly replayOf: number | null
  /** Milliseconds since the epoch. */
  readonly at: number
}

const known = new WeakMap<Exchange, Seen>()

/** Reads an exchange once. Never throws. */
export function seen(entry: LessonEntry): Seen {
  const found = known.get(entry.exchange) ?? read(entry)
  known.set(entry.exchange, found)
  return found
}

function read({ about, config, replayOf, exchange, facts }: LessonEntry): Seen {
  const { request, outcome, id, startedAt } = exchange
  const url = new URL(request.url)
  const status = outcome.kind === 'response' ? outcome.response.status : null
  const sent = new URLSearchParams(isForm(request.headers) ? (request.body ?? '') : '')
  const issued = about === 'token' ? readTokenResponse(outcome) : null
  const refusal = about === 'api' ? readApiResponse(outcome) : (issued ?? readTokenResponse(outcome))
  const error = refusal.kind === 'refused' ? (refusal.error?.error ?? '') : ''
  const isIssued = issued?.kind === 'issued'
  const members = isIssued ? issued.answer.members : null
  const asked = sent.get('scope') ?? ''
  return {
    id,
    about,
    method: request.method,
    path: url.pathname,
    status,
    error,
    client: config.client_id,
    auth: authOf(request.headers, sent),
    encoded: isEncoded(request.headers),
    assertion: payloadOf(sent.get('client_assertion')),
    sent,
    granted: isIssued ? (asString(member(members, 'scope')) ?? asked) : null,
    token: isIssued ? issued.accessToken : (facts?.accessToken ?? null),
    claims: isIssued ? issued.claims : (facts?.claims ?? null),
    ...presentedIn(request.headers),
    proof: payloadOf(headerValue(request.headers, 'dpop')),
    active: about === 'introspection' ? activeIn(refusal) : null,
    replayOf,
    at: startedAt,
  }
}

const isForm = (headers: HeaderList): boolean =>
  (headerValue(headers, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded')

function authOf(headers: HeaderList, sent: URLSearchParams): SentAuth {
  const inHeader = /^basic /i.test(headerValue(headers, 'authorization') ?? '')
  const inBody = sent.has('client_secret')
  if (inHeader) return inBody ? 'both' : 'header'
  if (inBody) return 'body'
  return sent.has('client_assertion') ? 'assertion' : 'none'
}

const base64 = /^basic ((?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?)$/i

/** What the serializer of forms writes, on both sides of the colon. @see RFC 6749 appendix B */
const formEncoded = /^(?:[\w*.+-]|%[\dA-F]{2})*:(?:[\w*.+-]|%[\dA-F]{2})*$/i

function isEncoded(headers: HeaderList): boolean | null {
  const [, credentials] = base64.exec(headerValue(headers, 'authorization') ?? '') ?? []
  return credentials === undefined ? null : formEncoded.test(atob(credentials))
}

const payloadOf = (jwt: string | null): JsonValue | null => (jwt === null ? null : claimsOf(decode(jwt)))

function presentedIn(headers: HeaderList): Pick<Seen, 'presented' | 'used'> {
  const [, scheme, used] = /^(bearer|dpop) (.*)$/is.exec(headerValue(headers, 'authorization') ?? '') ?? []
  if (scheme === undefined || used === undefined) return { presented: 'none', used: null }
  return { presented: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', used }
}

/** @see RFC 7662 section 2.2 */
function activeIn(reading: ReturnType<typeof readApiResponse> | ReturnType<typeof readTokenResponse>) {
  if (!('answer' in reading)) return null
  const active = member(reading.answer.members, 'active')
  return active?.kind === 'literal' && typeof active.value === 'boolean' ? active.value : null
}
