import { rfc } from '../../spec.ts'
import type { Jws } from '../signatures/jws.ts'
import { checkId } from '../base/jwt-id.ts'
import { practiceOrigin, practiceTokenEndpoint } from '../base/origin.ts'
import { fail, note, pass } from '../../check.ts'
import type { Judgement, Verdict } from '../base/verdict.ts'
import { quote, show, when } from '../base/wording.ts'

/** An assertion, the client it should speak for, how that client signs, and the time in seconds. */
export interface Assertion extends Jws {
  readonly client_id: string
  readonly method: string
  readonly algs: readonly string[]
  readonly now: number
}

/** Seconds from `iat`, or from now without one, to `exp`. A minute is usual; what lives longer can be stolen longer. */
const maxLifetime = 300
/** Seconds by which the clock of a client may be ahead. */
const tolerance = 10

/** What must hold before a signature is verified, in order. @see RFC 7523 section 3 */
export const assertionRules: readonly Judgement<Assertion>[] = [
  {
    rule: { what: 'alg fits the method', spec: rfc(7518, '3.1') },
    judge: ({ header, alg, algs, method }) => {
      if (algs.includes(alg)) return pass(`${alg}, for ${method}`)
      const found = alg === 'none' ? "alg is 'none': nobody signed it" : `alg is ${show(header['alg'])}`
      return fail(`${found}; ${method} accepts ${algs.join(', ')}`)
    },
  },
  {
    rule: { what: 'typ is one of client assertions', spec: rfc(7519, '5.1') },
    judge: ({ header: { typ } }) => {
      const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : ''
      if (type === 'client-authentication+jwt') return pass(show(typ))
      const advice = 'client-authentication+jwt would keep it from being taken for another JWT'
      if (typ === undefined) return note(`There is none; ${advice}`)
      if (type === 'jwt') return note(`${show(typ)}; ${advice}`)
      return fail(`typ is ${show(typ)}, expected client-authentication+jwt or JWT`)
    },
  },
  {
    rule: { what: 'iss is the client', spec: rfc(7523, '3') },
    judge: ({ claims: { iss }, client_id }) => sameName('iss', iss, client_id),
  },
  {
    rule: { what: 'sub is the client', spec: rfc(7523, '3') },
    judge: ({ claims: { sub }, client_id }) => sameName('sub', sub, client_id),
  },
  {
    rule: { what: 'aud is this server', spec: rfc(7523, '3') },
    judge: ({ claims: { aud } }) => {
      if (aud === practiceOrigin) return pass(`aud ${quote(practiceOrigin)}`)
      const named = [aud].flat()
      if (!named.includes(practiceOrigin) && !named.includes(practiceTokenEndpoint)) {
        const found = aud === undefined ? 'There is no aud' : `aud is ${show(aud)}`
        return fail(`${found}, expected ${quote(practiceOrigin)}`)
      }
      const advice = `the coming revision of RFC 7523 wants the issuer alone, as a string: ${quote(practiceOrigin)}`
      return note(`aud is ${show(aud)}; ${advice}`)
    },
  },
  {
    rule: { what: 'The assertion has not expired', spec: rfc(7523, '3') },
    judge: ({ claims: { exp }, now }) => {
      if (typeof exp !== 'number') return fail(notATime('exp', exp))
      return exp > now
        ? pass(`${exp - now} s left`)
        : fail(`It expired ${when(exp, now)}: exp ${exp}, now ${now}`)
    },
  },
  {
    rule: { what: 'The assertion is short-lived', spec: rfc(7523, '3') },
    judge: ({ claims: { exp, iat }, now }) => {
      const lifetime = Number(exp) - (typeof iat === 'number' ? iat : now)
      const most = `this server accepts ${maxLifetime} s at most`
      return lifetime > maxLifetime
        ? fail(`It lives ${lifetime} s, too long: ${most}`)
        : pass(`${lifetime} s`)
    },
  },
  {
    rule: { what: 'nbf and iat are not in the future', spec: rfc(7523, '3') },
    judge: ({ claims, now }) => {
      const times = ['nbf', 'iat'].filter((name) => claims[name] !== undefined)
      const odd = times.find((name) => typeof claims[name] !== 'number')
      if (odd !== undefined) return fail(notATime(odd, claims[odd]))
      const found = times.map((name) => `${name} is ${when(Number(claims[name]), now)}`).join(', ')
      const early = times.some((name) => Number(claims[name]) > now + tolerance)
      return early ? fail(`${found}; ${tolerance} s ahead is tolerated`) : pass(found || 'There is neither')
    },
  },
  {
    rule: { what: 'jti names the assertion', spec: rfc(7523, '3') },
    judge: ({ claims: { jti } }) => checkId(jti),
  },
]

function sameName(claim: string, value: unknown, client_id: string): Verdict {
  if (value === client_id) return pass(`${claim} ${quote(client_id)}`)
  const found = value === undefined ? `There is no ${claim}` : `${claim} is ${show(value)}`
  return fail(`${found}, expected ${quote(client_id)}`)
}

function notATime(claim: string, value: unknown): string {
  return value === undefined
    ? `There is no ${claim}`
    : `${claim} is ${show(value)}, expected a number of seconds`
}
