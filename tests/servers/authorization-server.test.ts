import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clients, startAuthorizationServer, type AuthorizationServer } from './authorization-server.ts'
import type { RegisteredClient } from './clients.ts'
import { clientAssertion, requestToken, type Deviation } from './signed-requests.ts'
import { generateJwks } from './signing-keys.ts'

const api = 'http://localhost:9001'
const origin = 'http://localhost:4290'
const now = () => Math.floor(Date.now() / 1000)
const { keyEs256, keyEd25519, keyPs256, hs256 } = clients

let why: string | undefined
let server: AuthorizationServer
beforeAll(async () => {
  const onRefusal = (reason: string) => {
    why = reason
  }
  server = await startAuthorizationServer({ api, onRefusal })
})
afterAll(() => server.close())

type Parameters = readonly (readonly [name: string, value: string])[]

const asked = (client: RegisteredClient, ...parameters: Parameters) =>
  requestToken(server, client, { parameters }).then(read)

async function read(response: Response) {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const claimsOf = ({ body }: { body: Record<string, unknown> }) => decodeJwt(String(body['access_token']))

describe('client assertions', () => {
  const asserted = (client: RegisteredClient, assertion: Deviation = {}) =>
    requestToken(server, client, { assertion }).then(read)

  test('are signed with secrets as long as the hash at least (RFC 7518 3.2)', () => {
    const secrets = { hs256: 32, hs384: 48, hs512: 64 } as const
    for (const [name, length] of Object.entries(secrets)) {
      expect(clients[name as keyof typeof secrets].secret.length).toBeGreaterThanOrEqual(length)
    }
  })

  test.each<[string, RegisteredClient, () => Deviation]>([
    ['with the token endpoint as audience', keyEs256, () => ({ claims: { aud: server.tokenEndpoint } })],
    ['with both as audience', keyEs256, () => ({ claims: { aud: [server.issuer, server.tokenEndpoint] } })],
    ['without kid', keyEs256, () => ({ header: { kid: undefined } })],
    ['without iat', keyEs256, () => ({ claims: { iat: undefined } })],
    ['of any typ', keyEs256, () => ({ header: { typ: 'client-authentication+jwt' } })],
    ['with claims it does not know', keyEs256, () => ({ claims: { assertion_details: [{ type: 'x' }] } })],
    ['that expired within the 15 seconds of tolerance', keyEs256, () => ({ claims: { exp: now() - 5 } })],
  ])('are accepted %s', async (_case, client, deviation) => {
    expect((await asserted(client, deviation())).status).toBe(200)
  })

  test.each<[string, RegisteredClient, () => Deviation, why: string]>([
    [
      'another audience',
      keyEs256,
      () => ({ claims: { aud: 'https://other.example' } }),
      'audience (aud) must equal',
    ],
    [
      'a slash too many',
      keyEs256,
      () => ({ claims: { aud: `${server.issuer}/` } }),
      'audience (aud) must equal',
    ],
    ['an end in the past', keyEs256, () => ({ claims: { exp: now() - 60 } }), 'jwt expired'],
    ['no end', keyEs256, () => ({ claims: { exp: undefined } }), 'expiration must be specified'],
    ['a start in the future', keyEs256, () => ({ claims: { nbf: now() + 60 } }), 'jwt not active yet'],
    ['no jti', keyEs256, () => ({ claims: { jti: undefined } }), 'unique jti'],
    [
      'another issuer',
      keyEs256,
      () => ({ claims: { iss: 'm2m' } }),
      'iss (JWT issuer) must be the client_id',
    ],
    ['an unknown kid', keyEs256, () => ({ header: { kid: 'unknown' } }), 'no applicable key found'],
    [
      'another key',
      keyEs256,
      () => ({ key: generateJwks('ES256').privateJwk }),
      'signature verification failed',
    ],
    [
      'another algorithm',
      keyPs256,
      () => ({ header: { alg: 'RS256' }, key: { ...server.privateJwks[keyPs256.id], alg: 'RS256' } }),
      'alg mismatch',
    ],
    [
      'the polymorphic name of Ed25519',
      keyEd25519,
      () => ({ header: { alg: 'EdDSA' }, key: { ...server.privateJwks[keyEd25519.id], alg: 'EdDSA' } }),
      'alg mismatch',
    ],
    [
      'another secret',
      hs256,
      () => ({ key: new TextEncoder().encode('b'.repeat(32)) }),
      'signature verification failed',
    ],
    ['a kid beside a secret', hs256, () => ({ header: { kid: 'k' } }), 'no applicable key found'],
  ])('are refused with %s, and the response does not say why', async (_case, client, deviation, reason) => {
    expect(await asserted(client, deviation())).toEqual({
      status: 401,
      body: { error: 'invalid_client', error_description: 'client authentication failed' },
    })
    expect(why).toContain(`${client.id}: invalid_client: `)
    expect(why).toContain(reason)
  })

  test('are good once (RFC 7523 3: "MAY ensure that JWTs are not replayed")', async () => {
    const once = { claims: { jti: 'once' } }
    expect((await asserted(keyEs256, once)).status).toBe(200)
    expect((await asserted(keyEs256, once)).body).toMatchObject({ error: 'invalid_client' })
    expect(why).toContain('must only be used once')
  })

  const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  test.each<[string, (assertion: string) => Record<string, string>, description: string]>([
    [
      'without a type',
      (client_assertion) => ({ client_assertion }),
      'client_assertion_type must be provided',
    ],
    [
      'that are no JWT',
      () => ({ client_assertion: 'garbage', client_assertion_type: jwtBearer }),
      'invalid client_assertion format',
    ],
    [
      'of another client than client_id',
      (client_assertion) => ({ client_assertion, client_assertion_type: jwtBearer, client_id: 'm2m' }),
      'client_id mismatch',
    ],
    [
      'beside a secret',
      (client_assertion) => ({ client_assertion, client_assertion_type: jwtBearer, client_secret: 'too' }),
      'client authentication must only be provided using one mechanism',
    ],
  ])('%s make the request invalid', async (_case, parameters, error_description) => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      ...parameters(await clientAssertion(server, keyEs256)),
    })
    expect(await read(await fetch(server.tokenEndpoint, { method: 'POST', body }))).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description },
    })
  })
})

