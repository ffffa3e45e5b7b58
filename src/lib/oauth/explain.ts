import { explainError } from './explain-error.ts'
import { explainOutcome } from './explain-outcome.ts'
import { explainShape } from './explain-shape.ts'
import type { Explanation } from './explanation.ts'
import type { TokenRequestConfig } from './config.ts'
import type { Reading } from './token-response.ts'

/**
 * What an answer means for the person who sent that configuration from a page of that origin; `null` where a token
 * came and all is well.
 */
export function explain(reading: Reading, config: TokenRequestConfig, origin: string): Explanation | null {
  switch (reading.kind) {
    case 'issued':
      return null
    case 'refused':
      return explainError(reading.error, reading.answer, config)
    case 'nonconforming':
      return explainShape(reading.shape, reading.answer, config)
    case 'unreachable':
      return explainOutcome(reading.outcome, config, origin)
    default:
      return reading satisfies never
  }
}
