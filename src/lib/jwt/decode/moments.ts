import { asNumber, asString, type JsonValue } from '../../json/value.ts'

/** A unit of time that is smaller than the second, and how many of it make one. */
interface Unit {
  readonly name: 'milliseconds' | 'microseconds' | 'nanoseconds'
  readonly perSecond: number
}

const smallest: readonly (readonly [above: number, unit: Unit])[] = [
  [1e17, { name: 'nanoseconds', perSecond: 1e9 }],
  [1e14, { name: 'microseconds', perSecond: 1e6 }],
  [1e11, { name: 'milliseconds', perSecond: 1e3 }],
]

/**
 * The unit that was most likely meant by a number that as seconds is past the year 5000; `null`: seconds.
 * @see RFC 7519 section 2
 */
export function unitOf(time: number): Unit | null {
  return smallest.find(([above]) => time > above)?.[1] ?? null
}

/** Before this, in 2001, no JWT was issued. */
const earliest = 1e9

/** What a number that is too small to be a moment was most likely meant as. */
export function smallTime(time: number): 'zero' | 'span' | 'negative' | null {
  if (time === 0) return 'zero'
  if (time < 0) return 'negative'
  return time < earliest ? 'span' : null
}

/** Seconds since 1970 that a text means which is no number: digits in quotes, or a date in words; `null` for any other. */
export function secondsIn(value: JsonValue): number | null {
  const text = asString(value)?.trim() ?? ''
  if (/^\d{1,20}(?:\.\d+)?$/.test(text)) return Number(text) / (unitOf(Number(text))?.perSecond ?? 1)
  if (!/^\d{4}-\d\d-\d\d|^\w{3}, \d\d? \w{3} \d{4}/.test(text) || text.length > 40) return null
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

/** How a number is written that readers of whole numbers refuse: `1.7e9`, `1700000000.5`; `null`: in digits. */
export function oddNumber(value: JsonValue | undefined): string | null {
  return value?.kind === 'number' && asNumber(value) !== undefined && /[.e]/i.test(value.source)
    ? value.source
    : null
}

/** The farthest that a time zone is from UTC, in seconds. */
const farthestZone = 14 * 3600

const halfHour = 1800

/** Seconds by which a token may be older than the moment it is looked at, if it was issued just now. */
const justNow = 600

/**
 * Hours that a server’s local time is ahead of UTC, if a moment lies so far ahead because local time was written; `null`:
 * it does not look so. When it was issued is not known: it may have been minutes ago.
 * @param ahead seconds
 */
export function zoneAhead(ahead: number): number | null {
  const zones = Math.ceil(ahead / halfHour)
  const isLikely = ahead > 0 && zones * halfHour - ahead <= justNow && zones * halfHour <= farthestZone
  return isLikely ? zones / 2 : null
}
