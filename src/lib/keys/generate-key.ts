import { type Key, type KeyAlg, keyAlgs } from './key.ts'
import { makeKey } from './make-key.ts'
import { hasWebCrypto, webCryptoAlgs } from './web-crypto.ts'

export interface GenerateOptions {
  /** Bits of an RSA key, 2048 if not given; others have their size from the algorithm. */
  readonly modulusLength?: 2048 | 3072 | 4096
  /** Whether the private key can ever be read; it cannot if not given. */
  readonly extractable?: boolean
}

/**
 * Makes a key pair. Its `kid` is its thumbprint. Rejects with a NotSupportedError if the browser does not have
 * the algorithm, see `availableKeyAlgs`.
 * @see RFC 7518 section 3
 */
export async function generateKey(alg: KeyAlg, options: GenerateOptions): Promise<Key> {
  const params = {
    ...webCryptoAlgs[alg].key,
    modulusLength: options.modulusLength ?? 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  // All algorithms here are of key pairs; the overloads cannot see that.
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(params, options.extractable ?? false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  return makeKey({ alg, kid: '', privateKey, publicKey, origin: 'Generated', certificate: null }, true)
}

/** In every browser that has WebCrypto; the newer ones are found by trying, in milliseconds. */
const everywhere = /^(?:RS|PS|ES)/

/**
 * The algorithms this browser can make keys for, in the order of `keyAlgs`; none outside secure contexts. Never
 * rejects.
 */
export async function availableKeyAlgs(): Promise<readonly KeyAlg[]> {
  if (!hasWebCrypto()) return []
  const has = await Promise.all(keyAlgs.map(async (alg) => everywhere.test(alg) || (await canGenerate(alg))))
  return keyAlgs.filter((_, index) => has[index])
}

/** `false` is a NotSupportedError. `SubtleCrypto.supports` would say it at once, in Chromium alone. */
function canGenerate(alg: KeyAlg): Promise<boolean> {
  return generateKey(alg, {}).then(
    () => true,
    () => false,
  )
}
