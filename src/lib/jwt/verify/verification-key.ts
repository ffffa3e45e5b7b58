import { decodeBase64url } from '../../encoding/base64url.ts'
import { asString, member, type JsonValue } from '../../json/value.ts'
import { encodeBase64url } from '../../encoding/base64.ts'
import { membersOf } from '../../keys/forms/jwk-members.ts'
import { quoted } from '../../text/quoted.ts'

/** A key that signatures are verified with, as plain JWK data. @see RFC 7517 section 4 */
export interface VerificationKey {
  /** `null` for none; so are the others. */
  readonly kid: string | null
  readonly kty: string
  readonly alg: string | null
  readonly use: string | null
  readonly key_ops: readonly string[] | null
  /** The parameters of the public key and nothing else; of a shared secret (kty `oct`), the secret. */
  readonly jwk: Readonly<Record<string, string>>
}

/** A key as it was read, and what was seen of it on the way. */
export interface ReadKey {
  readonly key: VerificationKey
  readonly notes: readonly string[]
}

/** Members of private keys. @see RFC 7518 sections 6.2.2 and 6.3.2 */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv']

/**
 * Reads the public half of a JWK. A key of an unknown type is kept, without parameters: a token may name it. Never
 * throws.
 * @param jwk an object with a `kty`
 * @see RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2
 */
export function readVerificationKey(jwk: JsonValue): ReadKey {
  const kty = textOf(jwk, 'kty') ?? ''
  const kid = textOf(jwk, 'kid')
  const ops = member(jwk, 'key_ops')
  const isPrivate = kty !== 'oct' && privateMembers.some((name) => member(jwk, name) !== undefined)
  const listed = ops?.kind === 'array' ? ops.items.flatMap((item) => asString(item) ?? []) : null
  const { parameters, mended } = parametersOf(jwk, kty, textOf(jwk, 'crv'))
  const key = {
    kid,
    kty,
    alg: textOf(jwk, 'alg'),
    use: textOf(jwk, 'use'),
    // The public half of a key that signs is for verifying.
    key_ops: isPrivate && listed !== null ? listed.map((op) => (op === 'sign' ? 'verify' : op)) : listed,
    jwk: parameters,
  }
  const name = kid === null ? 'A key without kid' : `Key “${quoted(kid)}”`
  return {
    key,
    notes: [
      ...(isPrivate
        ? [
            `${name} is a private key. Only its public half is used; if a server publishes it, anyone can sign in its name.`,
          ]
        : []),
      ...(mended.length > 0
        ? [`${name}: ${mended.join(', ')} is not written as RFC 7518 wants it, and was mended.`]
        : []),
      ...(member(jwk, 'kid') !== undefined && kid === null
        ? ['The kid of a key is not a string, and was left out.']
        : []),
    ],
  }
}

const textOf = (jwk: JsonValue, name: string): string | null => asString(member(jwk, name)) ?? null

function parametersOf(jwk: JsonValue, kty: string, crv: string | null) {
  const names = kty === 'oct' ? ['kty', 'k'] : (membersOf(kty)?.public ?? ['kty'])
  const parameters: Record<string, string> = {}
  const mended: string[] = []
  for (const name of names) {
    const decimal = kty === 'RSA' ? decimalOf(name, member(jwk, name)) : null
    const value = textOf(jwk, name)
    if (value === null && decimal === null) continue
    const strict = decimal ?? (binary.has(name) ? mend(name, value ?? '', kty, crv) : (value ?? ''))
    if (strict !== value) mended.push(name)
    parameters[name] = strict
  }
  return { parameters, mended }
}

/** Digits of a modulus: of less than 2,048 bits it is in base64url, and of more than 16,384 in none. */
const modulusDigits = /^\d{300,5000}$/

/** A number of an RSA key that was written as one, in base64url; `null` if it was not. @see RFC 7518 section 6.3.1 */
function decimalOf(name: string, value: JsonValue | undefined): string | null {
  if (name !== 'n' && name !== 'e') return null
  const digits = value?.kind === 'number' ? value.source : (asString(value) ?? '')
  const isNumber = value?.kind === 'number' && /^\d{1,5000}$/.test(digits)
  if (!isNumber && !modulusDigits.test(digits) && !(name === 'e' && /^(?:3|17|65537)$/.test(digits)))
    return null
  const hex = BigInt(digits).toString(16)
  const bytes = (hex.length % 2 === 0 ? hex : `0${hex}`).match(/../g) ?? []
  return encodeBase64url(Uint8Array.from(bytes, (pair) => Number.parseInt(pair, 16)))
}

/** Parameters that are bytes in base64url. */
const binary = new Set(['n', 'e', 'x', 'y', 'pub', 'k'])

/** Bytes of a coordinate. @see RFC 7518 section 6.2.1.2 */
const coordinates: ReadonlyMap<string | null, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
])

/**
 * As browsers demand it: base64url of other alphabets or padded, numbers with the sign byte of Java and coordinates
 * without their leading zeros are all met in the field. What cannot be read is left as it is.
 * @see RFC 7518 sections 6.2.1.2 and 6.3.1.1
 */
function mend(name: string, value: string, kty: string, crv: string | null): string {
  const { bytes, problems } = decodeBase64url(value)
  if (bytes === null || bytes.length === 0) return value
  const first = bytes.findIndex((byte) => byte !== 0)
  const size = kty === 'EC' ? coordinates.get(crv) : undefined
  const bare = bytes.subarray(Math.max(first, 0))
  if (size !== undefined && bytes.length !== size && bare.length <= size) {
    const padded = new Uint8Array(size)
    padded.set(bare, size - bare.length)
    return encodeBase64url(padded)
  }
  if (kty === 'RSA' && first > 0 && (name === 'n' || name === 'e')) return encodeBase64url(bare)
  return problems.length > 0 ? encodeBase64url(bytes) : value
}
