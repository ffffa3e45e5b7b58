import type { ApiCall } from '../config/api-call.ts'
import type { ConfigChange } from '../../explanation/config-change.ts'
import type { Explanation } from '../../explanation/explanation.ts'

/** Advice to follow, a change of the call or of the token request that is one click, or an http(s) URL to open. */
export type ApiFix =
  | string
  | { readonly text: string; readonly change: Partial<ApiCall> }
  | { readonly text: string; readonly config: ConfigChange }
  | { readonly text: string; readonly href: string }

/** What became of a call, why, and what to do, in that order. */
export interface ApiExplanation extends Omit<Explanation, 'fixes'> {
  /** What to try, in order. */
  readonly fixes: readonly ApiFix[]
}
