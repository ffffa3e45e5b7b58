import { keyAlgs, type Key, type KeyAlg } from './key.ts'
import { makeKey } from './make-key.ts'
import { webCryptoAlgs } from './web-crypto.ts'

/** Where keys outlive the page. Every method rejects with a sentence for the reader when the browser does not let it. */
export interface KeyStore {
  /** In no particular order. */
  all(): Promise<readonly Key[]>
  /** Replaces the key with the same thumbprint; rejects a key whose private half could be read. */
  put(key: Key): Promise<void>
  remove(thumbprint: string): Promise<void>
  /** Removes all. */
  clear(): Promise<void>
}

/** A key as it is stored; its parameters are derived from the public half when it is read. */
export type StoredKey = Omit<Key, 'publicJwk'>

/** What is stored of a key. Throws for an extractable one: whatever reads the storage could read it. */
export function storedKey(key: Key): StoredKey {
  if (key.privateKey.extractable) throw new Error('Only keys that cannot be exported are kept.')
  const { thumbprint, alg, kid, named, privateKey, publicKey, origin, certificate } = key
  return { thumbprint, alg, kid, named, privateKey, publicKey, origin, certificate }
}

/** The key that was stored, or `null` for anything that `storedKey` did not make. Never rejects. */
export async function readStoredKey(value: unknown): Promise<Key | null> {
  if (!isStoredKey(value)) return null
  const { thumbprint, alg, kid, named, privateKey, publicKey, origin, certificate } = value
  const parts = { alg, kid, privateKey, publicKey, origin, certificate }
  // One that was kept before this was known had its kid sent.
  const key = await makeKey(parts, (named as boolean | undefined) ?? true).catch(() => null)
  return key?.thumbprint === thumbprint ? key : null
}

function isStoredKey(value: unknown): value is StoredKey {
  if (typeof value !== 'object' || value === null) return false
  const { thumbprint, alg, kid, privateKey, publicKey, origin, certificate } = value as Record<
    string,
    unknown
  >
  return (
    [thumbprint, kid, origin, certificate ?? ''].every((text) => typeof text === 'string') &&
    isKeyAlg(alg) &&
    isHalf(privateKey, 'private', alg) &&
    isHalf(publicKey, 'public', alg)
  )
}

function isKeyAlg(value: unknown): value is KeyAlg {
  return keyAlgs.some((alg) => alg === value)
}

/** Only the public half can be exported. The hash of a key is an object, wherever it was written as text. */
function isHalf(value: unknown, type: 'private' | 'public', alg: KeyAlg): boolean {
  if (!(value instanceof CryptoKey)) return false
  if (value.type !== type || value.extractable !== (type === 'public')) return false
  const has: object = value.algorithm
  return Object.entries(webCryptoAlgs[alg].key).every(([name, wanted]) => {
    const found: unknown = Reflect.get(has, name)
    return found === wanted || (found as Partial<KeyAlgorithm> | undefined)?.name === wanted
  })
}
