import { isLoopback } from '../../http/browser-fields.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { issuerOfDocument } from './discovery.ts'
import { isInternalHost, withoutSlash } from '../../http/http-url.ts'
import { mismatchWords } from './issuer-mismatch-words.ts'
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
