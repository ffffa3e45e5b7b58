import { bodyOf, impliedType, methodOf, schemeOf, type ApiCall } from '../config/api-call.ts'
import type { ApiFix } from './api-explanation.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Target } from '../response/unreachable.ts'
import { isHelseIdApi } from './helseid-api.ts'
import type { TokenFacts } from '../response/token-facts.ts'

/** An API as the target of a call; what it has to allow follows from the call. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
export function apiTarget(call: ApiCall, config: TokenRequestConfig, token: TokenFacts): Target<ApiFix> {
  const scheme = schemeOf(call, token.accessToken, config)
  const made = { Bearer: ['authorization'], DPoP: ['authorization', 'dpop'] }
  const own = call.headers.filter(({ on, name }) => on && name !== '').map(({ name }) => name.toLowerCase())
  const json = impliedType(call) === 'application/json' ? ['content-type'] : []
  const names = [...new Set([...(scheme ? made[scheme] : []), ...json, ...own])].filter(
    (name) => name !== 'accept',
  )
  const method = methodOf(call)
  const plain = ['GET', 'HEAD', 'POST'].includes(method)
  return {
    name: 'the API',
    compare: 'Compare the URL with the API’s documentation.',
    causes: isHelseIdApi(call.url)
      ? ['HelseID’s Sample API sends no CORS headers as it comes: a page cannot read its answers.']
      : [],
    fixes: [
      ...(scheme !== null && method === 'GET' && bodyOf(call) === null
        ? [
            {
              text: 'Call without the token: if an answer comes then, only the preflight is in the way',
              change: { presentation: 'none' } as const,
            },
          ]
        : []),
      ...(names.length > 0 ? [`Access-Control-Allow-Headers: ${names.join(', ')}`] : []),
      ...(plain ? [] : [`Access-Control-Allow-Methods: ${method}`]),
      `Access-Control-Expose-Headers: WWW-Authenticate${scheme === 'DPoP' ? ', DPoP-Nonce' : ''}, so that refusals can be read`,
    ],
  }
}
