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

const made = new WeakMap<Playground, TokenTools>()

/** The tools of a page, made when a part of it first needs them, so that the first screen does without. */
export function toolsOf(playground: Playground): TokenTools {
  const tools = made.get(playground) ?? makeTools(playground)
  made.set(playground, tools)
  return tools
}

function makeTools(playground: Playground): TokenTools {
  const held = new HeldToken(playground)
  return {
    held,
    keys: new VerificationKeys(playground),
    use: new TokenUse(playground, held),
    operations: new TokenOperations(playground, held),
  }
}
