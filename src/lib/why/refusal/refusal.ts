import type { Explanation } from '../../explanation/explanation.ts'
import { type Exchange, headerValue, type HttpRequest } from '../../http/message.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import type { Answer } from '../../oauth/response/read-response.ts'
import { readCame } from './came.ts'
import type { RefusalRecord } from './cause.ts'
import { explainVerdict } from './explain.ts'
import { type Endpoint, noPast, type Past } from './facts.ts'
import { measure, type Measured, unmeasured } from './measured.ts'
import { findReason } from './reason.ts'
import { readSent } from './sent.ts'

/** What is known besides the exchange itself. */
export interface Known {
  /** The record of the server that the user chose; `null` if there is none, or the request went elsewhere. */
  readonly chosen: RefusalRecord | null
  /** Those that are recognised by their words. */
  readonly others: readonly RefusalRecord[]
  readonly past: Past
  /** A line of a log or of a terminal. */
  readonly pasted: string
  /** What `measureRequest` made of the request; without it, nothing that needs hashing is known. */
  readonly measured?: Measured
}

export const nothingKnown: Known = { chosen: null, others: [], past: noPast, pasted: '' }

/**
 * Why a server or an API refused a request, how far the request got, and what to do. The configuration is the one that
 * the request, or the token in it, was made from.
 */
export function explainRefusal(
  endpoint: Endpoint,
  exchange: Pick<Exchange, 'request' | 'startedAt' | 'duration'>,
  answer: Answer,
  config: TokenRequestConfig,
  { chosen, others, past, pasted, measured = unmeasured }: Known,
): Explanation {
  const date = Date.parse(headerValue(answer.response.headers, 'date') ?? '')
  const facts = {
    endpoint,
    sent: readSent(exchange.request),
    measured,
    came: readCame(answer),
    config,
    now: Number.isNaN(date) ? exchange.startedAt + exchange.duration : date,
    past,
    pasted,
  }
  return explainVerdict(findReason(facts, chosen, others), facts)
}

/** What of a request has to be hashed and verified first. Never rejects. */
export const measureRequest = (request: HttpRequest) => measure(readSent(request))
