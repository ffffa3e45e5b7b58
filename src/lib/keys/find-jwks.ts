import { parseJson } from '../json/parse.ts'
import { member, type JsonValue } from '../json/value.ts'

/** A JWK Set in a member of a configuration, as a string: four levels. Nothing wraps keys deeper. */
const deepest = 5

/**
 * The JWKs in a JSON value, in order: itself, those of a JWK Set, and those inside other objects, such as a client's
 * configuration file, also when they are written as JSON in a string.
 * @see RFC 7517 sections 4 and 5
 */
export function findJwks(value: JsonValue, depth = deepest): readonly JsonValue[] {
  if (depth === 0) return []
  switch (value.kind) {
    case 'object':
      if (member(value, 'kty') !== undefined) return [value]
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
