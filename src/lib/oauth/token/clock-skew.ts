import type { Exchange } from '../../http/message.ts'
import { asNumber, member } from '../../json/value.ts'
import { decode } from '../../jwt/decode/decode.ts'
import type { Reading } from '../response/read-response.ts'

/** Differences within it are the way of clocks and networks, in seconds. */
const tolerance = 2

/**
 * How many seconds the server's clock is ahead of this machine's, told by the `iat` of a token it has just issued:
 * negative where it is behind, 0 where the two agree, `null` where nothing tells. A page cannot read `Date`.
 * @see RFC 7519 section 4.1.6
 */
export function estimateSkew(reading: Reading, { startedAt, duration }: Exchange): number | null {
  if (reading.kind !== 'issued') return null
  const decoded = decode(reading.accessToken)
  const iat = decoded.kind === 'jws' ? asNumber(member(decoded.payload.value, 'iat')) : undefined
  if (iat === undefined) return null
  const earliest = Math.floor(startedAt / 1000)
  const latest = Math.floor((startedAt + duration) / 1000)
  const skew = iat < earliest ? iat - earliest : Math.max(0, iat - latest)
  return Math.abs(skew) <= tolerance ? 0 : skew
}
