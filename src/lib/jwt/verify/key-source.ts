import { looksLikePem } from '../../encoding/pem.ts'
import { decodeUtf8 } from '../../encoding/utf8.ts'
import { type JsonParse, parseJson } from '../../json/parse.ts'
import { type JsonValue, member } from '../../json/value.ts'
import { findJwks } from '../../keys/forms/find-jwks.ts'
import { findInside } from '../../keys/forms/inside.ts'
import { fromLooseJson } from '../../keys/forms/loose-json.ts'
import { jwkInSource } from '../../keys/forms/source-string.ts'
import { unwrap } from '../../keys/forms/unwrap.ts'
import { jwkOfXml } from '../../keys/forms/xml-key.ts'
import type { Refusal } from '../../keys/key-material.ts'
import { quoted } from '../../text/quoted.ts'
import { keysInJson } from './keys-in-json.ts'
import { mostKeys, readKeyBlocks, readKeyBytes, removedNote } from './keys-in-pem.ts'
import { refusedByOthers, whyNoJwk, whyNoKeyFile, whyNoPublicKey } from './not-a-key-set.ts'
import type { ReadKey, VerificationKey } from './verification-key.ts'

export type { VerificationKey } from './verification-key.ts'

/** What a token is verified with. */
export type KeySource =
  /** `notes` are sentences for the reader. */
  | { readonly kind: 'set'; readonly keys: readonly VerificationKey[]; readonly notes: readonly string[] }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'unreadable'; readonly message: string }

/** Characters of a text that are read. */
export const longestKeyText = 1024 * 1024

/** Base64 of a PEM that is in a Secret, which is in base64 itself. */
const deepest = 3

/**
 * Finds the keys in a text: a JWK Set, a JWK, a JSON file with one inside, or PEM (public key, certificate, PKCS#1),
 * with what copying leaves around them, which is said. Of a private key the public half is kept, and of the text
 * nothing. Never throws.
 * @see RFC 7517 sections 4 and 5, RFC 7468 sections 5 and 13
 */
export function readKeys(text: string): KeySource {
  if (text.length > longestKeyText) {
    return unreadable(`This text has ${text.length} characters; up to ${longestKeyText} are read.`)
  }
  return readText(text, deepest)
}

/** The secret a server shares with those who verify its tokens: a text. @see RFC 7518 section 3.2 */
export function secretSource(secret: string): KeySource {
  return { kind: 'secret', secret }
}

const unreadable = (message: string): KeySource => ({ kind: 'unreadable', message })

function readText(text: string, depth: number): KeySource {
  const { text: inner, removed } = unwrap(text)
  return withRemoved(readInner(inner, depth), removed)
}

function withRemoved(source: KeySource, removed: readonly string[]): KeySource {
  if (source.kind !== 'set' || removed.length === 0) return source
  return { ...source, notes: [removedNote(removed), ...source.notes] }
}

