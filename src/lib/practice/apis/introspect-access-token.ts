import { rfc } from '../../spec.ts'
import { forThisApi } from './access-token-rules.ts'
import type { Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import type { TokenClaims } from '../base/token-records.ts'
import type { RefuseToken } from './token-refusal.ts'
import { stateOfToken } from '../tokens/token-state.ts'
import { settleAll } from '../base/verdict.ts'

const active: Rule = { what: 'Introspection says that it is active', spec: rfc(7662, '2.2') }

/**
 * What an API that introspects does before it believes a token: it asks the authorization server, and then sees that
 * the token is for it.
 * @see RFC 7662 section 2
 */
export async function introspectAccessToken(
  token: string,
  audiences: readonly string[],
  context: Pick<Context, 'checks' | 'keys' | 'records' | 'now'>,
  refuse: RefuseToken,
): Promise<TokenClaims> {
  const state = await stateOfToken(token, context)
  if (!state.active) {
    const description = 'The token is not active'
    throw refuse('invalid_token', active, `active is false: ${state.why}`, { description })
  }
  const { claims, found } = state
  context.checks.pass(active, found)
  settleAll([forThisApi], { claims, audiences }, context.checks, (rule, found) =>
    refuse('invalid_token', rule, found),
  )
  return claims
}
