import { asNumber, type JsonValue, member } from '../../json/value.ts'

/** Whether a NumericDate is so large (past the year 5000) that milliseconds were meant, a common mistake. */
export function looksLikeMilliseconds(seconds: number): boolean {
  return seconds > 1e11
}

const [minute, hour, day] = [60, 3600, 86_400]

/** Days of which the hours are said too. */
const fewDays = 10

/** A whole and what is left of it, which is left out if it is nothing. */
const both = (whole: string, rest: number, unit: string): string =>
  rest === 0 ? whole : `${whole} ${rest} ${unit}`

/** A span in words: seconds are whole, all else is rounded to the nearest: `59 s`, `4 min`, `1 h 59 min`, `3 days 2 h`. */
function duration(seconds: number): string {
  const span = Math.abs(seconds)
  const [minutes, hours] = [Math.round(span / minute), Math.round(span / hour)]
  if (span < minute) return `${Math.floor(span)} s`
  if (minutes < 60) return `${minutes} min`
  if (minutes < (2 * day) / minute) return both(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min')
  return hours < 24 * fewDays
    ? both(`${Math.floor(hours / 24)} days`, hours % 24, 'h')
    : `${Math.round(span / day)} days`
}

/** What is left, ticking: `1 d 2 h`, `2 h 5 m`, `4 m 09 s`, `9 s`. */
export function countdown(seconds: number): string {
  const [d, h, m, s] = [86_400, 3600, 60, 1].map((unit, index) => {
    return Math.floor(seconds / unit) % ([Infinity, 24, 60, 60][index] ?? 1)
  }) as [number, number, number, number]
  if (d > 0) return `${d} d ${h} h`
  if (h > 0) return `${h} h ${m} m`
  return m > 0 ? `${m} m ${String(s).padStart(2, '0')} s` : `${s} s`
}

/**
 * When a moment is, seen from now: `in 4 min`, `12 s ago`, `now`.
 *
 * @param seconds a NumericDate
 * @param nowMs milliseconds since 1970, as `Date.now` gives them
 */
export function relativeTime(seconds: number, nowMs: number): string {
  const ahead = seconds - nowMs / 1000
  if (Math.abs(ahead) < 1) return 'now'
  return ahead > 0 ? `in ${duration(ahead)}` : `${duration(ahead)} ago`
}

export type Expiry =
  /** No `exp`: the token itself sets no end. */
  | { readonly kind: 'none' }
  /** `milliseconds`: the value is so far ahead that milliseconds were probably meant. */
  | { readonly kind: 'valid'; readonly secondsLeft: number; readonly milliseconds: boolean }
  | { readonly kind: 'expired'; readonly secondsAgo: number }
  /** `exp` is no number. */
  | { readonly kind: 'unreadable' }

/**
 * What `exp` says at a given time, without leeway for clocks that differ: "the expiration time on or after which the
 * JWT MUST NOT be accepted for processing".
 *
 * @param claims the payload's tree
 * @param nowMs milliseconds since 1970
 * @see RFC 7519 section 4.1.4
 */
export function expiry(claims: JsonValue | null, nowMs: number): Expiry {
  const exp = member(claims, 'exp')
  if (exp === undefined) return { kind: 'none' }
  const seconds = asNumber(exp)
  if (seconds === undefined) return { kind: 'unreadable' }
  const left = seconds - nowMs / 1000
  if (left <= 0) return { kind: 'expired', secondsAgo: nowMs / 1000 - seconds }
  return { kind: 'valid', secondsLeft: left, milliseconds: looksLikeMilliseconds(seconds) }
}

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

/**
 * What a moment means for a token with those claims: another text only if something that is said or decided of it
 * becomes another. `now` in milliseconds since the epoch.
 * @see RFC 7519 sections 4.1.4 and 4.1.5
 */
export function timeInWords(claims: JsonValue | null, now: number): string {
  return ['exp', 'nbf']
    .map((name) => asNumber(member(claims, name)))
    .map((time) => (time === undefined ? '' : `${time * 1000 <= now} ${relativeTime(time, now)}`))
    .join()
}

const halfHour = 1800

/** Seconds a response is on its way, and rounding. */
const onTheWay = 5

/**
 * Whether clocks that differ so are no clocks that differ: by whole half hours, of which time zones are made, local time
 * was written where UTC belongs.
 * @param seconds how far one is ahead of the other
 */
export function isTimeZone(seconds: number): boolean {
  const off = Math.abs(seconds)
  const zones = Math.round(off / halfHour)
  return zones >= 1 && zones <= 28 && Math.abs(off - zones * halfHour) <= onTheWay
}
