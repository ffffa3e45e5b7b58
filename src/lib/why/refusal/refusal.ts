import type { Explanation } from '../../explanation/explanation.ts'
import { type Exchange, headerValue, type HttpRequest, type HttpResponse } from '../../http/message.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { type Answer, readResponse } from '../../oauth/response/read-response.ts'
import { type Came, readCame } from './facts/came.ts'
import type { RefusalRecord } from './record.ts'
import { explainVerdict } from './explain.ts'
import { type Endpoint, type Facts, noPast, type Past } from './facts/facts.ts'
import { measure, type Measured, unmeasured } from './facts/measured.ts'
import { findReason } from './reason.ts'
import { find } from './rows.ts'
import { readSent } from './facts/sent.ts'

/** What is known besides the exchange itself. */
export interface Known {
  /** The record of the server that the user chose; `null` if there is none, or the request went elsewhere. */
  readonly chosen: RefusalRecord | null
  /** The record of the authorization server that issued the token, for a call of an API; `null` if it is not known. */
  readonly issuer: RefusalRecord | null
  /** Those that are recognised by their words. */
  readonly others: readonly RefusalRecord[]
  readonly past: Past
  /** A line of a log or of a terminal. */
  readonly pasted: string
  /** What `measureRequest` made of the request; without it, nothing that needs hashing is known. */
  readonly measured?: Measured
}

export const nothingKnown: Known = { chosen: null, issuer: null, others: [], past: noPast, pasted: '' }

/**
 * Why a server or an API refused a request, how far the request got, and what to do. The configuration is the one that
 * the request, or the token in it, was made from.
 */
export function explainRefusal(
  endpoint: Endpoint,
  exchange: Pick<Exchange, 'request' | 'startedAt' | 'duration'>,
  answer: Answer,
  config: TokenRequestConfig,
  { chosen, issuer, others, past, pasted, measured = unmeasured }: Known,
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
  return explainVerdict(findReason(facts, chosen, others), facts, issuer)
}

/** Whether a response without a token refuses, be it inside a 200. */
export const isRefusal = (answer: Answer): boolean => readCame(answer).refuses

/** What of a request has to be hashed and verified first. Never rejects. */
export const measureRequest = (request: HttpRequest) => measure(readSent(request))

/**
 * Why a response was refused that this page may not read, by what the user copied: the response as curl prints it, or a
 * line of a log; `null` if it says nothing that is known.
 */
export function explainPasted(
  endpoint: Endpoint,
  exchange: Pick<Exchange, 'request' | 'startedAt' | 'duration'>,
  response: HttpResponse | null,
  config: TokenRequestConfig,
  known: Known,
): Explanation | null {
  if (response && response.status >= 400) {
    const { answer } = readResponse(response)
    return !saysWhy(readCame(answer))
      ? null
      : explainRefusal(endpoint, exchange, answer, config, { ...known, pasted: '' })
  }
  const facts: Facts = {
    endpoint,
    sent: readSent(exchange.request),
    measured: unmeasured,
    came: readCame(readResponse(nothing).answer),
    config,
    now: exchange.startedAt + exchange.duration,
    past: known.past,
    pasted: known.pasted,
  }
  if (!find(facts, known.chosen, known.others).isPasted) return null
  return explainVerdict(findReason(facts, known.chosen, known.others), facts, known.issuer)
}

/** Whether a response says why: in words, or by a status that means one thing, as of a gateway. @see RFC 9110 section 15 */
export const saysWhy = ({ code, words, status, framework }: Came): boolean =>
  code !== '' || words !== '' || framework !== null || [413, 429, 502, 503, 504].includes(status)

const nothing: HttpResponse = { status: 0, statusText: '', headers: [], body: new Uint8Array() }
