import type { Check } from '../check.ts'
import type { Explanation, Fix } from './explanation.ts'

type Hide = (text: string) => string

/** What is read of an explanation, masked; what its fixes do is left as it is. */
export function hideInExplanation(explanation: Explanation, hide: Hide): Explanation {
  const { title, says, meaning, causes, observed, fixes } = explanation
  return {
    ...explanation,
    title: hide(title),
    ...(says && { says: { ...says, words: hide(says.words) } }),
    meaning: hide(meaning),
    causes: causes.map(hide),
    ...(observed && { observed: observed.map(hide) }),
    fixes: fixes.map((fix) => hideInFix(fix, hide)),
  }
}

/** The same of a check. */
export const hideInCheck = <C extends Check>(check: C, hide: Hide): C => ({
  ...check,
  found: hide(check.found),
})

const hideInFix = (fix: Fix, hide: Hide): Fix =>
  typeof fix === 'string' ? hide(fix) : { ...fix, text: hide(fix.text) }
