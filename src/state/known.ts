import { headerValue, type Outcome, originOf } from '../lib/http/message.ts'
import { asString, type JsonValue, member } from '../lib/json/value.ts'
import { type Answer, readResponse, readTokenResponse } from '../lib/oauth/response/read-response.ts'
import { judgeResource } from '../lib/oauth/resource/judge-resource.ts'
import { readResourceMetadata } from '../lib/oauth/resource/resource-metadata.ts'
import { resourceMetadataUrls } from '../lib/oauth/resource/resource-place.ts'
import { readApiResponse } from '../lib/oauth/api/api-response.ts'
import { changedFields, filledCall, filledConfig } from '../lib/oauth/config/config-fields.ts'
import { readIntrospection } from '../lib/oauth/operations/introspection.ts'
import { readRevocation } from '../lib/oauth/operations/revocation.ts'
import { otherClient } from '../lib/oauth/response/token-facts.ts'
import { helseIdApi } from '../lib/servers/records/helseid/api.ts'
import { apiRefusals, serverRefusals, userinfoRefusals } from '../lib/servers/refusals/refusals.ts'
import type { RefusalRecord } from '../lib/why/refusal/record.ts'
import type { Past } from '../lib/why/refusal/facts/facts.ts'
import { readSent } from '../lib/why/refusal/facts/sent.ts'
import { explainRefusal, isRefusal, type Known, measureRequest } from '../lib/why/refusal/refusal.ts'
import type { Explanation } from '../lib/explanation/explanation.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Connection } from './connection.svelte.ts'
import type { Discovery } from './discovery.svelte.ts'
import type { Exchanges } from './base/exchanges.svelte.ts'
import type { Sent } from './base/sent.ts'

/** Where the page remembers. */
interface Memory {
  readonly connection: Connection
  readonly exchanges: Exchanges
  readonly discovery: Discovery | null
}

/** What explains a refusal besides the exchange itself: records of servers, and what went before in this tab. */
export function knownOf(memory: Memory, sent: Sent, pasted = ''): Known {
  const chosen = recordOf(memory, sent)
  const all: readonly RefusalRecord[] =
    sent.about === 'api' ? Object.values(apiRefusals) : Object.values(serverRefusals)
  return {
    chosen,
    issuer: sent.about === 'api' ? serverOf(memory, sent) : null,
    others: all.filter((record) => record !== chosen),
    past: pastOf(sent, memory),
    pasted,
  }
}

/** Why the server refused a token, by all that is known; `null` if its response is no refusal. */
export async function explainSent(
  memory: Memory,
  sent: Sent,
  answer: Answer,
  pasted: string,
): Promise<Explanation | null> {
  if (!isRefusal(answer)) return null
  const { exchange, config } = sent
  const measured = await measureRequest(exchange.request)
  return explainRefusal('token', exchange, answer, config, { ...knownOf(memory, sent, pasted), measured })
}

/** By the user's choice, as long as the request went to the server that is chosen. */
function recordOf(memory: Memory, sent: Sent): RefusalRecord | null {
  if (sent.about !== 'api') return serverOf(memory, sent)
  const { url } = sent.exchange.request
  if (helseIdApi.isAt(url)) return apiRefusals.helseIdSampleApi
  const { config, server } = memory.connection
  return (originOf(url) === originOf(config.token_endpoint) && userinfoRefusals[server.kind]) || null
}

/** The record of the chosen server, if the request went there, or the token came from there. */
function serverOf({ connection }: Memory, { config }: Sent): RefusalRecord | null {
  const isOfHere = originOf(config.token_endpoint) === originOf(connection.config.token_endpoint)
  return (isOfHere && serverRefusals[connection.server.kind]) || null
}

function pastOf(sent: Sent, { exchanges, discovery }: Memory): Past {
  const { entries } = exchanges.history
  const earlier = entries.filter(({ exchange }) => exchange.id < sent.exchange.id)
  return {
    replayOf: sent.replayOf,
    revoked:
      (sent.about === 'api' || sent.about === 'introspection') &&
      earlier.some((other) => isRevocationOf(other, sent.facts?.accessToken)),
    issued: sent.about === 'api' && earlier.some((other) => isIssueOf(other, sent.facts?.accessToken)),
    grantedScope: sent.about === 'api' ? (sent.facts?.scope ?? null) : null,
    ...acceptedBefore(sent.about === 'api' ? sent.exchange.request.url : '', earlier),
    jtiSeen: sent.replayOf !== null || sent.fault === 'assertion-replayed' || sent.fault === 'dpop-replayed',
    methods: discovery?.metadata?.token_endpoint_auth_methods_supported ?? null,
    worked: sent.about === 'token' ? workedBefore(sent, earlier) : null,
    success: successBefore(sent, earlier),
    metadata: sent.about === 'api' ? metadataOf(sent.exchange.request.url, entries) : null,
    keyIds: sent.about === 'api' ? keyIdsOf(sent.facts?.claims ?? null, entries) : null,
  }
}

const isIssueOf = ({ about, exchange }: Sent, token: string | undefined): boolean => {
  const reading = about === 'token' ? readTokenResponse(exchange.outcome) : null
  return reading?.kind === 'issued' && reading.accessToken === token
}

