import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { practice } from './practice-exchange.ts'

let server = practice()

let jwk: JWK
let privateKey: CryptoKey
let privateJwk: JWK
beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  privateKey = pair.privateKey
  jwk = await exportJWK(pair.publicKey)
  privateJwk = await exportJWK(pair.privateKey)
})

const metadata = (changes: object = {}) => ({
  token_endpoint_auth_method: 'private_key_jwt',
  grant_types: ['client_credentials'],
  jwks: { keys: [jwk] },
  ...changes,
})

/** A token request with an assertion by the registered key. */
async function tokenFor(client_id: string, parameters: Record<string, string> = {}) {
  const iat = server.seconds()
  const client_assertion = await new SignJWT({ jti: crypto.randomUUID(), exp: iat + 60, iat })
    .setIssuer(client_id)
    .setSubject(client_id)
    .setAudience(practiceOrigin)
    .setProtectedHeader({ alg: 'ES256', typ: 'client-authentication+jwt' })
    .sign(privateKey)
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  return server.token({ client_assertion_type, client_assertion, ...parameters })
}

describe('3.2.1 Client Information Response', () => {
  beforeEach(() => {
    server = practice()
  })

  test('"uses an HTTP 201 Created status code with a body of type "application/json"", and "MUST return all registered metadata"', async () => {
    const { status, headers, body, checks } = await server.register(
      metadata({ client_name: 'Mine', scope: 'read', dpop_bound_access_tokens: true }),
    )
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      201,
      'application/json',
      'no-store',
    ])
    expect(body).toEqual({
      client_id: 'practice-key-1',
      client_id_issued_at: server.seconds(),
      client_name: 'Mine',
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['client_credentials'],
      scope: 'read',
      dpop_bound_access_tokens: true,
      jwks: { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk) }] },
    })
    expect(checks.map(({ what, result }) => `${result}: ${what}`)).toEqual([
      'pass: POST to the client registration endpoint',
      'pass: Body is a JSON object as application/json',
      'pass: token_endpoint_auth_method is private_key_jwt',
      'pass: grant_types has client_credentials',
      'pass: scope is known',
      'pass: dpop_bound_access_tokens is true or false',
      'pass: client_name is a text',
      'pass: jwks holds public keys',
      'pass: A client is registered',
    ])
  })

  test('the client authenticates with its key at once, within the scope it registered', async () => {
    await server.register(metadata({ scope: 'write' }))
    const { status, body } = await tokenFor('practice-key-1')
    expect([status, body['scope']]).toEqual([200, 'write'])
    expect((await tokenFor('practice-key-1', { scope: 'read' })).body['error']).toBe('invalid_scope')
    expect((await tokenFor('practice-key-2')).failed).toBe(
      "The client is registered: No client is called 'practice-key-2'",
    )
  })

  test('RFC 9449 5.2: dpop_bound_access_tokens holds for a registered client too', async () => {
    await server.register(metadata({ dpop_bound_access_tokens: true }))
    const { body } = await tokenFor('practice-key-1')
    expect([body['error'], body['error_description']]).toEqual([
      'invalid_dpop_proof',
      'A DPoP proof is required',
    ])
  })

  test('"MAY reject or replace any of the client\'s requested metadata values": what is left out is filled in', async () => {
    const { status, body, checks } = await server.register({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [jwk] },
    })
    expect([status, body['grant_types'], body['scope'], body['dpop_bound_access_tokens']]).toEqual([
      201,
      ['client_credentials'],
      'read write mcp:tools',
      false,
    ])
    expect(checks.filter(({ result }) => result === 'note').map(({ what }) => what)).toEqual([
      'grant_types has client_credentials',
      'scope is known',
    ])
    const more = await server.register(metadata({ grant_types: ['refresh_token', 'client_credentials'] }))
    expect(more.body['grant_types']).toEqual(['client_credentials'])
  })

  test('the same keys again are the same client, with the metadata it has now; others are another', async () => {
    const first = await server.register(metadata({ scope: 'read' }))
    server.pass(10)
    const again = await server.register(metadata({ jwks: { keys: [{ ...jwk, kid: 'renamed' }] } }))
    expect([again.body['client_id'], again.body['client_id_issued_at']]).toEqual([
      'practice-key-1',
      first.body['client_id_issued_at'],
    ])
    expect((await tokenFor('practice-key-1', { scope: 'write' })).status).toBe(200)
    const other = await exportJWK((await generateKeyPair('ES256')).publicKey)
    expect((await server.register(metadata({ jwks: { keys: [other] } }))).body['client_id']).toBe(
      'practice-key-2',
    )
    const both = await server.register(metadata({ jwks: { keys: [other, jwk] } }))
    const turned = await server.register(metadata({ jwks: { keys: [jwk, other] } }))
    expect([both.body['client_id'], turned.body['client_id']]).toEqual(['practice-key-3', 'practice-key-3'])
  })

  test('clients are registered with one server, and 50 with each', async () => {
    const server = practice()
    for (let count = 1; count <= 50; count++) {
      const { publicKey } = await generateKeyPair('Ed25519')
      const { body } = await server.register(metadata({ jwks: { keys: [await exportJWK(publicKey)] } }))
      expect(body['client_id']).toBe(`practice-key-${count}`)
    }
    const { status, body, failed } = await server.register(metadata())
    expect([status, body['error']]).toEqual([400, 'invalid_client_metadata'])
    expect(failed).toBe(
      'A client is registered: 50 clients are registered, which is the most; a reload of the page forgets them',
    )
    expect((await practice().register(metadata())).body['client_id']).toBe('practice-key-1')
  })
})

