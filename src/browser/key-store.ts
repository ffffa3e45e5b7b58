import type * as IdbKeyval from 'idb-keyval'
import { readStoredKey, storedKey, type KeyStore } from '../lib/keys/key-store.ts'

/** A database of its own: idb-keyval keeps one store in each. */
const database = 'client-credentials-playground-keys'

/**
 * Keeps keys in IndexedDB, which holds them without their bytes being readable. `null` for a page opened as a file
 * (`protocol` is `file:`): Chromium shares that storage between all such pages on the machine.
 */
export function browserKeyStore(protocol: string): KeyStore | null {
  if (protocol === 'file:') return null
  let store: IdbKeyval.UseStore | undefined

  /** Rejects with a sentence: IndexedDB is denied or full, or the library did not load. */
  async function withStore<T>(
    use: (library: typeof IdbKeyval, store: IdbKeyval.UseStore) => Promise<T>,
  ): Promise<T> {
    try {
      const library = await import('idb-keyval')
      store ??= library.createStore(database, 'keys')
      return await use(library, store)
    } catch (error) {
      throw new Error(`This browser did not open its key storage (${String(error)}).`, { cause: error })
    }
  }

  return {
    async all() {
      const values = await withStore(({ values }, store) => values<unknown>(store))
      const keys = await Promise.all(values.map(readStoredKey))
      return keys.filter((key) => key !== null)
    },
    async put(key) {
      const stored = storedKey(key)
      await withStore(({ set }, store) => set(key.thumbprint, stored, store))
    },
    async remove(thumbprint) {
      await withStore(({ del }, store) => del(thumbprint, store))
    },
  }
}
