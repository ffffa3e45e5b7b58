import { certificateCauses } from './certificate.ts'
import { corsCauses } from './cors.ts'
import { fineCauses } from './fine.ts'
import { policyCauses } from './policy.ts'
import { preflightCauses } from './preflight.ts'
import { reachCauses } from './reach.ts'
import { redirectCauses } from './redirect.ts'
import { timeCauses } from './time.ts'

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
