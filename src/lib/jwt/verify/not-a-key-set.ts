import { looksLikePem } from '../../encoding/pem.ts'
import { parseJson } from '../../json/parse.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { knownFile } from '../../keys/known-files.ts'
import { quoted } from '../../text/quoted.ts'

/** @see RFC 7517 section 5 */
export const refusedByOthers = 'It was read here; jose, PyJWKClient and most other clients refuse it.'

/** How what a server serves is no JWK Set, although keys were found in it; nothing if it is one. */
export function otherThanSet(text: string): readonly string[] {
  const trimmed = text.trim()
  const json = /^[[{"]/.test(trimmed) ? parseJson(trimmed) : null
  if (json?.ok !== true && looksLikePem(text))
    return [`This is no JWK Set, but a key in PEM or DER. ${refusedByOthers}`]
  if (json?.ok !== true) {
    const what = notJson.find(([seen]) => seen.test(trimmed))?.[1] ?? 'JSON: it was mended'
    return [`This is no ${what}. ${refusedByOthers}`]
  }
  if (member(json.value, 'keys')?.kind === 'array') return []
  const { what, instead } = shapeOf(json.value)
  return [`This is ${what}; a JWK Set is an object with a list called “keys”. ${refusedByOthers}${instead}`]
}

/** Texts with keys that are neither JSON nor PEM. */
const notJson: readonly (readonly [seen: RegExp, what: string])[] = [
  [/^</, 'JWK Set, but XML with a key inside'],
  [/^M[\w+/=\s-]+$/, 'JWK Set, but a key in PEM or DER'],
  [/^[\w+/=\s-]+$/, 'JWK Set, but the base64 of keys'],
  [/^\w+:\s*$/m, 'JSON, but YAML'],
]

function shapeOf(value: JsonValue): { readonly what: string; readonly instead: string } {
  const found = shapes.find(({ fits }) => fits(value))
  return { what: found?.what ?? 'JSON with keys somewhere inside', instead: found?.instead ?? '' }
}

const has = (value: JsonValue, name: string): boolean => member(value, name) !== undefined
const isTextOfKey = (value: JsonValue | undefined): boolean => looksLikePem(asString(value) ?? '')

/** What servers serve in place of a JWK Set, the clearest first. */
const shapes: readonly {
  readonly fits: (value: JsonValue) => boolean
  readonly what: string
  readonly instead?: string
}[] = [
  { fits: (value) => value.kind === 'array', what: 'a bare array' },
  { fits: (value) => value.kind === 'string', what: 'JSON in a string' },
  {
    fits: (value) => has(value, 'realm') && has(value, 'public_key'),
    what: 'the page of a Keycloak realm, which has one key and no kid',
    instead: ' Its JWK Set is at the same URL with /protocol/openid-connect/certs behind it.',
  },
  {
    fits: (value) => isTextOfKey(member(value, 'value')) && has(value, 'alg'),
    what: 'what token_key of UAA serves, a single key',
    instead: ' Its JWK Set is at /token_keys.',
  },
  { fits: (value) => has(value, 'kty') || has(value, 'Kty'), what: 'a single JWK' },
  {
    fits: (value) => member(value, 'keys')?.kind === 'object',
    what: 'an object whose “keys” is an object and no list',
  },
  {
    fits: (value) => member(value, 'keys')?.kind === 'string',
    what: 'an object whose “keys” is a text and no list',
  },
  {
    fits: (value) => has(value, 'Keys') || has(value, 'KEYS'),
    what: 'an object whose list is not called “keys” in small letters',
  },
  {
    fits: (value) =>
      value.kind === 'object' && isMap(value) && value.members.every((one) => isTextOfKey(one.value)),
    what: 'a map from kid to a certificate or key in PEM, as Google and Firebase serve it',
  },
  {
    fits: (value) =>
      value.kind === 'object' && isMap(value) && value.members.every((one) => has(one.value, 'kty')),
    what: 'a map from kid to a JWK',
  },
]

/** One member may also be a name for the key itself, such as public_key. */
function isMap(value: Extract<JsonValue, { kind: 'object' }>): boolean {
  const [first, ...others] = value.members
  return first !== undefined && (others.length > 0 || !/key|cert|pem|value/i.test(first.key))
}

/** Why JSON holds no key: metadata only names where the keys are. @see RFC 8414 section 2, RFC 7517 section 5 */
export function whyNoJwk(value: JsonValue): string {
  const jwksUri = asString(member(value, 'jwks_uri'))
  if (jwksUri !== undefined)
    return `This is the server’s metadata. Its keys are at ${quoted(jwksUri)}: paste what is found there.`
  const said = serverWords(value)
  if (said !== null) return `This JSON holds no JWK. The server says: “${quoted(said)}”.`
  if (isShared(value))
    return 'This is the key of an HMAC, which the server shares with those who verify, and no public key. Enter it as a shared secret.'
  const keys = member(value, 'keys') ?? member(value, 'Keys')
  if (keys !== undefined) return whyNoList(keys)
  const isNothing =
    (value.kind === 'object' && value.members.length === 0) ||
    (value.kind === 'array' && value.items.length === 0)
  if (isNothing) return 'This JSON is empty. A JWK Set is an object with “keys”.'
  return 'This JSON holds no JWK: nothing in it has a “kty”. Nor has it a key in PEM or DER.'
}

/** @see RFC 7517 section 5.1: "The value of the "keys" parameter is an array of JWK values" */
function whyNoList(keys: JsonValue): string {
  const wanted = 'RFC 7517 section 5.1 requires a list of JWKs'
  switch (keys.kind) {
    case 'array':
      return keys.items.length === 0
        ? 'The list of keys is empty, and it is not called “keys” in small letters, as RFC 7517 section 5.1 has it.'
        : `“keys” has ${keys.items.length === 1 ? 'one entry' : `${keys.items.length} entries`}, and none is a JWK: nothing in it has a “kty”.`
    case 'object':
      return `“keys” is an object, and ${wanted}. There is no key in it.`
    case 'string':
      return `“keys” is a text, and ${wanted}. There is no key in it.`
    case 'number':
    case 'literal':
      return `“keys” is no list, and ${wanted}.`
    default:
      return keys satisfies never
  }
}

/** As UAA serves the key of an HMAC. */
function isShared(value: JsonValue): boolean {
  const alg = asString(member(value, 'alg')) ?? ''
  return /^(?:HS\d{3}|HMAC)/i.test(alg) && has(value, 'value')
}

/** What a server says went wrong, in its own words; `null` if it says nothing. */
export function serverWords(value: JsonValue): string | null {
  const { error, ...rest } = Object.fromEntries(
    ['error', 'error_description', 'message', 'detail', 'title', 'errorMessage'].map((name) => [
      name,
      asString(member(value, name)) ?? asString(member(member(value, name), 'message')),
    ]),
  )
  const words = [error, ...Object.values(rest)].filter((one) => one !== undefined && one !== '')
  return words.length === 0 ? null : words.slice(0, 2).join(': ')
}

/** Texts that are no key, by what is in them, and what to do instead. */
const others: readonly (readonly [seen: RegExp, message: string])[] = [
  [/^$/, 'There is nothing here. Paste the server’s JWK Set, a JWK, or a public key or certificate as PEM.'],
  [
    /^(?:null|true|false|\d+)$/,
    'This JSON is a single word, and holds no key. A JWK Set is an object with “keys”.',
  ],
  [/^https?:\/\/\S+$/i, 'This is a URL. Paste what is found there.'],
  [/^eyJ[\w-]*\.[\w-]*\./, 'This is a JWT or another token, not a key.'],
  [
    /^["'\s]*(?:ssh-|ecdsa-sha2-|sk-)/,
    'This is a public key of OpenSSH. Paste what “ssh-keygen -e -m PKCS8 -f key.pub” prints.',
  ],
  [
    /^---- BEGIN SSH2/,
    'This is a public key of OpenSSH. Paste what “ssh-keygen -i -f key.pub -m RFC4716 | ssh-keygen -e -m PKCS8 -f /dev/stdin” prints.',
  ],
  [
    /^PuTTY-User-Key-File/m,
    'This key is in the format of PuTTY. “puttygen key.ppk -L” prints its public half for OpenSSH.',
  ],
  [
    /^<(?:RSAKeyValue|RSAParameters)|^<\?xml[^]*RSAKeyValue/i,
    'This is XML. In .NET, ExportSubjectPublicKeyInfoPem() gives the public key as PEM.',
  ],
  [
    /^\s*(?:RSA |EC )?Public-Key: \(|^\s*Modulus(?: \(\d+ bit\))?:/m,
    'This is a key as text, as “openssl -text” prints it. Paste the block with BEGIN PUBLIC KEY, which “openssl pkey -pubin -in key.pem” prints.',
  ],
  [/^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)[\w./\\ -]{1,200}$/, 'This is the name of a file. Paste what is in it.'],
]

const html = /<!doctype html|<html\b/i
const title = /<title>([^<]{1,200})/i

/** Why a text that is neither JSON nor PEM holds no key, and whether it is known what it is. */
export function whyNoPublicKey(text: string): { readonly message: string; readonly isCertain: boolean } {
  const known = others.find(([seen]) => seen.test(text))?.[1]
  if (known !== undefined) return { message: known, isCertain: true }
  if (html.test(text)) {
    const said = title.exec(text)?.[1]?.trim()
    const named = said === undefined ? '' : `, titled “${quoted(said)}”`
    const message = `This is a page in HTML${named}, and no key: a login, an error or the server’s front page. The keys are at the jwks_uri of its metadata.`
    return { message, isCertain: true }
  }
  if (/^<(?:\?xml|[a-z])/i.test(text)) {
    const said = /<(?:message|error_description|faultstring|code)>([^<]{1,300})/i.exec(text)?.[1]
    const words = said === undefined ? '' : ` The server says: “${quoted(said)}”.`
    return { message: `This is XML without a key that is read here.${words}`, isCertain: true }
  }
  return { message: unrecognised, isCertain: false }
}

const unrecognised =
  'This is no key in a form that is read here: a JWK Set, a JWK, or PEM with BEGIN PUBLIC KEY, BEGIN RSA PUBLIC KEY or BEGIN CERTIFICATE. A shared secret is entered as a secret.'

/** What a file of another format is, by its bytes, and how to get its public key; `null` if it is not known. */
export function whyNoKeyFile(bytes: Uint8Array): string | null {
  const known = knownFile(bytes)
  if (known === undefined) return null
  if (known.message.includes('OpenSSH')) return whyNoPublicKey('ssh-').message
  return known.message.includes('Java keystore')
    ? 'This is a Java keystore. Paste the certificate, which “keytool -exportcert -rfc -alias NAME -keystore keystore.jks” prints.'
    : known.message
}
