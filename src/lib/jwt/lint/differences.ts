import { quoted } from '../../text/quoted.ts'

/** In words, how the issuer of a token is not the one of the metadata. Accepts any two texts that differ. */
export function issuerDifference(expected: string, found: string): string {
  const pair = `iss is “${quoted(found)}”, and the metadata says “${quoted(expected)}”.`
  return `${pair} ${difference(expected, found)} Issuers are compared character by character.`
}

/** How one issuer differs from another, in a sentence. Accepts any two texts that differ. */
export function difference(expected: string, found: string): string {
  if (withoutSlash(expected) === withoutSlash(found))
    return found.endsWith('/') ? 'The token has a slash at the end.' : 'The slash at the end is missing.'
  if (!URL.canParse(expected) || !URL.canParse(found)) return 'They have nothing in common.'
  const [one, other] = [new URL(expected), new URL(found)]
  if (one.href === other.href) return 'It is the same URL, written differently.'
  if (one.hostname !== other.hostname)
    return 'Another host: another server issued it, or one that is known by several names.'
  if (one.protocol !== other.protocol)
    return `The scheme is ${quoted(other.protocol)}, perhaps because a proxy ends TLS in front of the server.`
  if (one.port !== other.port) return 'The port is another: a proxy or a container may be between.'
  if (one.pathname.toLowerCase() === other.pathname.toLowerCase())
    return 'The path differs in upper and lower case.'
  return 'The path is another: another realm or tenant may have issued it.'
}

const withoutSlash = (url: string): string => (url.endsWith('/') ? url.slice(0, -1) : url)

/** What was granted, compared with what was asked for. */
export interface ScopeDifference {
  readonly missing: readonly string[]
  readonly added: readonly string[]
  /** Values that came back under another name. */
  readonly renamed: readonly (readonly [asked: string, granted: string])[]
}

/** Values compared as sets; of the order nothing is said. @see RFC 6749 section 3.3 */
export function scopeDifference(asked: readonly string[], granted: readonly string[]): ScopeDifference {
  const had = new Set(granted)
  const wanted = new Set(asked)
  const missing = asked.filter((value) => !had.has(value))
  const added = new Set(granted.filter((value) => !wanted.has(value)))
  const renamed: (readonly [string, string])[] = []
  // Of so many, the names are no longer compared one by one.
  for (const value of missing.slice(0, mostCompared)) {
    const other = [...added].slice(0, mostCompared).find((candidate) => isRenamed(value, candidate))
    if (other === undefined) continue
    added.delete(other)
    renamed.push([value, other])
  }
  const gone = new Set(renamed.map(([value]) => value))
  return { missing: missing.filter((value) => !gone.has(value)), added: [...added], renamed }
}

const mostCompared = 100

/** With or without the API before it (`api://orders/read` and `read`), or in another case. */
function isRenamed(one: string, other: string): boolean {
  const [short = '', long = ''] = [one.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length)
  return long === short || (long.endsWith(short) && /[/:.#]$/.test(long.slice(0, -short.length)))
}
