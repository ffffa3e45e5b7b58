/** The JWS algorithms of asymmetric keys. The ML-DSA ones are for browsers that have them. @see RFC 7518 section 3.1 */
export const keyAlgs = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
] as const

export type KeyAlg = (typeof keyAlgs)[number]

/** The public members of a JWK, with string values. @see RFC 7517 section 4 */
export type PublicJwk = Readonly<Record<string, string>>

/** A key pair the page can sign with. */
export interface Key {
  /** The RFC 7638 thumbprint (SHA-256, base64url) of the public key; it names the key everywhere. */
  readonly thumbprint: string
  /** The one algorithm it signs with. */
  readonly alg: KeyAlg
  /** The `kid` it came with, or its thumbprint. */
  readonly kid: string
  /** Whether the `kid` is its own: it came with it, or was made here and is published with its thumbprint. */
  readonly named: boolean
  readonly privateKey: CryptoKey
  /** Always extractable. */
  readonly publicKey: CryptoKey
  /** The key's parameters and nothing else: `kty` with `crv`, `x`, `y`, or `n`, `e`, or `pub`. */
  readonly publicJwk: PublicJwk
  /** Where it came from, in words: "Generated", "Imported from PEM (PKCS#8)". */
  readonly origin: string
  /** Its self-signed certificate, in base64 of the DER; `null` while it has none. */
  readonly certificate: string | null
}

/** Finds a key by its thumbprint. */
export type FindKey = (thumbprint: string) => Key | undefined
