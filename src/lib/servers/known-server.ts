import type { Fix } from '../explanation/explanation.ts'
import { expand, match } from '../explanation/pattern.ts'
import { type Beforehand, isAtServer, type ServerRecord } from '../explanation/server-record.ts'
import { originOf } from '../http/message.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import type { About, KnownServer } from '../why/evidence/evidence.ts'
import type { Server } from './servers.ts'

/** What was asked of it. */
interface Asked {
  readonly url: string
  readonly about: About
  readonly config: TokenRequestConfig
  /** The token endpoint by the metadata; `null` if nobody read them. */
  readonly told: string | null
}

/**
 * What a server of this kind is known for, to explain a response that a page may not read; `null` if the URL is another
 * server's.
 */
export function knownServer(server: Server, record: ServerRecord, asked: Asked): KnownServer | null {
  const { url, about, config, told } = asked
  if (!isAtServer(server, record, config, url)) return null
  const { reach, beforehand, operations } = record
  const publicUrl = atPublicPort(reach, url)
  const asksForToken = url === config.token_endpoint
  const metadata = metadataAt(config.discovery, url)
  return {
    ...reach,
    name: server.name,
    trust: reach?.trust ?? null,
    uncovered: reach?.uncovered ?? {},
    losesCors: reach?.losesCors ?? false,
    elsewhere:
      publicUrl !== url && about !== 'introspection'
        ? publicUrl
        : asksForToken
          ? tokenEndpointElsewhere(server, reach, told, url)
          : about === 'metadata' && reach?.successOnly && metadata !== url
            ? metadata
            : null,
    metadata,
    metadataForAll: metadataForAll(server, reach?.metadataForAll, url),
    secure: asksForToken ? secureAddress(server, url) : null,
    suspects: [
      ...(asksForToken ? (beforehand?.(config) ?? []) : []).flatMap(inFixes),
      ...[(about === 'registration' && reach?.fails?.registration) || []].flat(),
      ...(about === 'introspection' || about === 'revocation'
        ? [operations?.[about]?.(config) ?? []].flat().flatMap(inFixes)
        : []),
      ...(reach?.suspects?.(asked) ?? []),
    ],
    afterRedirect: reach?.afterRedirect?.(asked) ?? [],
  }
}

const inFixes = ({ text, fix }: Beforehand): readonly Fix[] => (fix ? [text, fix] : [text])

/** The same at the port of the public, if it is that of the administration. */
function atPublicPort(reach: ServerRecord['reach'], url: string): string {
  const { ports } = reach ?? {}
  if (!ports || !URL.canParse(url) || new URL(url).port !== ports.administration) return url
  const moved = new URL(url)
  moved.port = ports.public
  return moved.href
}

function tokenEndpointElsewhere(
  server: Server,
  reach: ServerRecord['reach'],
  told: string | null,
  url: string,
): string | null {
  const plain = (text: string): string =>
    reach?.acceptsSlash ? serialized(text).replace(/\/$/, '') : serialized(text)
  if (told !== null && /^https?:/i.test(told) && plain(told) !== plain(url)) return told
  const single = url.replace(/([^:]\/)\/+/g, '$1')
  if (single !== url) return single
  return usualPlace(server, plain(url))
}

/** The metadata of the issuer whose token endpoint the URL is; `null` if it is none. */
function metadataForAll(
  { patterns, initial }: Server,
  ifMissing: string | undefined,
  asked: string,
): KnownServer['metadataForAll'] {
  const found = match(patterns.token_endpoint, asked)
  const url = found && metadataAt(expand(patterns.discovery, { ...initial, ...found }), asked)
  return ifMissing === undefined || url === null ? null : { url, ifMissing }
}

/** As the URL Standard writes it: host in lower case, no default port. */
const serialized = (url: string): string => (URL.canParse(url) ? new URL(url).href : url)

/** The most common place of it; the issuer may have been given as a document. */
function metadataAt(discovery: string, url: string): string | null {
  const issuer = withoutUser(discovery.trim())
  if (originOf(issuer) === null || originOf(issuer) !== originOf(url)) return null
  return /\/\.well-known\//.test(issuer)
    ? issuer
    : `${issuer.replace(/[?#].*$/s, '').replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** User and password of a URL are no part of what a page asks for. */
function withoutUser(text: string): string {
  if (!URL.canParse(text) || !text.includes('@')) return text
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return url.href
}

/** Its usual https: address at this host, if it is asked over http:. */
function secureAddress({ patterns, initial }: Server, url: string): string | null {
  const found = match(patterns.token_endpoint, url)
  const { base = '' } = initial
  if (!found || !url.startsWith('http:') || !base.startsWith('https:')) return null
  if (new URL(base).hostname !== new URL(url).hostname) return null
  return expand(patterns.token_endpoint, { ...initial, ...found, base })
}

/** Where a server of that kind has its token endpoint, if this is not such a place; `null` if it is, or nobody knows. */
function usualPlace(server: Server, url: string): string | null {
  if (server.kind === 'own') return null
  const found = match(server.patterns.token_endpoint, url)
  if (found && Object.values(found).every((value) => value !== '')) return null
  const usual = expand(server.patterns.token_endpoint, { ...server.initial, base: originOf(url) ?? '' })
  return usual === url ? null : usual
}
