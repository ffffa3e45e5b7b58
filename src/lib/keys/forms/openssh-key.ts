import { encodeBase64url } from '../../encoding/base64.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What is in the format of OpenSSH: the members of a JWK, or why they cannot be read. */
export type OpenSshKey =
  | { readonly kind: 'key'; readonly jwk: Readonly<Record<string, string>> }
  | { readonly kind: 'encrypted' }
  /** `ssh-dss`, or a key in a security key. */
  | { readonly kind: 'other'; readonly type: string }

const magic = 'openssh-key-v1\0'
const curves: ReadonlyMap<string, string> = new Map([
  ['nistp256', 'P-256'],
  ['nistp384', 'P-384'],
  ['nistp521', 'P-521'],
])

/** Whether bytes are in the format that ssh-keygen writes by default. @see OpenSSH PROTOCOL.key */
export function isOpenSsh(bytes: Bytes): boolean {
  return latin1(bytes.subarray(0, magic.length)) === magic
}

/**
 * Reads the key of a file that ssh-keygen made; `null` if it ends too early.
 * @see OpenSSH PROTOCOL.key, RFC 4253 section 6.6, RFC 5656 section 3.1
 */
export function readOpenSsh(bytes: Bytes): OpenSshKey | null {
  const outer = new Reader(bytes.subarray(magic.length))
  const cipher = outer.text()
  outer.field()
  outer.field()
  outer.skip(4)
  outer.field()
  const inner = outer.field()
  if (outer.ended) return null
  if (cipher !== 'none') return { kind: 'encrypted' }
  const reader = new Reader(inner)
  reader.skip(8)
  const type = reader.text()
  const jwk = membersOf(type, reader)
  if (jwk === null) return { kind: 'other', type }
  return reader.ended ? null : { kind: 'key', jwk }
}

function membersOf(type: string, reader: Reader): Readonly<Record<string, string>> | null {
  const number = (): string => encodeBase64url(withoutSign(reader.field()))
  if (type === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = [number(), number(), number(), number(), number(), number()]
    return { kty: 'RSA', n, e, d, p, q, qi }
  }
  if (type === 'ssh-ed25519') {
    const [x, pair] = [reader.field(), reader.field()]
    return { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(x), d: encodeBase64url(pair.subarray(0, 32)) }
  }
  const crv = type.startsWith('ecdsa-sha2-') ? curves.get(type.slice(11)) : undefined
  if (crv === undefined) return null
  reader.field()
  const point = reader.field()
  const half = (point.length - 1) / 2
  const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)]
  return {
    kty: 'EC',
    crv,
    x: encodeBase64url(x),
    y: encodeBase64url(y),
    d: encodeBase64url(filled(withoutSign(reader.field()), half)),
  }
}

/** @see RFC 4251 section 5: a number whose first bit is set has a zero byte before it */
function withoutSign(bytes: Bytes): Bytes {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes
}

/** With zero bytes before it, as many as a coordinate has. @see RFC 7518 section 6.2.2.1 */
function filled(bytes: Bytes, size: number): Bytes {
  const full = new Uint8Array(Math.max(size, bytes.length))
  full.set(bytes, full.length - bytes.length)
  return full
}

const latin1 = (bytes: Bytes): string => new TextDecoder('latin1').decode(bytes)

/** Fields that each begin with their length, in four bytes. */
class Reader {
  #rest: Bytes
  /** Whether more was asked for than there is. */
  ended = false

  constructor(bytes: Bytes) {
    this.#rest = bytes
  }

  skip(count: number): void {
    this.ended ||= this.#rest.length < count
    this.#rest = this.#rest.subarray(count)
  }

  field(): Bytes {
    const length = this.#rest.subarray(0, 4).reduce((sum, byte) => sum * 256 + byte, 0)
    this.skip(4)
    const field = this.#rest.subarray(0, length)
    this.skip(length)
    return field
  }

  text(): string {
    return latin1(this.field())
  }
}
