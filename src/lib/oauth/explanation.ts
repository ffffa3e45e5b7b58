import type { SpecLink } from '../spec.ts'

/** What happened, why, and what to do, in that order. */
export interface Explanation {
  readonly title: string
  readonly meaning: string
  /** Likely causes, the likeliest first. */
  readonly causes: readonly string[]
  /** What to try, in order. */
  readonly fixes: readonly string[]
  readonly spec: readonly SpecLink[]
}
