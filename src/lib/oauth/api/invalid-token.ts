import type { Explained } from '../../explanation/explanation.ts'
import { rfc } from '../../spec.ts'
import type { RefusedCall } from './refused-call.ts'
import type { Suspect } from './suspect.ts'
import { bindingLooks } from './suspects-binding.ts'
import { timeLooks, trustLooks } from './suspects-claims.ts'

const weights: readonly Suspect['weight'][] = ['told', 'seen', 'open']
const certainties = { told: 'certain', seen: 'likely', open: 'possible' } as const

/** The refusal with the most causes; those that the API names or the token shows come first. @see RFC 6750 section 3.1 */
export function invalidToken(refused: RefusedCall): Explained {
  const suspects = suspectsOf(refused)
  const specs = [rfc(6750, '3.1'), ...suspects.slice(0, 3).map(({ spec }) => spec)]
  return {
    meaning: 'The API does not accept the token: expired, revoked, malformed, or not meant for it.',
    certainty: certainties[suspects[0]?.weight ?? 'open'],
    causes: suspects.map(({ cause }) => cause),
    fixes: [...new Set(suspects.flatMap(({ fixes }) => fixes))],
    spec: specs.filter(({ href }, index) => specs.findIndex((other) => other.href === href) === index),
  }
}

/** The surest first; if the API says why, nothing else is guessed. */
function suspectsOf(refused: RefusedCall): readonly Suspect[] {
  const found = [...timeLooks, ...bindingLooks, ...trustLooks].flatMap((look) => look(refused) ?? [])
  const sorted = weights.flatMap((weight) => found.filter((suspect) => suspect.weight === weight))
  const told = sorted.some(({ weight }) => weight === 'told')
  return told ? sorted.filter(({ weight }) => weight !== 'open') : sorted
}
