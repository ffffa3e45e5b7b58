import { httpUrl, isInternalHost, isLoopback, withoutSlash } from '../../http/http-url.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { issuerOfDocument } from './discovery.ts'
import type { MetadataCheck, MetadataContext } from './metadata-check.ts'
import type { Metadata } from './metadata.ts'

/** How the issuer that the metadata names is not the one that was asked for. */
type MismatchKind =
  | 'missing'
  | 'slash'
  | 'spelling'
  | 'scheme'
  | 'port'
  | 'alias'
  | 'container'
  | 'copy'
  | 'host'
  | 'case'
  | 'path'
  | 'template'
  | 'other'

export interface IssuerMismatch extends MetadataCheck {
  readonly kind: MismatchKind
  /**
   * `fail`: "the metadata MUST NOT be used". `warn`: the same URL after the normalization of RFC 3986, which
   * many clients forgive.
   */
  readonly result: 'warn' | 'fail'
  readonly values: { readonly expected: string; readonly found: string }
}

/**
 * How the issuer in the metadata differs from the one asked for; `null` if it does not, or if there is nothing to
 * compare. If no issuer was typed, it is derived from the URL of the document.
 * @see RFC 8414 section 3.3
 */
export function issuerMismatch({ issuer: named }: Metadata, context: MetadataContext): IssuerMismatch | null {
  const { issuer, url, respondsItself = false } = context
  const expected = issuer ?? (url === null ? null : issuerOfDocument(url))
  if (expected === null || named === expected) return null
  if (named === undefined) return mismatch('missing', expected, '')
  const kind = mismatchKind(expected, named)
  // The URL of a document does not show whether the issuer has a slash at its end.
  if (kind === 'slash' && issuer === null) return null
  return mismatch(respondsItself && mayBeCopy(kind, expected) ? 'copy' : kind, expected, named)
}

/**
 * Whether the metadata may be those of another server, shown by an API: then that server responds itself. One that
 * does not know its public name, or its port, names one at which nobody responds. APIs show them at their root alone.
 */
function mayBeCopy(kind: MismatchKind, expected: string): boolean {
  return (kind === 'host' || kind === 'port') && new URL(expected).pathname === '/'
}

/** The issuer to ask whether it responds itself; `null` if the metadata are not those of such a one. */
export function issuerOfCopy(metadata: Metadata, context: MetadataContext): string | null {
  const mismatch = issuerMismatch(metadata, context)
  const { issuer } = metadata
  if (!mismatch || issuer === undefined) return null
  const { kind, values } = mismatch
  if (!mayBeCopy(kind, values.expected)) return null
  return leadsInward(values.expected, issuer) ? null : issuer
}

/** Whether a URL from elsewhere names one of this machine or its network: no page should be led there by itself. */
export function leadsInward(from: string, to: string): boolean {
  return isNear(to) && !isNear(from)
}

function isNear(text: string): boolean {
  const url = httpUrl(text)
  return url !== null && (isLoopback(url) || isInternalHost(url))
}

function mismatch(kind: MismatchKind, expected: string, named: string): IssuerMismatch {
  const same = URL.canParse(named) && new URL(named).href === new URL(expected).href
  return {
    kind,
    result: same ? 'warn' : 'fail',
    member: 'issuer',
    ...mismatchWords[kind](expected, named),
    values: { expected, found: quoted(named) },
    spec: rfc(8414, '3.3'),
  }
}

/** `expected` is a URL; what the server calls its issuer may be anything. */
function mismatchKind(expected: string, named: string): MismatchKind {
  if (!URL.canParse(named) || !/^https?:/i.test(named)) return 'other'
  if (/\{[^{}]*\}/.test(named)) return 'template'
  if (withoutSlash(expected) === withoutSlash(named)) return 'slash'
  const [asked, given] = [new URL(expected), new URL(named)]
  if (asked.href === given.href) return 'spelling'
  return hostKind(asked, given) ?? pathKind(asked, given) ?? 'other'
}

function hostKind(asked: URL, named: URL): MismatchKind | null {
  if (asked.hostname !== named.hostname) {
    if (isInternalHost(named)) return 'container'
    return isLoopback(asked) && isLoopback(named) && asked.port === named.port ? 'alias' : 'host'
  }
  if (asked.protocol !== named.protocol) return 'scheme'
  return asked.port === named.port ? null : 'port'
}

function pathKind(asked: URL, named: URL): MismatchKind | null {
  if (asked.pathname === named.pathname) return null
  return asked.pathname.toLowerCase() === named.pathname.toLowerCase() ? 'case' : 'path'
}

type Words = Pick<MetadataCheck, 'what' | 'found' | 'fix'>

const byCharacter =
  'Issuers are compared character by character, and the server’s own spelling is the one in its tokens.'

