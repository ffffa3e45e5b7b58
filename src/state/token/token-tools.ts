import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { HeldToken } from './held-token.svelte.ts'
import { TokenOperations } from './token-operations.svelte.ts'
import { TokenUse } from './token-use.svelte.ts'
import { VerificationKeys } from './verification-keys.svelte.ts'

/** What is done with a token once there is one: verifying it, using it, asking the server about it. */
export interface TokenTools {
  readonly held: HeldToken
  readonly keys: VerificationKeys
  readonly use: TokenUse
  readonly operations: TokenOperations
}

/** The tools of a page, made when a part of it first needs them, so that the first screen does without. */
export const toolsOf = onePerPage((playground: Playground): TokenTools => {
  const held = new HeldToken(playground)
  return {
    held,
    keys: new VerificationKeys(playground),
    use: new TokenUse(playground, held),
    operations: new TokenOperations(playground, held),
  }
})
