import { decodeUtf8 } from '../encoding/utf8.ts'
import { looksLikePem } from '../encoding/pem.ts'
import { type JsonParse, parseJson } from '../json/parse.ts'
import type { JsonValue } from '../json/value.ts'
import { quoted } from '../text/quoted.ts'
import { findJwks } from './forms/find-jwks.ts'
import { findInside, type Inside } from './forms/inside.ts'
import { fromLooseJson } from './forms/loose-json.ts'
import { isOpenSsh } from './forms/openssh-key.ts'
import { jwkInSource } from './forms/source-string.ts'
import { unwrap } from './forms/unwrap.ts'
import { jwkOfXml } from './forms/xml-key.ts'
import { type ReadResult, refused } from './key-material.ts'
import { knownFile } from './known-files.ts'
import { isKnown, whyNoKey } from './not-a-key.ts'
import { readJwk } from './read-jwk.ts'
import { readDerKey, readOpenSshKey, readPemKey } from './read-pem-key.ts'

/** Base64 of a PEM that is in a Secret, which is in base64 itself. */
const deepest = 4

/**
 * Finds the private key in a text: JWK, JWK Set or a JSON file with one inside, PEM, or either in base64, with what
 * copying leaves around them, source text too. What was taken off and mended is in its notes. Never throws.
 */
export function readPrivateKey(text: string, depth = deepest): ReadResult {
  const { text: inner, removed } = unwrap(text)
  return withRemoved(readInner(inner, depth), removed)
}

function withRemoved(read: ReadResult, removed: readonly string[]): ReadResult {
  if (!read.ok || removed.length === 0) return read
  return { ...read, removed: [...removed, ...read.removed] }
}

function readInner(text: string, depth: number): ReadResult {
  const json = /^[[{"]/.test(text) ? parseLenient(text) : null
  const jwks = json?.ok === true ? findJwks(json.value) : []
  if (jwks.length > 0) return readJwks(jwks)
  if (looksLikePem(text)) return readPemKey(text)
  const rewritten = depth > 0 ? rewrite(text) : null
  if (rewritten !== null) {
    return withRemoved(readPrivateKey(rewritten.text, depth - 1), rewritten.removed)
  }
  return (depth > 0 ? readInside(text, depth) : null) ?? whyNone(text, json)
}

/** Another notation of a JWK as JSON. A text that is JSON in a string is none, because its parser reads that. */
function rewrite(text: string): { readonly text: string; readonly removed: readonly string[] } | null {
  const inSource = jwkInSource(text)
  if (inSource !== null) return { text: inSource, removed: ['the source text around it'] }
  const xml = jwkOfXml(text)
  if (xml !== null) return { text: xml, removed: ['the XML of .NET'] }
  const loose = fromLooseJson(text)
  if (loose === null || loose.json === text || !parseJson(loose.json).ok) return null
  return { text: loose.json, removed: loose.removed }
}

function whyNone(text: string, json: JsonParse | null): ReadResult {
  const known = whyNoKey(text)
  if (json === null || isKnown(known)) return known
  if (json.ok && /"d"\s*:/.test(text) && /"(?:crv|n)"\s*:/.test(text)) return noType
  if (json.ok)
    return refused('This JSON holds no JWK: nothing in it has a “kty”. Nor has it a key in PEM or base64.')
  return refused(`This is not JSON: ${json.message} (line ${json.line}, column ${json.column}).`)
}

/** @see RFC 7517 section 4.1 */
const noType = refused(
  'This JSON has the members of a key and no “kty”, which every JWK needs. Add "kty": "RSA" if it has an n, "EC" if it has a y, else "OKP".',
)

/** JSON, also when it was copied out of a string without the quotes: `{\"kty\":\"RSA\"}`. */
function parseLenient(text: string): JsonParse {
  const parsed = parseJson(text)
  const asText = parsed.ok || !text.includes('\\"') ? null : parseJson(`"${text}"`)
  return asText?.ok === true ? asText : parsed
}

/** With several, the first that is private and signs. */
function readJwks(jwks: readonly JsonValue[]): ReadResult {
  const read = jwks.map(readJwk)
  const usable = read.filter((one) => one.ok)
  const [first] = usable
  if (first === undefined) return read[0] ?? refused('This JWK Set is empty.')
  if (usable.length < 2) return first
  const name = first.kid === '' ? 'which has no kid' : `kid “${quoted(first.kid)}”`
  const note = `Of ${usable.length} private keys that sign, the first was taken: ${name}.`
  return { ...first, notes: [...first.notes, note] }
}

/**
 * What a text holds in base64: the first private key, else why the first of what is recognised is none. A Kubernetes
 * Secret has its certificate before its key.
 */
function readInside(text: string, depth: number): ReadResult | null {
  let refusal: ReadResult | null = null
  for (const inside of findInside(text)) {
    const read = readBytes(inside, depth)
    if (read === null) continue
    if (read.ok) return inside.alone ? read : withRemoved(read, [aroundIt(inside)])
    refusal ??= read
    // A certificate is no reason if what comes after it is a key that is encrypted.
    if (refusal.command === undefined && read.command !== undefined) refusal = read
  }
  return refusal
}

const aroundIt = ({ name }: Inside): string =>
  name === '' ? 'the text around the base64' : `the text around the base64 of “${quoted(name)}”`

function readBytes(inside: Inside, depth: number): ReadResult | null {
  const { bytes, encoding } = inside
  if (isOpenSsh(bytes)) return readOpenSshKey(bytes, encoding)
  const file = knownFile(bytes)
  if (file !== undefined) return file
  const decoded = decodeUtf8(bytes)
  if (bytes[0] === 0x30 && !(decoded.ok && /^[\x20-\x7E\s]+$/.test(decoded.text)))
    return inside.alone || isWhole(bytes) ? readDerKey(bytes, encoding) : null
  if (!decoded.ok || !/^\s*[{["]|BEGIN|kty|^[\w+/=\s-]{40,}$|^PuTTY|^<|^ssh-|^\$ANSIBLE/.test(decoded.text))
    return null
  const read = readPrivateKey(decoded.text, depth - 1)
  if (!read.ok && !isKnown(read)) return null
  return withRemoved(read, [encoding])
}

/** The length that the first bytes of DER say is that of the rest, so that it is no text that begins like one. */
function isWhole(bytes: Uint8Array): boolean {
  const [, first = 0, high = 0, low = 0] = bytes
  if (first < 0x80) return bytes.length >= 2 + first
  return first === 0x82 ? bytes.length >= 4 + high * 256 + low : first === 0x81 && bytes.length >= 3 + high
}
