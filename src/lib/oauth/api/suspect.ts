import type { Fix } from '../../explanation/explanation.ts'
import type { SpecLink } from '../../spec.ts'
import type { RefusedCall } from './refused-call.ts'

/** A reason why an API may not accept a token, and how sure it is. */
export interface Suspect {
  /** `told`: the API says so. `seen`: the token or the call shows it. `open`: nothing speaks against it. */
  readonly weight: 'told' | 'seen' | 'open'
  readonly cause: string
  readonly fixes: readonly Fix[]
  readonly spec: SpecLink
}

/** Looks for one reason; `null` if it cannot be the one. */
export type Look = (refused: RefusedCall) => Suspect | null

export const newToken = 'Get a new token, and call again.'
