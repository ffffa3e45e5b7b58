import type { Explanation } from '../../explanation/explanation.ts'
import { type ApiRecord, unknownApi } from '../../explanation/api-record.ts'
import { type ApiCall, bodyOf, impliedType, methodOf } from '../config/api-call.ts'
import { schemeOf, type TokenFacts } from '../response/token-facts.ts'
import type { ApiReading } from './api-response.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { explainAccepted } from './explain-accepted.ts'
import { explainRefused } from './explain-refused.ts'
import { explainApiStatus } from './explain-status.ts'
import { explainUnreachable, type Target } from '../response/unreachable.ts'

export { readApiResponse, type ApiReading } from './api-response.ts'

/**
 * What an API's response means for the user who made that call with that token from a page of that origin; `null`
 * if it responded and all is well. The configuration is the one the token was asked for with, `token` what is known
 * of it at the time of the response, `known` what is known of the API.
 */
export function explainApi(
  reading: ApiReading,
  call: ApiCall,
  config: TokenRequestConfig,
  token: TokenFacts,
  origin: string,
  known: ApiRecord = unknownApi,
): Explanation | null {
  switch (reading.kind) {
    case 'accepted':
      return explainAccepted(reading.answer, call, config, token)
    case 'refused':
      return explainRefused({ reading, call, config, token, origin, known })
    case 'other':
      return explainApiStatus(reading.status, reading.answer, call)
    case 'unreachable':
      return explainUnreachable(reading, apiTarget(call, config, token, known))
    default:
      return reading satisfies never
  }
}

/** An API as the target of a call; what it has to allow follows from the call. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
function apiTarget(call: ApiCall, config: TokenRequestConfig, token: TokenFacts, known: ApiRecord): Target {
  const scheme = schemeOf(call, token.claims, config)
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
    causes: known.unreadable,
    fixes: [
      ...(scheme !== null && method === 'GET' && bodyOf(call) === null
        ? [
            {
              text: 'Call without the token: if a response comes then, only the preflight is in the way',
              call: { presentation: 'none' } as const,
            },
          ]
        : []),
      ...(names.length > 0 ? [`Access-Control-Allow-Headers: ${names.join(', ')}`] : []),
      ...(plain ? [] : [`Access-Control-Allow-Methods: ${method}`]),
      `Access-Control-Expose-Headers: WWW-Authenticate${scheme === 'DPoP' ? ', DPoP-Nonce' : ''}, so that refusals can be read`,
    ],
  }
}
