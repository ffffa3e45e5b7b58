import { asNumber, type JsonValue, member } from '../../json/value.ts'
import { httpUrl, isLoopback } from '../../http/http-url.ts'
import { rfc } from '../../spec.ts'
import { show } from '../decode/claim-values.ts'
import { clockTolerance, isTimeZone, looksLikeMilliseconds, relativeTime } from '../decode/numeric-date.ts'
import { lifetimeRules } from './lifetime.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import type { Rule, Subject } from './rule.ts'

/** A moment relative to the server's clock, and if a calendar has it, in UTC. */
function moment(seconds: number, { serverNow }: Subject): string {
  const date = new Date(seconds * 1000)
  const utc = Number.isNaN(date.getTime()) ? '' : ` (${date.toISOString().replace('.000Z', 'Z')})`
  return `${relativeTime(seconds, serverNow)}${utc}`
}

/** How much of the verdict hangs on the clock of this machine. */
const clock = ({ context: { skew } }: Subject): string =>
  skew === 0
    ? ''
    : ` By the server’s clock, which is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine’s.`

const notANumber = (name: string, value: JsonValue) =>
  fail(`${name} is ${show(value)}, and not a number of seconds since 1970. Most readers refuse the token.`)

const expiration: Rule = {
  what: 'It has not expired',
  group: 'time',
  spec: rfc(7519, '4.1.4'),
  needs: 'claims',
  look(subject) {
    const exp = member(subject.claims, 'exp')
    if (exp === undefined) return fail('It has no exp: it never expires, and cannot be taken back.')
    const seconds = asNumber(exp)
    if (seconds === undefined) return notANumber('exp', exp)
    if (looksLikeMilliseconds(seconds))
      return warn(
        `Read as seconds, exp is thousands of years ahead; as milliseconds, it is ${moment(seconds / 1000, subject)}.`,
      )
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
    if (seconds === undefined) return notANumber('nbf', nbf)
    const ahead = seconds - subject.serverNow / 1000
    const said = `nbf is ${moment(seconds, subject)}.${clock(subject)}`
    if (ahead <= 0) return pass(said)
    return ahead <= clockTolerance
      ? warn(`${said} A server without leeway for clocks refuses it until then.`)
      : fail(said)
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
    if (seconds === undefined) return notANumber('iat', iat)
    const said = `iat is ${moment(seconds, subject)}.`
    const { receivedAt } = subject.context
    const early = receivedAt === null ? 0 : Math.round(seconds - receivedAt / 1000)
    if (isTimeZone(early)) return warn(`${said} ${localTime(early)}`)
    if (isOneMachine(subject)) return warn(`${said}${clock(subject)} ${oneClock(subject.context.skew)}`)
    return seconds - subject.serverNow / 1000 > clockTolerance
      ? warn(`${said}${clock(subject)} The clocks differ: a server whose clock is behind may refuse it.`)
      : pass(said + clock(subject))
  },
}

/** By code such as `datetime.utcnow().timestamp()` of Python, which reads UTC as local time. */
function localTime(early: number): string {
  const hours = Math.abs(Math.round(early / 1800)) / 2
  const way = early > 0 ? 'ahead of' : 'behind'
  const who =
    early > 0
      ? 'APIs that check iat or nbf refuse the token until then (PyJWT: “The token is not yet valid (iat)”).'
      : 'APIs find it expired that much earlier.'
  return `On arrival it was ${hours} h ${way} this machine’s clock: no clock is wrong by whole half hours, so the server writes local time for UTC. ${who}`
}

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
    const names = ['exp', 'nbf', 'iat', 'auth_time'].filter((name) => {
      const seconds = asNumber(member(claims, name))
      return seconds !== undefined && looksLikeMilliseconds(seconds)
    })
    if (names.length === 0) return pass('No time lies thousands of years ahead.')
    const found = `${names.join(', ')}: milliseconds, as it seems. As seconds, that is after the year 5000.`
    return names.includes('exp') || names.includes('nbf') ? fail(found) : warn(found)
  },
}

/** When a token is good. */
export const timeRules: readonly Rule[] = [expiration, notBefore, issuedAt, units, ...lifetimeRules]
