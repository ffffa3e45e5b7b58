import { createPublicKey } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { expect, it, test } from 'vitest'
import { generateKey } from './generate-key.ts'
import { publicJwkOf, publicJwkSet, publicPem, thumbprint } from './public-key.ts'

test.each(['RS256', 'ES512', 'Ed25519'] as const)('%s: the thumbprint is that of jose', async (alg) => {
  const { publicJwk, thumbprint: name } = await generateKey(alg, {})
  expect(name).toBe(await calculateJwkThumbprint(publicJwk))
  expect(await thumbprint({ ...publicJwk, kid: 'other', use: 'sig', n: publicJwk['n'] ?? 'more' })).toBe(name)
})

it('an AKP key has alg among the members of its thumbprint', async () => {
  const jwk = { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }
  expect(await thumbprint({ ...jwk, kid: 'a' })).toBe(await calculateJwkThumbprint(jwk))
})

it('a shared secret gets no thumbprint, which would give it away to guessing', async () => {
  await expect(thumbprint({ kty: 'oct', k: 'c2VjcmV0' })).rejects.toThrow(TypeError)
})

it('the JWK says what the key is called and for; the JWK Set holds it', async () => {
  const key = await generateKey('ES256', {})
  const { x, y } = key.publicJwk
  expect(publicJwkOf(key)).toEqual({ kty: 'EC', crv: 'P-256', x, y, kid: key.kid, alg: 'ES256', use: 'sig' })
  expect(publicJwkSet(key)).toEqual({ keys: [publicJwkOf(key)] })
})

test.each(['RS256', 'PS256', 'ES384', 'Ed25519'] as const)('%s as PEM is what Node writes', async (alg) => {
  const key = await generateKey(alg, {})
  const pem = await publicPem(key)
  const read = createPublicKey(pem)
  expect(read.export({ format: 'jwk' })).toEqual(key.publicJwk)
  expect(pem).toBe(read.export({ type: 'spki', format: 'pem' }))
})
