import { expect, it } from 'vitest'
import { generateKey } from '../lib/keys/generate-key.ts'
import { browserKeyStore } from './key-store.ts'

it('says so in a sentence when there is no IndexedDB', async () => {
  const key = await generateKey('ES256', {})
  await expect((async () => browserKeyStore('k').all())()).rejects.toThrow(
    /^This browser did not open its key storage/,
  )
  await expect((async () => browserKeyStore('k').put(key))()).rejects.toThrow(
    /^This browser did not open its key storage/,
  )
})

it('refuses a key that could be exported before anything else', async () => {
  const open = await generateKey('ES256', { extractable: true })
  await expect((async () => browserKeyStore('k').put(open))()).rejects.toThrow(
    /^Only keys that cannot be exported/,
  )
})