/** The last call of an API at this URL that was accepted: `iss` of the token, its scheme, whether it is a JWT. */
function acceptedBefore(
  url: string,
  earlier: readonly Sent[],
): Pick<Past, 'acceptedIssuer' | 'acceptedScheme' | 'acceptedOpaque'> {
  const last = earlier.find(
    ({ about, exchange: { request, outcome } }) =>
      about === 'api' && request.url === url && outcome.kind === 'response' && outcome.response.status < 300,
  )
  if (last?.about !== 'api') return { acceptedIssuer: null, acceptedScheme: null, acceptedOpaque: false }
  const [scheme = ''] = (headerValue(last.exchange.request.headers, 'authorization') ?? '').split(' ')
  return {
    acceptedIssuer: asString(member(last.facts?.claims, 'iss')) ?? null,
    acceptedScheme: scheme === '' ? null : scheme.toLowerCase(),
    acceptedOpaque: readSent(last.exchange.request).token?.kind === 'opaque',
  }
}

/** A 200 to another client may be without effect. @see RFC 7009 section 2.1 */
const isRevocationOf = (other: Sent, token: string | undefined): boolean =>
  other.about === 'revocation' &&
  other.facts.accessToken === token &&
  otherClient(other.facts.client, other.config) === null &&
  readRevocation(other.exchange.outcome).kind === 'accepted'

/** What the metadata of the API at a URL say, whenever they were read; those of another resource must not be used. @see RFC 9728 section 3.3 */
export function metadataOf(
  url: string,
  entries: readonly Pick<Sent, 'about' | 'exchange'>[],
): NonNullable<Past['metadata']> | null {
  const { origin, pathname } = new URL(url)
  for (const resource of [url, origin + pathname]) {
    const places = resourceMetadataUrls(resource)
    const read = entries
      .filter(({ about, exchange: { request } }) => about === 'metadata' && places.includes(request.url))
      .map(({ exchange }) => readResourceMetadata(exchange.outcome))
    for (const found of read)
      if (found.kind === 'found' && judgeResource(found.metadata.resource, resource).usable === 'yes')
        return {
          resource: found.metadata.resource ?? resource,
          scopes: found.metadata.scopes_supported ?? [],
        }
  }
  return null
}

/** The names of the keys that the origin of the issuer gave out, before or after; `null` if it was not asked. @see RFC 7517 section 5 */
function keyIdsOf(claims: JsonValue | null, entries: readonly Sent[]): Past['keyIds'] {
  const origin = originOf(asString(member(claims, 'iss')) ?? '')
  const read = entries.find(
    ({ about, exchange: { request, outcome } }) =>
      about === 'keys' &&
      originOf(request.url) === origin &&
      outcome.kind === 'response' &&
      outcome.response.status < 300,
  )?.exchange.outcome
  const keys =
    read && 'response' in read ? member(readResponse(read.response).answer.members, 'keys') : undefined
  return keys?.kind === 'array' ? keys.items.flatMap((key) => asString(member(key, 'kid')) ?? []) : null
}

/** How a response to each kind of request looks if it went well; a kind that is not here is not compared with another. */
const wentWell: Readonly<Partial<Record<Sent['about'], (outcome: Outcome) => boolean>>> = {
  token: (outcome) => readTokenResponse(outcome).kind === 'issued',
  api: (outcome) => readApiResponse(outcome).kind === 'accepted',
  introspection: (outcome) => ['active', 'inactive', 'jwt'].includes(readIntrospection(outcome).kind),
  revocation: (outcome) => readRevocation(outcome).kind === 'accepted',
}

/** The last request of the same kind and place that went well, and what differs of what both were made from. */
function successBefore(sent: Sent, earlier: readonly Sent[]): NonNullable<Past['success']> | null {
  const { method, url } = sent.exchange.request
  const last = earlier.find(
    ({ about, fault, exchange: { request, outcome } }) =>
      about === sent.about &&
      fault === null &&
      request.url === url &&
      (request.method === method || about !== 'api') &&
      wentWell[about]?.(outcome) === true,
  )
  if (!last) return null
  const changed = changedFields(filledIn(last), filledIn(sent))
  return {
    ...{ id: last.exchange.id, refused: sent.exchange.id },
    changed: [
      ...changed,
      ...(tokenIn(last) === tokenIn(sent) ? [] : ['another token']),
      ...(sent.fault === null ? [] : ['broken on purpose']),
    ],
  }
}

const filledIn = (sent: Sent) => [
  ...(sent.about === 'api' ? filledCall(sent.call) : []),
  ...filledConfig(sent.config),
]

const tokenIn = (sent: Sent): string | undefined => ('facts' in sent ? sent.facts?.accessToken : undefined)

/** The last token of this endpoint, and what the form has changed since. */
function workedBefore({ config, exchange }: Sent, earlier: readonly Sent[]): Past['worked'] {
  const last = earlier.find(
    (other) =>
      other.about === 'token' &&
      other.fault === null &&
      other.exchange.request.url === exchange.request.url &&
      readTokenResponse(other.exchange.outcome).kind === 'issued',
  )
  if (!last) return null
  const since = (Object.keys(config) as (keyof TokenRequestConfig)[]).filter(
    (name) => JSON.stringify(config[name]) !== JSON.stringify(last.config[name]),
  )
  return { id: last.exchange.id, since }
}
