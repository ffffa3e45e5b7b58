import { certificateCauses } from './causes/certificate.ts'
import { corsCauses } from './causes/cors.ts'
import { fineCauses } from './causes/fine.ts'
import { policyCauses } from './causes/policy.ts'
import { preflightCauses } from './causes/preflight.ts'
import { reachCauses } from './causes/reach.ts'
import { redirectCauses } from './causes/redirect.ts'
import { timeCauses } from './causes/time.ts'

/** Every cause this page can name, by id. */
export const causes = {
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
