import { asString, type JsonValue } from '../../json/value.ts'
import { looksLikeMilliseconds } from './numeric-date.ts'

/** What an `expires_in` is worth. */
export interface Lifetime {
  /** As far as it can be told; `null` if it cannot. */
  readonly seconds: number | null
  /** Why clients may read it otherwise, as a clause; `null` if nothing is wrong. */
  readonly flaw: string | null
  /** Whether it is against the letter of the standard; else it is only odd. */
  readonly isWrong: boolean
}

/**
 * Reads a lifetime as it was meant, and says what is wrong with how it is written. Never throws.
 * @param receivedAt milliseconds since the epoch; `null` if that is not known, and then a point in time gives no lifetime
 * @see RFC 6749 section 5.1
 */
export function lifetimeOf(value: JsonValue, receivedAt: number | null): Lifetime {
  if (value.kind === 'number') return ofNumber(Number(value.source), receivedAt)
  const text = asString(value)?.trim()
  if (text === undefined || text === '') return wrong(null, text === '' ? 'it is empty' : 'it is no number')
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) {
    const { seconds, flaw } = ofNumber(Number(text), receivedAt)
    return wrong(seconds, flaw === null ? 'it is a string, and must be a number' : `it is a string; ${flaw}`)
  }
  const span = spanOf(text)
  if (span !== null) return wrong(span, 'it is a string with a unit, and must be a number of seconds')
  const date = /\d{4}-\d\d|\d{4} \d\d:|^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(date) ? wrong(null, 'it is no number') : wrong(...until(date, receivedAt))
}

const wrong = (seconds: number | null, flaw: string): Lifetime => ({ seconds, flaw, isWrong: true })
const odd = (seconds: number | null, flaw: string): Lifetime => ({ seconds, flaw, isWrong: false })

const day = 86_400

/** The largest numbers of usual types, which mean that there is no end. */
const largest = [2 ** 31 - 1, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 63, 2 ** 64]

/** The years 2001 to 2100, in seconds since 1970: as a lifetime they are more than 31 years. */
const isMoment = (seconds: number): boolean => seconds >= 1e9 && seconds < 4_102_444_800

/** What a number says, the first row that applies. */
const rules: readonly (readonly [
  applies: (number: number) => boolean,
  read: (number: number, receivedAt: number | null) => Lifetime,
])[] = [
  [
    (number) => number < 0,
    () =>
      wrong(null, 'it is negative: clients say that the token has expired. Some servers mean “never” by -1'),
  ],
  [
    (number) => number === 0,
    () => odd(null, 'clients say that the token has expired at once. Some servers mean “never” by 0'),
  ],
  [
    (number) => largest.includes(number),
    () => odd(null, 'it is the largest number of its type: no end is meant'),
  ],
  [isMoment, (number, receivedAt) => wrong(...until(number * 1000, receivedAt))],
  [
    (number) => looksLikeMilliseconds(number) && isMoment(number / 1000),
    (number, receivedAt) => wrong(...until(number, receivedAt)),
  ],
  [
    (number) => !(number < 4e9),
    () => wrong(null, 'it is too large for a lifetime: more than a hundred years'),
  ],
  [
    isMilliseconds,
    (number) =>
      wrong(
        number / 1000,
        `it is in milliseconds, by its size: ${number / 1000} s are likely meant, and clients read ${days(number)}`,
      ),
  ],
  [(number) => number > 10 * 365 * day, (number) => odd(number, `it is ${days(number)}`)],
  [
    (number) => !Number.isInteger(number),
    (number) => odd(Math.floor(number), 'it is a fraction, which clients that read a whole number reject'),
  ],
]

const ofNumber = (number: number, receivedAt: number | null): Lifetime =>
  rules.find(([applies]) => applies(number))?.[1](number, receivedAt) ?? {
    seconds: number,
    flaw: null,
    isWrong: false,
  }

function until(moment: number, receivedAt: number | null): [seconds: number | null, flaw: string] {
  const told = new Date(moment).toISOString().replace('.000', '')
  return [
    receivedAt === null ? null : Math.round((moment - receivedAt) / 1000),
    `it is a point in time (${told}), and must be the seconds until then`,
  ]
}

/**
 * Whether a lifetime was written in milliseconds: by a thousand times less it is one of five minutes to a day, to the five
 * minutes, and as it is it is none that anybody sets: no whole weeks, months or years, nor days up to a month.
 */
function isMilliseconds(number: number): boolean {
  const seconds = number / 1000
  const off = seconds % 300
  const isUsual = seconds >= 300 && seconds <= day && (off <= 1 || off >= 299)
  const span = number / day
  const isSet = Number.isInteger(span) && (span <= 31 || [7, 30, 365].some((unit) => span % unit === 0))
  return isUsual && !isSet
}

const days = (seconds: number): string => {
  const span = Math.round(seconds / day)
  return span > 730 ? `${Math.round(span / 365)} years` : `${span} days`
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: day }

/** `3600s`, `60 minutes`, `1h`, `PT1H`; `null` for anything else. @see ISO 8601 */
function spanOf(text: string): number | null {
  const iso = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/i.exec(text)
  if (iso && text.length > 2)
    return [day, 3600, 60, 1].reduce((sum, unit, at) => sum + unit * Number(iso[at + 1] ?? 0), 0)
  const clock = /^(\d{1,3}):(\d\d):(\d\d)$/.exec(text)
  if (clock) return [3600, 60, 1].reduce((sum, unit, at) => sum + unit * Number(clock[at + 1]), 0)
  const [, number = '', unit = ''] =
    /^(\d{1,10})\s*(s|m|h|d)(?:ec|in|r|ours?|econds?|inutes?|ays?)?s?$/i.exec(text) ?? []
  return number === '' ? null : Number(number) * (units[unit.toLowerCase()] ?? 1)
}
