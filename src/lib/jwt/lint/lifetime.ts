import { asNumber, member } from '../../json/value.ts'
import { rfc } from '../../spec.ts'
import { show } from '../decode/claim-values.ts'
import { lifetimeOf } from '../decode/expires-in.ts'
import { smallTime } from '../decode/moments.ts'
import { looksLikeMilliseconds } from '../decode/numeric-date.ts'
import { pass, skipped, warn } from '../../check.ts'
import type { Rule } from './rule.ts'

const day = 86_400

/** Seconds within which two ends are called the same: the way of a response, and rounding. */
const tolerance = 10

const lifetime: Rule = {
  what: 'It is short-lived',
  group: 'time',
  spec: rfc(6750, '5.3'),
  needs: 'claims',
  look({ claims, context: { receivedAt } }) {
    const exp = asNumber(member(claims, 'exp'))
    if (exp === undefined || looksLikeMilliseconds(exp) || smallTime(exp) !== null)
      return skipped('Its exp does not tell.')
    const arrived = receivedAt === null ? undefined : receivedAt / 1000
    const start = asNumber(member(claims, 'iat')) ?? asNumber(member(claims, 'nbf')) ?? arrived
    if (start === undefined || looksLikeMilliseconds(start))
      return skipped('Nothing tells from when on it is valid.')
    const span = Math.round(exp - start)
    const begins = asNumber(member(claims, 'nbf'))
    if (begins !== undefined && begins >= exp) return warn('Its exp is not after its nbf: it is never good.')
    if (span <= 0) return warn(`It expires ${-span} s before it begins: it was never good.`)
    const said = `It lives ${span} s${span >= 2 * day ? ` (${Math.floor(span / day)} days)` : ''}.`
    if (span <= day) return pass(said)
    const why = 'Until then, whoever finds it can use it, unless every server asks whether it was revoked.'
    return warn(`${said} ${why}`)
  },
}

const expiresIn: Rule = {
  what: 'expires_in says what exp says',
  group: 'time',
  spec: rfc(6749, '5.1'),
  needs: 'claims',
  look({ claims, context: { response, receivedAt, skew } }) {
    const value = member(response, 'expires_in')
    const exp = asNumber(member(claims, 'exp'))
    if (value === undefined || exp === undefined || receivedAt === null)
      return skipped('It needs an expires_in in the response, and an exp.')
    const { seconds: said, flaw } = lifetimeOf(value, receivedAt)
    if (said === null) return warn(`expires_in is ${show(value)}: ${flaw ?? 'no number'}.`)
    const left = Math.round(exp - receivedAt / 1000 - skew)
    const read = flaw === null || asNumber(value) === said ? '' : `, read as ${said} s`
    const pair = `expires_in is ${asNumber(value) ?? show(value)}${read === '' ? ' s' : read}; on arrival, the token had ${left} s left.`
    if (Math.abs(said - left) <= tolerance) return pass(pair)
    return said > left
      ? warn(`${pair} A client that trusts the response uses the token after it has expired.`)
      : warn(`${pair} A client that trusts the response asks again earlier than it must.`)
  },
}

/** How long a token is good. */
export const lifetimeRules: readonly Rule[] = [lifetime, expiresIn]
