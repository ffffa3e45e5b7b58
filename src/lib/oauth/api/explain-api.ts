import type { ApiCall } from '../config/api-call.ts'
import type { ApiExplanation } from './api-explanation.ts'
import type { ApiReading } from './api-response.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { explainAccepted } from './explain-accepted.ts'
import { explainRefused } from './explain-refused.ts'
import { explainApiStatus } from './explain-status.ts'
import { explainUnreachable } from '../response/unreachable.ts'
import { apiTarget } from './api-target.ts'
import type { TokenFacts } from '../response/token-facts.ts'

export { readApiResponse, type ApiReading } from './api-response.ts'

/**
 * What an API's answer means for the person who made that call with that token from a page of that origin; `null`
 * where it answered and all is well. The configuration is the one the token was asked for with, `token` what is known
 * of it at the time of the answer.
 */
export function explainApi(
  reading: ApiReading,
  call: ApiCall,
  config: TokenRequestConfig,
  token: TokenFacts,
  origin: string,
): ApiExplanation | null {
  switch (reading.kind) {
    case 'accepted':
      return explainAccepted(reading.answer, call, config, token)
    case 'refused':
      return explainRefused({ reading, call, config, token, origin })
    case 'other':
      return explainApiStatus(reading.status, reading.answer, call)
    case 'unreachable':
      return explainUnreachable(reading.outcome, apiTarget(call, config, token))
    default:
      return reading satisfies never
  }
}
