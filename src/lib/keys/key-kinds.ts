import type { KeyAlg } from './key.ts'
import { dsa } from './not-a-key.ts'
import { refused, type Refusal } from './key-material.ts'

/** The algorithms a key can sign with, or why it signs with none. */
export type Fit = { readonly ok: true; readonly algs: readonly KeyAlg[] } | Refusal

export const rsaAlgs = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
] as const satisfies readonly KeyAlg[]

interface Kind {
  /** The curve or algorithm as JWK names it. */
  readonly name: string
  /** What names it in PKCS#8 and SEC1. */
  readonly oid: string
  readonly fit: Fit
}

const signs = (name: string, oid: string, alg: KeyAlg): Kind => ({
  name,
  oid,
  fit: { ok: true, algs: [alg] },
})
const cannot = (name: string, oid: string, why: string): Kind => ({ name, oid, fit: refused(why) })

const useP256 = 'Use a key on P-256, P-384 or P-521 instead.'
const useEd25519 = 'Use an Ed25519 key instead.'
const agrees = 'keys agree on secrets (ECDH) and cannot sign.'

/** Everything but RSA. @see RFC 7518 section 6.2.1.1, RFC 8037 section 2, RFC 5480 section 2.1.1.1, RFC 8410 section 3 */
const kinds: readonly Kind[] = [
  signs('P-256', '1.2.840.10045.3.1.7', 'ES256'),
  signs('P-384', '1.3.132.0.34', 'ES384'),
  signs('P-521', '1.3.132.0.35', 'ES512'),
  signs('Ed25519', '1.3.101.112', 'Ed25519'),
  signs('ML-DSA-44', '2.16.840.1.101.3.4.3.17', 'ML-DSA-44'),
  signs('ML-DSA-65', '2.16.840.1.101.3.4.3.18', 'ML-DSA-65'),
  signs('ML-DSA-87', '2.16.840.1.101.3.4.3.19', 'ML-DSA-87'),
  cannot('secp256k1', '1.3.132.0.10', `secp256k1 keys sign with ES256K, which no browser has. ${useP256}`),
  cannot('P-192', '1.2.840.10045.3.1.1', `There is no JWS algorithm for the curve P-192. ${useP256}`),
  cannot('P-224', '1.3.132.0.33', `There is no JWS algorithm for the curve P-224. ${useP256}`),
  cannot('Ed448', '1.3.101.113', `Ed448 keys sign with Ed448, which no browser has. ${useEd25519}`),
  cannot('X25519', '1.3.101.110', `X25519 ${agrees} ${useEd25519}`),
  cannot('X448', '1.3.101.111', `X448 ${agrees} ${useEd25519}`),
  { name: 'DSA', oid: '1.2.840.10040.4.1', fit: dsa },
  cannot(
    'RSA-OAEP',
    '1.2.840.113549.1.1.7',
    'The key says that it is for encryption (RSAES-OAEP), so it cannot sign.',
  ),
]

/** By the name of a curve or algorithm in a JWK; `undefined` for one that is not known. */
export function fitOfName(name: string): Fit | undefined {
  return kinds.find((kind) => kind.name === name)?.fit
}

/** By the object identifier of a curve or algorithm; `undefined` for one that is not known. */
export function fitOfOid(oid: string): Fit | undefined {
  return kinds.find((kind) => kind.oid === oid)?.fit
}

/**
 * An RSA key by its modulus (big endian, leading zeros allowed).
 * @see RFC 7518 section 3.3: "A key of size 2048 bits or larger MUST be used with these algorithms."
 */
export function fitOfRsa(modulus: Uint8Array, algs: readonly KeyAlg[] = rsaAlgs): Fit {
  const first = modulus.findIndex((byte) => byte !== 0)
  const bits = first < 0 ? 0 : (modulus.length - first) * 8 - (Math.clz32(modulus[first] ?? 0) - 24)
  if (bits >= 2048 && bits <= 16_384) return { ok: true, algs }
  const limit = bits < 2048 ? 'at least 2048 bits (RFC 7518 section 3.3)' : 'at most 16384 bits in browsers'
  return refused(`This RSA key has ${bits} bits; a key that signs must have ${limit}. Use another key.`)
}
