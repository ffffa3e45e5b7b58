import type { Check } from '../check.ts'

/** One stage of what a server checks, and whether a request got past it. */
export interface Rung {
  /** In words. */
  readonly stage: string
  readonly state: 'passed' | 'stopped here' | 'not reached' | 'not known'
  /** `proven` if the server itself or an observation says so, else `deduced`. */
  readonly by: 'proven' | 'deduced'
}

const states = {
  pass: 'passed',
  note: 'passed',
  warn: 'passed',
  fail: 'stopped here',
  skipped: 'not reached',
} as const satisfies Readonly<Record<Check['result'], Rung['state']>>

/** How far a request got at a server that shows what it checked, in its order. */
export function ladderOf(checks: readonly Check[]): readonly Rung[] {
  return checks.map(({ what, result }) => ({ stage: what, state: states[result], by: 'proven' }))
}
