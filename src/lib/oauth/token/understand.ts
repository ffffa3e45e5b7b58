import type { Exchange, ServerView } from '../../http/message.ts'
import { estimateSkew } from './clock-skew.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { explain } from './explain.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import type { Finding } from '../response/finding.ts'
import { findings } from './findings.ts'
import { judgeTokenResponse } from '../response/judge-token-response.ts'
import type { StrictVerdict } from '../response/strict-verdict.ts'
import { bindingFindings } from './token-binding.ts'
import { readTokenResponse, type Reading } from '../response/read-response.ts'

/** All that can be said of an exchange: derived from the record, never stored with it. */
export interface Understanding {
  readonly reading: Reading
  readonly findings: readonly Finding[]
  /** `null` where no answer came that a client could judge. */
  readonly strict: StrictVerdict | null
  readonly explanation: Explanation | null
  /** Seconds the server's clock is ahead, as far as the token tells. */
  readonly skew: number | null
}

export async function understand(
  exchange: Exchange,
  config: TokenRequestConfig,
  replayOf: number | null = null,
): Promise<Understanding> {
  const reading = readTokenResponse(exchange.outcome)
  const explanation = explain(reading, config)
  return {
    reading,
    findings: [...findings(reading, exchange.request), ...(await bindingFindings(reading, exchange.request))],
    strict: await strictVerdict(reading, config),
    explanation: withServerCause(
      reading.kind === 'refused' ? withReplay(explanation, replayOf) : explanation,
      exchange.serverView,
    ),
    skew: estimateSkew(reading, exchange),
  }
}

/** What was signed is good for one request: sent again, that is the first thing to think of. @see RFC 7523 section 3 */
function withReplay(explanation: Explanation | null, replayOf: number | null): Explanation | null {
  if (!explanation || replayOf === null) return explanation
  const cause = `These very bytes were sent before, as #${replayOf}: their jti is known to the server, or their time is over.`
  const fix = 'Press Get token: what is signed is signed anew for each request.'
  return { ...explanation, causes: [cause, ...explanation.causes], fixes: [fix, ...explanation.fixes] }
}

/** Where the server itself can be asked, its failed check is the cause, and there is nothing to guess. */
function withServerCause(explanation: Explanation | null, view: ServerView | null): Explanation | null {
  const failed = view?.checks.find(({ result }) => result === 'fail')
  if (!explanation || !failed) return explanation
  return {
    ...explanation,
    certainty: 'certain',
    causes: [`The server’s check “${failed.what}” failed: ${failed.found}.`],
    fixes: ['Correct what the check names. What this server knows is listed under “Clients to try here”.'],
  }
}

/** A body too large for us to read is not handed on either. */
async function strictVerdict(
  reading: Reading,
  { client_id }: TokenRequestConfig,
): Promise<StrictVerdict | null> {
  if (reading.kind === 'unreachable') return null
  if (reading.kind === 'nonconforming' && reading.shape === 'too-large') return null
  return judgeTokenResponse(reading.answer.response, client_id)
}
