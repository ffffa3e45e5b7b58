import { beforeAll, describe, expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { practiceApis } from '../../src/lib/practice/apis/apis.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'
import { practice, type Answer } from './practice-exchange.ts'

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
      'An access token is present',
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

  test('2.3 the URI query parameter "SHOULD NOT be used": this server does not accept it', async () => {
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
      // The second challenge is RFC 9449's, as its section 7.2 has them.
      expect(response.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="practice", scope="read", resource_metadata="[^"]+", DPoP realm="practice", scope="read", resource_metadata="[^"]+", algs="[A-Za-z0-9 -]+"$/,
      )
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
        /^Bearer realm="practice", error="invalid_token", error_description="[^"\\]+", scope="read", resource_metadata="[^"]+", DPoP /,
      )
    }
  })

  test('3.1 "The access token provided is expired": a token of practice-brief lives 10 seconds', async () => {
    const server = practice()
    const brief = { authorization: `Bearer ${await server.issue('practice-brief')}` }
    server.pass(9)
    expect((await server.call('/api/greeting', brief)).status).toBe(200)
    server.pass(1)
    for (const [path, failed, error_description] of [
      ['/api/greeting', 'It has not expired: The token expired 0 s ago', 'The token expired 0 s ago'],
      [
        '/api/introspected',
        'Introspection says that it is active: active is false: It expired 0 s ago',
        'The token is not active',
      ],
    ] as const) {
      const answer = await server.call(path, brief)
      expect([answer.status, answer.failed, answer.body]).toEqual([
        401,
        failed,
        { error: 'invalid_token', error_description },
      ])
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
      found: 'The token expired 0 s ago',
    })
    now = issued
  })

  test('3.1 insufficient_scope: "SHOULD respond with the HTTP 403 (Forbidden) ... and MAY include the "scope" attribute"', async () => {
    const response = await call(`Bearer ${await tokenWith('write')}`)
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="practice", error="insufficient_scope", error_description="[^"]+", scope="read", resource_metadata="[^"]+", DPoP /,
    )
    expect(await response.json()).toEqual({
      error: 'insufficient_scope',
      error_description: 'The scope of the token is write',
    })
  })
})

describe('what each API requires', () => {
  const server = practice()
  const path = (id: string) => practiceApis.find((api) => api.id === id)?.path ?? ''
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const outcome = ({ status, failed }: Answer) => [status, failed]

  test('the list gives each its URL, method and a line', () => {
    expect(practiceApis.map(({ method, url, wants }) => `${method} ${url}: ${wants}`)).toEqual([
      'GET https://practice.example/api/greeting: A JWT for https://practice.example/api with the scope read',
      'POST https://practice.example/api/echo: A JWT for https://practice.example/api with the scope write',
      'GET https://practice.example/reports: A JWT for https://practice.example/reports with the scope read',
      'GET https://practice.example/api/bound: A JWT for https://practice.example/api with the scope read, bound to a key, and a DPoP proof with a nonce',
      'GET https://practice.example/api/introspected: A JWT or an opaque token for https://practice.example/api with the scope read',
      'GET https://practice.example/api/quiet: A JWT for https://practice.example/api with the scope read',
      'POST https://practice.example/mcp: A JWT for https://practice.example/mcp with the scope mcp:tools',
    ])
  })

  test('echo: the scope write, and then the request comes back without its token', async () => {
    const json = { 'content-type': 'application/json', 'x-trace': '1' }
    const send = async (scope: string, body: string) => {
      const token = await server.issue('practice-client', { scope })
      return server.call(path('echo'), { ...bearer(token), ...json }, 'POST', body)
    }
    const refused = await send('read', '{}')
    expect(outcome(refused)).toEqual([403, 'The token has the scope write: The scope of the token is read'])
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    expect(refused.headers.get('www-authenticate')).toContain('scope="write"')
    const { status, body } = await send('read write', '{"a": [1]}')
    expect(status).toBe(200)
    expect(body).toEqual({
      method: 'POST',
      url: 'https://practice.example/api/echo',
      headers: {
        ...json,
        authorization: expect.stringMatching(/^\(\d+ characters, not repeated\)$/) as unknown,
      },
      body: '{"a": [1]}',
      json: { a: [1] },
    })
    expect((await send('write', 'a=b')).body).not.toHaveProperty('json')
    const large = await server.fetch(
      new Request(practiceOrigin + path('echo'), {
        method: 'POST',
        headers: bearer(await server.issue('practice-client', { scope: 'write' })),
        body: 'x'.repeat(64 * 1024 + 1),
      }),
    )
    expect([large.status, large.statusText]).toEqual([413, 'Content Too Large'])
  })

  test('reports: another audience, and the one it is not for is named', async () => {
    const token = await server.issue('practice-client')
    const answer = await server.call(path('reports'), bearer(token))
    const why = "aud 'https://practice.example/api', expected 'https://practice.example/reports'"
    expect(outcome(answer)).toEqual([401, `This API is the audience: ${why}`])
    expect(answer.body).toEqual({ error: 'invalid_token', error_description: why })
    const resource = practiceApis.find(({ id }) => id === 'reports')?.audience ?? ''
    const right = await server.issue('practice-client', { resource })
    expect((await server.call(path('reports'), bearer(right))).body).toEqual({
      reports: ['The tokens of practice-client'],
      scope: 'read',
    })
    const wrong = await server.call(path('introspected'), bearer(right))
    expect(wrong.failed).toContain('This API is the audience: ')
  })

  test('bound: no bearer token at all', async () => {
    const answer = await server.call(path('bound'), bearer(await server.issue('practice-client')))
    expect(outcome(answer)).toEqual([
      401,
      "An access token is present: The scheme is 'Bearer'; this API accepts DPoP",
    ])
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^DPoP realm="practice", scope="read", resource_metadata="[^"]+", algs="[^"]+"$/,
    )
  })

  test('introspected: opaque tokens too, which the others cannot read', async () => {
    const token = await server.issue('practice-opaque')
    const taken = await server.call(path('introspected'), bearer(token))
    expect(taken.body).toEqual({ greeting: 'Hello, practice-opaque!', scope: 'read' })
    expect(taken.checks.map(({ what, result, found }) => `${result}: ${what} (${found})`)).toEqual([
      'pass: GET the introspected greeting (GET /api/introspected)',
      'pass: An access token is present (In the Authorization header as Bearer, 43 characters)',
      'pass: Introspection says that it is active (An opaque token, 300 s left)',
      "pass: This API is the audience (aud 'https://practice.example/api')",
      'pass: The token is not bound to a key (There is no cnf)',
      'pass: The token has the scope read (read)',
    ])
    expect(
      (await server.call(path('introspected'), bearer(await server.issue('practice-es256')))).status,
    ).toBe(200)
    for (const id of ['greeting', 'quiet']) {
      expect(outcome(await server.call(path(id), bearer(token)))).toEqual([
        401,
        'It is a JWT of type at+jwt: It is not a JWT: an API that introspects might accept it',
      ])
    }
  })

  test('quiet: the reason is there, and neither exposed nor in the body', async () => {
    const answer = await server.call(path('quiet'), bearer('wrong'))
    expect([answer.status, answer.body]).toEqual([401, {}])
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(answer.headers.get('access-control-expose-headers')).toBeNull()
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await server.call(path('quiet'), bearer(await server.issue('practice-client')))).status).toBe(200)
  })
})
