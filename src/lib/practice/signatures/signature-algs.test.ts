import { expect, test } from 'vitest'
import { algsFor, asymmetricAlgs, macAlgs, shapeOf, supportedAlgs } from './signature-algs.ts'

const rsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

test.each([
  [{ kty: 'RSA' }, rsa],
  [{ kty: 'RSA', alg: 'PS256' }, ['PS256']],
  [{ kty: 'RSA', alg: 'RSA-OAEP' }, []],
  [{ kty: 'RSA', alg: 'ES256' }, []],
  [{ kty: 'EC', crv: 'P-384' }, ['ES384']],
  [{ kty: 'EC' }, []],
  [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }, ['Ed25519', 'EdDSA']],
  [{ kty: 'OKP', crv: 'X25519' }, []],
  [{ kty: 'AKP', alg: 'ML-DSA-65' }, ['ML-DSA-65']],
  [{ kty: 'AKP' }, []],
  [{ kty: 'oct', alg: 'HS256' }, []],
  [{ kty: ['RSA'], alg: { toString: 'x' } }, []],
])('%j verifies %j', (jwk, algs) => {
  expect(algsFor(jwk)).toEqual(algs)
})

test('the type of a key in words', () => {
  expect(shapeOf({ kty: 'EC', crv: 'P-256' })).toBe('EC P-256')
  expect(shapeOf({ kty: 'RSA', crv: 'P-256' })).toBe('RSA')
  expect(shapeOf({ kty: 5 })).toBe('')
})

test('what the platform lacks is not offered; no algorithm is for secrets and keys alike', async () => {
  const supported = await supportedAlgs()
  expect(supported).toEqual(expect.arrayContaining([...rsa, 'ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA']))
  expect(asymmetricAlgs).toEqual(expect.arrayContaining([...supported]))
  expect(asymmetricAlgs.filter((alg) => macAlgs.includes(alg))).toEqual([])
})
