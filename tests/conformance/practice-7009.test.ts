import { ClientSecretPost, customFetch, processRevocationResponse, revocationRequest } from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { practiceTransport } from '../../src/lib/practice/browser-view.ts'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'
import { credentialsOf, found, practice } from './practice-exchange.ts'

const server = practice()
const credentials = credentialsOf('practice-client')
const greeting = (path: string, token: string) => server.call(path, { authorization: `Bearer ${token}` })

async function isActive(token: string): Promise<unknown> {
  return (await server.introspect({ ...credentials, token })).body['active']
}

describe('2.1 Revocation Request', () => {
  test('the checks, in order', async () => {
    const client = credentialsOf('practice-opaque')
    const { checks } = await server.revoke({ ...client, token: await server.issue('practice-opaque') })
    expect(checks.map(({ what, result, found }) => `${result}: ${what} (${found})`)).toEqual([
      'pass: POST to the revocation endpoint (POST /revoke)',
      'pass: Body is application/x-www-form-urlencoded (3 parameters)',
      'pass: No parameter is repeated (client_id, client_secret, token)',
      'pass: One client authentication method (client_secret_post)',
      'pass: The client is registered (practice-opaque)',
      'pass: The client authenticates the way it is registered (client_secret_post)',
      'pass: The secret matches (As sent in the body)',
      'pass: A token is sent (43 characters)',
      'pass: The token was issued to this client (practice-opaque)',
      'pass: The token is revoked (An opaque token, 300 s left)',
      'note: An API learns of it (Each that accepts it, since it has to introspect)',
    ])
  })

  test('"The invalidation takes place immediately, and the token cannot be used again after the revocation."', async () => {
    const token = await server.issue('practice-opaque')
    expect((await greeting('/api/introspected', token)).status).toBe(200)
    await server.revoke({ ...credentialsOf('practice-opaque'), token })
    expect(await isActive(token)).toBe(false)
    const { status, body, failed } = await greeting('/api/introspected', token)
    expect([status, body]).toEqual([
      401,
      { error: 'invalid_token', error_description: 'The token is not active' },
    ])
    expect(failed).toBe('Introspection says that it is active: active is false: It was revoked 0 s ago')
  })

  test('"The authorization server first validates the client credentials"', async () => {
    const token = await server.issue('practice-client')
    for (const parameters of [{}, { ...credentials, client_secret: 'wrong' }]) {
      const { status, body } = await server.revoke({ ...parameters, token })
      expect([status, body['error']]).toEqual([401, 'invalid_client'])
    }
    expect(await isActive(token)).toBe(true)
  })

  test.each(['practice-client', 'practice-opaque'])(
    '"verifies whether the token was issued to the client ... If this validation fails, the request is refused and the client is informed of the error": a token of %s',
    async (client) => {
      const token = await server.issue(client)
      const { status, body, failed } = await server.revoke({ ...credentialsOf('practice-es256'), token })
      expect([status, body]).toEqual([
        400,
        {
          error: 'unauthorized_client',
          error_description: 'The token was issued to another client',
        },
      ])
      expect(failed).toBe('The token was issued to this client: The token was issued to another client')
      expect(await isActive(token)).toBe(true)
    },
  )

  test('"token REQUIRED"', async () => {
    const { status, body, failed } = await server.revoke(credentials)
    expect([status, body['error'], failed]).toEqual([
      400,
      'invalid_request',
      'A token is sent: token is missing',
    ])
  })

  test('"by making an HTTP POST request": nothing else gets a response', async () => {
    const response = await server.fetch(new Request(`${practiceOrigin}/revoke?token=a`))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })
})

describe('2.2 Revocation Response', () => {
  test('"responds with HTTP status code 200 if the token has been revoked successfully": with no body, not to be kept', async () => {
    const token = await server.issue('practice-client')
    const body = new URLSearchParams({ ...credentials, token })
    const response = await server.fetch(new Request(`${practiceOrigin}/revoke`, { method: 'POST', body }))
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
      200,
      '',
      'no-store',
    ])
  })

  test('"or if the client submitted an invalid token": unknown, expired, or revoked before', async () => {
    const revoked = await server.issue('practice-client')
    await server.revoke({ ...credentials, token: revoked })
    const expired = await server.issue('practice-brief')
    server.pass(10)
    const invalid = [
      ['unknown', 'No token of this server is like it'],
      [expired, 'It expired 0 s ago'],
      [revoked, 'It was revoked 10 s ago'],
    ] as const
    for (const [token, why] of invalid) {
      const answer = await server.revoke({ ...credentials, token })
      expect([answer.status, answer.body]).toEqual([200, {}])
      expect(found(answer, 'The token is revoked')).toBe(
        `note: There is nothing to revoke, which is no error: ${why}`,
      )
    }
  })

  test('"An invalid token type hint value is ignored by the authorization server and does not influence the revocation response."', async () => {
    for (const token_type_hint of ['access_token', 'refresh_token', 'nonsense']) {
      const token = await server.issue('practice-client')
      expect((await server.revoke({ ...credentials, token, token_type_hint })).status).toBe(200)
      expect(await isActive(token)).toBe(false)
    }
  })
})

test('3 a self-contained token "needs no further interaction with an authorization server": an API that reads it accepts it still', async () => {
  const token = await server.issue('practice-client')
  const answer = await server.revoke({ ...credentials, token })
  expect(found(answer, 'An API learns of it')).toBe(
    'note: Only one that introspects; one that reads JWTs itself accepts it until it expires',
  )
  server.pass(5)
  const read = await greeting('/api/greeting', token)
  expect(read.status).toBe(200)
  expect(found(read, 'Revocation is not looked at')).toBe(
    'note: It was revoked 5 s ago, which nothing in the JWT tells',
  )
  expect((await greeting('/api/introspected', token)).status).toBe(401)
})

test('2.3 "MAY support Cross-Origin Resource Sharing": a page of another origin may revoke', async () => {
  const transport = practiceTransport(createPracticeServer({ now: () => 0 }), 'https://page.example')
  const { outcome, serverView } = await transport(
    {
      method: 'POST',
      url: `${practiceOrigin}/revoke`,
      headers: [
        ['authorization', `Basic ${btoa('practice-client:practice-secret')}`],
        ['content-type', 'application/x-www-form-urlencoded'],
      ],
      body: 'token=a',
    },
    new AbortController().signal,
  )
  expect(serverView?.preflight?.status).toBe(204)
  expect(outcome).toMatchObject({ kind: 'response', response: { status: 200 } })
})

test('oauth4webapi revokes', async () => {
  const today = practice(Date.now())
  const as = { issuer: practiceOrigin, revocation_endpoint: `${practiceOrigin}/revoke` }
  const token = await today.issue('practice-opaque')
  const { client_id, client_secret } = credentialsOf('practice-opaque')
  const response = await revocationRequest(as, { client_id }, ClientSecretPost(client_secret), token, {
    [customFetch]: (url: string, init: object) => today.fetch(new Request(url, init)),
  })
  await expect(processRevocationResponse(response)).resolves.toBeUndefined()
  expect((await today.introspect({ ...credentials, token })).body).toEqual({ active: false })
})