describe('resource indicators (RFC 8707)', () => {
  test.each<[string, resources: string[], aud: string]>([
    ['none', [], api],
    ['the default', [api], api],
    ['the default twice', [api, api], api],
    ['another', [`${api}/reports`], `${api}/reports`],
  ])('%s is the audience', async (_case, resources, aud) => {
    const answer = await asked(clients.post, ...resources.map((resource) => ['resource', resource] as const))
    expect(claimsOf(answer).aud).toBe(aud)
  })

  test.each<[string, resources: string[], description: string]>([
    ['an unknown one', ['https://other.example'], 'resource indicator is missing, or unknown'],
    [
      'an unknown one among known',
      [api, 'https://other.example'],
      'resource indicator is missing, or unknown',
    ],
    ['a relative one', ['reports'], 'resource indicator must be an absolute URI'],
    ['one with a fragment', [`${api}#a`], 'resource indicator must not contain a fragment component'],
    [
      'two',
      [api, `${api}/reports`],
      'only a single resource indicator value is supported for this grant type',
    ],
  ])('%s is an invalid target', async (_case, resources, error_description) => {
    const parameters = resources.map((resource) => ['resource', resource] as const)
    expect(await asked(clients.post, ...parameters)).toEqual({
      status: 400,
      body: { error: 'invalid_target', error_description },
    })
  })
})

describe('authorization details (RFC 9396)', () => {
  const greeting = { type: 'greeting_access', actions: ['read'] }
  const payment = {
    type: 'payment_initiation',
    instructedAmount: { currency: 'EUR', amount: '123.50' },
    creditorName: 'Merchant A',
    creditorAccount: { iban: 'DE02100100109307118603' },
  }
  const detailed = (client: RegisteredClient, details: unknown, ...more: Parameters) =>
    asked(client, ['authorization_details', JSON.stringify(details)], ...more)

  test('are in the response and in the token, enriched by their location', async () => {
    const answer = await detailed(clients.post, [
      greeting,
      { ...payment, locations: ['https://bank.example'] },
    ])
    const granted = [
      { ...greeting, locations: [api] },
      { ...payment, locations: ['https://bank.example'] },
    ]
    expect(answer.status).toBe(200)
    expect(answer.body['authorization_details']).toEqual(granted)
    expect(claimsOf(answer)['authorization_details']).toEqual(granted)
  })

  test('are shown to whoever introspects an opaque token', async () => {
    const { id, secret } = clients.opaque
    const { body } = await detailed(clients.opaque, [greeting], ['resource', `${api}/reports`])
    const token = String(body['access_token'])
    const introspected = await fetch(server.introspectionEndpoint, {
      method: 'POST',
      body: new URLSearchParams({ client_id: id, client_secret: secret, token }),
    })
    expect((await read(introspected)).body['authorization_details']).toEqual([
      { ...greeting, locations: [`${api}/reports`] },
    ])
  })

  test.each<[string, details: unknown, description: string]>([
    [
      'of an unknown type',
      [greeting, { type: 'x' }],
      'unsupported authorization details type value (authorization details index 1)',
    ],
    ['with an unknown member', [{ ...greeting, x: 1 }], 'greeting_access: unknown member x'],
    ['with a wrong value', [{ ...greeting, actions: ['fly'] }], 'greeting_access: invalid value of actions'],
    [
      'with a wrong value further down',
      [{ ...payment, instructedAmount: { currency: 'EUR', amount: 123.5 } }],
      'payment_initiation: invalid value of instructedAmount',
    ],
    [
      'without a member',
      [{ ...payment, creditorName: undefined }],
      'payment_initiation: creditorName is missing',
    ],
    ['that are no list', greeting, 'authorization_details parameter should be a JSON array'],
  ])('%s are refused', async (_case, details, error_description) => {
    expect(await detailed(clients.post, details)).toEqual({
      status: 400,
      body: { error: 'invalid_authorization_details', error_description },
    })
  })

  test('are of types that the client registered', async () => {
    expect((await detailed(clients.payments, [payment])).status).toBe(200)
    expect((await detailed(clients.payments, [greeting])).body).toEqual({
      error: 'invalid_authorization_details',
      error_description: "authorization details type 'greeting_access' is not allowed for this client",
    })
  })
})

