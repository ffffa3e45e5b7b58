import { encodeBase64url } from '../../encoding/base64.ts'
import { decodeBase64url } from '../../encoding/base64url.ts'
import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { otherWriting } from './other-writing.ts'

/** The parameters of a JWK as browsers require them, and how each that was not was written: "n: hexadecimal". */
export interface Parameters {
  readonly parameters: Readonly<Record<string, string>>
  readonly mended: readonly { readonly name: string; readonly how: string }[]
}

/** Bytes of a coordinate and of a private key. @see RFC 7518 sections 6.2.1.2 and 6.2.2.1, RFC 8032 section 5.1.5 */
const sizes: ReadonlyMap<string, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
  ['Ed25519', 32],
])

/** Names that are bytes in base64url. */
const binary = /^(?:n|e|d|p|q|dp|dq|qi|x|y|k|pub|priv)$/

/** Other names of a type of key or a curve. @see RFC 7518 section 6.1, RFC 8422 section 5.1.1 */
const synonyms: readonly (readonly [seen: RegExp, name: string])[] = [
  [/^rsa$/i, 'RSA'],
  [/^(?:ec|ecdsa)$/i, 'EC'],
  [/^(?:okp|eddsa)$/i, 'OKP'],
  [/^akp$/i, 'AKP'],
  [/^(?:p-?256|secp256r1|prime256v1|nist ?p-?256|ES256)$/i, 'P-256'],
  [/^(?:p-?384|secp384r1|nist ?p-?384|ES384)$/i, 'P-384'],
  [/^(?:p-?521|secp521r1|nist ?p-?521|ES512)$/i, 'P-521'],
  [/^ed-?25519$/i, 'Ed25519'],
]

/** A name as the registry has it, whatever its case; other names as they are. @see RFC 7517 section 4.1 */
export function registered(name: string): string {
  return synonyms.find(([seen]) => seen.test(name))?.[1] ?? name
}

/**
 * Reads members of a JWK: numbers of other alphabets, in decimal or hexadecimal, with the sign byte of Java or without
 * their leading zeros are all met in the field. What cannot be read is left as it is. Never throws.
 * @see RFC 7518 sections 6.2 and 6.3
 */
export function readParameters(jwk: JsonValue, names: readonly string[]): Parameters {
  const kty = registered(asString(member(jwk, 'kty')) ?? '')
  const crv = registered(asString(member(jwk, 'crv')) ?? '')
  const parameters: Record<string, string> = {}
  const mended: { name: string; how: string }[] = []
  for (const name of names) {
    const value = member(jwk, name)
    const written = asString(value) ?? null
    const read = binary.test(name)
      ? readBinary(name, value, kty, crv)
      : { text: written === null ? null : registered(written), how: 'another name' }
    if (read.text === null) continue
    parameters[name] = read.text
    if (read.text !== written) mended.push({ name, how: read.how })
  }
  return { parameters, mended }
}

/** Says which members were mended and how; empty if none was. `whose` begins the sentence. */
export function mendedNote(whose: string, mended: Parameters['mended']): readonly string[] {
  if (mended.length === 0) return []
  const names = mended.map(({ name }) => name).join(', ')
  const how = mended.map((one) => `${one.name}: ${one.how}`).join('; ')
  return [`${whose}${names} is not written as RFC 7518 wants it, and was mended (${how}).`]
}

interface Read {
  readonly text: string | null
  readonly how: string
}

function readBinary(name: string, value: JsonValue | undefined, kty: string, crv: string): Read {
  if (value?.kind === 'array') {
    const bytes = value.items.map((item) => asNumber(item) ?? -1)
    const all = bytes.length > 0 && bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256)
    return { text: all ? encodeBase64url(Uint8Array.from(bytes)) : null, how: 'a list of bytes' }
  }
  const isNumber = value?.kind === 'number'
  const written = isNumber ? value.source : (asString(value) ?? null)
  if (written === null || written === '') return { text: written, how: '' }
  const size = kty === 'EC' || kty === 'OKP' ? (sizes.get(crv) ?? null) : null
  const { bytes, hows } = otherWriting(written, { name, isRsa: kty === 'RSA', isNumber, size })
  if (bytes === null || bytes.length === 0) return { text: isNumber ? null : written, how: '' }
  const isCut = decodeBase64url(written).problems.some((problem) => problem.includes('Was it cut?'))
  if (isCut && hows.every((how) => how.startsWith('a last'))) return { text: written, how: '' }
  const sized = name === 'k' ? { bytes, how: null } : atSize(name, bytes, kty, size)
  const how = [...hows, ...(sized.how === null ? [] : [sized.how])].join(', ')
  return { text: how === '' ? written : encodeBase64url(sized.bytes), how }
}

