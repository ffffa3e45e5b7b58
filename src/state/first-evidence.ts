import type { About, Before, Evidence, PageFacts } from '../lib/why/evidence/evidence.ts'
import { resultOf } from '../lib/why/probes/make-probe.ts'
import type { Prober } from '../lib/why/probes/prober.ts'
import { targetOf } from '../lib/why/evidence/target.ts'
import { type Exchange, type HttpRequest, originOf } from '../lib/http/message.ts'
import { predictPreflight } from '../lib/http/preflight.ts'
import { knownServer } from '../lib/servers/known-server.ts'
import { records } from '../lib/servers/records/records.ts'
import { inHeader } from '../lib/oauth/config/auth-methods.ts'
import type { Connection } from './connection.svelte.ts'
import type { Discovery } from './discovery.svelte.ts'
import type { Environment } from './base/environment.ts'
import type { Exchanges } from './base/exchanges.svelte.ts'
import { isAside, type Sent } from './base/sent.ts'

/** What a connection check needs of the page. */
export interface Page {
  readonly environment: Environment
  readonly connection: Connection
  readonly exchanges: Exchanges
  readonly discovery: Discovery | null
}

/** What is known before anything is tried: of the page, of the request, of the exchange that failed, if one did, and of those before. */
export async function firstEvidence(
  page: Page,
  request: HttpRequest,
  sent: Sent | null,
  prober: Prober,
): Promise<Omit<Evidence, 'allowsPost'>> {
  const facts = prober.facts()
  const { server, config } = page.connection
  const about = aboutOf(sent, request)
  /** The record is of the server that is chosen now. */
  const isOfHere = originOf((sent?.config ?? config).token_endpoint) === originOf(config.token_endpoint)
  return {
    page: facts,
    target: targetOf(request, facts.origin, about, sendsBasic(page, sent)),
    exchange: sent && (await failed(sent, prober, facts)),
    probes: [],
    violation: null,
    permission: null,
    before: before(page, request, (sent?.config ?? config).client_id),
    known: !isOfHere
      ? null
      : knownServer(server, records[server.kind], {
          url: request.url,
          about,
          config: sent?.config ?? config,
          told: page.discovery?.metadata?.token_endpoint ?? null,
        }),
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

/** A check before anything is sent is about the token request, or about the metadata if there is no token endpoint yet. */
function aboutOf(sent: Sent | null, { method }: HttpRequest): About {
  if (sent === null) return method === 'GET' ? 'metadata' : 'token'
  return isAside(sent.about) ? 'token' : sent.about
}

function before({ exchanges: { history }, environment }: Page, { url }: HttpRequest, client: string): Before {
  const read = history.entries.filter(
    ({ exchange: { via }, about }) => about !== 'probe' && via === undefined,
  )
  const here = read.filter(({ exchange }) => exchange.request.url === url).map(({ exchange }) => exchange)
  const statuses = here.flatMap(({ outcome }) =>
    outcome.kind === 'response' ? [outcome.response.status] : [],
  )
  const isSimple = ({ request }: Exchange): boolean =>
    predictPreflight(request, environment.browser.origin) === null
  const beside = read.some(
    ({ about, exchange: { request, outcome } }) =>
      about !== 'metadata' &&
      request.url !== url &&
      originOf(request.url) === originOf(url) &&
      outcome.kind === 'response' &&
      outcome.response.status < 300,
  )
  const metadata = read.filter(
    ({ about, exchange }) => about === 'metadata' && originOf(exchange.request.url) === originOf(url),
  )
  const responded = history.entries.find(
    ({ exchange: { via, request, outcome } }) =>
      via === undefined &&
      originOf(request.url) === originOf(url) &&
      (outcome.kind === 'response' || outcome.kind === 'opaque' || outcome.kind === 'opaque-redirect'),
  )
  return {
    responded: responded?.exchange.id ?? null,
    succeeded: statuses.some((status) => status < 300),
    ofClient: read.some(
      ({ config, exchange: { request, outcome } }) =>
        config.client_id === client &&
        request.url === url &&
        outcome.kind === 'response' &&
        outcome.response.status < 300,
    ),
    simple: here.some((exchange) => isSimple(exchange) && exchange.outcome.kind === 'response'),
    refused: statuses.some((status) => status >= 400),
    beside,
    metadata:
      metadata.length === 0
        ? null
        : metadata.some(({ exchange }) => exchange.outcome.kind === 'response')
          ? 'read'
          : 'unreadable',
  }
}
