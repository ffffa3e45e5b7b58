import { asNumber, member, type JsonValue } from '../../lib/json/value.ts'
import { relativeTime } from '../../lib/jwt/decode/numeric-date.ts'

/**
 * What a moment means for a token with those claims: another text only where something that is said or decided of it
 * becomes another. `now` in milliseconds since the epoch.
 * @see RFC 7519 sections 4.1.4 and 4.1.5
 */
export function timeInWords(claims: JsonValue | null, now: number): string {
  return ['exp', 'nbf']
    .map((name) => asNumber(member(claims, name)))
    .map((time) => (time === undefined ? '' : `${time * 1000 <= now} ${relativeTime(time, now)}`))
    .join()
}
