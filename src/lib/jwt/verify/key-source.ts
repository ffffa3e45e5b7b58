import { parseJson } from '../../json/parse.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { readBase64Body } from '../../keys/base64-body.ts'
import { findJwks } from '../../keys/forms/find-jwks.ts'
import { looksLikePem, readPem } from '../../encoding/pem.ts'
import { type Refusal, refused } from '../../keys/key-material.ts'
import { quoted } from '../../text/quoted.ts'
import { readPublicKeyDer } from './der-public-key.ts'
import { type ReadKey, readVerificationKey, type VerificationKey } from './verification-key.ts'

export type { VerificationKey } from './verification-key.ts'

/** What a token is verified with. */
export type KeySource =
  /** `notes` are sentences for the reader. */
  | { readonly kind: 'set'; readonly keys: readonly VerificationKey[]; readonly notes: readonly string[] }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'unreadable'; readonly message: string }

/** Characters of a text, and keys in it, that are read. */
export const longestKeyText = 1024 * 1024
const mostKeys = 1000

/**
 * Finds the keys in a text: a JWK Set, a JWK, a JSON file with one inside, or PEM (public key, certificate, PKCS#1),
 * with what copying leaves around them. Of a private key the public half is kept, and of the text nothing. Never
 * throws.
 * @see RFC 7517 sections 4 and 5, RFC 7468 sections 5 and 13
 */
