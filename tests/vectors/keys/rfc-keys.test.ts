import { expect, it } from 'vitest'
import { importPrivateKey } from '../../../src/lib/keys/import-key.ts'
import type { KeyAlg } from '../../../src/lib/keys/key.ts'
import { thumbprint } from '../../../src/lib/keys/public-key.ts'
import { es256, rs256 } from '../jwt/rfc-examples.ts'
import { a2, a3, ed25519, thumbprintExample } from './rfc-keys.ts'

async function imported(jwk: object, alg: KeyAlg | null) {
  const result = await importPrivateKey(JSON.stringify(jwk), { alg })
  if (!result.ok) throw new Error(result.message)
  return result.key
}

const bytes = (text: string) => new TextEncoder().encode(text)
const base64url = (data: ArrayBuffer) => Buffer.from(data).toString('base64url')
const inputOf = (token: string) => token.slice(0, token.lastIndexOf('.'))

it('RFC 7515 appendix A.2: the key makes the signature of the example', async () => {
  const { privateKey, publicJwk } = await imported(a2, 'RS256')
  const signed = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, bytes(inputOf(rs256.token)))
  expect(`${inputOf(rs256.token)}.${base64url(signed)}`).toBe(rs256.token)
  expect(publicJwk).toEqual(rs256.key)
})

it('RFC 7515 appendix A.3: the key verifies the signature of the example', async () => {
  const { publicKey, publicJwk } = await imported(a3, null)
  const [input, signature] = [inputOf(es256.token), es256.token.split('.')[2] ?? '']
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const verified = crypto.subtle.verify(
    algorithm,
    publicKey,
    Buffer.from(signature, 'base64url'),
    bytes(input),
  )
  expect(await verified).toBe(true)
  expect(publicJwk).toEqual(es256.key)
})

it('RFC 7638 section 3.1: the thumbprint of the example, whose alg and kid do not count', async () => {
  expect(await thumbprint(thumbprintExample.jwk)).toBe(thumbprintExample.thumbprint)
})

it('RFC 8037 appendix A: the key, its thumbprint and the signature of the example', async () => {
  const key = await imported(ed25519.jwk, null)
  expect(key.alg).toBe('Ed25519')
  expect(key.thumbprint).toBe(ed25519.thumbprint)
  const signed = await crypto.subtle.sign('Ed25519', key.privateKey, bytes(ed25519.signingInput))
  expect(base64url(signed)).toBe(ed25519.signature)
})
