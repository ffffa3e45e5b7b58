import { afterEach, expect, test, vi } from 'vitest'
import { practiceOrigin } from '../base/origin.ts'
import { createPracticeServer } from '../server.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('without WebCrypto, outside a secure context, the server says so instead of breaking', async () => {
  vi.stubGlobal('crypto', {})
  const server = createPracticeServer({ now: () => 0 })
  for (let round = 0; round < 2; round++) {
    const response = await server.fetch(new Request(`${practiceOrigin}/jwks`))
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('WebCrypto needs a page on https')
    expect(server.checksOf(response).at(-1)).toMatchObject({
      what: 'The server has a key to sign with',
      result: 'fail',
    })
  }
})

test('without WebCrypto nothing that is signed is believed, and the responses stay well formed', async () => {
  vi.stubGlobal('crypto', {})
  const server = createPracticeServer({ now: () => 0 })
  const jwk = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const client = {
    iss: 'practice-secret-jwt',
    sub: 'practice-secret-jwt',
    aud: practiceOrigin,
    exp: 60,
    jti: 'a',
  }
  const assertion = {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${encode({ alg: 'HS256' })}.${encode(client)}.AA`,
  }
  const proof = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${encode({})}.AA`
  const secret = { client_id: 'practice-client', client_secret: 'practice-secret' }
  const form = (parameters: object, headers = {}) => ({
    headers,
    body: new URLSearchParams({ grant_type: 'client_credentials', ...parameters }),
  })
  const metadata = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } }
  const requests = [
    ['/token', form(assertion), 'The client signed the assertion'],
    ['/token', form(secret, { dpop: proof }), 'jwk is a public key'],
    [
      '/introspect',
      { body: new URLSearchParams({ ...secret, token: 'a' }) },
      'The server has a key to sign with',
    ],
    [
      '/token',
      form({ client_id: 'practice-opaque', client_secret: 'practice-secret-opaque' }),
      'The server has a key to sign with',
    ],
    [
      '/register',
      { headers: { 'content-type': 'application/json' }, body: JSON.stringify(metadata) },
      'jwks holds public keys',
    ],
  ] as const
  for (const [path, init, what] of requests) {
    const response = await server.fetch(new Request(practiceOrigin + path, { method: 'POST', ...init }))
    const type = response.status === 503 ? 'text/plain;charset=UTF-8' : 'application/json'
    expect(response.headers.get('content-type')).toBe(type)
    expect(server.checksOf(response).at(-1)).toMatchObject({ what, result: 'fail' })
  }
})
