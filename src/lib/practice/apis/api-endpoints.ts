import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import { apiAnswers } from './api-answers.ts'
import { practiceApis, type PracticeApi } from './apis.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { introspectAccessToken } from './introspect-access-token.ts'
import { checkBinding } from './key-binding.ts'
import { readPresentedToken } from './presented-token.ts'
import { nextNonce } from '../dpop/token-binding.ts'
import { tokenRefusal, type RefuseToken } from './token-refusal.ts'
import { verifyAccessToken } from './verify-access-token.ts'

/** Protected resources, to use tokens on. @see RFC 6749 section 7 */
export const apiEndpoints: readonly Endpoint[] = practiceApis.map(protectedEndpoint)

function protectedEndpoint(api: PracticeApi): Endpoint {
  const { path, method, exposesChallenge, introspects, audience } = api
  const { what, answer } = apiAnswers[api.id]
  const believe = introspects ? introspectAccessToken : verifyAccessToken
  return {
    path,
    method,
    exposesChallenge,
    rule: { what, spec: method === 'GET' ? rfc(9110, '9.3.1') : rfc(9110, '9.3.3') },
    answer: async (request, context) => {
      const presented = readPresentedToken(request, api, context.checks)
      const refuse = tokenRefusal(api, [presented.scheme])
      const claims = await believe(presented.token, audience, context, refuse)
      await checkBinding(claims, { ...presented, request, api, refuse }, context)
      checkScope(claims.scope, api, refuse, context.checks)
      const nonce = api.needsNonce ? nextNonce(context) : {}
      return json(200, await answer(claims, request, context.checks), {
        'Cache-Control': 'no-store',
        ...nonce,
      })
    },
  }
}

function checkScope(granted: string, { scope }: PracticeApi, refuse: RefuseToken, checks: CheckLog): void {
  const hasScope: Rule = { what: `The token has the scope ${scope}`, spec: rfc(6750, '3.1') }
  if (!granted.split(' ').includes(scope)) {
    throw refuse('insufficient_scope', hasScope, `The scope of the token is ${granted}`)
  }
  checks.pass(hasScope, granted)
}
