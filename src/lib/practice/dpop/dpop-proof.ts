import { rfc } from '../../spec.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { proofLifetime, proofRules } from './dpop-rules.ts'
import type { Context } from '../base/endpoint.ts'
import { type Jws, readJws } from '../signatures/jws.ts'
import type { ProtocolError } from '../base/protocol-error.ts'
import { readPublicKey } from '../signatures/public-key.ts'
import { algsFor, asymmetricAlgs, shapeOf } from '../signatures/signature-algs.ts'
import { comparableUri } from './target-uri.ts'
import { hashToken } from '../base/token-hash.ts'
import { fail, pass } from '../../check.ts'
import { type Refuse, settle, settleAll, type Verdict } from '../base/verdict.ts'
import { signatureProblem } from '../signatures/verify-signature.ts'
import { show } from '../base/wording.ts'

/** The request a proof should be for, and how its endpoint refuses. */
export interface ProofUse {
  readonly method: string
  readonly url: string
  readonly nonceRequired: boolean
  /** The token it comes with; `null` if it asks for one. */
  readonly accessToken: string | null
  readonly refuse: (
    error: 'invalid_dpop_proof' | 'use_dpop_nonce',
    rule: Rule,
    found: string,
  ) => ProtocolError
}

const oneHeader: Rule = { what: 'There is one DPoP header', spec: rfc(9449, '4.3') }
const oneJwt: Rule = { what: 'The proof is one JWT', spec: rfc(9449, '4.3') }
const typed: Rule = { what: 'typ is dpop+jwt', spec: rfc(9449, '4.3') }
const asymmetric: Rule = { what: 'alg is asymmetric and known here', spec: rfc(9449, '4.3') }
const publicKey: Rule = { what: 'jwk is a public key', spec: rfc(9449, '4.3') }
const signed: Rule = { what: 'The key in jwk signed the proof', spec: rfc(9449, '4.3') }
const nonceOfIssuer: Rule = { what: 'nonce is one this server gave', spec: rfc(9449, '8') }
const nonceOfApi: Rule = { ...nonceOfIssuer, spec: rfc(9449, '9') }
const unused: Rule = { what: 'The proof was not used before', spec: rfc(9449, '11.1') }

/**
 * Checks the value of a `DPoP` header, for any endpoint: gives the thumbprint of the key it proves. Whether an access
 * token is bound to that key is left to the resource. A proof counts as used once all the rest is found good.
 * @see RFC 9449 section 4.3
 */
export async function checkProof(
  field: string,
  { method, url, nonceRequired, accessToken, refuse }: ProofUse,
  { checks, nonces, proofIds, now }: Pick<Context, 'checks' | 'nonces' | 'proofIds' | 'now'>,
): Promise<string> {
  const invalid: Refuse = (rule, found) => refuse('invalid_dpop_proof', rule, found)
  settle(oneHeader, countValues(field), checks, invalid)
  const jws = readJws(field)
  if (typeof jws === 'string') throw invalid(oneJwt, jws)
  checks.pass(oneJwt, `${jws.compact.length} characters`)
  const { typ } = jws.header
  settle(typed, typ === 'dpop+jwt' ? pass(show(typ)) : fail(`typ is ${show(typ)}`), checks, invalid)
  settle(asymmetric, judgeAlg(jws), checks, invalid)
  const thumbprint = await provenKey(jws, checks, invalid)
  const { claims } = jws
  const seconds = Math.floor(now() / 1000)
  const ath = accessToken === null ? null : await hashToken(accessToken)
  settleAll(proofRules, { claims, method, url, ath, now: seconds }, checks, invalid)
  const nonceGiven = accessToken === null ? nonceOfIssuer : nonceOfApi
  if (nonceRequired) {
    settle(nonceGiven, nonces.check(claims['nonce']), checks, (rule, found) =>
      refuse('use_dpop_nonce', rule, found),
    )
  } else if (claims['nonce'] !== undefined) {
    checks.note(nonceGiven, 'None is asked for here, so it is not looked at')
  }
  const { jti, iat } = claims
  // As `htu` is compared: another query would make no other use of the proof.
  const id = JSON.stringify([thumbprint, comparableUri(url), jti])
  const ago = proofIds.use(id, Number(iat) + proofLifetime + 1)
  if (ago !== null) throw invalid(unused, `A replay: jti ${show(jti)} was used ${ago} s ago`)
  checks.pass(unused, `jti ${show(jti)} is new`)
  return thumbprint
}

/** Two headers of one name arrive as one value, joined by a comma, which is in no JWT. */
function countValues(field: string): Verdict {
  const count = field.split(',').length
  return count === 1 ? pass('One value') : fail(`There are ${count} values`)
}

function judgeAlg({ alg, header }: Jws): Verdict {
  if (asymmetricAlgs.includes(alg)) return pass(alg)
  return fail(`alg is ${show(header['alg'])}, expected one of ${asymmetricAlgs.join(', ')}`)
}

async function provenKey(jws: Jws, checks: CheckLog, invalid: Refuse): Promise<string> {
  const { jwk } = jws.header
  const { alg } = jws
  if (jwk === undefined) throw invalid(publicKey, 'There is no jwk')
  const key = await readPublicKey(jwk)
  if (typeof key === 'string') throw invalid(publicKey, key)
  const shape = shapeOf(key.jwk)
  if (!algsFor(key.jwk).includes(alg))
    throw invalid(publicKey, `A key of type ${shape} does not fit alg ${alg}`)
  checks.pass(publicKey, `${shape}, thumbprint ${key.thumbprint}`)
  const problem = await signatureProblem(jws, key.jwk)
  if (problem !== null) throw invalid(signed, problem)
  checks.pass(signed, alg)
  return key.thumbprint
}
