import { expect, it, test, vi } from 'vitest'
import { availableKeyAlgs, generateKey } from './generate-key.ts'
import { webCryptoAlgs } from './web-crypto.ts'

test.each([
  ['RS256', ['kty', 'n', 'e'], { name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-256' }, modulusLength: 2048 }],
  ['RS384', ['kty', 'n', 'e'], { name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-384' } }],
  ['RS512', ['kty', 'n', 'e'], { name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-512' } }],
  ['PS256', ['kty', 'n', 'e'], { name: 'RSA-PSS', hash: { name: 'SHA-256' } }],
  ['PS384', ['kty', 'n', 'e'], { name: 'RSA-PSS', hash: { name: 'SHA-384' } }],
  ['PS512', ['kty', 'n', 'e'], { name: 'RSA-PSS', hash: { name: 'SHA-512' } }],
  ['ES256', ['kty', 'crv', 'x', 'y'], { name: 'ECDSA', namedCurve: 'P-256' }],
  ['ES384', ['kty', 'crv', 'x', 'y'], { name: 'ECDSA', namedCurve: 'P-384' }],
  ['ES512', ['kty', 'crv', 'x', 'y'], { name: 'ECDSA', namedCurve: 'P-521' }],
  ['Ed25519', ['kty', 'crv', 'x'], { name: 'Ed25519' }],
] as const)(
  '%s: a pair that signs and verifies, whose private half stays',
  async (alg, members, algorithm) => {
    const key = await generateKey(alg, {})
    expect(Object.keys(key.publicJwk)).toEqual(members)
    expect(key.privateKey.algorithm).toMatchObject(algorithm)
    expect([key.privateKey.extractable, key.publicKey.extractable]).toEqual([false, true])
    await expect(crypto.subtle.exportKey('jwk', key.privateKey)).rejects.toThrow()
    expect(key).toMatchObject({ alg, kid: key.thumbprint, origin: 'Generated', certificate: null })
    const { signature } = webCryptoAlgs[alg]
    const data = new Uint8Array([1, 2, 3])
    const signed = await crypto.subtle.sign(signature, key.privateKey, data)
    expect(await crypto.subtle.verify(signature, key.publicKey, signed, data)).toBe(true)
  },
)

it('accepts the length of an RSA key, and whether it can be exported', async () => {
  const key = await generateKey('PS256', { modulusLength: 3072, extractable: true })
  expect(key.privateKey.algorithm).toMatchObject({ modulusLength: 3072 })
  expect(key.privateKey.extractable).toBe(true)
})

it('finds out what there is by trying: not ML-DSA if generating it is refused', async () => {
  const make = crypto.subtle.generateKey.bind(crypto.subtle) as (...args: unknown[]) => Promise<CryptoKeyPair>
  const refusing = vi.spyOn(crypto.subtle, 'generateKey').mockImplementation((...args: unknown[]) => {
    const { name } = args[0] as Algorithm
    return name.startsWith('ML-DSA')
      ? Promise.reject(new DOMException('', 'NotSupportedError'))
      : make(...args)
  })
  expect(await availableKeyAlgs()).toEqual([
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'Ed25519'],
  ])
  expect(refusing).toHaveBeenCalledTimes(4)
  refusing.mockRestore()
})

it('has no algorithm outside secure contexts, if there is no crypto.subtle', async () => {
  vi.stubGlobal('crypto', {})
  expect(await availableKeyAlgs()).toEqual([])
  vi.unstubAllGlobals()
})
