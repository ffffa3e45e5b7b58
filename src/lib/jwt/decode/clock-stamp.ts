import { asNumber, member, type JsonValue } from '../../json/value.ts'
import { relativeTime } from './numeric-date.ts'

/** Seconds that clocks may differ. */
export const clockTolerance = 10

/** Characters of a token whose checks are cheap enough to be made again each time a word of theirs changes. */
const cheap = 100_000

/**
 * What the clock makes of a token: as long as this text is the same, so are its checks. For a long token only the
 * verdicts count, and not the words about how far off a moment is.
 * @param serverNow milliseconds since 1970, by the server's clock
 */
export function clockStamp(token: string, claims: JsonValue | null, serverNow: number): string {
  const stamps = ['exp', 'nbf', 'iat'].map((name) => {
    const seconds = asNumber(member(claims, name))
    if (seconds === undefined) return ''
    const ahead = seconds * 1000 - serverNow
    const words = token.length <= cheap ? relativeTime(seconds, serverNow) : ''
    return `${ahead > 0} ${ahead > clockTolerance * 1000} ${words}`
  })
  return stamps.join(', ')
}
