import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import { apiAnswers } from './api-answers.ts'
import { practiceApis, type PracticeApi } from './apis.ts'
import { authorizeRequest } from './authorize-request.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { nextNonce } from '../dpop/token-binding.ts'

/** Protected resources, to use tokens on. @see RFC 6749 section 7 */
export const apiEndpoints: readonly Endpoint[] = practiceApis.flatMap((api) =>
  api.id === 'mcp' ? [] : protectedEndpoint(api, api.id),
)

function protectedEndpoint(api: PracticeApi, id: keyof typeof apiAnswers): Endpoint {
  const { path, method, exposesChallenge } = api
  const { what, answer } = apiAnswers[id]
  return {
    path,
    method,
    exposesChallenge,
    rule: { what, spec: method === 'GET' ? rfc(9110, '9.3.1') : rfc(9110, '9.3.3') },
    answer: async (request, context) => {
      const claims = await authorizeRequest(request, api, context)
      const nonce = api.needsNonce ? nextNonce(context) : {}
      return json(200, await answer(claims, request, context.checks), {
        'Cache-Control': 'no-store',
        ...nonce,
      })
    },
  }
}
