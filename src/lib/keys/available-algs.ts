import { generateKey } from './generate-key.ts'
import { keyAlgs, type KeyAlg } from './key.ts'
import { hasWebCrypto } from './web-crypto.ts'

/** In every browser that has WebCrypto; the newer ones are found by trying, which takes them milliseconds. */
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
