import { describe, expect, it, test } from 'vitest'
import { generateKey } from './generate-key.ts'
import { readStoredKey, storedKey } from './key-store.ts'

const key = await generateKey('ES256', {})
const open = await generateKey('ES256', { extractable: true })
const rsa = await generateKey('RS256', {})

it('a key comes back as it was stored', async () => {
  expect(await readStoredKey(structuredClone(storedKey(key)))).toEqual(key)
  const named = { ...key, kid: 'mine', certificate: 'MAA=', origin: 'Imported from JWK' }
  expect(await readStoredKey(storedKey(named))).toEqual(named)
  expect(await readStoredKey(storedKey(rsa))).toEqual(rsa)
})

it('a key that could be exported is not stored, nor read from storage', async () => {
  expect(() => storedKey(open)).toThrow('cannot be exported')
  const { thumbprint, alg, kid, privateKey, publicKey, origin, certificate } = open
  const smuggled = { thumbprint, alg, kid, privateKey, publicKey, origin, certificate }
  expect(await readStoredKey(smuggled)).toBeNull()
})

describe('anything foreign is ignored', () => {
  const stored = storedKey(key)
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'key'],
    ['an empty object', {}],
    ['another algorithm of the same type', { ...stored, alg: 'ES384' }],
    ['another hash', { ...storedKey(rsa), alg: 'RS512' }],
    ['an unknown algorithm', { ...stored, alg: 'toString' }],
    ['a kid that is no text', { ...stored, kid: 1 }],
    ['a certificate that is no text', { ...stored, certificate: {} }],
    ['a JWK in place of a key', { ...stored, publicKey: key.publicJwk }],
    ['halves in the wrong places', { ...stored, privateKey: key.publicKey, publicKey: key.privateKey }],
    ['the public half of another key', { ...stored, publicKey: open.publicKey }],
    ['the name of another key', { ...stored, thumbprint: open.thumbprint }],
  ])('%s', async (_, value) => {
    expect(await readStoredKey(value)).toBeNull()
  })

  it('what is in it besides', async () => {
    const read = await readStoredKey({ ...stored, publicJwk: { d: 'AA' }, more: true })
    expect(read).toEqual(key)
  })
})
