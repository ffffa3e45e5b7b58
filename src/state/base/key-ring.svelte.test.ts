import { beforeAll, describe, expect, it, vi } from 'vitest'
import { generateKey } from '../../lib/keys/generate-key.ts'
import type { Key } from '../../lib/keys/key.ts'
import type { KeyStore } from '../../lib/keys/key-store.ts'
import { KeyRing } from './key-ring.svelte.ts'
import { eventually } from './environment-testing.ts'

let one: Key
let other: Key
beforeAll(async () => {
  one = await generateKey('ES256', {})
  other = await generateKey('Ed25519', {})
})

function storeOf(...stored: Key[]): KeyStore {
  const keys = new Map(stored.map((key) => [key.thumbprint, key]))
  return {
    all: () => Promise.resolve([...keys.values()]),
    put: (key) => Promise.resolve(void keys.set(key.thumbprint, key)),
    remove: (thumbprint) => Promise.resolve(void keys.delete(thumbprint)),
    clear: () =>
      Promise.resolve().then(() => {
        keys.clear()
      }),
  }
}
const ringOn = (store: KeyStore, changed = () => undefined) =>
  new KeyRing(() => Promise.resolve(store), changed)

describe('KeyRing', () => {
  it('remembers only what it is asked to, and forgets it', async () => {
    const store = storeOf()
    const ring = ringOn(store)
    ring.put(one)
    ring.put(other)
    await ring.remember(one.thumbprint)
    expect(await store.all()).toEqual([one])
    expect([one, other].map(({ thumbprint }) => ring.isRemembered(thumbprint))).toEqual([true, false])
    await ring.forget(one.thumbprint)
    expect(await store.all()).toEqual([])
    expect(ring.find(one.thumbprint)).toBe(one)
  })

  it('brings back what was remembered, and keeps what is there', async () => {
    const ring = ringOn(storeOf(one))
    ring.put(other)
    await ring.load()
    expect(ring.keys).toEqual([other, one])
    expect(ring.isRemembered(one.thumbprint)).toBe(true)
  })

  it('forgets what is removed', async () => {
    const store = storeOf(one)
    const ring = ringOn(store)
    await ring.load()
    await ring.remove(one.thumbprint)
    expect(ring.keys).toEqual([])
    expect(await store.all()).toEqual([])
  })

  it('puts a changed key in place of the old one, on the device too', async () => {
    const store = storeOf(one)
    const ring = ringOn(store)
    await ring.load()
    ring.put({ ...one, certificate: 'AAAA' })
    expect(ring.keys).toHaveLength(1)
    await eventually(async () => {
      expect((await store.all())[0]?.certificate).toBe('AAAA')
    })
  })

  it('says why the device did not do it', async () => {
    const ring = ringOn({ ...storeOf(), put: () => Promise.reject(new Error('The disk is full.')) })
    ring.put(one)
    await ring.remember(one.thumbprint)
    expect(ring.trouble).toBe('The disk is full.')
    expect(ring.isRemembered(one.thumbprint)).toBe(false)
  })

  it('reports every change, and remembers nothing if there is no store', async () => {
    const changed = vi.fn(() => undefined)
    const ring = new KeyRing(null, changed)
    ring.put(one)
    await ring.remember(one.thumbprint)
    await ring.remove(one.thumbprint)
    expect(ring.canRemember).toBe(false)
    expect(changed).toHaveBeenCalledTimes(2)
  })
})
