import { looksLikePem } from '../../encoding/pem.ts'
import { parseJson } from '../../json/parse.ts'
import { asString, type JsonMember, type JsonValue, member } from '../../json/value.ts'
import { readBase64Body } from '../../keys/base64-body.ts'
import { findJwks } from '../../keys/forms/find-jwks.ts'
import type { Refusal } from '../../keys/key-material.ts'
import { readKeyBlocks, readKeyBytes } from './keys-in-pem.ts'
import { type ReadKey, readVerificationKey } from './verification-key.ts'

/** A JWK Set in a member of a configuration, as a string: four levels. Nothing wraps keys deeper. */
const deepest = 5

/** What the keys around a text say of it. */
interface Surroundings {
  readonly kid: string | null
  readonly alg: string | null
}

const nothing: Surroundings = { kid: null, alg: null }

/**
 * The keys in a JSON value, in order: JWKs, and texts with PEM or the base64 of DER, as servers serve them that are
 * older than JWK, or serve something else. What such a text is called is its kid, unless that is a word such as
 * `public_key`.
 * @see RFC 7517 sections 4 and 5
 */
export function keysInJson(value: JsonValue): readonly (ReadKey | Refusal)[] {
  return keysIn(value, nothing, deepest)
}

function keysIn(value: JsonValue, around: Surroundings, depth: number): readonly (ReadKey | Refusal)[] {
  if (depth === 0) return []
  switch (value.kind) {
    case 'object': {
      // As UAA has the key of an HMAC, which is no public key.
      if (textOf(value, ['kty']) === 'MAC') return []
      const [jwk] = isJwk(value) ? findJwks(value) : []
      if (jwk === undefined) return value.members.flatMap((one) => keysOfMember(one, value, around, depth))
      return withText(readVerificationKey(jwk, around.kid), value)
    }
    case 'array':
      return value.items.flatMap((item) => keysIn(item, nothing, depth - 1))
    case 'string': {
      const inner = /^\s*[[{"]/.test(value.value) ? parseJson(value.value) : null
      return inner?.ok === true ? keysIn(inner.value, around, depth - 1) : keysOfText(value.value, around)
    }
    case 'number':
    case 'literal':
      return []
    default:
      return value satisfies never
  }
}

const isJwk = (value: JsonValue): boolean =>
  ['kty', 'Kty', 'KTY'].some((name) => member(value, name) !== undefined)

function keysOfMember(
  one: JsonMember,
  owner: JsonValue,
  around: Surroundings,
  depth: number,
): readonly (ReadKey | Refusal)[] {
  const kid = textOf(owner, ['kid', 'keyId', 'key_id'])
  const isMap = owner.kind === 'object' && owner.members.length > 1 && owner.members.every(isSameKind(one))
  const name =
    isMap || !/key|cert|pem|jwk|value|data|body|result|realm|issuer/i.test(one.key) ? one.key : null
  const isText = one.value.kind === 'string'
  const inside = isText
    ? { kid: kid ?? name ?? around.kid, alg: signatureAlg(textOf(owner, ['alg', 'algorithm'])) }
    : { kid: name, alg: null }
  return keysIn(one.value, inside, depth - 1)
}

/** In a map from kid to key, all members are texts with PEM, or all are JWKs. */
const isSameKind =
  (one: JsonMember) =>
  ({ value }: JsonMember): boolean =>
    one.value.kind === 'string' ? looksLikePem(asString(value) ?? '') : isJwk(one.value) && isJwk(value)

/** Of JWS; Java's own names, such as SHA256withRSA, are no alg. */
const signatureAlg = (alg: string | null): string | null =>
  alg !== null && /^(?:[RPE]S\d{3}|EdDSA|Ed25519|ML-DSA-\d\d)$/.test(alg) ? alg : null

const textOf = (value: JsonValue, names: readonly string[]): string | null =>
  names.map((name) => asString(member(value, name))).find((text) => text !== undefined) ?? null

/** A text of less than 80 characters is no public key. */
function keysOfText(text: string, { kid, alg }: Surroundings): readonly (ReadKey | Refusal)[] {
  const named = (read: ReadKey | Refusal): ReadKey | Refusal =>
    'key' in read
      ? { ...read, key: { ...read.key, kid: read.key.kid ?? kid, alg: read.key.alg ?? alg } }
      : read
  if (looksLikePem(text)) return readKeyBlocks(text).map(named)
  const body = /^[\w+/=\s-]{56,}$/.test(text) ? readBase64Body(text) : null
  const read = body?.ok === true && body.bytes[0] === 0x30 ? readKeyBytes(body.bytes) : null
  return read !== null && 'key' in read ? [named(read)] : []
}

/** A JWK without parameters may have its key as PEM, as UAA has it in `value`. */
function withText(read: ReadKey, jwk: JsonValue): readonly ReadKey[] {
  const { key, notes } = read
  const isBare = key.kty !== 'oct' && Object.keys(key.jwk).length < 2
  const texts =
    isBare && jwk.kind === 'object' ? jwk.members.flatMap(({ value }) => asString(value) ?? []) : []
  const [found] = texts.flatMap((text) => keysOfText(text, nothing)).filter((one) => 'key' in one)
  if (found === undefined) return [read]
  const name =
    jwk.kind === 'object' ? jwk.members.find(({ value }) => looksLikePem(asString(value) ?? ''))?.key : ''
  return [
    {
      key: { ...key, jwk: found.key.jwk },
      notes: [...notes, `A key has no parameters of its own; they were read from its “${name ?? ''}”.`],
    },
  ]
}
