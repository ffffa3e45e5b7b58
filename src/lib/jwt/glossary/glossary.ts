import type { JsonValue } from '../../json/value.ts'
import { findMeaning, type Meaning, specified } from './meaning.ts'
import { rfc } from '../../spec.ts'
import { assertionClaims, proofClaims } from './signed-claims.ts'
import { specifiedClaims } from './specified-claims.ts'
import { sharedClaims, vendorClaims, vendorPrefixes, vendorValues } from './vendor-claims.ts'
import { recognise } from './vendors.ts'
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

/**
 * All claims, and what is inside them as far as it is known. A name that vendors have is explained as the vendor has it that
 * the token is recognised by; otherwise each vendor is named that has it.
 * @see RFC 7519 section 4
 */
export function* claimEntries(claims: JsonValue | null): Generator<Entry, void, undefined> {
  const vendor = recognise(claims)?.vendor ?? null
  yield* entries(claims, (names, value) =>
    [...explainClaim(names, vendor), ofValue(names, value, vendor)].filter((found) => found !== null),
  )
}

function ofValue(
  [name = '', ...inside]: readonly string[],
  value: JsonValue,
  vendor: string | null,
): Meaning | null {
  const found =
    inside.length === 0 && Object.hasOwn(vendorValues, name) ? vendorValues[name]?.(value) : undefined
  return found ? (onWhoseWord([found], vendor)[0] ?? null) : null
}

const signed = { client_assertion: assertionClaims, DPoP: proofClaims } as const

/** The claims of a JWT that the client signed: in there, `iss` is the client. @see RFC 7523 section 3, RFC 9449 section 4.2 */
export function signedEntries(
  part: keyof typeof signed,
  claims: JsonValue | null,
): Generator<Entry, void, undefined> {
  return entries(claims, (names) => [findMeaning(signed[part], names) ?? explainClaim(names, null)].flat())
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

const namespaced = specified(
  'Claim in a namespace',
  'Its name is a URI, so that no two issuers mean different things by it. The issuer says what it means.',
  rfc(7519, '4.2'),
)

/**
 * What a claim means, or a value inside one: on the word of a specification, or else of vendors.
 *
 * @param names where it is in the claims, from the outside in: `exp`; `cnf`, `jkt`; `realm_access`, `roles`, `0`
 * @param vendor of the server that issued the token; `null` if it is not known
 * @returns nothing for a claim that neither a specification nor a vendor known here has defined
 * @see RFC 7519 section 4
 */
export function explainClaim(names: readonly string[], vendor: string | null): readonly Meaning[] {
  const bySpecification = findMeaning(specifiedClaims, names)
  if (bySpecification !== null) return [bySpecification]
  const [name] = names
  if (name === undefined) return []
  const own = Object.hasOwn(vendorClaims, name) ? vendorClaims[name] : undefined
  const shared = Object.hasOwn(sharedClaims, name) ? sharedClaims[name] : undefined
  const rows = [...(own === undefined ? [] : [own]), ...(shared ?? [])]
  const found = rows.map((row) => findMeaning({ [name]: row }, names)).filter((row) => row !== null)
  if (found.length > 0 || names.length > 1) return onWhoseWord(found, vendor)
  const byPrefix = vendorPrefixes.find(([prefix]) => name.startsWith(prefix))?.[1]
  if (byPrefix !== undefined) return onWhoseWord([byPrefix], vendor)
  return /^(?:https?:\/\/|urn:)/i.test(name) ? [namespaced] : []
}

/**
 * What the vendor of a token means by a name. Of a token that is nobody’s for certain, what each vendor means that has the
 * name, those together that mean the same: one name does not tell whose token it is.
 */
function onWhoseWord(rows: readonly Meaning[], vendor: string | null): readonly Meaning[] {
  const own = rows.find((row) => row.kind === 'vendor' && row.vendor === vendor)
  if (own !== undefined) return [own]
  const meanings = [...new Set(rows.map(({ meaning }) => meaning))]
  return meanings.flatMap((meaning) => {
    const alike = rows.filter((row) => row.meaning === meaning)
    const [first] = alike
    const vendors = alike.flatMap((row) => (row.kind === 'vendor' ? [row.vendor] : []))
    return first?.kind === 'vendor' ? [{ ...first, vendor: `as in tokens of ${vendors.join(', ')}` }] : alike
  })
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
