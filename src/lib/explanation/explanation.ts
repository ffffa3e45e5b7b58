import type { SpecLink } from '../spec.ts'
import type { ConfigChange } from './config-change.ts'

/** What happened, why, and what to do, in that order. */
export interface Explanation {
  readonly title: string
  readonly meaning: string
  readonly causes: readonly string[]
  /**
   * What the causes are worth: `certain` where the server itself says so, `likely` in the order of likelihood,
   * `possible` where nothing tells them apart.
   */
  readonly certainty: 'certain' | 'likely' | 'possible'
  /** What to try, in order. */
  readonly fixes: readonly Fix[]
  readonly spec: readonly SpecLink[]
}

/** Advice to follow, a change of the form that is one click, or an http(s) URL to open. */
export type Fix =
  | string
  | { readonly text: string; readonly change: ConfigChange }
  | { readonly text: string; readonly href: string }
