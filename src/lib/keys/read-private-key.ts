import { type JsonParse, parseJson } from '../json/parse.ts'
import type { JsonValue } from '../json/value.ts'
import { decodeUtf8 } from '../encoding/utf8.ts'
import { quoted } from '../text/quoted.ts'
import { readBase64Body } from './base64-body.ts'
import { findJwks } from './find-jwks.ts'
import { type KeyMaterial, type ReadResult, refused } from './key-material.ts'
import { commands, ed25519OfOpenSsh, encryptedKey, notAPrivateKey, whyNoKey } from './not-a-key.ts'
import { looksLikePem, type PemBlock, readPem } from '../encoding/pem.ts'
import { readJwk } from './read-jwk.ts'
import { readPrivateKeyDer } from './pkcs8.ts'
import { jwkInSource } from './source-string.ts'

/**
 * Finds the private key in a text: JWK, JWK Set or a JSON file with one inside, PEM, or either in base64, with what
 * copying leaves around them, source text too. Never throws.
 */
export function readPrivateKey(text: string, unwrap = true): ReadResult {
  const trimmed = withoutQuotes(text)
  const json = /^[[{"]/.test(trimmed) ? parseLenient(trimmed) : null
  const jwks = json?.ok === true ? findJwks(json.value) : []
  if (jwks.length > 0) return readJwks(jwks)
  if (looksLikePem(trimmed)) return readPemKey(trimmed)
  const inSource = unwrap ? jwkInSource(text) : null
  if (inSource !== null) return readPrivateKey(inSource, false)
  if (json?.ok === true) return refused('This JSON holds no JWK: nothing in it has a “kty”.')
  if (json?.ok === false) {
    return refused(`This is not JSON: ${json.message} (line ${json.line}, column ${json.column}).`)
  }
  return (unwrap ? readBase64(trimmed) : null) ?? whyNoKey(trimmed)
}

/** Without white space, a byte order mark, and the quotes of shells and scripts; those of JSON are for its parser. */
function withoutQuotes(text: string): string {
  const trimmed = text.trim()
  return /^(['`])[^]*\1$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed
}

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

/** PEM's inside alone, or a whole PEM or JWK that was encoded once more to fit on one line. */
function readBase64(text: string): ReadResult | null {
  const body = /^[\w+/=\s-]{40,}$/.test(text) ? readBase64Body(text) : null
  if (body?.ok !== true) return null
  if (body.bytes[0] === 0x30) return readDerKey(body.bytes, 'base64')
  const inner = decodeUtf8(body.bytes)
  if (!inner.ok || !/^\s*[{[]|BEGIN/.test(inner.text)) return null
  return readPrivateKey(inner.text, false)
}

/** Reads the first private key among the blocks of a PEM text, and the certificates next to it. Never throws. */
function readPemKey(text: string): ReadResult {
  const blocks = readPem(text)
  const keys = blocks.filter(isPrivateKey)
  const block = keys[0] ?? blocks[0]
  if (block === undefined) return refused('There is an END line without its BEGIN line. Was the text cut?')
  const key = readBlock(block)
  if (!key.ok) return key
  const notes =
    keys.length > 1 ? [`The text has ${keys.length} private keys; the first of them was taken.`] : []
  return { ...key, certificates: certificatesOf(blocks), notes }
}

/** A private key in DER, as PEM has it inside; `container` is what it came in. */
function readDerKey(bytes: Uint8Array<ArrayBuffer>, container: string): ReadResult {
  const read = readPrivateKeyDer(bytes)
  if (!read.ok) return read
  const { pkcs8: key, algs, format } = read
  const nothing = { kid: '', certificates: [], notes: [] } as const satisfies Partial<KeyMaterial>
  return { ok: true, key, algs, format: `${container} (${format})`, ...nothing }
}

function isPrivateKey({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY')
}

function readBlock(block: PemBlock): ReadResult {
  const { label, body } = block
  // `Proc-Type: 4,ENCRYPTED`, of RFC 1421; only OpenSSL's traditional formats have such header lines.
  if (/4,\s?ENCRYPTED/.test(body)) return encryptedKey(commands.decryptTraditional)
  const bytes = readBase64Body(body)
  if (label === 'OPENSSH PRIVATE KEY' && bytes.ok && isEd25519OfOpenSsh(bytes.bytes)) return ed25519OfOpenSsh
  const known = notAPrivateKey.get(label)
  if (known !== undefined) return known
  if (!isPrivateKey(block)) return refused(`A block BEGIN ${label} holds no private key that is read here.`)
  return bytes.ok ? readDerKey(bytes.bytes, 'PEM') : bytes
}

function isEd25519OfOpenSsh(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes).includes('ssh-ed25519')
}

function certificatesOf(blocks: readonly PemBlock[]): readonly Uint8Array<ArrayBuffer>[] {
  return blocks.flatMap(({ label, body }) => {
    const read = readBase64Body(body)
    return label === 'CERTIFICATE' && read.ok ? [read.bytes] : []
  })
}
