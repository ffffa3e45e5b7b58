import type { About, Before, Evidence, KnownServer, PageFacts } from '../lib/why/evidence/evidence.ts'
import { resultOf } from '../lib/why/probes/make-probe.ts'
import type { Prober } from '../lib/why/probes/prober.ts'
import { targetOf } from '../lib/why/evidence/target.ts'
import { type Exchange, type HttpRequest, originOf } from '../lib/http/message.ts'
import { predictPreflight } from '../lib/http/preflight.ts'
import { expand, match } from '../lib/explanation/pattern.ts'
import type { Fix } from '../lib/explanation/explanation.ts'
import type { Server } from '../lib/servers/servers.ts'
import { records } from '../lib/servers/records/records.ts'
import { inHeader } from '../lib/oauth/config/auth-methods.ts'
import type { Connection } from './connection.svelte.ts'
import type { Discovery } from './discovery.svelte.ts'
import type { Environment } from './environment.ts'
import type { Exchanges } from './exchanges.svelte.ts'
import type { Sent } from './sent.ts'

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
  return {
    page: facts,
    target: targetOf(request, facts.origin, aboutOf(sent, request), sendsBasic(page, sent)),
    exchange: sent && (await failed(sent, prober, facts)),
    probes: [],
    violation: null,
    permission: null,
    before: before(page, request),
    known: knownServer(page, request, sent),
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
  return sent.about === 'probe' ? 'token' : sent.about
}

function before({ exchanges: { history }, environment }: Page, { url }: HttpRequest): Before {
  const read = history.entries.filter(
    ({ exchange: { via }, about }) => about !== 'probe' && via === undefined,
  )
  const here = read.filter(({ exchange }) => exchange.request.url === url).map(({ exchange }) => exchange)
  const statuses = here.flatMap(({ outcome }) =>
    outcome.kind === 'response' ? [outcome.response.status] : [],
  )
  const isSimple = ({ request }: Exchange): boolean =>
    predictPreflight(request, environment.browser.origin) === null
  const metadata = read.filter(
    ({ about, exchange }) => about === 'metadata' && originOf(exchange.request.url) === originOf(url),
  )
  return {
    succeeded: statuses.some((status) => status < 300),
    simple: here.some((exchange) => isSimple(exchange) && exchange.outcome.kind === 'response'),
    refused: statuses.some((status) => status >= 400),
    metadata:
      metadata.length === 0
        ? null
        : metadata.some(({ exchange }) => exchange.outcome.kind === 'response')
          ? 'read'
          : 'unreadable',
  }
}

/** What is known of the chosen server, as long as it is that one which was asked. */
function knownServer(
  { connection, discovery }: Page,
  { url }: HttpRequest,
  sent: Sent | null,
): KnownServer | null {
  const { server } = connection
  const config = sent?.config ?? connection.config
  if (originOf(url) !== originOf(config.token_endpoint)) return null
  const { reach, beforehand } = records[server.kind]
  const asksForToken = url === config.token_endpoint
  const told = discovery?.metadata?.token_endpoint ?? null
  return {
    name: server.name,
    trust: reach?.trust ?? null,
    uncovered: reach?.uncovered ?? {},
    losesCors: reach?.losesCors ?? false,
    elsewhere: !asksForToken ? null : told !== null && told !== url ? told : usualPlace(server, url),
    metadata: metadataAt(config.discovery, url),
    secure: asksForToken ? secureAddress(server, url) : null,
    suspects: asksForToken
      ? (beforehand?.(config) ?? []).flatMap(({ text, fix }): Fix[] => (fix ? [text, fix] : [text]))
      : [],
  }
}

/** The most common place of it; the issuer may have been given as a document. */
function metadataAt(discovery: string, url: string): string | null {
  const issuer = discovery.trim()
  if (originOf(issuer) === null || originOf(issuer) !== originOf(url)) return null
  return /\/\.well-known\//.test(issuer)
    ? issuer
    : `${issuer.replace(/[?#].*$/s, '').replace(/\/$/, '')}/.well-known/openid-configuration`
}

function secureAddress({ patterns, initial }: Server, url: string): string | null {
  const found = match(patterns.token_endpoint, url)
  const { base = '' } = initial
  if (!found || !url.startsWith('http:') || !base.startsWith('https:')) return null
  if (new URL(base).hostname !== new URL(url).hostname) return null
  return expand(patterns.token_endpoint, { ...initial, ...found, base })
}

/** Where a server of that kind has its token endpoint, if this is not such a place; `null` if it is, or nobody knows. */
function usualPlace(server: Server, url: string): string | null {
  if (server.group === 'own') return null
  const found = match(server.patterns.token_endpoint, url)
  if (found && Object.values(found).every((value) => value !== '')) return null
  const usual = expand(server.patterns.token_endpoint, { ...server.initial, base: originOf(url) ?? '' })
  return usual === url ? null : usual
}
