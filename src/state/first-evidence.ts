import type { Evidence, PageFacts } from '../lib/why/evidence/evidence.ts'
import { resultOf } from '../lib/why/probes/make-probe.ts'
import type { Prober } from '../lib/why/probes/prober.ts'
import { targetOf } from '../lib/why/evidence/target.ts'
import type { HttpRequest } from '../lib/http/message.ts'
import { inHeader } from '../lib/oauth/config/auth-methods.ts'
import type { Connection } from './connection.svelte.ts'
import type { Environment } from './environment.ts'
import type { Exchanges } from './exchanges.svelte.ts'
import type { Sent } from './sent.ts'

/** What a connection check needs of the page. */
export interface Page {
  readonly environment: Environment
  readonly connection: Connection
  readonly exchanges: Exchanges
}

/** What is known before anything is tried: of the page, of the request, of the exchange that failed, if one did, and of those before. */
export async function firstEvidence(
  page: Page,
  request: HttpRequest,
  sent: Sent | null,
  prober: Prober,
): Promise<Omit<Evidence, 'allowsPost'>> {
  const facts = prober.facts()
  return {
    page: facts,
    target: targetOf(request, facts.origin, sendsBasic(page, sent)),
    exchange: sent && (await failed(sent, prober, facts)),
    probes: [],
    violation: null,
    permission: null,
    succeededBefore: succeededBefore(page, request),
  }
}

async function failed(
  { exchange }: Sent,
  prober: Prober,
  { engine }: PageFacts,
): Promise<Evidence['exchange']> {
  const result = await resultOf(exchange, { engine, timing: (made) => prober.timing(made) })
  if (result.kind !== 'failed' && result.kind !== 'pending' && result.kind !== 'redirected') return null
  return { id: exchange.id, duration: exchange.duration, result }
}

/** Whether it is the client's credentials, not a token, that are in the header: they can move to the body. */
function sendsBasic({ connection }: Page, sent: Sent | null): boolean {
  return inHeader((sent ?? connection).config) && sent?.about !== 'api'
}

function succeededBefore({ exchanges: { history } }: Page, { url }: HttpRequest): boolean {
  return history.entries.some(
    ({ exchange: { outcome, request, via }, about }) =>
      about !== 'probe' &&
      via === undefined &&
      request.url === url &&
      outcome.kind === 'response' &&
      outcome.response.status < 300,
  )
}
