import { oids } from '../../keys/algorithm-identifier.ts'
import { firstDer, oidText, readDer, tags, type DerElement } from '../../encoding/der.ts'
import { refused, type Refusal } from '../../keys/key-material.ts'
import { damaged, ecKey, keyOf, noBytes, rsaKey, type KeyParameters } from './public-key-parameters.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The public half of a key or certificate in DER. */
type DerPublicKey = Exclude<KeyParameters, Refusal> & {
  readonly ok: true
  readonly from: 'public key' | 'certificate' | 'request for a certificate' | 'private key'
}

type ReadParts = (parts: readonly DerElement[]) => KeyParameters

const [bitString, context1] = [0x03, 0xa1]
const noPublicHalf = refused(
  'This private key does not hold its public half. Paste what “openssl pkey -in key.pem -pubout” prints.',
)
const encrypted = refused(
  'This private key is encrypted. Verifying needs the public half: paste what “openssl pkey -in key.pem -pubout” prints.',
)

const pkcs12 = refused(
  'This is a PKCS#12 file (.p12, .pfx). Paste the certificate, which “openssl pkcs12 -in key.p12 -nokeys -clcerts” prints.',
)
const pkcs7 = refused(
  'This is a PKCS#7 file. Paste the certificate, which “openssl pkcs7 -print_certs -in certs.p7b” prints.',
)

/** What a SEQUENCE is, by the tags of its elements. @see RFC 5280 section 4.1, RFC 8017 appendix A.1, RFC 5958 section 2 */
const shapes: readonly (readonly [tags: RegExp, from: DerPublicKey['from'], read: ReadParts])[] = [
  [/^30 03$/, 'public key', (parts) => fromSpki(parts)],
  [/^02 02$/, 'public key', ([n, e]) => rsaKey(n, e)],
  [/^30 30 03$/, 'certificate', ([signed]) => fromSigned(readDer(signed?.content ?? noBytes) ?? [])],
  [/^02 30 04/, 'private key', (parts) => fromPkcs8(parts)],
  [/^(?:02 ){8}02/, 'private key', ([, n, e]) => rsaKey(n, e)],
  [/^02 04/, 'private key', (parts) => fromSec1(parts, null)],
  [/^30 04$/, 'private key', () => encrypted],
  [/^02 30(?: 30)?$/, 'certificate', () => pkcs12],
  [/^06 a0$/, 'certificate', () => pkcs7],
]

/** Reads a public key, certificate or private key in DER; bytes after it are left out. Never throws. */
export function readPublicKeyDer(bytes: Bytes): DerPublicKey | Refusal {
  const outer = firstDer(bytes)
  const parts = outer?.tag === tags.sequence ? readDer(outer.content) : null
  if (parts === null) return damaged
  const shape = tagsOf(parts)
  const known = shapes.find(([seen]) => seen.test(shape))
  if (known === undefined) return refused('These bytes are DER, and hold no public key.')
  const found = known[2](parts)
  if ('ok' in found) return found
  const inRequest = known[1] === 'certificate' && isRequest(parts)
  return { ok: true, ...found, from: inRequest ? 'request for a certificate' : known[1] }
}

const tagsOf = (parts: readonly DerElement[]): string =>
  parts.map(({ tag }) => tag.toString(16).padStart(2, '0')).join(' ')

/** A SubjectPublicKeyInfo. @see RFC 5280 section 4.1.2.7 */
const fromSpki: ReadParts = ([identifier, key]) => {
  const [oid, params] = readDer(identifier?.content ?? noBytes) ?? []
  return oid?.tag === tags.oid && key?.tag === bitString ? keyOf(oid, params, bitsOf(key)) : damaged
}

/** What a certificate, or a request for one, is signed over: the key is the first that looks like one. */
const fromSigned: ReadParts = (parts) => {
  const spki = parts.findLast(({ tag, content }) => tag === tags.sequence && isSpki(content))
  return spki === undefined ? damaged : fromSpki(readDer(spki.content) ?? [])
}

const isSpki = (content: Bytes): boolean => tagsOf(readDer(content) ?? []) === '30 03'

/** A certificate names an algorithm third; a request has nothing like it. @see RFC 2986 section 4.1 */
const isRequest = ([signed]: readonly DerElement[]): boolean =>
  /^02 30 30(?: a0)?$/.test(tagsOf(readDer(signed?.content ?? noBytes) ?? []))

/** A PrivateKeyInfo. @see RFC 5958 section 2 */
const fromPkcs8: ReadParts = ([, identifier, key]) => {
  const [oid, params] = readDer(identifier?.content ?? noBytes) ?? []
  if (oid?.tag !== tags.oid || key === undefined) return damaged
  const inner = readDer(firstDer(key.content)?.content ?? noBytes) ?? []
  const name = oidText(oid.content)
  if (name === oids.ecPublicKey) return fromSec1(inner, params ?? null)
  const isRsa = name === oids.rsaEncryption || name === oids.rsassaPss
  return isRsa ? rsaKey(inner[1], inner[2]) : noPublicHalf
}

/** An ECPrivateKey; in PKCS#8 the curve is outside. @see RFC 5915 section 3 */
function fromSec1(parts: readonly DerElement[], outside: DerElement | null): KeyParameters {
  const inside = parts.find(({ tag }) => tag === tags.context0)
  const params = outside ?? firstDer(inside?.content ?? noBytes)
  const half = firstDer(parts.find(({ tag }) => tag === context1)?.content ?? noBytes)
  if (params === null || half?.tag !== bitString) return noPublicHalf
  return ecKey(params, bitsOf(half))
}

/** Its first byte counts the bits to leave out at the end, which no key has. */
const bitsOf = ({ content }: DerElement): Bytes => content.subarray(1)
