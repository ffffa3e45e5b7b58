import type { KeyAlg } from './key.ts'

/** How WebCrypto names an algorithm of JWS. */
interface WebCryptoAlg {
  /** For making and importing keys; RSA needs a modulus besides. */
  readonly key: RsaHashedImportParams | EcKeyImportParams | Algorithm
  /** For signing and verifying. */
  readonly signature: Algorithm | EcdsaParams | RsaPssParams
}

/** The salt is as long as the hash; only RSA-PSS reads it. @see RFC 7518 section 3.5 */
const rsa = (name: string, bits: number): WebCryptoAlg => ({
  key: { name, hash: `SHA-${bits}` },
  signature: { name, saltLength: bits / 8 },
})

const ec = (namedCurve: string, bits: number): WebCryptoAlg => ({
  key: { name: 'ECDSA', namedCurve },
  signature: { name: 'ECDSA', hash: `SHA-${bits}` },
})

const same = (name: string): WebCryptoAlg => ({ key: { name }, signature: { name } })

/** The parameters of WebCrypto, by the algorithm's name in JWS. @see RFC 7518 section 3.1 */
export const webCryptoAlgs: Readonly<Record<KeyAlg, WebCryptoAlg>> = {
  RS256: rsa('RSASSA-PKCS1-v1_5', 256),
  RS384: rsa('RSASSA-PKCS1-v1_5', 384),
  RS512: rsa('RSASSA-PKCS1-v1_5', 512),
  PS256: rsa('RSA-PSS', 256),
  PS384: rsa('RSA-PSS', 384),
  PS512: rsa('RSA-PSS', 512),
  ES256: ec('P-256', 256),
  ES384: ec('P-384', 384),
  ES512: ec('P-521', 512),
  Ed25519: same('Ed25519'),
  'ML-DSA-44': same('ML-DSA-44'),
  'ML-DSA-65': same('ML-DSA-65'),
  'ML-DSA-87': same('ML-DSA-87'),
}

/** Whether a page may use keys: browsers give `crypto.subtle` to secure contexts only (https, localhost, a file). */
export function hasWebCrypto(): boolean {
  return (crypto as Partial<Crypto>).subtle !== undefined
}
