import { httpUrl, withoutSlash } from '../../http/http-url.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { discoveryAttempts, issuerOfDocument } from '../discovery/discovery.ts'

/** One entry of `authorization_servers`. */
export type NamedServer =
  | { readonly kind: 'issuer'; readonly entry: string; readonly issuer: string }
  /** The URL of metadata, in which the issuer can be read. */
  | { readonly kind: 'document'; readonly entry: string; readonly issuer: string }
  /** No http(s) URL, or one that no browser calls. */
  | { readonly kind: 'unusable'; readonly entry: string }

/** What `authorization_servers` comes to. */
export type NamedServers =
  | { readonly kind: 'missing' | 'empty' | 'not-a-list' }
  | { readonly kind: 'listed'; readonly entries: readonly NamedServer[] }

/** No list in use is longer, and nobody chooses among more. */
const most = 20
/** No URL in use is longer. */
const longest = 4096

/**
 * The authorization servers that the metadata of a resource name, each once, as they are spelled. None is ever made up: an API that
 * names none has none.
 * @see RFC 9728 section 2
 */
export function namedServers(metadata: JsonValue): NamedServers {
  const list = member(metadata, 'authorization_servers')
  if (list === undefined) return { kind: 'missing' }
  if (list.kind !== 'array') return { kind: 'not-a-list' }
  if (list.items.length === 0) return { kind: 'empty' }
  const entries = [...new Set(list.items.map((item) => asString(item) ?? ''))]
  return { kind: 'listed', entries: entries.slice(0, most).map(namedServer) }
}

/** The issuers among them, to be looked for. */
export function issuersOf(named: NamedServers): readonly string[] {
  const entries = named.kind === 'listed' ? named.entries : []
  return [...new Set(entries.flatMap((one) => (one.kind === 'unusable' ? [] : [one.issuer])))]
}

/**
 * Where the metadata of an issuer that an API names may be: the places that are asked for one that was typed, then the one that MCP
 * clients ask besides them. None if it is no URL that can be asked.
 * @see RFC 8414 sections 3.1 and 5
 */
export function placesOf(issuer: string): readonly string[] {
  const places = discoveryAttempts(issuer)
  if (!places.ok) return []
  const { origin, pathname } = new URL(issuer)
  return [...new Set([...places.urls, `${origin}/.well-known/openid-configuration${withoutSlash(pathname)}`])]
}

function namedServer(entry: string): NamedServer {
  const url = httpUrl(entry)
  if (!url || entry.length > longest || url.username !== '' || url.password !== '' || /[?#\s]/.test(entry)) {
    return { kind: 'unusable', entry }
  }
  const issuer = issuerOfDocument(url.href)
  return issuer === null ? { kind: 'issuer', entry, issuer: entry } : { kind: 'document', entry, issuer }
}
