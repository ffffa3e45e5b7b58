import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { headerValue, type HttpRequest } from '../../../src/lib/http/message.ts'
import { generateKey } from '../../../src/lib/keys/generate-key.ts'
import type { Key } from '../../../src/lib/keys/key.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'

const now = 1_700_000_000_000
let key: Key
let other: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
  other = await generateKey('RS512', {})
})

const compose = (change: Partial<TokenRequestConfig>, nonce: string | null = null): Promise<HttpRequest> =>
  composeTokenRequest(
    {
      ...emptyConfig,
      discovery: 'https://as.example',
      token_endpoint: 'https://as.example/token?tenant=1#top',
      client_id: 'c',
      client_secret: 's',
      dpop: { ...emptyConfig.dpop, on: true, key: key.thumbprint },
      ...change,
    },
    {
      findKey: (thumbprint) => [key, other].find((one) => one.thumbprint === thumbprint),
      now: () => now,
      nonce,
    },
  )
const proofOf = async (change: Partial<TokenRequestConfig>, nonce: string | null = null) =>
  headerValue((await compose(change, nonce)).headers, 'DPoP') ?? ''

describe('RFC 9449 section 4.1', () => {
  it('"A DPoP proof is included in an HTTP request using the DPoP header", spelled so', async () => {
    const names = (await compose({})).headers.map(([name]) => name)
    expect(names.filter((name) => name.toLowerCase() === 'dpop')).toEqual(['DPoP'])
  })
})

describe('RFC 9449 section 4.2', () => {
  it('header: typ, alg and the public key; payload: jti, htm, htu "without query and fragment parts", iat', async () => {
    const proof = await proofOf({})
    const { publicJwk } = key
    expect(decodeProtectedHeader(proof)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...publicJwk } })
    const { jti, ...claims } = decodeJwt(proof)
    expect(claims).toEqual({ htm: 'POST', htu: 'https://as.example/token', iat: now / 1000 })
    expect(jti).toMatch(/^[\w-]{16,}$/)
    await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt' })
  })

  it('"nonce: A recent nonce provided via the DPoP-Nonce HTTP header"', async () => {
    expect(decodeJwt(await proofOf({}, 'n-1'))['nonce']).toBe('n-1')
  })

  it('has an exp only for servers that demand one, and the user’s own members', async () => {
    const dpop = { ...emptyConfig.dpop, on: true, key: key.thumbprint, lifetime: 200 }
    expect(decodeJwt(await proofOf({ dpop })).exp).toBe(now / 1000 + 200)
    const htu = { ...dpop, lifetime: 0, payload: '{"htu":"https://elsewhere.example/","jti":null}' }
    const claims = decodeJwt(await proofOf({ dpop: htu }))
    expect(claims).toEqual({ htm: 'POST', htu: 'https://elsewhere.example/', iat: now / 1000 })
  })

  it('is HelseID’s: RS512, with the key of the assertion', async () => {
    const request = await compose({
      token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token',
      token_endpoint_auth_method: 'private_key_jwt',
      assertion: { ...emptyConfig.assertion, key: other.thumbprint },
      dpop: { ...emptyConfig.dpop, on: true },
    })
    const proof = headerValue(request.headers, 'DPoP') ?? ''
    const header = decodeProtectedHeader(proof)
    expect(header).toMatchObject({ alg: 'RS512', typ: 'dpop+jwt', jwk: { kty: 'RSA', e: 'AQAB' } })
    expect(decodeJwt(proof)).toMatchObject({
      htm: 'POST',
      htu: 'https://helseid-sts.test.nhn.no/connect/token',
    })
    expect(await calculateJwkThumbprint(header.jwk ?? {})).toBe(other.thumbprint)
  })

  it('adds the clock skew to iat', async () => {
    expect(decodeJwt(await proofOf({ clock_skew: 30 })).iat).toBe(now / 1000 + 30)
  })

  it('is not there unless asked for', async () => {
    expect(await proofOf({ dpop: emptyConfig.dpop })).toBe('')
  })
})
