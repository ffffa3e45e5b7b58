import { rfc } from '../../spec.ts'
import { fail, pass } from '../../check.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import type { JsonObject } from '../base/json-object.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { empty } from '../base/response.ts'
import { type Judgement, settleAll } from '../base/verdict.ts'
import { quote, show, when } from '../base/wording.ts'
import { type Jws, readJws } from '../signatures/jws.ts'
import { signatureProblem } from '../signatures/verify-signature.ts'
import type { ServerKey } from './server-key.ts'

/** What an API made with ASP.NET Core wants of a token. */
export interface Wanted {
  readonly issuer: string
  readonly audience: string
  /** Whether a token for these is for the API. */
  readonly isFor: (audiences: readonly string[]) => boolean
  readonly key: ServerKey
  /** How the API names the audiences of a token for another one. */
  readonly named: (audiences: readonly string[]) => string
  readonly now: () => number
}

/** Seconds by which a clock may be off, as `TokenValidationParameters.ClockSkew` comes. */
const leeway = 300

const readable: Rule = { what: 'The token is a signed JWT', spec: rfc(7519, '7.2') }
const signed: Rule = { what: 'A key of the issuer signed it', spec: rfc(7515, '5.2') }

/** A refusal as JwtBearer makes it: a challenge that says what is wrong with a JWT and with nothing else, no body. */
export function challenge(rule: Rule, found: string, description: string | null = null): ProtocolError {
  const words = description === null ? '' : `, error_description="${description}"`
  return new ProtocolError(
    rule,
    found,
    empty(401, { 'WWW-Authenticate': `Bearer error="invalid_token"${words}` }),
  )
}

/**
 * The claims of a token, once the API believes them: signature, then lifetime, audience and issuer. Throws its
 * challenge.
 */
export async function believe(token: string, wanted: Wanted, checks: CheckLog): Promise<JsonObject> {
  const jws = readJws(token)
  if (typeof jws === 'string') throw challenge(readable, jws)
  checks.pass(readable, `alg ${quote(jws.alg)}`)
  await verify(jws, wanted.key, checks)
  const { claims } = jws
  const subject = { ...wanted, claims, seconds: Math.floor(wanted.now() / 1000) }
  for (const { words, ...judgement } of claimRules) {
    settleAll([judgement], subject, checks, (rule, found) => challenge(rule, found, words(subject)))
  }
  return claims
}

async function verify(jws: Jws, key: ServerKey, checks: CheckLog): Promise<void> {
  const isOurs = jws.alg === 'RS256'
  const problem = isOurs ? await signatureProblem(jws, await key.publicJwk()) : `alg is ${quote(jws.alg)}`
  if (problem !== null) throw challenge(signed, problem, 'The signature is invalid')
  checks.pass(signed, jws.alg)
}

interface Presented extends Wanted {
  readonly claims: JsonObject
  readonly seconds: number
}

interface ClaimRule extends Judgement<Presented> {
  /** What the challenge says of a claim that breaks it. */
  readonly words: (presented: Presented) => string
}

const audiencesOf = ({ claims: { aud } }: Presented): readonly string[] => [aud ?? []].flat().map(String)

const claimRules: readonly ClaimRule[] = [
  {
    rule: { what: 'It has not expired', spec: rfc(7519, '4.1.4') },
    judge: ({ claims: { exp }, seconds }) => {
      if (typeof exp !== 'number') return fail(`exp is ${show(exp)}`)
      const found = `exp is ${when(exp, seconds)}; ${leeway} s are let pass`
      return exp + leeway > seconds ? pass(found) : fail(found)
    },
    words: ({ claims: { exp } }) =>
      typeof exp === 'number' ? `The token expired at '${american(exp)}'` : 'The token has no expiration',
  },
  {
    rule: { what: 'It is valid already', spec: rfc(7519, '4.1.5') },
    judge: ({ claims: { nbf }, seconds }) => {
      if (typeof nbf !== 'number') return null
      const found = `nbf is ${when(nbf, seconds)}`
      return nbf - leeway <= seconds ? pass(found) : fail(found)
    },
    words: ({ claims: { nbf } }) => `The token is not valid before '${american(Number(nbf))}'`,
  },
  {
    rule: { what: 'The token is for this API', spec: rfc(7519, '4.1.3') },
    judge: (presented) => {
      const { audience, isFor, claims } = presented
      const found = `aud is ${show(claims['aud'])}`
      return isFor(audiencesOf(presented)) ? pass(found) : fail(`${found}, expected ${quote(audience)}`)
    },
    words: (presented) => {
      const audiences = audiencesOf(presented)
      return `The audience '${audiences.length === 0 ? 'empty' : presented.named(audiences)}' is invalid`
    },
  },
  {
    rule: { what: 'The issuer is the server it trusts', spec: rfc(7519, '4.1.1') },
    judge: ({ issuer, claims: { iss } }) =>
      iss === issuer ? pass(`iss ${quote(issuer)}`) : fail(`iss is ${show(iss)}, expected ${quote(issuer)}`),
    words: ({ claims: { iss } }) => `The issuer '${String(iss)}' is invalid`,
  },
]

/** A time as the invariant culture of .NET writes it: month, day and year. */
function american(seconds: number): string {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(seconds * 1000).toISOString()) ?? []
  return `${month}/${day}/${year} ${time}`
}
