import { clear, createStore, del, set, values, type UseStore } from 'idb-keyval'
import { readStoredKey, storedKey, type KeyStore } from '../lib/keys/key-store.ts'

/** A database of its own: idb-keyval keeps one store in each. */
const database = 'client-credentials-playground-keys'

/** Keeps keys in IndexedDB, which holds them without their bytes being readable. */
export function browserKeyStore(): KeyStore {
  let opened: UseStore | undefined
  const store = (): UseStore => (opened ??= createStore(database, 'keys'))
  return {
    all: () =>
      told(async () => {
        const keys = await Promise.all((await values<unknown>(store())).map(readStoredKey))
        return keys.filter((key) => key !== null)
      }),
    put: async (key) => {
      const stored = storedKey(key)
      await told(() => set(key.thumbprint, stored, store()))
    },
    remove: (thumbprint) => told(() => del(thumbprint, store())),
    clear: () =>
      told(async () => {
        await clear(store())
        await store()('readonly', ({ transaction }) => {
          transaction.db.close()
        })
        await dropped()
      }),
  }
}

/**
 * Until the database is gone too: Firefox then has its bytes no more, while Chromium keeps them in its files for a time.
 * Another tab that has it open is not waited for, as nothing is in it any more.
 */
const dropped = (): Promise<unknown> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(database)
    request.onsuccess = request.onerror = request.onblocked = resolve
  })

/** IndexedDB may be denied or full; its rejection becomes a sentence. */
async function told<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    throw new Error(`This browser did not open its key storage (${String(error)}).`, { cause: error })
  }
}
