import { encodeBase64url } from '../../encoding/base64.ts'
import { decodeBase64url } from '../../encoding/base64url.ts'
import { firstDer, readDer, tags } from '../../encoding/der.ts'
import type { Jws } from './readable-jws.ts'
import type { SignatureAlg } from './signature-alg.ts'
import { otherLength } from './signature-length.ts'
import { type Candidate, tryKeys } from './try-keys.ts'

/** Why a signature is not that of any of the keys, as far as it can be known. Never rejects. */
export async function signatureTrouble(
  jws: Jws,
  alg: SignatureAlg,
  keys: readonly Candidate[],
): Promise<string> {
  const { signature, hasPayload } = jws
  const odd = await oddForm(jws, alg, keys)
  if (odd !== null) return odd
  const lengths = lengthsOf(alg, keys)
  if (lengths.length > 0 && lengths.every(({ length }) => length !== signature.length)) {
    const [{ length, key }] = lengths as [Expected]
    return otherLength(alg.name, signature.length, length, key)
  }
  if (!hasPayload) {
    return 'The payload is empty: the content was detached from it (RFC 7515 appendix F), or lost. Without it nothing can be verified.'
  }
  return 'Header, payload or signature was changed since, or another key made it.'
}

interface Expected {
  readonly length: number
  /** The key that makes it so long, with its bits; empty: any. */
  readonly key: string
}

/** "an octet sequence S of length k, where k is the length in octets of the RSA modulus n". @see RFC 8017 section 8.2.1 */
function lengthsOf({ kty, length }: SignatureAlg, keys: readonly Candidate[]): readonly Expected[] {
  if (length !== null) return [{ length, key: '' }]
  if (kty !== 'RSA') return []
  return keys.flatMap(({ name, key }) => {
    const modulus = key instanceof Uint8Array ? null : decodeBase64url(key['n'] ?? '').bytes
    const bits = modulus === null ? 0 : bitsOf(modulus)
    return bits === 0 ? [] : [{ length: Math.ceil(bits / 8), key: `${name} (${bits} bits)` }]
  })
}

function bitsOf(modulus: Uint8Array): number {
  const first = modulus.findIndex((byte) => byte !== 0)
  return first === -1 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24
}

/** What signers write in place of the bytes of a signature, and how it is read. */
interface Form {
  readonly what: string
  /** The bytes of the signature that it means; `null`: it is not written so. */
  readonly read: (
    signature: Uint8Array<ArrayBuffer>,
    lengths: readonly number[],
    alg: SignatureAlg,
  ) => Uint8Array | null
}

const forms: readonly Form[] = [
  {
    what: 'It is in DER, as in certificates; a JWS has R and S side by side, {} bytes (RFC 7518 section 3.4).',
    read: (signature, [length = 0], { kty }) => (kty === 'EC' ? fromDer(signature, length / 2) : null),
  },
  {
    what: 'It has a zero byte before it, as big integers of Java and others are written with a sign; without that it has {} bytes (RFC 8017 section 4.1).',
    read: (signature, lengths) =>
      signature[0] === 0 && lengths.includes(signature.length - 1) ? signature.subarray(1) : null,
  },
  {
    what: 'It lacks the zero bytes that it begins with, which a number is written without; a signature has {} bytes (RFC 8017 section 4.1).',
    read: (signature, lengths, { kty }) => {
      const length = lengths.find((one) => signature.length < one && one - signature.length <= 2)
      if (kty !== 'RSA' || length === undefined) return null
      const whole = new Uint8Array(length)
      whole.set(signature, length - signature.length)
      return whole
    },
  },
  {
    what: 'It is text in hexadecimal, encoded once more; a JWS has the {} bytes themselves (RFC 7515 section 3.1).',
    read: (signature, lengths) => {
      const text = textOf(signature)
      return /^[\da-f]+$/i.test(text) && lengths.includes(text.length / 2) ? fromHex(text) : null
    },
  },
  {
    what: 'It is text in base64, encoded twice; a JWS has the {} bytes themselves (RFC 7515 section 3.1).',
    read: (signature, lengths) => {
      const text = textOf(signature)
      const bytes = /^[\w+/-]+=*$/.test(text) ? decodeBase64url(text).bytes : null
      return bytes !== null && lengths.includes(bytes.length) ? bytes : null
    },
  },
]

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 2000))

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** A signature that is written in another form than a JWS has it, and whether it is good in the right one. */
async function oddForm({ token, signature }: Jws, alg: SignatureAlg, keys: readonly Candidate[]) {
  const lengths = lengthsOf(alg, keys).map(({ length }) => length)
  for (const { what, read } of forms) {
    const raw = read(signature, lengths, alg)
    if (raw === null) continue
    const rewritten = `${token.slice(0, token.lastIndexOf('.'))}.${encodeBase64url(raw)}`
    const { verifiedBy } = await tryKeys(rewritten, alg.name, keys)
    // That the first bytes are missing is only a guess until the whole verifies.
    if (verifiedBy === null && signature.length < raw.length) continue
    const otherwise =
      verifiedBy === null ? '' : ` Rewritten so, ${verifiedBy.name} verifies it: the signer has to be mended.`
    return `${what.replace('{}', String(raw.length))}${otherwise}`
  }
  return null
}

/** R and S of an ECDSA signature in DER, side by side; `null` if it is none. @see RFC 3279 section 2.2.3 */
function fromDer(signature: Uint8Array<ArrayBuffer>, size: number): Uint8Array | null {
  const outer = firstDer(signature)
  if (outer?.tag !== tags.sequence || outer.whole.length !== signature.length) return null
  const parts = readDer(outer.content) ?? []
  if (parts.length !== 2 || parts.some(({ tag }) => tag !== tags.integer)) return null
  const raw = new Uint8Array(2 * size)
  for (const [index, { content }] of parts.entries()) {
    const number = content.subarray(
      Math.max(
        0,
        content.findIndex((byte) => byte !== 0),
      ),
    )
    if (number.length > size) return null
    raw.set(number, (index + 1) * size - number.length)
  }
  return raw
}
