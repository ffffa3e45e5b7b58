import { checkSignature } from './check-signature.ts'
import { readExtensions } from './extensions.ts'
import { findCandidates, readSource } from './find-candidates.ts'
import type { KeySource } from './key-source.ts'
import { readJws } from '../decode/readable-jws.ts'
import { readAlgorithm } from './signature-alg.ts'
import { stepNames, type Stage, type Step } from './step.ts'

export type { Step } from './step.ts'

/**
 * `failed`: whoever has these keys refuses the token. `unchecked`: nothing could be told, because there is no signature
 * to verify, no key that can be read, or no such algorithm in this browser.
 */
export interface Verification {
  readonly verdict: 'verified' | 'failed' | 'unchecked'
  /** In the order they were taken; those after the one that ended it are `skipped`. */
  readonly steps: readonly Step[]
}

/**
 * Verifies the signature of a token, and nothing else of it: what it says and until when is for `checkToken`. Never
 * rejects, whatever the text.
 * @see RFC 7515 section 5.2, RFC 8725 section 3
 */
export async function verify(token: string, source: KeySource): Promise<Verification> {
  const steps: Step[] = []
  const stop = ({ step, verdict }: Extract<Stage<never>, { ok: false }>): Verification => {
    const left = Object.values(stepNames).slice(steps.length + 1)
    // Of what is no JWS there are no further steps to skip.
    return { verdict, steps: [...steps, step, ...(steps.length === 0 ? [] : left.map(notReached))] }
  }
  const jws = readJws(token)
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
  return { what, result: 'skipped', found: 'Not reached.', spec: null, remedy: null }
}
