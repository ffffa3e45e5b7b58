import { calculateJwkThumbprint, decodeJwt } from 'jose'
import {
  ClientSecretBasic,
  customFetch,
  introspectionRequest,
  processIntrospectionResponse,
} from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { credentialsOf, found, practice, type Answer } from './practice-exchange.ts'
import { pairFor, signProof } from './practice-proof.ts'

const server = practice()
const credentials = credentialsOf('practice-client')
const basic = { authorization: `Basic ${btoa('practice-client:practice-secret')}` }
const ask = (token: string, more: Record<string, string> = {}) =>
  server.introspect({ ...credentials, token, ...more })

const active = 'The token is active'

function expectInactive(answer: Answer, why: string): void {
  expect([answer.status, answer.body]).toEqual([200, { active: false }])
  expect(found(answer, active)).toBe(`note: It is not, and the response does not tell why: ${why}`)
}

describe('2.1 Introspection Request', () => {
  test('the checks, in order', async () => {
    const { checks } = await ask(await server.issue('practice-opaque'), { token_type_hint: 'access_token' })
    expect(checks.map(({ what, result, found }) => `${result}: ${what} (${found})`)).toEqual([
      'pass: POST to the introspection endpoint (POST /introspect)',
      'pass: Body is application/x-www-form-urlencoded (4 parameters)',
      'pass: No parameter is repeated (client_id, client_secret, token, token_type_hint)',
      'pass: One client authentication method (client_secret_post)',
      'pass: The client is registered (practice-client)',
      'pass: The client authenticates the way it is registered (client_secret_post)',
      'pass: The secret matches (As sent in the body)',
      'pass: A token is sent (43 characters)',
      "pass: token_type_hint is only a hint ('access_token')",
      'pass: The token is active (An opaque token, 300 s left)',
      'note: Whoever asks may know of the token (Any client may, here; elsewhere perhaps the API alone that the token is for)',
    ])
  })

  test.each([
    ['none at all', {}, {}, 'One client authentication method: There is no client authentication'],
    [
      'a wrong secret',
      { ...credentials, client_secret: 'wrong' },
      {},
      'The secret matches: It is another secret',
    ],
    [
      'a bearer token',
      {},
      { authorization: 'Bearer abc' },
      'The Authorization header holds Basic credentials: The scheme is not Basic',
    ],
    [
      'a public client',
      { client_id: 'practice-public' },
      {},
      'Whoever asks has proved who it is: A public client proves nothing',
    ],
  ])(
    '"the endpoint MUST also require some form of authorization": not %s',
    async (_name, parameters, headers, failed) => {
      const token = await server.issue('practice-client')
      const answer = await server.introspect({ ...parameters, token }, headers)
      expect([answer.status, answer.body['error'], answer.failed]).toEqual([401, 'invalid_client', failed])
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )

  test('client authentication as at the token endpoint: Basic, and by any registered client', async () => {
    const token = await server.issue('practice-client')
    expect((await server.introspect({ token }, basic)).body['active']).toBe(true)
    const other = await server.introspect({ ...credentialsOf('practice-no-grant'), token })
    expect(other.body['client_id']).toBe('practice-client')
  })

  test.each([
    [{}, '', 'A token is sent: token is missing'],
    [{ token: '' }, '', 'A token is sent: token is missing'],
    [
      { token: 'a' },
      '?client_id=practice-client',
      'Client credentials are not in the URL: Found in the query: client_id; send it in the body or the Authorization header',
    ],
  ])('"token REQUIRED" in the body: %j%s', async (parameters, query, failed) => {
    const body = new URLSearchParams({ ...credentials, ...parameters })
    const request = new Request(`${practiceOrigin}/introspect${query}`, { method: 'POST', body })
    const answer = await server.ask(request)
    expect([answer.status, answer.body['error'], answer.failed]).toEqual([400, 'invalid_request', failed])
  })

  test('"using an HTTP POST": nothing else gets a response', async () => {
    const response = await server.fetch(new Request(`${practiceOrigin}/introspect?token=a`))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })

  test.each(['refresh_token', 'pat'])(
    '"it MUST extend its search across all of its supported token types": %s',
    async (token_type_hint) => {
      const answer = await ask(await server.issue('practice-client'), { token_type_hint })
      expect(answer.body['active']).toBe(true)
      expect(found(answer, 'token_type_hint is only a hint')).toBe(
        `note: '${token_type_hint}'; there are access tokens here only`,
      )
    },
  )
})

describe('2.2 Introspection Response', () => {
  test('"active REQUIRED", and of an opaque token what nobody else can read', async () => {
    const token = await server.issue('practice-opaque', { scope: 'read write' })
    expect(token).toMatch(/^[\w-]{43}$/)
    const { status, headers, body } = await ask(token)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json',
      'no-store',
    ])
    expect(body).toEqual({
      active: true,
      scope: 'read write',
      client_id: 'practice-opaque',
      token_type: 'Bearer',
      exp: server.seconds() + 300,
      iat: server.seconds(),
      sub: 'practice-opaque',
      aud: `${practiceOrigin}/api`,
      iss: practiceOrigin,
      jti: expect.stringMatching(/^[\w-]{36}$/) as unknown,
    })
  })

  test('of a JWT the same as is in it', async () => {
    const token = await server.issue('practice-es256', { resource: `${practiceOrigin}/reports` })
    const { body } = await ask(token)
    expect(body).toEqual({ active: true, token_type: 'Bearer', ...decodeJwt(token) })
  })

  test('RFC 9396 9.2: "the information MUST be conveyed with authorization_details as a top-level member"', async () => {
    const details = [{ type: 'greeting_access', actions: ['read'] }]
    for (const client of ['practice-opaque', 'practice-client']) {
      const token = await server.issue(client, { authorization_details: JSON.stringify(details) })
      expect((await ask(token)).body['authorization_details']).toEqual(details)
    }
  })

  test('RFC 9449 6.2: cnf.jkt, and token_type "MUST contain the value DPoP"', async () => {
    const pair = await pairFor('ES256')
    const claims = { jti: 'a', htm: 'POST', htu: `${practiceOrigin}/token`, iat: server.seconds() }
    const dpop = await signProof(pair, { claims })
    const { body } = await ask(await server.issue('practice-opaque', {}, { dpop }))
    expect([body['token_type'], body['cnf']]).toEqual([
      'DPoP',
      { jkt: await calculateJwkThumbprint(pair.jwk) },
    ])
  })

  test('"does not exist on this server ... MUST return an introspection response with the "active" field set to "false""', async () => {
    const unknown = 'No token of this server is like it'
    for (const token of ['a', 'ü', ' ', 'x'.repeat(100_000), 'a.b']) expectInactive(await ask(token), unknown)
    const [header = '', claims = ''] = (await server.issue('practice-client')).split('.')
    expectInactive(
      await ask(`${header}.${claims}.AAAA`),
      'The signature does not verify (ERR_JWS_SIGNATURE_VERIFICATION_FAILED)',
    )
    const foreign = await practice().issue('practice-client')
    expect((await ask(foreign)).body).toEqual({ active: false })
    expectInactive(await ask(await practice().issue('practice-opaque')), unknown)
  })
})

