import { decode } from '../decode/decode.ts'
import { readExtensions } from './extensions.ts'
import { findCandidates, readSource } from './find-candidates.ts'
import type { KeySource } from './key-source.ts'
import { type Jws, readJws } from './readable-jws.ts'
import { readAlgorithm, type SignatureAlg } from './signature-alg.ts'
import { type Stage, type Step, stepNames } from './step.ts'
import { rfc } from '../../spec.ts'
import { signatureTrouble } from './signature-trouble.ts'
import { type Candidate, type Trials, tryKeys } from './try-keys.ts'

export type { Step } from './step.ts'

/**
 * `failed`: whoever has these keys refuses the token. `unchecked`: nothing could be said, because there is no signature
 * to verify, no key that can be read, or no such algorithm in this browser.
 */
export interface Verification {
  readonly verdict: 'verified' | 'failed' | 'unchecked'
  /** In order; those after the one that ended it are `skipped`. */
  readonly steps: readonly Step[]
}

/**
 * Verifies the signature of a token, and nothing else of it: what it says and until when is for `lintToken`. Never
 * rejects, whatever the text.
 * @param decoded the token, if its owner has decoded it already
 * @see RFC 7515 section 5.2, RFC 8725 section 3
 */
export async function verify(
  token: string,
  source: KeySource,
  decoded = decode(token),
): Promise<Verification> {
  const steps: Step[] = []
  const stop = ({ step, verdict }: Extract<Stage<never>, { ok: false }>): Verification => {
    const left = Object.values(stepNames).slice(steps.length + 1)
    // Of what is no JWS there are no further steps to skip.
    return { verdict, steps: [...steps, step, ...(steps.length === 0 ? [] : left.map(notReached))] }
  }
  const jws = readJws(token, decoded)
  if (!jws.ok) return stop(jws)
  steps.push(jws.step)
  const alg = readAlgorithm(jws.value.header)
  if (!alg.ok) return stop(alg)
  steps.push(alg.step)
  const extensions = readExtensions(jws.value.header)
  if (!extensions.ok) return stop(extensions)
  steps.push(extensions.step)
  const keys = readSource(source)
  if (!keys.ok) return stop(keys)
  steps.push(keys.step)
  const candidates = await findCandidates(jws.value, alg.value, source)
  if (!candidates.ok) return stop(candidates)
  steps.push(candidates.step)
  const signature = await checkSignature(jws.value, alg.value, candidates.value)
  if (!signature.ok) return stop(signature)
  return { verdict: 'verified', steps: [...steps, signature.step] }
}

function notReached(what: string): Step {
  return { what, result: 'skipped', found: 'Not reached.', spec: null }
}

/** The last step: whether one of the keys made the signature. Never rejects. @see RFC 7515 section 5.2 */
export async function checkSignature(
  jws: Jws,
  alg: SignatureAlg,
  candidates: readonly Candidate[],
): Promise<Stage<null>> {
  const common = { what: stepNames.signature, spec: rfc(7515, '5.2') } as const
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
