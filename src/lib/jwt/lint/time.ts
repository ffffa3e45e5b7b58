import { asNumber, type JsonValue, member } from '../../json/value.ts'
import { httpUrl, isLoopback } from '../../http/http-url.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { show } from '../decode/claim-values.ts'
import { oddNumber, secondsIn, smallTime, unitOf, zoneAhead } from '../decode/moments.ts'
import { clockTolerance, isTimeZone, relativeTime } from '../decode/numeric-date.ts'
import { lifetimeRules } from './lifetime.ts'
import { fail, note, pass, type Result, skipped, warn } from '../../check.ts'
import type { Rule, Subject } from './rule.ts'

/** A moment relative to the server's clock, and if a calendar has it, in UTC. */
function moment(seconds: number, { serverNow }: Subject): string {
  const date = dateOf(seconds)
  return `${relativeTime(seconds, serverNow)}${date === '' ? '' : ` (${date})`}`
}

/** Empty, if no calendar has it. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z')
}

/** How much of the verdict hangs on the clock of this machine. */
const clock = ({ context: { skew } }: Subject): string =>
  skew === 0
    ? ''
    : ` By the server’s clock, which is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine’s.`

/** What is no number may mean a moment all the same, which some readers find in it and others do not. */
function notANumber(name: string, value: JsonValue, subject: Subject): Result {
  const said = `${name} is ${show(value)}, and not a number of seconds since 1970. Most readers refuse the token.`
  const meant = secondsIn(value)
  return meant === null
    ? fail(said)
    : fail(`${said} As a number it is ${Math.floor(meant)}, ${moment(meant, subject)}.`)
}

/** What was meant by a number that is no moment of today. */
const meantBy = {
  zero: 'Zero is 1970 and does not mean “never”: every reader finds the token expired.',
  negative: 'That is before 1970.',
  span: 'That is a lifetime and no moment: exp is when the token ends, in seconds since 1970, such as iat plus the lifetime.',
} as const

const expiration: Rule = {
  what: 'It has not expired',
  group: 'time',
  spec: rfc(7519, '4.1.4'),
  needs: 'claims',
  look(subject) {
    const exp = member(subject.claims, 'exp')
    if (exp === undefined) return fail('It has no exp: it never expires, and cannot be taken back.')
    const seconds = asNumber(exp)
    if (seconds === undefined) return notANumber('exp', exp, subject)
    const unit = unitOf(seconds)
    if (unit !== null)
      return warn(
        `Read as seconds, exp is thousands of years ahead; as ${unit.name}, it is ${moment(seconds / unit.perSecond, subject)}.`,
      )
    const small = smallTime(seconds)
    if (small !== null) return fail(`exp is ${show(exp)} (${dateOf(seconds)}). ${meantBy[small]}`)
    const said = `exp is ${moment(seconds, subject)}.${clock(subject)}`
    return seconds * 1000 > subject.serverNow ? pass(said) : fail(said)
  },
}

const notBefore: Rule = {
  what: 'It may be used already',
  group: 'time',
  spec: rfc(7519, '4.1.5'),
  needs: 'claims',
  look(subject) {
    const nbf = member(subject.claims, 'nbf')
    if (nbf === undefined) return skipped('It has no nbf, and may be used from the first moment on.')
    const seconds = asNumber(nbf)
    if (seconds === undefined) return notANumber('nbf', nbf, subject)
    const ahead = seconds - subject.serverNow / 1000
    const said = `nbf is ${moment(seconds, subject)}.${clock(subject)}`
    if (ahead <= 0) return pass(said)
    return ahead <= clockTolerance
      ? warn(`${said} A server without leeway for clocks refuses it until then.`)
      : fail(said + zoneOf(seconds, subject))
  },
}

