import { asString, member, type JsonValue } from '../../json/value.ts'

/** What a member of the metadata is made of. */
export interface Shapes {
  readonly string: string
  readonly list: readonly string[]
  readonly flag: boolean
  /** An object whose values are strings. */
  readonly strings: Readonly<Record<string, string>>
}

/** The members this page works with. */
const members = {
  issuer: 'string',
  token_endpoint: 'string',
  jwks_uri: 'string',
  introspection_endpoint: 'string',
  revocation_endpoint: 'string',
  registration_endpoint: 'string',
  token_endpoint_auth_methods_supported: 'list',
  token_endpoint_auth_signing_alg_values_supported: 'list',
  introspection_endpoint_auth_methods_supported: 'list',
  revocation_endpoint_auth_methods_supported: 'list',
  grant_types_supported: 'list',
  scopes_supported: 'list',
  dpop_signing_alg_values_supported: 'list',
  authorization_details_types_supported: 'list',
  tls_client_certificate_bound_access_tokens: 'flag',
  mtls_endpoint_aliases: 'strings',
} as const satisfies Readonly<Record<string, keyof Shapes>>

/** What a server says of itself, in wire names; what it does not say, or says in another type, is not there. @see RFC 8414 section 2 */
export type Metadata = { readonly [Name in keyof typeof members]?: Shapes[(typeof members)[Name]] }

/** A member whose value is not of its type. */
export interface Misshapen {
  readonly name: string
  /** In words: "a list of strings". */
  readonly wanted: string
  /** In words: "a string". */
  readonly found: string
}

const wanted = {
  string: 'a string',
  list: 'a list of strings',
  flag: 'true or false',
  strings: 'an object of strings',
} as const

/** The members this page works with, and those of them that cannot be used. Accepts any JSON. */
export function metadataOf(value: JsonValue): { metadata: Metadata; misshapen: readonly Misshapen[] } {
  return membersOf(members, value)
}

/** The members of a document that have these names and shapes, and those that have another shape. Accepts any JSON. */
export function membersOf<Members extends Readonly<Record<string, keyof Shapes>>>(
  shapes: Members,
  value: JsonValue,
): {
  metadata: { readonly [Name in keyof Members]?: Shapes[Members[Name]] }
  misshapen: readonly Misshapen[]
} {
  const misshapen: Misshapen[] = []
  const found = Object.entries<keyof Shapes>(shapes).flatMap(([name, shape]) => {
    const given = member(value, name)
    if (given === undefined) return []
    const taken = readers[shape](given)
    if (taken !== undefined) return [[name, taken] as const]
    misshapen.push({ name, wanted: wanted[shape], found: kindOf(given) })
    return []
  })
  return {
    metadata: Object.fromEntries(found) as { [Name in keyof Members]?: Shapes[Members[Name]] },
    misshapen,
  }
}

const readers: { readonly [Shape in keyof Shapes]: (value: JsonValue) => Shapes[Shape] | undefined } = {
  string: asString,
  list: (value) => (value.kind === 'array' ? allStrings(value.items) : undefined),
  flag: (value) => (value.kind === 'literal' && value.value !== null ? value.value : undefined),
  strings: (value) => {
    const values = value.kind === 'object' ? allStrings(value.members.map((entry) => entry.value)) : undefined
    if (value.kind !== 'object' || !values) return undefined
    return Object.fromEntries(value.members.map(({ key }, index) => [key, values[index] ?? '']))
  },
}

function allStrings(values: readonly JsonValue[]): string[] | undefined {
  const strings = values.map(asString)
  return strings.every((text) => text !== undefined) ? strings : undefined
}

function kindOf(value: JsonValue): string {
  if (value.kind === 'literal') return String(value.value)
  return { object: 'an object', array: 'a list of something else', string: 'a string', number: 'a number' }[
    value.kind
  ]
}
