import type { Cause, Certainty, Explanation } from '../../explanation/explanation.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { certificateCauses } from './certificate.ts'
import { corsCauses } from './cors.ts'
import { fineCauses } from './fine.ts'
import { policyCauses } from './policy.ts'
import { preflightCauses } from './preflight.ts'
import { reachCauses } from './reach.ts'
import { redirectCauses } from './redirect.ts'
import { timeCauses } from './time.ts'

/** Every cause of a missing response that this page can name, by id. */
const causes = {
  ...policyCauses,
  ...redirectCauses,
  ...timeCauses,
  ...certificateCauses,
  ...reachCauses,
  ...preflightCauses,
  ...corsCauses,
  ...fineCauses,
}

export type CauseId = keyof typeof causes

/** A cause as the explanation of one request. */
export type Diagnosis = Explanation & Cause & { readonly id: CauseId }

/** What a cause explains at this server, with what speaks for it. */
export function diagnosis(
  id: CauseId,
  symptoms: Symptoms,
  certainty: Certainty,
  observed: readonly string[],
): Diagnosis {
  return { id, ...causes[id](symptoms), causes: [], certainty, observed }
}
