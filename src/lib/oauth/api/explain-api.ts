import type { Explanation } from '../../explanation/explanation.ts'
import type { ApiRecord } from '../../explanation/api-record.ts'
import { type ApiCall, bodyOf, impliedType, methodOf } from '../config/api-call.ts'
import { schemeOf, type TokenFacts } from '../response/token-facts.ts'
import type { ApiReading } from './api-response.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { explainAccepted } from './explain-accepted.ts'
import { explainInside } from './explain-inside.ts'
import type { Exchange } from '../../http/message.ts'
import { explainRefusal, type Known } from '../../why/refusal/refusal.ts'
import { refusedOnPurpose } from './explain-refused.ts'
import { explainUnreachable, type Target } from '../response/unreachable.ts'

export { readApiResponse, type ApiReading } from './api-response.ts'

/** A call that was made: the exchange, what it was made from, and what was known of the token then; `null` if there was none. */
export interface MadeCall {
  readonly exchange: Exchange
  readonly call: ApiCall
  /** The configuration that the token was asked for with. */
  readonly config: TokenRequestConfig
  readonly facts: TokenFacts | null
}

/**
 * What an API's response means for the user who made that call; `null` if it responded and all is well.
 *
 * @param api what is known of the API itself
 * @param known what is known of its refusals, and what went before
 */
export function explainApi(
  reading: ApiReading,
  { exchange, call, config, facts }: MadeCall,
  api: ApiRecord,
  known: Known,
): Explanation | null {
  switch (reading.kind) {
    case 'accepted':
      return (
        explainInside(reading.answer, exchange, config, known) ??
        explainAccepted(reading.answer, call, config, facts)
      )
    case 'refused':
      return (
        refusedOnPurpose(reading, exchange, call, facts) ??
        explainRefusal('api', exchange, reading.answer, config, known)
      )
    case 'other':
      return explainRefusal('api', exchange, reading.answer, config, known)
    case 'unreachable':
      return explainUnreachable(reading, apiTarget(call, config, facts, api))
    default:
      return reading satisfies never
  }
}

/** An API as the target of a call; what it has to allow follows from the call. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
function apiTarget(
  call: ApiCall,
  config: TokenRequestConfig,
  token: TokenFacts | null,
  known: ApiRecord,
): Target {
  const scheme = token && schemeOf(call, token.claims, config)
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
