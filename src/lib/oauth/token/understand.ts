import { type Exchange, headerValue, type HttpRequest, originOf } from '../../http/message.ts'
import { practiceOrigin } from '../../practice/base/origin.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import { ladderOf } from '../../explanation/ladder.ts'
import { quoted } from '../../text/quoted.ts'
import type { Check } from '../../check.ts'
import { judgeTokenResponse, type StrictVerdict } from '../response/strict-verdict.ts'
import { bindingChecks } from './token-binding.ts'
import { stringMembers } from '../response/carried.ts'
import { type Answer, type Reading, readTokenResponse, text } from '../response/read-response.ts'
import { explainShape } from './explain-shape.ts'
import { explainSurrounded } from './explain-surrounded.ts'
import { explainUnreachable, type Target } from '../response/unreachable.ts'
import { asNumber, member } from '../../json/value.ts'
import { isTimeZone } from '../../jwt/decode/numeric-date.ts'
import { issuedRules } from './issued-rules.ts'
import { refusedRules } from './refused-rules.ts'

/** All that can be said of an exchange: derived from the record, never stored with it. */
export interface Understanding {
  readonly reading: Reading
  /** The points of the response, checked against the standard. */
  readonly checks: readonly Check[]
  /** `null` if no response came that a client could judge. */
  readonly strict: StrictVerdict | null
  readonly explanation: Explanation | null
  /** Seconds the server's clock is ahead, as far as the response shows. */
  readonly skew: number | null
}

/**
 * @param explainRefused says why a server refused, `null` if the response is no refusal; asked for only if no token came
 * @param instead the token that the user goes on with, if it is not the `access_token` as it came
 */
export async function understand(
  exchange: Exchange,
  config: TokenRequestConfig,
  explainRefused: (answer: Answer) => Promise<Explanation | null>,
  instead: string | null = null,
): Promise<Understanding> {
  const reading = readTokenResponse(exchange.outcome, instead)
  const isRefused = reading.kind === 'refused' || reading.kind === 'nonconforming'
  const refusal = isRefused ? await explainRefused(saidIn(reading)) : null
  const explanation = withServerCause(explain(reading, refusal), reading, exchange)
  return {
    reading,
    checks: [
      ...responseChecks(reading, exchange.request),
      ...(await bindingChecks(reading, exchange.request)),
    ],
    strict: await strictVerdict(reading, config),
    // Whoever knows the cause, when it worked before is told.
    explanation: explanation && refusal?.success ? { ...explanation, success: refusal.success } : explanation,
    skew: estimateSkew(reading, exchange),
  }
}

/** The response as it was read; if it has words in place of a token, they are its description of an error. */
function saidIn(reading: Exclude<Reading, { kind: 'issued' | 'unreachable' }>): Answer {
  const { answer } = reading
  const words = text(answer, 'access_token')
  return reading.kind === 'nonconforming' && reading.shape === 'words' && words !== null
    ? { ...answer, members: stringMembers([['error_description', words]]) }
    : answer
}

/** If the server itself can be asked, its failed check is the cause, and there is nothing to guess. */
function withServerCause(
  explanation: Explanation | null,
  reading: Reading,
  { request, serverView: view }: Exchange,
): Explanation | null {
  const failed = view?.checks.find(({ result }) => result === 'fail')
  if (!explanation || !failed) return explanation
  return {
    title:
      reading.kind === 'refused' ? `The server refused: ${quoted(reading.error.error)}` : explanation.title,
    ...(explanation.says && { says: explanation.says }),
    meaning: 'This server shows what it checks, so there is nothing to guess.',
    certainty: 'certain',
    causes: [`The server’s check “${failed.what}” failed: ${failed.found}.`],
    fixes: originOf(request.url) === practiceOrigin ? [ownFix] : fixesByWords(explanation),
    spec: explanation.spec,
    ladder: ladderOf(view?.checks ?? []),
  }
}

const ownFix = 'Correct what the check names. What this server knows is listed under “Clients to try here”.'

/** A server in the page with the manners of a product says the product’s words, and what is certain by those has its fixes. */
const fixesByWords = ({ certainty, fixes }: Explanation): Explanation['fixes'] => [
  'Correct what the check names.',
  ...(certainty === 'certain' ? fixes : []),
]

/** A body too large for us to read is not handed on either. */
async function strictVerdict(
  reading: Reading,
  { client_id }: TokenRequestConfig,
): Promise<StrictVerdict | null> {
  if (reading.kind === 'unreachable') return null
  if (reading.kind === 'nonconforming' && reading.shape === 'too-large') return null
  return judgeTokenResponse(reading.answer.response, client_id)
}

/** What a response means for the user; `null` if a token came and all is well. */
function explain(reading: Reading, refusal: Explanation | null): Explanation | null {
  switch (reading.kind) {
    case 'issued':
      return explainSurrounded(reading)
    case 'refused':
      return refusal
    case 'nonconforming':
      return explainShape(reading, refusal)
    case 'unreachable':
      return explainUnreachable(reading, tokenEndpoint)
    default:
      return reading satisfies never
  }
}

const tokenEndpoint: Target = {
  name: 'the token endpoint',
  compare: 'Compare the URL with token_endpoint in the server’s metadata.',
  causes: [],
  fixes: [],
}

/** Differences within it are the way of clocks and networks, in seconds. */
const tolerance = 2

/**
 * How many seconds the server's clock is ahead of this machine's: by the `Date` of the response if a page can read it,
 * else by the `iat` of a token that was just issued, unless that is off by whole half hours, which no clock is. Negative if it is behind, 0 if the two agree, `null` if nothing
 * shows it.
 * @see RFC 9110 section 6.6.1, RFC 7519 section 4.1.6
 */
export function estimateSkew(reading: Reading, { startedAt, duration }: Exchange): number | null {
  const date = dateOf(reading)
  const told = date ?? issuedAt(reading)
  if (told === null) return null
  const earliest = Math.floor(startedAt / 1000)
  const latest = Math.floor((startedAt + duration) / 1000)
  const skew = told < earliest ? told - earliest : Math.max(0, told - latest)
  if (date === null && isTimeZone(skew)) return null
  return Math.abs(skew) <= tolerance ? 0 : skew
}

/** Seconds since the epoch, as `iat` has them. */
function dateOf(reading: Reading): number | null {
  if (reading.kind === 'unreachable') return null
  const date = Date.parse(headerValue(reading.answer.response.headers, 'date') ?? '')
  return Number.isNaN(date) ? null : date / 1000
}

const issuedAt = (reading: Reading): number | null =>
  reading.kind === 'issued' ? (asNumber(member(reading.claims, 'iat')) ?? null) : null

const rules = { issued: issuedRules, refused: refusedRules }

/** What the server sent next to what the standard says of it. @see RFC 6749 sections 5.1 and 5.2 */
export function responseChecks(reading: Reading, request: HttpRequest): Check[] {
  if (reading.kind !== 'issued' && reading.kind !== 'refused') return []
  return rules[reading.kind].flatMap((rule) => rule(reading.answer, request) ?? [])
}