describe('2 Client Metadata', () => {
  test('"MUST ignore any client metadata sent by the client that it does not understand"', async () => {
    const { status, body, checks } = await server.register(
      metadata({ logo_uri: 'https://a.example', 'x y': 1 }),
    )
    expect(status).toBe(201)
    expect(body).not.toHaveProperty('logo_uri')
    expect(checks.find(({ what }) => what === 'Metadata that is not understood is ignored')?.found).toBe(
      'logo_uri, 1 that does not look like a name',
    )
  })

  test('redirection URIs are checked and not kept', async () => {
    const { status, body } = await server.register(metadata({ redirect_uris: ['https://a.example/cb'] }))
    expect(status).toBe(201)
    expect(body).not.toHaveProperty('redirect_uris')
  })
})

describe('3.2.2 Client Registration Error Response', () => {
  test.each([
    ['{', 'Body is a JSON object as application/json: The body is not a JSON object'],
    ['[]', 'Body is a JSON object as application/json: The body is not a JSON object'],
    [
      `{"a":"${'x'.repeat(64 * 1024)}"}`,
      'Body is a JSON object as application/json: The body has 65544 characters; 65536 is the most',
    ],
  ])('a body that is no JSON object: %.20s', async (body, failed) => {
    const answer = await server.register(body)
    expect([answer.status, answer.body['error'], answer.failed]).toEqual([
      400,
      'invalid_client_metadata',
      failed,
    ])
  })

  test('3.1 "a content type of application/json": a form is refused', async () => {
    const body = new URLSearchParams({ token_endpoint_auth_method: 'private_key_jwt' })
    const answer = await server.ask(new Request(`${practiceOrigin}/register`, { method: 'POST', body }))
    expect(answer.body['error']).toBe('invalid_client_metadata')
    expect(answer.failed).toContain('Content-Type must be application/json: it is')
  })

  test.each([
    [
      { token_endpoint_auth_method: undefined },
      'token_endpoint_auth_method is private_key_jwt: There is none, which means client_secret_basic; this server registers clients for private_key_jwt',
    ],
    [
      { token_endpoint_auth_method: 'tls_client_auth' },
      "token_endpoint_auth_method is private_key_jwt: It is 'tls_client_auth'; this server registers clients for private_key_jwt",
    ],
    [
      { grant_types: ['authorization_code'] },
      "grant_types has client_credentials: grant_types is ['authorization_code']; this server knows client_credentials",
    ],
    [
      { grant_types: 'client_credentials' },
      "grant_types has client_credentials: grant_types is 'client_credentials'; this server knows client_credentials",
    ],
    [
      { scope: 'read admin' },
      "scope is known: scope is 'read admin'; this server knows read, write, mcp:tools",
    ],
    [{ dpop_bound_access_tokens: 'true' }, "dpop_bound_access_tokens is true or false: It is 'true'"],
    [
      { client_name: { toString: 1 } },
      'client_name is a text: client_name is an object; a text of up to 200 characters is wanted',
    ],
    [{ jwks: undefined }, 'jwks holds public keys: There is no jwks'],
    [{ jwks: { keys: [] } }, "jwks holds public keys: jwks must be an object with a list of 'keys'"],
    [
      { jwks: { keys: Array.from({ length: 11 }, () => ({})) } },
      'jwks holds public keys: jwks has 11 keys; 10 is the most',
    ],
    [
      { jwks: { keys: [{ kty: 'EC', crv: 'P-256', alg: 'ECDH-ES' }] } },
      "jwks holds public keys: jwks.keys[0]: A key of type 'EC P-256' with alg 'ECDH-ES' verifies no signature here",
    ],
    [
      { jwks: { keys: [{ kty: 'EC', use: 'enc' }] } },
      "jwks holds public keys: jwks.keys[0]: Its use is 'enc', not 'sig'",
    ],
    [
      { jwks_uri: 'https://a.example/jwks' },
      'jwks holds public keys: There is a jwks_uri: this server fetches nothing, send the keys in jwks',
    ],
  ])('invalid_client_metadata: %j', async (changes, failed) => {
    const answer = await server.register(metadata(changes))
    expect([answer.status, answer.body['error'], answer.failed]).toEqual([
      400,
      'invalid_client_metadata',
      failed,
    ])
  })

  test.each([[['/cb']], [['https://a.example/#cb']], ['https://a.example'], [[5]]])(
    'invalid_redirect_uri: %j',
    async (redirect_uris) => {
      const { status, body } = await server.register(metadata({ redirect_uris }))
      expect([status, body['error']]).toEqual([400, 'invalid_redirect_uri'])
    },
  )

  test('a private key is refused by the name of its member, and nothing of it comes back', async () => {
    const { d = '' } = privateJwk
    const answer = await server.register(metadata({ jwks: { keys: [privateJwk] } }))
    expect([answer.status, answer.body['error'], answer.body['error_description']]).toEqual([
      400,
      'invalid_client_metadata',
      'jwks.keys[0]: It has the private member d; only the public key is wanted',
    ])
    expect(JSON.stringify([answer.body, answer.checks])).not.toContain(d)
  })

  test.each([
    [{ kty: 'oct', k: 'c2VjcmV0' }, 'k'],
    [{ kty: 'RSA', n: 'AA', e: 'AQAB', d: 'x', p: 'x', q: 'x' }, 'd, p, q'],
    [{ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA', priv: 'x' }, 'priv'],
  ])('the private members of %j', async (key, names) => {
    const { body } = await server.register(metadata({ jwks: { keys: [key] } }))
    expect(body['error_description']).toContain(`It has the private member ${names};`)
  })
})

test('a page of another origin may register: the preflight for JSON passes', async () => {
  const { createPracticeServer } = await import('../../src/lib/practice/server.ts')
  const { practiceTransport } = await import('../../src/lib/practice/browser-view.ts')
  const transport = practiceTransport(createPracticeServer({ now: () => 0 }), 'https://page.example')
  const { outcome, serverView } = await transport(
    {
      method: 'POST',
      url: `${practiceOrigin}/register`,
      headers: [['content-type', 'application/json']],
      body: JSON.stringify(metadata()),
    },
    new AbortController().signal,
  )
  expect(serverView?.preflight?.status).toBe(204)
  expect(outcome).toMatchObject({ kind: 'response', response: { status: 201 } })
})
