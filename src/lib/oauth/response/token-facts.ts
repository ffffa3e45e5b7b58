import type { TokenRequestConfig } from '../config/config.ts'
import type { ApiCall } from '../config/api-call.ts'
import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'
import { lifetimeOf } from '../../jwt/decode/expires-in.ts'
import { looksLikeMilliseconds } from '../../jwt/decode/numeric-date.ts'
import { clientClaim, stringsOf } from '../../jwt/decode/claim-values.ts'
import type { Reading, ReadToken } from './read-response.ts'
import type { Exchange } from '../../http/message.ts'

/** What is known of an access token at a moment. */
export interface TokenFacts extends ReadToken {
  /** `scope` of the response it came with; `null` if that had none, or the token was pasted. */
  readonly scope: string | null
  /** The client it was issued to; `null` if nothing says so. */
  readonly client: string | null
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * What a token says of itself, besides the scope its response named. `now` in milliseconds since the epoch.
 * @param client that asked for it; `null` if that is known from the token alone
 */
export function tokenFacts(
  { accessToken, decoded, claims }: ReadToken,
  now: number,
  scope: string | null = null,
  client: string | null = null,
): TokenFacts {
  return { accessToken, decoded, claims, scope, client: client ?? clientNamed(claims), now }
}

/** The client that a token names; `null` if it names none. @see RFC 8693 section 4.3 */
export function clientNamed(claims: JsonValue | null): string | null {
  return asString(member(claims, clientClaim(claims) ?? '')) ?? null
}

/** The other client that the token was issued to; `null` if it is the one of the form, or nobody knows. */
export function otherClient(client: string | null, { client_id }: TokenRequestConfig): string | null {
  return client === null || client_id === '' || client === client_id ? null : client
}

/** The scope that the response with a token named; `null` if it named none. @see RFC 6749 section 5.1 */
export function responseScope(reading: Reading | undefined): string | null {
  return reading?.kind === 'issued' ? (asString(member(reading.answer.members, 'scope')) ?? null) : null
}

/** The thumbprint of the key the token is bound to, `null` if it names none. @see RFC 9449 section 6.1 */
export function boundKey(claims: JsonValue | null): string | null {
  return asString(member(member(claims, 'cnf'), 'jkt')) ?? null
}

/** A claim that is a string or a list of strings, as a list; `null` if it is neither, or absent. */
export function listClaim(claims: JsonValue | null, name: string): readonly string[] | null {
  return stringsOf(member(claims, name))
}

/**
 * When a token ends, in milliseconds since the epoch: by its `exp`, else by the `expires_in` it came with; `null` if
 * neither says.
 * @see RFC 6749 section 5.1, RFC 7519 section 4.1.4
 */
export function expiresAt({
  exchange,
  understanding,
}: {
  readonly exchange: Exchange
  readonly understanding: { readonly reading: Reading } | null
}): number | null {
  const reading = understanding?.reading
  if (reading?.kind !== 'issued') return null
  const exp = asNumber(member(reading.claims, 'exp'))
  if (exp !== undefined) return looksLikeMilliseconds(exp) ? exp : exp * 1000
  const lifetime = member(reading.answer.members, 'expires_in')
  const receivedAt = exchange.startedAt + exchange.duration
  const seconds = lifetime === undefined ? null : lifetimeOf(lifetime, receivedAt).seconds
  return seconds === null ? null : receivedAt + seconds * 1000
}

/**
 * The scheme the token is sent under, `null` for none. A broken token goes out as the whole one should: under DPoP
 * if it is bound to a key, or, if it cannot be read, if bound ones are asked for.
 * @see RFC 9449 section 7.1
 */
export function schemeOf(
  { presentation }: ApiCall,
  claims: JsonValue | null,
  { dpop }: TokenRequestConfig,
): 'Bearer' | 'DPoP' | null {
  if (presentation !== 'broken')
    return ({ bearer: 'Bearer', dpop: 'DPoP', none: null } as const)[presentation]
  const bound = claims === null ? dpop.on : boundKey(claims) !== null
  return bound ? 'DPoP' : 'Bearer'
}
