import { explainError } from './explain-error.ts'
import { explainShape } from './explain-shape.ts'
import { explainUnreachable, type Target } from '../response/unreachable.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Reading } from '../response/read-response.ts'

/**
 * What an answer means for the person who sent that configuration; `null` where a token
 * came and all is well.
 */
export function explain(reading: Reading, config: TokenRequestConfig): Explanation | null {
  switch (reading.kind) {
    case 'issued':
      return null
    case 'refused':
      return explainError(reading.error, reading.answer, config)
    case 'nonconforming':
      return explainShape(reading.shape, reading.answer, config)
    case 'unreachable':
      return explainUnreachable(reading.outcome, tokenEndpoint)
    default:
      return reading satisfies never
  }
}

const tokenEndpoint: Target<never> = {
  name: 'the token endpoint',
  compare: 'Compare the URL with token_endpoint in the server’s metadata.',
  causes: [],
  fixes: [],
}
