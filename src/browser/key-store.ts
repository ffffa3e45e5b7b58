import { clear, createStore, del, entries, set, setMany, values, type UseStore } from 'idb-keyval'
import { readStoredKey, storedKey, type KeyStore } from '../lib/keys/key-store.ts'

/** The database of keys before each copy of the page had its own. */
const former = 'client-credentials-playground-keys'

/**
 * Keeps keys in IndexedDB, which holds them without their bytes being readable.
 * @param database a name of its own: idb-keyval keeps one store in each
 */
export function browserKeyStore(database: string): KeyStore {
  let opened: Promise<UseStore> | undefined
  const store = (): Promise<UseStore> =>
    (opened ??= open(database).catch((error: unknown) => {
      opened = undefined
      throw error
    }))
  return {
    all: () =>
      told(async () => {
        const keys = await Promise.all((await values<unknown>(await store())).map(readStoredKey))
        return keys.filter((key) => key !== null)
      }),
    put: async (key) => {
      const stored = storedKey(key)
      await told(async () => set(key.thumbprint, stored, await store()))
    },
    remove: (thumbprint) => told(async () => del(thumbprint, await store())),
    clear: () =>
      told(async () => {
        const own = await store()
        opened = undefined
        await clear(own)
        await close(own)
        await dropped(database)
      }),
  }
}

/**
 * Until the database is gone too: Firefox then has its bytes no more, while Chromium keeps them in its files for a time.
 * Another tab that has it open is not waited for, as nothing is in it any more.
 */
const dropped = (database: string): Promise<unknown> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(database)
    request.onsuccess = request.onerror = request.onblocked = resolve
  })

const close = (store: UseStore): Promise<void> =>
  store('readonly', ({ transaction }) => {
    transaction.db.close()
  })

/** The first time it is opened, the keys that all copies of this origin shared move to it. */
async function open(database: string): Promise<UseStore> {
  // Firefox names them since 126.
  const named = await (indexedDB as Partial<IDBFactory>).databases?.()
  const names = named?.map(({ name }) => name) ?? []
  const store = createStore(database, 'keys')
  if (names.includes(database) || !names.includes(former)) return store
  const shared = createStore(former, 'keys')
  await setMany(await entries(shared), store)
  await clear(shared)
  await close(shared)
  indexedDB.deleteDatabase(former)
  return store
}

/** IndexedDB may be denied or full; its rejection becomes a sentence. */
async function told<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    throw new Error(`This browser did not open its key storage (${String(error)}).`, { cause: error })
  }
}
