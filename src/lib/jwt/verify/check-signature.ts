import { rfc } from '../../spec.ts'
import type { Jws } from '../decode/readable-jws.ts'
import type { SignatureAlg } from './signature-alg.ts'
import { signatureTrouble } from './signature-trouble.ts'
import { stepNames, type Stage } from './step.ts'
import { tryKeys, type Candidate, type Trials } from './try-keys.ts'

/** The last step: whether one of the keys made the signature. Never rejects. @see RFC 7515 section 5.2 */
export async function checkSignature(
  jws: Jws,
  alg: SignatureAlg,
  candidates: readonly Candidate[],
): Promise<Stage<null>> {
  const common = { what: stepNames.signature, spec: rfc(7515, '5.2'), remedy: null } as const
  const trials = await tryKeys(jws.token, alg.name, candidates)
  const { verifiedBy, tried, unavailable, refutedBy, unusable } = trials
  if (verifiedBy !== null) {
    const order = tried === 1 ? '' : ` It is number ${tried} of those that were tried.`
    const found = `It verifies with ${verifiedBy.name}.${order}`
    return { ok: true, step: { ...common, result: 'pass', found }, value: null }
  }
  if (unavailable && refutedBy.length === 0) {
    const found = `This browser does not have ${alg.name}. That says nothing about the token.`
    return { ok: false, verdict: 'unchecked', step: { ...common, result: 'skipped', found } }
  }
  const why = refutedBy.length > 0 ? ` ${await signatureTrouble(jws, alg, refutedBy)}` : ''
  const bad = unusable.slice(0, 5).map((one) => ` It could not be verified with ${one}.`)
  const found = `${refutation(trials)}${why}${bad.join('')}`.trim()
  const remedy = candidates.some(({ key }) => key instanceof Uint8Array) ? 'paste' : 'fetch-again'
  return { ok: false, verdict: 'failed', step: { ...common, result: 'fail', found, remedy } }
}

function refutation({ refutedBy, left }: Trials): string {
  const [only] = refutedBy
  if (only === undefined) return ''
  const rest = left === 0 ? '' : ` (${left} more were not tried: the token is too long for so many)`
  if (refutedBy.length === 1) return `It does not verify with ${only.name}${rest}.`
  return `It verifies with none of the ${refutedBy.length} keys that were tried${rest}.`
}