describe('4 Security Considerations', () => {
  test.each(['practice-brief', 'practice-client', 'practice-opaque'])(
    '"If the token can expire, the authorization server MUST determine whether or not the token has expired.": %s',
    async (client) => {
      const server = practice()
      const token = await server.issue(client)
      const lifetime = client === 'practice-brief' ? 10 : 300
      server.pass(lifetime - 1)
      expect((await server.introspect({ ...credentials, token })).body['active']).toBe(true)
      server.pass(1)
      expectInactive(await server.introspect({ ...credentials, token }), 'It expired 0 s ago')
      server.pass(599)
      expectInactive(await server.introspect({ ...credentials, token }), 'It expired 599 s ago')
    },
  )

  test('an opaque token is forgotten 600 s after it expired', async () => {
    const server = practice()
    const token = await server.issue('practice-opaque')
    server.pass(900)
    expectInactive(await server.introspect({ ...credentials, token }), 'No token of this server is like it')
  })

  test.each(['practice-client', 'practice-opaque'])(
    '"the authorization server MUST determine whether or not such a revocation has taken place": %s',
    async (client) => {
      const token = await server.issue(client)
      await server.revoke({ ...credentialsOf(client), token })
      server.pass(3)
      expectInactive(await ask(token), 'It was revoked 3 s ago')
    },
  )

  test('"If the token has been signed, the authorization server MUST validate the signature.", by a key that is not withdrawn', async () => {
    const token = await server.issue('practice-rotation')
    await server.issue('practice-rotation')
    expect((await ask(token)).body['active']).toBe(true)
    await server.issue('practice-rotation')
    const answer = await ask(token)
    expect(answer.body).toEqual({ active: false })
    expect(found(answer, active)).toMatch(/No key of the JWK Set has kid '[\w-]{43}': it was withdrawn/)
  })
})

test('oauth4webapi reads the response', async () => {
  const today = practice(Date.now())
  const as = { issuer: practiceOrigin, introspection_endpoint: `${practiceOrigin}/introspect` }
  const client = { client_id: 'practice-client' }
  const introspect = async (token: string) => {
    const response = await introspectionRequest(as, client, ClientSecretBasic('practice-secret'), token, {
      [customFetch]: (url: string, init: object) => today.fetch(new Request(url, init)),
    })
    return processIntrospectionResponse(as, client, response)
  }
  expect(await introspect(await today.issue('practice-opaque'))).toMatchObject({
    active: true,
    client_id: 'practice-opaque',
  })
  expect(await introspect('unknown')).toEqual({ active: false })
})