export function readKeys(text: string): KeySource {
  if (text.length > longestKeyText) {
    return unreadable(`This text has ${text.length} characters; up to ${longestKeyText} are read.`)
  }
  const trimmed = withoutQuotes(text)
  const json = /^[[{"]/.test(trimmed) ? parseJson(trimmed) : null
  const jwks = json?.ok === true ? findJwks(json.value) : []
  if (json?.ok === true && (jwks.length > 0 || isEmptySet(json.value))) return setOfJwks(json.value, jwks)
  if (looksLikePem(trimmed)) return setOf(readBlocks(trimmed))
  if (json?.ok === true) return unreadable(whyNoJwk(json.value))
  if (json?.ok === false) {
    return unreadable(`This is not JSON: ${json.message} (Line ${json.line}, column ${json.column}.)`)
  }
  const body = /^[\w+/=\s-]{40,}$/.test(trimmed) ? readBase64Body(trimmed) : null
  if (body?.ok !== true || body.bytes[0] !== 0x30) return unreadable(whyNoPublicKey(trimmed))
  return setOf([readBytes(body.bytes)])
}

/** The secret a server shares with those who verify its tokens: a text. @see RFC 7518 section 3.2 */
export function secretSource(secret: string): KeySource {
  return { kind: 'secret', secret }
}

/** Without white space, a byte order mark, and the quotes of shells; those of JSON are for its parser. */
function withoutQuotes(text: string): string {
  const trimmed = text.trim()
  return /^(['`])[^]*\1$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed
}

const unreadable = (message: string): KeySource => ({ kind: 'unreadable', message })

function isEmptySet(value: JsonValue): boolean {
  const keys = member(value, 'keys')
  return keys?.kind === 'array' && keys.items.length === 0
}

/** "Implementations SHOULD ignore JWKs ... that are missing required members": without `kty`, nothing is known of it. */
function setOfJwks(value: JsonValue, jwks: readonly JsonValue[]): KeySource {
  if (jwks.length > mostKeys) return tooMany(jwks.length)
  const keys = member(value, 'keys')
  const listed = keys?.kind === 'array' ? keys.items : []
  const texts = listed.filter((item) => item.kind === 'string' && findJwks(item).length > 0).length
  const nameless = listed.filter((item) => findJwks(item).length === 0).length
  return setOf(jwks.map(readVerificationKey), [
    ...(nameless === 0 ? [] : [`${nameless} of ${listed.length} entries have no kty, and were left out.`]),
    ...(texts === 0
      ? []
      : [
          `${texts} of ${listed.length} entries are texts with a JWK inside, and not objects (PyJWT’s to_jwk gives such a text). ${refusedByOthers}`,
        ]),
  ])
}

/** @see RFC 7517 section 5 */
const refusedByOthers = 'It was read here; jose, PyJWKClient and most other clients refuse it.'

/** How what a server serves is no JWK Set, although keys were found in it; nothing if it is one. */
export function otherThanSet(text: string): readonly string[] {
  const trimmed = text.trim()
  const json = /^[[{"]/.test(trimmed) ? parseJson(trimmed) : null
  if (json?.ok !== true) return [`This is no JWK Set, but a key in PEM or DER. ${refusedByOthers}`]
  const { value } = json
  if (value.kind === 'array') return [`This is a bare array, and not an object with keys. ${refusedByOthers}`]
  if (member(value, 'keys')?.kind === 'array') return []
  const what = member(value, 'kty') === undefined ? 'JSON with keys somewhere inside' : 'a single JWK'
  return [`This is ${what}, and not an object with keys. ${refusedByOthers}`]
}

function readBlocks(text: string): readonly (ReadKey | Refusal)[] {
  return readPem(text)
    .filter(({ label }) => !label.endsWith('PARAMETERS'))
    .slice(0, mostKeys + 1)
    .map(({ label, body }) => {
      if (/4,\s?ENCRYPTED/.test(body) || label === 'OPENSSH PRIVATE KEY') return noPublicHalf
      const read = readBase64Body(body)
      return read.ok ? readBytes(read.bytes) : read
    })
}

const noPublicHalf = refused(
  'The public half of this private key cannot be read here. Paste the public key, or a certificate.',
)

function readBytes(bytes: Uint8Array<ArrayBuffer>): ReadKey | Refusal {
  const read = readPublicKeyDer(bytes)
  if (!read.ok) return read
  const { jwk, alg, from } = read
  const key = { kid: null, kty: jwk['kty'] ?? '', alg, use: null, key_ops: null, jwk }
  return { key, notes: from === 'public key' ? [] : [origins[from]] }
}

const origins = {
  certificate:
    'The key was taken from a certificate. Who issued that, and until when it is valid, was not checked.',
  'request for a certificate': 'The key was taken from a request for a certificate.',
  'private key': 'This is a private key. Only its public half is used, and the rest was not kept.',
} as const

function setOf(read: readonly (ReadKey | Refusal)[], more: readonly string[] = []): KeySource {
  if (read.length > mostKeys) return tooMany(read.length)
  const found = read.filter((one) => 'key' in one)
  const refusals = read.filter((one): one is Refusal => !('key' in one))
  const [first] = refusals
  if (found.length === 0 && first !== undefined) return unreadable(first.message)
  const keys = distinct(found.map(({ key }) => key))
  const notes = [...found.flatMap((one) => one.notes), ...refusals.map(({ message }) => message), ...more]
  return { kind: 'set', keys, notes: [...new Set([...notes, ...sameNames(keys)])] }
}

const tooMany = (count: number): KeySource =>
  unreadable(`There are ${count} keys or more; up to ${mostKeys} are read.`)

/** A private key and its certificate hold the same key. */
function distinct(keys: readonly VerificationKey[]): readonly VerificationKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()]
}

function sameNames(keys: readonly VerificationKey[]): readonly string[] {
  const names = keys.map(({ kid }) => kid)
  const repeated = names.find((name, index) => name !== null && names.indexOf(name) !== index)
  if (repeated === undefined || repeated === null) return []
  return [`More than one key is called “${quoted(repeated)}”; each of them is tried.`]
}

/** Texts that are no key, by how they begin, and what to do instead. */
const others: readonly (readonly [begins: RegExp, message: string])[] = [
  [/^$/, 'There is nothing here. Paste the server’s JWK Set, a JWK, or a public key or certificate as PEM.'],
  [/^https?:\/\//i, 'This is a URL. Paste what is found there.'],
  [/^eyJ[\w-]*\.[\w-]*\./, 'This is a JWT or another token, not a key.'],
  [
    /^(?:ssh-|ecdsa-sha2-)/,
    'This is a public key of OpenSSH. Paste what “ssh-keygen -e -m PKCS8 -f key.pub” prints.',
  ],
  [
    /^---- BEGIN SSH2/,
    'This is a public key of OpenSSH. Paste what “ssh-keygen -i -f key.pub -m RFC4716 | ssh-keygen -e -m PKCS8 -f /dev/stdin” prints.',
  ],
  [
    /^PuTTY-User-Key-File/,
    'This key is in the format of PuTTY. “puttygen key.ppk -L” prints its public half for OpenSSH.',
  ],
  [
    /^<(?:\?xml|RSAKeyValue)/i,
    'This is XML. In .NET, ExportSubjectPublicKeyInfoPem() gives the public key as PEM.',
  ],
  [/^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)\S+$/, 'This is the name of a file. Paste what is in it.'],
]

/** Why a text that is neither JSON nor PEM holds no key. */
function whyNoPublicKey(text: string): string {
  return (
    others.find(([begins]) => begins.test(text))?.[1] ??
    'This is no key in a form that is read here: a JWK Set, a JWK, or PEM with BEGIN PUBLIC KEY, BEGIN RSA PUBLIC KEY or BEGIN CERTIFICATE. A shared secret is entered as a secret.'
  )
}

/** Why JSON holds no key: metadata only names where the keys are. @see RFC 8414 section 2 */
function whyNoJwk(value: JsonValue): string {
  const jwksUri = asString(member(value, 'jwks_uri'))
  return jwksUri === undefined
    ? 'This JSON holds no JWK: nothing in it has a “kty”.'
    : `This is the server’s metadata. Its keys are at ${quoted(jwksUri)}: paste what is found there.`
}
