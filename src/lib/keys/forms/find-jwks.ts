import { parseJson } from '../../json/parse.ts'
import { type JsonMember, member, type JsonValue } from '../../json/value.ts'

/** A JWK Set in a member of a configuration, as a string: four levels. Nothing wraps keys deeper. */
const deepest = 5

/**
 * The JWKs in a JSON value, in order: itself, those of a JWK Set, and those inside other objects, such as a client's
 * configuration file, also when they are written as JSON in a string. Names that a serializer wrote in capitals are as
 * RFC 7517 has them.
 * @see RFC 7517 sections 4 and 5
 */
export function findJwks(value: JsonValue, depth = deepest): readonly JsonValue[] {
  if (depth === 0) return []
  switch (value.kind) {
    case 'object':
      if (member(value, 'kty') !== undefined) return [value]
      if (isCapital(value)) return [inLowerCase(value)]
      return value.members.flatMap((one) => findJwks(one.value, depth - 1))
    case 'array':
      return value.items.flatMap((item) => findJwks(item, depth - 1))
    case 'string': {
      const inner = /^\s*[[{"]/.test(value.value) ? parseJson(value.value) : null
      return inner?.ok === true ? findJwks(inner.value, depth - 1) : []
    }
    case 'number':
    case 'literal':
      return []
    default:
      return value satisfies never
  }
}

/** `Kty`, as .NET writes its properties unless it is told otherwise. "Member names ... are case sensitive" */
function isCapital(value: JsonValue): boolean {
  return member(value, 'Kty') !== undefined || member(value, 'KTY') !== undefined
}

function inLowerCase(value: JsonValue): JsonValue {
  if (value.kind !== 'object') return value
  return { ...value, members: value.members.map(withLowerName) }
}

function withLowerName(one: JsonMember): JsonMember {
  const key = /^KeyOps$/i.test(one.key) ? 'key_ops' : one.key.toLowerCase()
  return { ...one, key }
}

/** Whether a JWK was found by names in capitals, which most clients do not know. */
export function hasCapitals(jwk: JsonValue): boolean {
  return (
    jwk.kind === 'object' &&
    jwk.members.some(
      ({ key, keySource }) => key !== keySource.slice(1, -1) && key === keySource.slice(1, -1).toLowerCase(),
    )
  )
}
