import type { Exchange, ServerView } from '../http/message.ts'
import { estimateSkew } from './clock-skew.ts'
import type { TokenRequestConfig } from './config.ts'
import { explain } from './explain.ts'
import type { Explanation } from './explanation.ts'
import type { Finding } from './finding.ts'
import { findings } from './findings.ts'
import { judgeStrictly, type StrictVerdict } from './strict-verdict.ts'
import { bindingFindings } from './token-binding.ts'
import { readTokenResponse, type Reading } from './token-response.ts'

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
  origin: string,
): Promise<Understanding> {
  const reading = readTokenResponse(exchange.outcome)
  return {
    reading,
    findings: [...findings(reading, exchange.request), ...(await bindingFindings(reading, exchange.request))],
    strict: await strictVerdict(reading, config),
    explanation: withServerCause(explain(reading, config, origin), exchange.serverView),
    skew: estimateSkew(reading, exchange),
  }
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
  return judgeStrictly(reading.answer.response, client_id)
}