const issuedAt: Rule = {
  what: 'It was issued in the past',
  group: 'time',
  spec: rfc(7519, '4.1.6'),
  needs: 'claims',
  isMinded: true,
  look(subject) {
    const iat = member(subject.claims, 'iat')
    if (iat === undefined) return skipped('It has no iat.')
    const seconds = asNumber(iat)
    if (seconds === undefined) return notANumber('iat', iat, subject)
    const said = `iat is ${moment(seconds, subject)}.`
    const { receivedAt } = subject.context
    const early = receivedAt === null ? 0 : Math.round(seconds - receivedAt / 1000)
    if (isTimeZone(early)) return warn(`${said} ${localTime(early)}`)
    if (isOneMachine(subject)) return warn(`${said}${clock(subject)} ${oneClock(subject.context.skew)}`)
    return seconds - subject.serverNow / 1000 > clockTolerance
      ? warn(
          `${said}${clock(subject)} ${zoneOf(seconds, subject).trim() || 'The clocks differ: a server whose clock is behind may refuse it.'}`,
        )
      : pass(said + clock(subject))
  },
}

/** By code such as `datetime.utcnow().timestamp()` of Python, which reads UTC as local time. */
function localTime(early: number): string {
  const way = early > 0 ? 'ahead of' : 'behind'
  const who =
    early > 0
      ? 'APIs that check iat or nbf refuse the token until then (PyJWT: “The token is not yet valid (iat)”).'
      : 'APIs find it expired that much earlier.'
  return `On arrival it was ${inHours(early)} ${way} this machine’s clock: no clock is wrong by whole half hours, so the server writes local time for UTC. ${who}`
}

/** What a moment too far ahead may come from, after a space: it is as far ahead as local time is of UTC. */
function zoneOf(seconds: number, { claims, serverNow, context: { receivedAt } }: Subject): string {
  const iat = asNumber(member(claims, 'iat'))
  if (iat !== undefined && iat < seconds && isTimeZone(seconds - iat))
    return ` It is ${inHours(seconds - iat)} after iat, to the second: unless that is meant, the server writes local time for UTC.`
  if (receivedAt !== null && isTimeZone(seconds - receivedAt / 1000))
    return ` ${localTime(Math.round(seconds - receivedAt / 1000))}`
  const hours = receivedAt === null ? zoneAhead(seconds - serverNow / 1000) : null
  return hours === null
    ? ''
    : ` If the token was issued just now, it is ${hours} h ahead, and by so much no clock is wrong: the server writes local time for UTC. APIs that check iat or nbf refuse the token until then.`
}

const inHours = (seconds: number): string => `${Math.abs(Math.round(seconds / 1800)) / 2} h`

/** A server on this machine has no clock of its own. */
const isOneMachine = ({ context: { skew, tokenEndpoint } }: Subject): boolean => {
  const url = httpUrl(tokenEndpoint ?? undefined)
  return Math.abs(skew) > clockTolerance && url !== null && isLoopback(url)
}

const oneClock = (skew: number): string =>
  `The server is on this machine and has the same clock, unless it runs in a virtual machine whose clock has drifted. ${skew > 0 ? 'An API without leeway refuses the token for that long.' : 'The server writes another time than now.'}`

const units: Rule = {
  what: 'Its times are in seconds',
  group: 'time',
  spec: rfc(7519, '2'),
  needs: 'claims',
  look({ claims }) {
    const units = timeClaims.flatMap((name) => {
      const unit = unitOf(asNumber(member(claims, name)) ?? 0)
      return unit === null ? [] : [{ name, unit }]
    })
    const [first] = units
    if (first === undefined) return written(claims)
    const names = units.map(({ name }) => name)
    const found = `${names.join(', ')}: ${first.unit.name}, as it seems. As seconds, that is after the year 5000.`
    return names.includes('exp') || names.includes('nbf') ? fail(found) : warn(found)
  },
}

const timeClaims = ['exp', 'nbf', 'iat', 'auth_time']

/** "with non-integer values being allowed", which readers of whole numbers do not know. @see RFC 7519 section 2 */
function written(claims: JsonValue | null): Result {
  const odd = timeClaims.flatMap((name) => {
    const source = oddNumber(member(claims, name))
    return source === null ? [] : [`${name} is written ${quoted(source)}`]
  })
  return odd.length === 0
    ? pass('No time lies thousands of years ahead.')
    : note(
        `${odd.join(', ')}. The standard allows that; a reader that wants whole digits refuses it, as a Go program does that reads it into an int64.`,
      )
}

/** When a token is good. */
export const timeRules: readonly Rule[] = [expiration, notBefore, issuedAt, units, ...lifetimeRules]