/** What to say of each kind of mismatch, from the issuer asked for and the one the server names. */
const mismatchWords: Readonly<Record<MismatchKind, (expected: string, named: string) => Words>> = {
  missing: () => ({
    what: 'The metadata names no issuer',
    found: 'It is required, and the only proof that this document speaks for the server that was asked for.',
  }),
  slash: (_expected, named) => ({
    what: named.endsWith('/')
      ? 'The server’s issuer ends with a slash'
      : 'The server’s issuer has no slash at its end',
    found: byCharacter,
    fix: ask(named),
  }),
  spelling: (_expected, named) => ({
    what: 'The server spells its issuer differently',
    found: `It is the same URL; a default port or the case of a letter differs. ${byCharacter}`,
    fix: ask(named),
  }),
  scheme: (expected, named) => ({
    what: `The server believes it is reached by ${new URL(named).protocol}`,
    found: named.startsWith('http:')
      ? 'A proxy in front of it may end TLS without telling. Its tokens name this issuer, and the URLs it gives may be http: too.'
      : 'It may be reachable by both, and its tokens name the one by https:.',
    fix: named.startsWith('http:')
      ? `Let the server heed X-Forwarded-Proto (Keycloak: KC_PROXY_HEADERS=xforwarded; ASP.NET Core: UseForwardedHeaders), or ${publicUrl(expected, named)}`
      : ask(named),
  }),
  port: (expected, named) => ({
    what: `The server believes it is called ${hostOf(named)}`,
    found: 'The port of a container may be published under another number, or a proxy is in front.',
    fix: upper(publicUrl(expected, named)),
  }),
  alias: (_expected, named) => ({
    what: 'Two names of this machine',
    found: `${quoted(new URL(named).hostname)} leads to the same server, and makes another issuer. ${byCharacter}`,
    fix: ask(named),
  }),
  container: (expected, named) => ({
    what: `The server believes it is called ${hostOf(named)}`,
    found:
      'That looks like a name inside a container network. The URLs it gives have it too, and this browser will not find them.',
    fix: upper(publicUrl(expected, named)),
  }),
  copy: (_expected, named) => ({
    what: `These are the metadata of ${hostOf(named)}`,
    found:
      'That server responds itself. APIs may show the metadata of their authorization server, as MCP servers of the TypeScript SDKs do; nothing is set up wrong then.',
    fix: { text: `Start from ${quoted(named)}`, change: { discovery: named } },
  }),
  host: (expected, named) => ({
    what: `The server believes it is called ${hostOf(named)}`,
    found: 'It may be known by several names, be behind a proxy, or be another server than you meant.',
    fix: upper(publicUrl(expected, named)),
  }),
  case: (_expected, named) => ({
    what: 'Upper and lower case differ in the path',
    found: `Names of realms and tenants are case-sensitive in an issuer. ${byCharacter}`,
    fix: ask(named),
  }),
  path: () => ({
    what: 'The server names another path',
    found:
      'This may be another realm or tenant than you meant, or a proxy that adds or removes a part of the path.',
  }),
  template: () => ({
    what: 'The issuer is a template',
    found:
      'This document serves many tenants. Tokens carry the tenant’s own ID instead of the placeholder, so no token will have this issuer.',
    fix: 'Ask with the ID of your tenant in the URL.',
  }),
  other: () => ({
    what: 'The server names quite another issuer',
    found: 'What you asked is not what responded, or its setting for the issuer is wrong.',
  }),
}

const ask = (named: string) => ({ text: `Use ${quoted(named)}`, change: { discovery: named } })

const hostOf = (url: string): string => quoted(new URL(url).host)

/** Keycloak by its path, else the settings of several servers. */
function publicUrl(expected: string, named: string): string {
  const { origin } = new URL(expected)
  const settings = named.includes('/realms/')
    ? `KC_HOSTNAME=${origin}`
    : 'Keycloak: KC_HOSTNAME; Hydra: URLS_SELF_ISSUER; Duende: IssuerUri; Spring: issuer'
  return `set the server’s public URL to ${origin} (${settings}).`
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Two texts side by side: what both begin and end with, and what is between. */
export interface Difference {
  readonly start: string
  readonly one: string
  readonly other: string
  readonly end: string
}

/** Where two URLs differ, in whole parts: scheme, host, port, steps of the path. Accepts any text. */
export function urlDifference(one: string, other: string): Difference {
  const [ours, theirs] = [partsOf(one), partsOf(other)]
  const shorter = Math.min(ours.length, theirs.length)
  let start = 0
  while (start < shorter && ours[start] === theirs[start]) start++
  let end = 0
  while (end < shorter - start && ours.at(-1 - end) === theirs.at(-1 - end)) end++
  const middle = (parts: readonly string[]): string => parts.slice(start, parts.length - end).join('')
  return {
    start: ours.slice(0, start).join(''),
    one: middle(ours),
    other: middle(theirs),
    end: ours.slice(ours.length - end).join(''),
  }
}

const partsOf = (url: string): string[] => url.match(/[/:.?#&]|[^/:.?#&]+/g) ?? []
