import { isLoopback } from '../../http/browser-fields.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { issuerOfDocument } from './discovery.ts'
import { isInternalHost, withoutSlash } from '../../http/http-url.ts'
import type { MetadataContext, MetadataFinding } from './metadata-finding.ts'
import type { Metadata } from './metadata.ts'

/** How the issuer that the metadata names is not the one that was asked for. */
export type MismatchKind =
  | 'missing'
  | 'slash'
  | 'spelling'
  | 'scheme'
  | 'port'
  | 'alias'
  | 'container'
  | 'host'
  | 'case'
  | 'path'
  | 'template'
  | 'other'

export interface IssuerMismatch extends MetadataFinding {
  readonly kind: MismatchKind
  /**
   * `violation`: "the metadata MUST NOT be used". `warning`: the same URL after the normalization of RFC 3986, which
   * many clients forgive.
   */
  readonly level: 'warning' | 'violation'
  readonly values: { readonly expected: string; readonly found: string }
}

/**
 * How the issuer in the metadata differs from the one asked for; `null` where it does not, or where there is nothing to
 * compare. Where no issuer was typed, the URL of the document tells it.
 * @see RFC 8414 section 3.3
 */
export function issuerMismatch({ issuer: found }: Metadata, context: MetadataContext): IssuerMismatch | null {
  const { issuer, url } = context
  const expected = issuer ?? (url === null ? null : issuerOfDocument(url))
  if (expected === null || found === expected) return null
  if (found === undefined) return mismatch('missing', expected, '')
  const kind = mismatchKind(expected, found)
  // The URL of a document does not tell whether the issuer has a slash at its end.
  if (kind === 'slash' && issuer === null) return null
  return mismatch(kind, expected, found)
}

function mismatch(kind: MismatchKind, expected: string, found: string): IssuerMismatch {
  const same = URL.canParse(found) && new URL(found).href === new URL(expected).href
  return {
    kind,
    level: same ? 'warning' : 'violation',
    member: 'issuer',
    ...mismatchWords[kind](expected, found),
    values: { expected, found: quoted(found) },
    spec: rfc(8414, '3.3'),
  }
}

/** `expected` is a URL; what the server calls its issuer may be anything. */
function mismatchKind(expected: string, found: string): MismatchKind {
  if (!URL.canParse(found) || !/^https?:/i.test(found)) return 'other'
  if (/\{[^{}]*\}/.test(found)) return 'template'
  if (withoutSlash(expected) === withoutSlash(found)) return 'slash'
  const [asked, named] = [new URL(expected), new URL(found)]
  if (asked.href === named.href) return 'spelling'
  return hostKind(asked, named) ?? pathKind(asked, named) ?? 'other'
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

type Words = Pick<MetadataFinding, 'title' | 'detail' | 'fix'>

const byCharacter =
  'Issuers are compared character by character, and the server’s own spelling is the one in its tokens.'

/** What to say of each kind of mismatch, from the issuer asked for and the one the server names. */
export const mismatchWords: Readonly<Record<MismatchKind, (expected: string, found: string) => Words>> = {
  missing: () => ({
    title: 'The metadata names no issuer',
    detail: 'It is required, and the only proof that this document speaks for the server that was asked for.',
  }),
  slash: (_expected, found) => ({
    title: found.endsWith('/')
      ? 'The server’s issuer ends with a slash'
      : 'The server’s issuer has no slash at its end',
    detail: byCharacter,
    fix: ask(found),
  }),
  spelling: (_expected, found) => ({
    title: 'The server spells its issuer differently',
    detail: `It is the same URL; a default port or the case of a letter differs. ${byCharacter}`,
    fix: ask(found),
  }),
  scheme: (expected, found) => ({
    title: `The server believes it is reached by ${new URL(found).protocol}`,
    detail: found.startsWith('http:')
      ? 'A proxy in front of it may end TLS without telling. Its tokens name this issuer, and the URLs it gives may be http: too.'
      : 'It may be reachable by both, and its tokens name the one by https:.',
    fix: found.startsWith('http:')
      ? `Let the server heed X-Forwarded-Proto (Keycloak: KC_PROXY_HEADERS=xforwarded; ASP.NET Core: UseForwardedHeaders), or ${publicUrl(expected, found)}`
      : ask(found),
  }),
  port: (expected, found) => ({
    title: `The server believes it is called ${hostOf(found)}`,
    detail: 'The port of a container may be published under another number, or a proxy stands in front.',
    fix: upper(publicUrl(expected, found)),
  }),
  alias: (_expected, found) => ({
    title: 'Two names of this machine',
    detail: `${quoted(new URL(found).hostname)} leads to the same server, and makes another issuer. ${byCharacter}`,
    fix: ask(found),
  }),
  container: (expected, found) => ({
    title: `The server believes it is called ${hostOf(found)}`,
    detail:
      'That looks like a name inside a container network. The URLs it gives have it too, and this browser will not find them.',
    fix: upper(publicUrl(expected, found)),
  }),
  host: (expected, found) => ({
    title: `The server believes it is called ${hostOf(found)}`,
    detail: 'It may be known by several names, stand behind a proxy, or be another server than you meant.',
    fix: upper(publicUrl(expected, found)),
  }),
  case: (_expected, found) => ({
    title: 'Upper and lower case differ in the path',
    detail: `Names of realms and tenants are case-sensitive in an issuer. ${byCharacter}`,
    fix: ask(found),
  }),
  path: () => ({
    title: 'The server names another path',
    detail:
      'This may be another realm or tenant than you meant, or a proxy that adds or removes a part of the path.',
  }),
  template: () => ({
    title: 'The issuer is a template',
    detail:
      'This document serves many tenants. Tokens carry the tenant’s own ID instead of the placeholder, so no token will have this issuer.',
    fix: 'Ask with the ID of your tenant in the URL.',
  }),
  other: () => ({
    title: 'The server names quite another issuer',
    detail: 'What you asked is not what answered, or its setting for the issuer is wrong.',
  }),
}

const ask = (found: string) => ({ text: `Use ${quoted(found)}`, change: { discovery: found } })

const hostOf = (url: string): string => quoted(new URL(url).host)

/** Keycloak by its path, else the settings of several servers. */
function publicUrl(expected: string, found: string): string {
  const { origin } = new URL(expected)
  const settings = found.includes('/realms/')
    ? `KC_HOSTNAME=${origin}`
    : 'Keycloak: KC_HOSTNAME; Hydra: URLS_SELF_ISSUER; Duende: IssuerUri; Spring: issuer'
  return `set the server’s public URL to ${origin} (${settings}).`
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
