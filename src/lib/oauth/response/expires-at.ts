import type { Exchange } from '../../http/message.ts'
import { asNumber, member } from '../../json/value.ts'
import { readClaims } from './token-facts.ts'
import type { Reading } from './read-response.ts'

/**
 * When a token ends, in milliseconds since the epoch: by its `exp`, else by the `expires_in` it came with; `null` where
 * neither tells.
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
  const exp = asNumber(member(readClaims(reading.accessToken), 'exp'))
  if (exp !== undefined) return exp * 1000
  const lifetime = asNumber(member(reading.answer.members, 'expires_in'))
  return lifetime === undefined ? null : exchange.startedAt + exchange.duration + lifetime * 1000
}