describe('dynamic registration (RFC 7591)', () => {
  const register = (metadata: object, headers: Record<string, string> = { origin }) =>
    fetch(server.registrationEndpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        token_endpoint_auth_method: 'private_key_jwt',
        grant_types: ['client_credentials'],
        response_types: [],
        ...metadata,
      }),
    })
  const { privateJwk, publicJwk } = generateJwks('ES256', 'mine')
  const nameless = { ...publicJwk, kid: undefined }

  async function tokenStatus(registered: Response, header: Record<string, unknown>) {
    const id = String((await read(registered)).body['client_id'])
    const client = { id, method: 'private_key_jwt', assertionAlg: 'ES256', scope: 'read' } as const
    const response = await requestToken(server, client, { assertion: { header, key: privateJwk } })
    return response.status
  }

  test('accepts the public key of a page, which can read what was registered', async () => {
    const response = await register({ jwks: { keys: [publicJwk] }, token_endpoint_auth_signing_alg: 'ES256' })
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    const { status, body } = await read(response)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      client_id: expect.any(String) as string,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [publicJwk] },
    })
    const authorization = `Bearer ${String(body['registration_access_token'])}`
    const readAgain = await fetch(String(body['registration_client_uri']), {
      headers: { origin, authorization },
    })
    expect(readAgain.headers.get('access-control-allow-origin')).toBe(origin)
    expect((await read(readAgain)).body).toEqual(body)
  })

  test.each<[string, jwk: object, kid: string | undefined, status: number]>([
    ['a key ID that was registered', publicJwk, 'mine', 200],
    ['no key ID', publicJwk, undefined, 200],
    ['another key ID', publicJwk, 'other', 401],
    ['a key ID where none was registered', nameless, 'mine', 401],
    ['no key ID where none was registered', nameless, undefined, 200],
  ])('and then accepts assertions with it or not: %s', async (_case, jwk, kid, status) => {
    expect(await tokenStatus(await register({ jwks: { keys: [jwk] } }), { kid })).toBe(status)
  })

  test.each<[string, metadata: object, error: string, description: string]>([
    [
      'a private key',
      { jwks: { keys: [privateJwk] } },
      'invalid_client_metadata',
      'client JSON Web Key Set is invalid',
    ],
    ['no key', {}, 'invalid_client_metadata', 'jwks or jwks_uri is mandatory for this client'],
    [
      'the standard’s default grant',
      { jwks: { keys: [publicJwk] }, grant_types: undefined, response_types: undefined },
      'invalid_redirect_uri',
      'redirect_uris is mandatory property',
    ],
  ])('refuses %s', async (_case, metadata, error, error_description) => {
    expect(await read(await register(metadata))).toEqual({ status: 400, body: { error, error_description } })
  })

  test('responds to the preflight of pages on this machine and of no others', async () => {
    const preflight = async (from: string) => {
      const headers = {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      }
      return fetch(server.registrationEndpoint, { method: 'OPTIONS', headers })
    }
    const allowed = await preflight(origin)
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('access-control-allow-headers')).toContain('content-type')
    const stranger = await preflight('https://evil.example')
    expect(stranger.ok).toBe(false)
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()
  })
})
