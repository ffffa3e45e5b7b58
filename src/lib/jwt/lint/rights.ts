import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { list } from '../decode/claim-values.ts'

/** A right that a token has in another claim than its scope. */
interface Held {
  /** As it was asked for. */
  readonly wanted: string
  /** The names from the outside in: `resource_access.my-api.roles`. */
  readonly path: string
}

/** Claims that name somebody or something, and no right; and those that are read as the scope. */
const others =
  /^(?:iss|sub|aud|jti|kid|typ|azp|appid|client_?id|cid|oid|tid|uid|name|email|preferred_username|gty|grant_type|token_use|scope|scopes|scp)$/i

/** Values that are looked at: more than any token has. */
const mostValues = 20_000

/** Objects and arrays inside each other that are looked into. */
const deepest = 5

/** A name whose members or values are rights. */
const ofRights =
  /(?:roles?|permissions?|authorit(?:y|ies)|entitlements?|groups?|privileges?|rights|scopes?|actions)$/i

/**
 * Every text in the claims that may be a right, with its place: an item, a word of a text, or the name of a member, as
 * zitadel writes roles. No more of them than a token has.
 */
function* texts(claims: JsonValue | null): Generator<readonly [text: string, path: string], void, undefined> {
  if (claims?.kind !== 'object') return
  for (const { key, value } of claims.members) if (!others.test(key)) yield* textsIn(value, key, 1)
}

function* textsIn(
  value: JsonValue,
  path: string,
  depth: number,
): Generator<readonly [text: string, path: string], void, undefined> {
  if (value.kind === 'string') {
    yield [value.value, path]
    if (value.value.length < 10_000) for (const word of value.value.split(/[\s,]+/)) yield [word, path]
  }
  if (depth >= deepest) return
  if (value.kind === 'array') for (const item of value.items) yield* textsIn(item, path, depth + 1)
  if (value.kind === 'object')
    for (const one of value.members) {
      if (ofRights.test(path)) yield [one.key, path]
      yield* textsIn(one.value, `${path}.${one.key}`, depth + 1)
    }
}

/** `ROLE_` and `SCOPE_` are Spring’s, which puts them before what it reads. */
const bare = (name: string): string => name.replace(/^(?:ROLE|SCOPE)_/, '')

/**
 * Where else in a token the rights are that its scope lacks; those that are nowhere are left out. Compared as whole words,
 * with their case.
 * @see RFC 9068 section 2.2.3.1
 */
export function heldElsewhere(claims: JsonValue | null, wanted: readonly string[]): readonly Held[] {
  const left = new Map(wanted.slice(0, 100).map((name) => [bare(name), name]))
  const held: Held[] = []
  let looked = 0
  for (const [text, path] of texts(claims)) {
    if (left.size === 0 || ++looked > mostValues) break
    const name = left.get(bare(text))
    if (name === undefined) continue
    held.push({ wanted: name, path })
    left.delete(bare(text))
  }
  return held
}

/** Who writes rights so, and what reads them, by how the place begins. */
const readers: readonly (readonly [path: RegExp, words: string])[] = [
  [
    /^realm_access\.roles$/,
    'Keycloak writes realm roles so; Spring needs a converter for it, ASP.NET a claims transformation.',
  ],
  [
    /^resource_access\./,
    'Keycloak writes the roles of a client so; Spring needs a converter for it, ASP.NET a claims transformation.',
  ],
  [/^roles$/, 'Microsoft Entra ID writes application permissions so, and others their roles.'],
  [/^permissions$/, 'Auth0 writes permissions so, with role-based access on, and others theirs.'],
  [/^authorities$/, 'Cloud Foundry UAA and servers made with Spring write it so.'],
  [/^(?:cognito:)?groups$/, 'An API has to be set up to map groups to rights.'],
  [/^urn:zitadel:/, 'zitadel writes the roles of a project so: the names are those of members.'],
  [/^authorization_details/, 'An API that knows rich authorization requests reads it (RFC 9396).'],
]

/** That rights are in other claims, and what an API would have to read; empty if there are none. */
export function elsewhereInWords(held: readonly Held[]): string {
  const paths = [...new Set(held.map(({ path }) => path))]
  return paths
    .map((path) => {
      const names = held.filter((one) => one.path === path).map(({ wanted }) => wanted)
      const place = quoted(path)
      const who = readers.find(([looks]) => looks.test(path))?.[1]
      const said = `${list(names)} ${names.length === 1 ? 'is' : 'are'} in ${place}: an API that reads ${place} finds ${names.length === 1 ? 'it' : 'them'}, and one that reads the scope alone does not.`
      return who === undefined ? said : `${said} ${who}`
    })
    .join(' ')
}

/** The claims that say what a token allows, besides its scope: those that have something. */
export function claimsOfRights(claims: JsonValue | null): readonly string[] {
  if (claims?.kind !== 'object') return []
  const names = claims.members.filter(({ key, value }) => {
    const isRight = ofRights.test(key) || /^(?:realm_access|resource_access|authorization_details)$/.test(key)
    return isRight && !others.test(key) && !isEmpty(value)
  })
  return [...new Set(names.map(({ key }) => key))]
}

const isEmpty = (value: JsonValue): boolean =>
  (value.kind === 'array' && value.items.length === 0) ||
  (value.kind === 'object' && value.members.length === 0) ||
  (value.kind === 'string' && value.value === '') ||
  (value.kind === 'literal' && value.value === null)

/** What is odd about how a scope is written, for whoever reads it to the letter; `null`: nothing. @see RFC 8693 section 4.2 */
export function oddScope(claims: JsonValue | null, claim: string): string | null {
  const value = member(claims, claim)
  const text = asString(value)
  if (text !== undefined && /^[^\s,]+(?:,\s*[^\s,]+)+$/.test(text))
    return `${claim} is “${quoted(text)}”: values are separated by spaces, and one with commas is a single value.`
  const joined = (value?.kind === 'array' ? value.items : []).find((item) =>
    /\S\s+\S/.test(asString(item) ?? ''),
  )
  return joined === undefined
    ? null
    : `${claim} is an array, and “${quoted(asString(joined) ?? '')}” in it is one item: an API that compares items finds none of its values.`
}