/** Numbers of RSA begin with no zero byte, and coordinates are filled up with them. @see RFC 7518 sections 2 and 6.2.1.2 */
function atSize(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  kty: string,
  size: number | null,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly how: string | null } {
  const first = bytes.findIndex((byte) => byte !== 0)
  const bare = bytes.subarray(Math.max(first, 0))
  if (kty === 'RSA') return { bytes: bare, how: first > 0 ? 'a zero byte in front' : null }
  if (size === null || bytes.length === size) return { bytes, how: null }
  if (kty === 'OKP') return ofEdwards(name, bytes, size)
  if (bare.length > size) return { bytes, how: null }
  if (bytes.length > size)
    return { bytes: bare.length === size ? bare : filled(bare, size), how: 'a zero byte in front' }
  const missing = size - bytes.length
  // A number that begins with more zero bytes is met once in billions of keys: it was cut, or is of another curve.
  if (missing > 3) return { bytes, how: null }
  return { bytes: filled(bare, size), how: `${missing} of ${size} bytes missing, filled up with zeros` }
}

/** Libraries of NaCl keep the public half behind the private one. @see RFC 8032 section 5.1.5 */
function ofEdwards(name: string, bytes: Uint8Array<ArrayBuffer>, size: number) {
  if (bytes.length === size + 1 && bytes[0] === 0)
    return { bytes: bytes.subarray(1), how: 'a zero byte in front' }
  if (name === 'd' && bytes.length === 2 * size)
    return { bytes: bytes.subarray(0, size), how: 'the public half behind it' }
  return { bytes, how: null }
}

function filled(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const full = new Uint8Array(size)
  full.set(bytes, size - bytes.length)
  return full
}

/**
 * What no reading of a parameter can be right with, to follow the name of the key: "has 33 bytes in x, and P-256 has
 * 32". `null` if there is nothing of the kind.
 * @see RFC 7518 sections 6.2.1 and 6.3.1
 */
export function parameterTrouble(parameters: Readonly<Record<string, string>>): string | null {
  const { kty = '', crv = '' } = parameters
  for (const [name, value] of Object.entries(parameters)) {
    if (!binary.test(name) || value === '') continue
    const { bytes, problems } = decodeBase64url(value)
    if (bytes === null)
      return `has an ${name} that cannot be read. ${quoted(problems.at(-1) ?? '').replace(/\.$/, '')}`
    if (value.length % 4 === 1) return `has an ${name} whose last character carries no whole byte: it was cut`
    const size = kty === 'EC' || kty === 'OKP' ? sizes.get(crv) : undefined
    if (size !== undefined && bytes.length !== size)
      return `has ${bytes.length} bytes in ${name}, and ${crv} has ${size}`
    if (kty !== 'RSA') continue
    if (name === 'n' && bytes.length >= 256 && (bytes.at(-1) ?? 0) % 2 === 0)
      return 'has an n that is even, which no modulus of RSA is: it was cut or changed'
    // REDACTED is base64url too; a d that is far shorter than its n is none.
    if (name === 'd' && value.length * 2 < (parameters['n']?.length ?? 0))
      return `has an n and a d that do not belong together: ${bytes.length} bytes in d are too few, as if something else were in its place`
    if (name === 'e' && ((bytes.at(-1) ?? 0) % 2 === 0 || (bytes.length === 1 && bytes[0] === 1)))
      return 'has an e that is even or 1, which no exponent of RSA is'
  }
  return null
}
