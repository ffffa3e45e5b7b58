import type { Step } from './step.ts'

/** What decided a verification: the step it ended at, and what was odd on the way there. */
export function tellingSteps(steps: readonly Step[]): readonly Step[] {
  const stopped = steps.findIndex(({ result }) => result === 'fail' || result === 'skipped')
  const end = stopped === -1 ? steps.length - 1 : stopped
  return steps.filter(({ result }, index) => index === end || (index < end && result === 'warn'))
}