function readInner(text: string, depth: number): KeySource {
  const json = /^[[{"]/.test(text) ? parseJson(text) : null
  const found = json?.ok === true ? keysInJson(json.value) : []
  if (json?.ok === true && (found.length > 0 || isEmptySet(json.value))) return setOfJson(json.value, found)
  if (json?.ok !== true && looksLikePem(text)) return setOf(readKeyBlocks(text))
  const rewritten = depth > 0 && json?.ok !== true ? rewrite(text) : null
  if (rewritten !== null) return withRemoved(readText(rewritten.text, depth - 1), rewritten.removed)
  return (depth > 0 ? readInside(text, depth) : null) ?? unreadable(whyNone(text, json))
}

/** Another notation as JSON; `null` if there is none of a key. */
function rewrite(text: string): { readonly text: string; readonly removed: readonly string[] } | null {
  const xml = jwkOfXml(text)
  if (xml !== null) return { text: xml, removed: ['the XML of .NET'] }
  const loose = fromLooseJson(text)
  if (loose !== null && loose.json !== text && parseJson(loose.json).ok)
    return { text: loose.json, removed: loose.removed }
  const inSource = jwkInSource(text)
  return inSource === null ? null : { text: inSource, removed: ['the source text around it'] }
}

/** The keys of all that a text holds in base64, such as a Secret of Kubernetes or the metadata of SAML. */
function readInside(text: string, depth: number): KeySource | null {
  const all = findInside(text)
  const read = all.flatMap(({ bytes, encoding, alone, name }) => {
    const inner = readBytes(bytes, depth)
    if (inner === null) return []
    const where =
      name === '' ? 'the text around the base64' : `the text around the base64 of “${quoted(name)}”`
    const isDer = bytes[0] === 0x30
    return [withRemoved(inner, alone ? (isDer ? [] : [encoding]) : [where])]
  })
  const sets = read.filter((one) => one.kind === 'set')
  const [first] = sets
  if (first === undefined) return read[0] ?? null
  if (sets.length === 1) return first
  const keys = distinct(sets.flatMap((one) => one.keys))
  const notes = [...new Set([...sets.flatMap((one) => one.notes), ...sameNames(keys)])]
  return { kind: 'set', keys, notes }
}

function readBytes(bytes: Uint8Array<ArrayBuffer>, depth: number): KeySource | null {
  if (bytes[0] === 0x30) return setOf([readKeyBytes(bytes)])
  const file = whyNoKeyFile(bytes)
  if (file !== null) return unreadable(file)
  const decoded = decodeUtf8(bytes)
  if (!decoded.ok || !/^\s*[{["]|BEGIN|^[\w+/=\s-]{56,}$/.test(decoded.text)) return null
  const read = readText(decoded.text, depth - 1)
  return read.kind === 'set' ? read : null
}

function whyNone(text: string, json: JsonParse | null): string {
  if (json?.ok === true) return whyNoJwk(json.value)
  const known = whyNoPublicKey(text)
  if (json === null || known.isCertain) return known.message
  return `This is not JSON: ${json.message} (Line ${json.line}, column ${json.column}.)`
}

function isEmptySet(value: JsonValue): boolean {
  const keys = member(value, 'keys')
  return keys?.kind === 'array' && keys.items.length === 0
}

/** "Implementations SHOULD ignore JWKs ... that are missing required members": without `kty`, nothing is known of it. */
function setOfJson(value: JsonValue, found: readonly (ReadKey | Refusal)[]): KeySource {
  const keys = member(value, 'keys')
  const listed = keys?.kind === 'array' ? keys.items : []
  const texts = listed.filter((item) => item.kind === 'string' && findJwks(item).length > 0).length
  const others = listed.filter((item) => findJwks(item).length === 0)
  const nameless = others.filter((item) => keysInJson(item).length === 0).length
  const noJwk = others.length - nameless
  return setOf(found, [
    ...(nameless === 0 ? [] : [`${nameless} of ${listed.length} entries have no kty, and were left out.`]),
    ...(noJwk === 0
      ? []
      : [
          `${noJwk} of ${listed.length} entries are no JWK, but hold a key in PEM or DER. ${refusedByOthers}`,
        ]),
    ...(texts === 0
      ? []
      : [
          `${texts} of ${listed.length} entries are texts with a JWK inside, and not objects (PyJWT’s to_jwk gives such a text). ${refusedByOthers}`,
        ]),
  ])
}

function setOf(read: readonly (ReadKey | Refusal)[], more: readonly string[] = []): KeySource {
  if (read.length > mostKeys)
    return unreadable(`There are ${read.length} keys or more; up to ${mostKeys} are read.`)
  const found = read.filter((one) => 'key' in one)
  const refusals = read.filter((one): one is Refusal => !('key' in one))
  const [first] = refusals
  if (found.length === 0 && first !== undefined) return unreadable(first.message)
  const keys = distinct(found.map(({ key }) => key))
  const notes = [...found.flatMap((one) => one.notes), ...refusals.map(({ message }) => message), ...more]
  return { kind: 'set', keys, notes: [...new Set([...notes, ...sameNames(keys)])] }
}

/** A private key and its certificate hold the same key. */
function distinct(keys: readonly VerificationKey[]): readonly VerificationKey[] {
  const found = new Map<string, VerificationKey>()
  for (const key of keys) {
    const { kid, alg, use, key_ops, jwk } = key
    const name = JSON.stringify([kid, alg, use, key_ops, jwk])
    const same = found.get(name)
    found.set(name, same === undefined ? key : { ...same, certificate: same.certificate ?? key.certificate })
  }
  return [...found.values()]
}

function sameNames(keys: readonly VerificationKey[]): readonly string[] {
  const names = keys.map(({ kid }) => kid)
  const seen = new Set<string>()
  const repeated = names.find((name) => name !== null && (seen.has(name) || !seen.add(name)))
  if (repeated === undefined || repeated === null) return []
  return [`More than one key is called “${quoted(repeated)}”; each of them is tried.`]
}
