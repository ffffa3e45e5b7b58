import type { SpecLink } from './spec.ts'

/** One thing that was checked, with the evidence; whoever makes a check may add to it. */
export interface Check {
  /** A short statement, true if it passed ("It has not expired"); of a check that only finds trouble, the trouble. */
  readonly what: string
  /**
   * `note`: good to know, and nothing is wrong. `warn`: no rule is broken, and something may not work. `skipped`: it was
   * not checked or does not apply, and `found` says why.
   */
  readonly result: 'pass' | 'note' | 'warn' | 'fail' | 'skipped'
  /** What was found, in a sentence or two. Never a secret. */
  readonly found: string
  readonly spec: SpecLink | null
}

/** What came of looking at one thing. */
export type Result = Pick<Check, 'result' | 'found'>

export const pass = (found: string) => ({ result: 'pass', found }) as const
export const note = (found: string) => ({ result: 'note', found }) as const
export const warn = (found: string) => ({ result: 'warn', found }) as const
export const fail = (found: string) => ({ result: 'fail', found }) as const
export const skipped = (found: string) => ({ result: 'skipped', found }) as const

/** From what must be known to what need not be. */
const gravity: readonly Check['result'][] = ['fail', 'warn', 'note', 'pass', 'skipped']

/** The gravest first, else in the order they were made. */
export function gravestFirst<T extends Check>(checks: readonly T[]): T[] {
  return checks.toSorted((one, other) => gravity.indexOf(one.result) - gravity.indexOf(other.result))
}
