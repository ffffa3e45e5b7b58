import { beforeAll, describe, expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

let now = Date.UTC(2026, 0, 1)
const server = createPracticeServer({ now: () => now })

async function tokenWith(scope: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    scope,
  })
  const response = await server.fetch(new Request(`${practiceOrigin}/token`, { method: 'POST', body }))
  return ((await response.json()) as { access_token: string }).access_token
}

const call = (authorization: string | null, query = '') =>
  server.fetch(
    new Request(`${practiceOrigin}/api/greeting${query}`, {
      headers: authorization === null ? {} : { authorization },
    }),
  )

let token = ''
beforeAll(async () => {
  token = await tokenWith('read')
})

describe('2 Authenticated Requests', () => {
  test('2.1 "Resource servers MUST support this method": the Authorization header', async () => {
    const response = await call(`Bearer ${token}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ greeting: 'Hello, practice-client!', scope: 'read' })
    expect(server.checksOf(response).map(({ what }) => what)).toEqual([
      'GET the greeting',
      'A Bearer token is present',
      'It is a JWT of type at+jwt',
      'A key of this issuer signed it',
      'The issuer is this authorization server',
      'This API is the audience',
      'It has not expired',
      'The token is not bound to a key',
      'The token has the scope read',
    ])
  })

  test('"Clients MUST NOT use more than one method to transmit the token in each request."', async () => {
    const response = await call(`Bearer ${token}`, `?access_token=${token}`)
    expect(response.status).toBe(400)
    expect(server.checksOf(response).at(-1)?.what).toBe('The token is sent in one way')
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_request"')
  })

  test('2.3 the URI query parameter "SHOULD NOT be used": this server does not take it', async () => {
    const response = await call(null, `?access_token=${token}`)
    expect(response.status).toBe(400)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_request"')
  })
})

describe('3 The WWW-Authenticate Response Header Field', () => {
  test.each([null, 'Basic abc', 'Bearerabc'])(
    '3.1 "If the request lacks any authentication information ... SHOULD NOT include an error code": %s',
    async (authorization) => {
      const response = await call(authorization)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="practice"')
      expect(await response.text()).toBe('')
    },
  )

  test.each(['Bearer', 'Bearer a b', 'Bearer a, Bearer b', 'Bearer "x"'])(
    '3.1 invalid_request: "or is otherwise malformed ... SHOULD respond with the HTTP 400": %s',
    async (authorization) => {
      const response = await call(authorization)
      expect(response.status).toBe(400)
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_request"')
    },
  )

  test('3.1 invalid_token: "The access token provided is expired, revoked, malformed, or invalid"', async () => {
    const tampered = token.slice(0, -8) + 'AAAAAAAA'
    for (const bad of ['opaque', tampered, `${token}x`, token.split('.').slice(0, 2).join('.')]) {
      const response = await call(`Bearer ${bad}`)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="practice", error="invalid_token", error_description="[^"\\]+"$/,
      )
    }
  })

  test('a token lives 300 seconds and not one more', async () => {
    const issued = now
    now = issued + 299_000
    expect((await call(`Bearer ${token}`)).status).toBe(200)
    now = issued + 300_000
    const response = await call(`Bearer ${token}`)
    expect(response.status).toBe(401)
    expect(server.checksOf(response).at(-1)).toMatchObject({
      what: 'It has not expired',
      found: 'It expired 0 s ago',
    })
    now = issued
  })

  test('3.1 insufficient_scope: "SHOULD respond with the HTTP 403 (Forbidden) ... and MAY include the "scope" attribute"', async () => {
    const response = await call(`Bearer ${await tokenWith('write')}`)
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope", .*scope="read"$/)
    expect(await response.json()).toEqual({
      error: 'insufficient_scope',
      error_description: 'The scope of the token is write',
    })
  })
})
