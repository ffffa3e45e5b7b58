import type { CauseId } from '../../why/refusal/causes.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import type { Row } from '../../why/refusal/record.ts'

/** One bare `invalid_client` for a dozen causes: what was sent makes one of them likely. The first that fits is used. */
export function bareClientRows(
  causes: readonly (readonly [when: (facts: Facts) => boolean, cause: CauseId])[],
): readonly Row[] {
  return causes.map(([when, cause]) => ({
    code: 'invalid_client',
    when,
    causes: [cause],
    certainty: 'likely',
    open: ['client'],
  }))
}
