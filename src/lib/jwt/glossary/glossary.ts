import type { JsonValue } from '../../json/value.ts'
import { findMeaning, type Meaning, specified } from './meaning.ts'
import { rfc } from '../../spec.ts'
import { assertionClaims, proofClaims } from './signed-claims.ts'
import { specifiedClaims } from './specified-claims.ts'
import { vendorClaims, vendorPrefixes, vendorValues } from './vendor-claims.ts'
import { algorithms, encryptions } from './algorithms.ts'
import { headerParameters, tokenTypes } from './header-parameters.ts'

/** One line of what a header or a payload says, with what it means. */
export interface Entry {
  /** `exp`, or `cnf › jkt` for what is inside. */
  readonly name: string
  readonly value: JsonValue
  /** What the name means, then what this very value means; empty for a name nobody here knows. */
  readonly meanings: readonly Meaning[]
  /** Whether the value is a NumericDate. @see RFC 7519 section 2 */
  readonly isDate: boolean
}

const dates = ['exp', 'nbf', 'iat', 'auth_time']

/** All members of a protected header, and what is inside them as far as it is known. @see RFC 7515 section 4 */
export function headerEntries(header: JsonValue | null): Generator<Entry, void, undefined> {
  return entries(header, (names, value) => {
    const ofValue = value.kind === 'string' ? explainHeaderValue(names.at(-1) ?? '', value.value) : null
    return [explainHeader(names), ofValue].filter((found) => found !== null)
  })
}

/** All claims, and what is inside them as far as it is known. @see RFC 7519 section 4 */
export function claimEntries(claims: JsonValue | null): Generator<Entry, void, undefined> {
  return entries(claims, (names, value) =>
    [explainClaim(names), ofValue(names, value)].filter((found) => found !== null),
  )
}

function ofValue([name = '', ...inside]: readonly string[], value: JsonValue): Meaning | null {
  return inside.length === 0 && Object.hasOwn(vendorValues, name)
    ? (vendorValues[name]?.(value) ?? null)
    : null
}

const signed = { client_assertion: assertionClaims, DPoP: proofClaims } as const

/** The claims of a JWT that the client signed: in there, `iss` is the client. @see RFC 7523 section 3, RFC 9449 section 4.2 */
export function signedEntries(
  part: keyof typeof signed,
  claims: JsonValue | null,
): Generator<Entry, void, undefined> {
  return entries(claims, (names) =>
    [findMeaning(signed[part], names) ?? explainClaim(names)].filter((found) => found !== null),
  )
}

type Explain = (names: readonly string[], value: JsonValue) => readonly Meaning[]

function* entries(value: JsonValue | null, explain: Explain): Generator<Entry, void, undefined> {
  if (value?.kind !== 'object') return
  for (const member of value.members) {
    const meanings = explain([member.key], member.value)
    yield { name: member.key, value: member.value, meanings, isDate: dates.includes(member.key) }
    if (member.value.kind !== 'object') continue
    for (const inner of member.value.members) {
      const known = explain([member.key, inner.key], inner.value)
      if (known.length === 0) continue
      yield { name: `${member.key} › ${inner.key}`, value: inner.value, meanings: known, isDate: false }
    }
  }
}

const claims = { ...vendorClaims, ...specifiedClaims }

const namespaced = specified(
  'Claim in a namespace',
  'Its name is a URI, so that no two issuers mean different things by it. The issuer says what it means.',
  rfc(7519, '4.2'),
)

/**
 * What a claim means, or a value inside one.
 *
 * @param names where it is in the claims, from the outside in: `exp`; `cnf`, `jkt`; `realm_access`, `roles`, `0`
 * @returns `null` for a claim that neither a specification nor a vendor known here has defined
 * @see RFC 7519 section 4
 */
export function explainClaim(names: readonly string[]): Meaning | null {
  const found = findMeaning(claims, names)
  const [name] = names
  if (found !== null || name === undefined || names.length > 1) return found
  const byPrefix = vendorPrefixes.find(([prefix]) => name.startsWith(prefix))?.[1]
  return byPrefix ?? (/^(?:https?:\/\/|urn:)/i.test(name) ? namespaced : null)
}

/**
 * What a header parameter means.
 *
 * @param names where it is in the header, from the outside in: `alg`
 * @returns `null` for a parameter that is not known here
 * @see RFC 7515 section 4.1
 */
export function explainHeader(names: readonly string[]): Meaning | null {
  return findMeaning(headerParameters, names)
}

/** Parameters whose values are registered, and how a value is looked up. */
const values: Readonly<Record<string, (value: string) => Meaning | null>> = {
  alg: (value) => findMeaning(algorithms, [value]),
  enc: (value) => findMeaning(encryptions, [value]),
  // "a media type name is case-insensitive", and "application/" is left out when there is no other "/".
  typ: (value) => findMeaning(tokenTypes, [value.toLowerCase().replace(/^application\//, '')]),
}

/**
 * What the value of `alg`, `enc` or `typ` means; `null` for other parameters and for values not known here.
 *
 * @see RFC 7518 section 3.1
 * @see RFC 7515 section 4.1.9
 */
export function explainHeaderValue(name: string, value: string): Meaning | null {
  return Object.hasOwn(values, name) ? (values[name]?.(value) ?? null) : null
}
