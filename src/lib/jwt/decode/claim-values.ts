import { asString, member, type JsonValue } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'

/** A value fit for a sentence: bounded, and of what is nested only what it is. */
export function show(value: JsonValue): string {
  switch (value.kind) {
    case 'string':
      return `“${quoted(value.value)}”`
    case 'number':
      return quoted(value.source)
    case 'literal':
      return String(value.value)
    case 'array':
      return `[${value.items.slice(0, mostShown).map(showItem).join(', ')}${value.items.length > mostShown ? ', …' : ''}]`
    case 'object':
      return 'an object'
    default:
      return value satisfies never
  }
}

const mostShown = 5

const showItem = (value: JsonValue): string => (value.kind === 'array' ? 'an array' : show(value))

/** Names for a sentence; of many, the first. */
export function list(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).map((name) => `“${quoted(name)}”`)
  return shown.join(', ') + (names.length > mostShown ? ` and ${names.length - mostShown} more` : '')
}

/** A string or an array of strings as a list; `null` for anything else. */
export function stringsOf(value: JsonValue | undefined): readonly string[] | null {
  if (value?.kind === 'string') return [value.value]
  if (value?.kind !== 'array') return null
  const items = value.items.map(asString)
  return items.every((item) => item !== undefined) ? items : null
}

/** Whom a token is for. @see RFC 7519 section 4.1.3 */
export function audienceOf(claims: JsonValue | null): readonly string[] {
  return stringsOf(member(claims, 'aud')) ?? []
}

/** The scope a token carries, and how. */
export interface TokenScope {
  /** The claim, which not all servers call `scope`. */
  readonly claim: string
  readonly values: readonly string[]
  readonly isArray: boolean
}

const scopeClaims = ['scope', 'scp', 'scopes']

/**
 * Of the claims that servers have for it, the first that has a value, or else the first that is there; `null` for none.
 * @see RFC 8693 section 4.2
 */
export function scopeOf(claims: JsonValue | null): TokenScope | null {
  const found = scopeClaims.flatMap((claim) => {
    const value = member(claims, claim)
    const strings = stringsOf(value)
    return strings === null
      ? []
      : [{ claim, values: strings.flatMap(scopeValues), isArray: value?.kind === 'array' }]
  })
  return found.find(({ values }) => values.length > 0) ?? found[0] ?? null
}

/** A claim for the scope that is neither text nor an array of texts, so that nobody reads it; `null` for none. */
export function unreadableScope(claims: JsonValue | null): string | null {
  const claim = scopeClaims.find((name) => {
    const value = member(claims, name)
    return value !== undefined && stringsOf(value) === null
  })
  return claim === undefined
    ? null
    : `${claim} is ${show(member(claims, claim) ?? { kind: 'literal', value: null })}, and neither a string nor an array of strings: no API reads it.`
}

/** The values of a scope, each once. @see RFC 6749 section 3.3 */
export function scopeValues(scope: string): readonly string[] {
  return [...new Set(scope.split(/\s+/).filter((value) => value !== ''))]
}

/** What servers call the client in a token. @see RFC 8693 section 4.3 */
const clientClaims = ['client_id', 'azp', 'appid', 'cid', 'clientId']

/** The claim that names the client a token was issued to, one with text before all others; `null` if none does. */
export function clientClaim(claims: JsonValue | null): string | null {
  const named = clientClaims.filter((name) => member(claims, name) !== undefined)
  return named.find((name) => (asString(member(claims, name)) ?? '') !== '') ?? named[0] ?? null
}
