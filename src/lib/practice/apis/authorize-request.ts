import { rfc } from '../../spec.ts'
import { audiencesOf, type PracticeApi } from './apis.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { introspectAccessToken } from './introspect-access-token.ts'
import { checkBinding } from './key-binding.ts'
import { readPresentedToken } from './presented-token.ts'
import { tokenRefusal, type RefuseToken } from './token-refusal.ts'
import { verifyAccessToken } from './verify-access-token.ts'

/**
 * What an API does before it looks at anything else of a request: a token is there, it is believed, it is for this API,
 * it comes with the proof that it needs, and it has the scope.
 *
 * @returns what the token says
 * @throws ProtocolError the refusal, with its challenge
 * @see RFC 6750 section 3, RFC 9068 section 4, RFC 9449 section 7
 */
export async function authorizeRequest(
  request: Request,
  api: PracticeApi,
  context: Context,
): Promise<TokenClaims> {
  const believe = api.introspects ? introspectAccessToken : verifyAccessToken
  const presented = readPresentedToken(request, api, context.checks)
  const refuse = tokenRefusal(api, [presented.scheme])
  const claims = await believe(presented.token, audiencesOf(api), context, refuse)
  await checkBinding(claims, { ...presented, request, api, refuse }, context)
  checkScope(claims.scope, api, refuse, context.checks)
  return claims
}

function checkScope(granted: string, { scope }: PracticeApi, refuse: RefuseToken, checks: CheckLog): void {
  const hasScope: Rule = { what: `The token has the scope ${scope}`, spec: rfc(6750, '3.1') }
  if (!granted.split(' ').includes(scope)) {
    throw refuse('insufficient_scope', hasScope, `The scope of the token is ${granted}`)
  }
  checks.pass(hasScope, granted)
}
