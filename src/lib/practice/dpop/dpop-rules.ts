import { rfc } from '../../spec.ts'
import { checkId } from '../base/jwt-id.ts'
import type { JsonObject } from '../base/json-object.ts'
import { comparableUri } from './target-uri.ts'
import { fail, note, pass } from '../../check.ts'
import type { Judgement } from '../base/verdict.ts'
import { quote, show, when } from '../base/wording.ts'

/** The claims of a proof, the request it should be for, and the time in seconds. */
export interface ProofClaims {
  readonly claims: JsonObject
  readonly method: string
  readonly url: string
  /** The hash of the access token it comes with; `null` if there is none. */
  readonly ath: string | null
  readonly now: number
}

/** Seconds a proof is good for after its `iat`. Minutes forgive slow clocks; replays are noticed all that time. */
export const proofLifetime = 300
/** Seconds by which the clock of a client may be ahead. */
const tolerance = 10

/** What the claims of a proof must say, in order. @see RFC 9449 section 4.3 */
export const proofRules: readonly Judgement<ProofClaims>[] = [
  {
    rule: { what: 'htm is the method', spec: rfc(9449, '4.3') },
    judge: ({ claims: { htm }, method }) => {
      if (htm === method) return pass(`htm ${quote(method)}`)
      return fail(`${named('htm', htm)}, expected ${quote(method)}`)
    },
  },
  {
    rule: { what: 'htu is the URL', spec: rfc(9449, '4.3') },
    judge: ({ claims: { htu }, url }) => {
      const expected = comparableUri(url)
      if (typeof htu === 'string' && comparableUri(htu) === expected) return pass(`htu ${quote(htu)}`)
      return fail(`${named('htu', htu)}, expected ${quote(expected ?? url)}`)
    },
  },
  {
    rule: { what: 'iat is recent', spec: rfc(9449, '11.1') },
    judge: ({ claims: { iat }, now }) => {
      if (typeof iat !== 'number') return fail(`${named('iat', iat)}, expected a number of seconds`)
      const recent = iat >= now - proofLifetime && iat <= now + tolerance
      const found = `iat is ${when(iat, now)}`
      if (recent) return pass(found)
      return fail(`${found}; it may be ${proofLifetime} s old and ${tolerance} s ahead`)
    },
  },
  {
    rule: { what: 'exp is no claim of a proof', spec: rfc(9449, '4.2') },
    judge: ({ claims: { exp } }) => (exp === undefined ? null : note('Not part of RFC 9449, ignored')),
  },
  {
    rule: { what: 'jti names the proof', spec: rfc(9449, '4.2') },
    judge: ({ claims }) => checkId(claims['jti']),
  },
  {
    rule: { what: 'ath is the hash of the access token', spec: rfc(9449, '4.3') },
    judge: ({ claims, ath }) => {
      if (ath === null) return null
      if (claims['ath'] === ath) return pass(`ath ${quote(ath)}`)
      return fail(`${named('ath', claims['ath'])}, expected ${quote(ath)}`)
    },
  },
]

function named(claim: string, value: unknown): string {
  return value === undefined ? `There is no ${claim}` : `${claim} is ${show(value)}`
}
