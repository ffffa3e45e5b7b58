import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { practiceApis } from './apis/apis.ts'
import { practiceClients } from './clients/clients.ts'
import { practiceOrigin } from './base/origin.ts'
import { createPracticeServer } from './server.ts'

const now = () => Date.UTC(2026, 0, 2, 3, 4, 5)
const server = createPracticeServer({ now })

const post = (body: string, headers: Record<string, string> = {}) =>
  new Request(`${practiceOrigin}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  })

async function checksFor(request: Request): Promise<string[]> {
  const response = await server.fetch(request)
  return server.checksOf(response).map(({ what, result, found }) => `${result}: ${what} (${found})`)
}

describe('the checks show what the server checked, in order', () => {
  test('a token is issued', async () => {
    const body =
      'grant_type=client_credentials&client_id=practice-client&client_secret=practice-secret&scope=read'
    expect(await checksFor(post(body))).toEqual([
      'pass: POST to the token endpoint (POST /token)',
      'pass: Body is application/x-www-form-urlencoded (4 parameters)',
      'pass: No parameter is repeated (grant_type, client_id, client_secret, scope)',
      'pass: One client authentication method (client_secret_post)',
      'pass: The client is registered (practice-client)',
      'pass: The client authenticates the way it is registered (client_secret_post)',
      'pass: The secret matches (As sent in the body)',
      'pass: grant_type is client_credentials (client_credentials)',
      'pass: The client may use this grant (client_credentials)',
      'pass: The scope is allowed (read)',
      'pass: An access token is issued (A JWT signed with RS256, valid for 300 s)',
    ])
  })

  test('the first failure is the last entry', async () => {
    const body = 'grant_type=password&client_id=practice-client&client_secret=wrong&audience=x&scope='
    expect(await checksFor(post(body))).toEqual([
      'pass: POST to the token endpoint (POST /token)',
      'pass: Body is application/x-www-form-urlencoded (5 parameters)',
      'note: A parameter without a value counts as omitted (scope)',
      'pass: No parameter is repeated (grant_type, client_id, client_secret, audience)',
      'note: Unrecognized parameters are ignored (audience)',
      'pass: One client authentication method (client_secret_post)',
      'pass: The client is registered (practice-client)',
      'pass: The client authenticates the way it is registered (client_secret_post)',
      'fail: The secret matches (It is another secret)',
    ])
  })

  test('a JSON body sent as a form does not show the secret in it', async () => {
    const checks = await checksFor(post('{"client_secret": "practice-secret"}='))
    expect(checks.join()).not.toContain('practice-secret')
  })

  test('a response of somebody else has no checks', () => {
    expect(server.checksOf(new Response())).toEqual([])
  })
})

describe('every endpoint', () => {
  const get = (path: string, method = 'GET') => server.fetch(new Request(practiceOrigin + path, { method }))
  const paths = [
    '/token',
    '/.well-known/oauth-authorization-server',
    '/jwks',
    '/register',
    '/introspect',
    '/revoke',
    ...practiceApis.map(({ path }) => path),
    '/.well-known/oauth-protected-resource/mcp',
    '/nowhere',
  ]

  test.each(paths)('%s may be asked from any origin, and says what may be sent', async (path) => {
    const response = await get(path, 'OPTIONS')
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const more = path === '/mcp' ? ', mcp-method, mcp-name, mcp-protocol-version, mcp-session-id' : ''
    const sent = `authorization, content-type, dpop${more}`
    expect(response.headers.get('access-control-allow-headers')).toBe(sent)
    expect(response.headers.get('access-control-allow-methods')).toMatch(/GET|POST/)
    expect(await response.text()).toBe('')
  })

  test.each(paths)(
    '%s exposes WWW-Authenticate and DPoP-Nonce, unless it is the quiet one, and neither Date nor X-Request-Id',
    async (path) => {
      const { headers } = await get(path)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      const more = path === '/mcp' ? ', Mcp-Session-Id' : ''
      const exposed = path === '/api/quiet' ? null : `WWW-Authenticate, DPoP-Nonce${more}`
      expect(headers.get('access-control-expose-headers')).toBe(exposed)
      expect(headers.get('date')).toBe('Fri, 02 Jan 2026 03:04:05 GMT')
      expect(headers.get('x-request-id')).toMatch(/^practice-\d+$/)
    },
  )

  test('says 404 elsewhere, 405 with Allow for another method, and responds to HEAD without a body', async () => {
    const missing = await get('/token/')
    expect([missing.status, missing.statusText]).toEqual([404, 'Not Found'])
    const wrong = await get('/token')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    const other = await get('/jwks', 'DELETE')
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    const head = await get('/jwks', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await get('/.well-known/openid-configuration')).status).toBe(404)
    expect((await server.fetch(new Request('https://other.example/jwks'))).status).toBe(404)
  })
})

const headerValue = fc.string({ unit: 'binary-ascii' }).map((text) => text.replace(/[^\x20-\x7e]/g, ''))
/** JSON objects with the names that JWTs, keys and metadata have, and values of every kind. */
const object = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'alg',
      'typ',
      'kid',
      'jwk',
      'crit',
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'nbf',
      'jti',
      'htm',
    ),
    fc.constantFrom(
      'htu',
      'nonce',
      'kty',
      'crv',
      'x',
      'y',
      'd',
      'jwks',
      'keys',
      'scope',
      'grant_types',
      '__proto__',
    ),
    fc.constantFrom('token_endpoint_auth_method', 'redirect_uris', 'dpop_bound_access_tokens', 'toString'),
  ),
  fc.oneof(
    fc.constantFrom(
      'HS256',
      'ES256',
      'none',
      'EC',
      'P-256',
      'dpop+jwt',
      'JWT',
      'practice-secret-jwt',
      'POST',
    ),
    fc.constantFrom(
      practiceOrigin,
      `${practiceOrigin}/token`,
      'private_key_jwt',
      now() / 1000,
      now() / 1000 + 60,
    ),
    fc.constant({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }),
    fc.jsonValue(),
  ),
)
const jws = fc.tuple(object, object, fc.constantFrom('', 'AA', '%')).map(([header, claims, signature]) => {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return [...parts, signature].join('.')
})
const base64 = fc.string().map((text) => `Basic ${Buffer.from(text).toString('base64')}`)
const authorization = fc.oneof(
  headerValue,
  base64,
  headerValue.map((value) => `Basic ${value}`),
  headerValue.map((value) => `Bearer ${value}`),
  headerValue.map((value) => `DPoP ${value}`),
  fc
    .tuple(fc.json(), fc.json())
    .map((parts) => `Bearer ${parts.map((part) => Buffer.from(part).toString('base64url')).join('.')}.AA`),
)
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const parameter = fc.tuple(
  fc.oneof(
    fc.constantFrom('grant_type', 'client_id', 'client_secret', 'scope', '__proto__'),
    fc.constantFrom('client_assertion', 'client_assertion_type', 'resource', 'authorization_details'),
    fc.constantFrom('token', 'token_type_hint'),
    fc.string(),
  ),
  fc.oneof(
    fc.constantFrom(
      'client_credentials',
      ...practiceClients.map((client) => client.client_id),
      'practice-secret',
      jwtBearer,
    ),
    jws,
    fc.json(),
    fc.string(),
  ),
)
const body = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(parameter).map((parameters) => new URLSearchParams(parameters).toString()),
  jws.map(
    (client_assertion) =>
      `client_assertion_type=${jwtBearer}&${new URLSearchParams({ client_assertion }).toString()}`,
  ),
  fc.oneof(fc.json(), jws).map((token) => {
    const credentials = { client_id: 'practice-client', client_secret: 'practice-secret' }
    return new URLSearchParams({ ...credentials, token }).toString()
  }),
  fc.json().map((details) => {
    const credentials = { client_id: 'practice-client', client_secret: 'practice-secret' }
    const parameters = { grant_type: 'client_credentials', ...credentials, authorization_details: details }
    return new URLSearchParams(parameters).toString()
  }),
  object.map((metadata) => JSON.stringify(metadata)),
)

test('whatever is sent, the response is well formed and the checks stop at the first failure', async () => {
  const apis = fc.constantFrom(...practiceApis.map((api) => api.path))
  const clients = fc.constantFrom('/token', '/introspect', '/revoke', '/register')
  const path = fc.oneof(clients, apis, fc.constantFrom('/jwks'), fc.webPath())
  const type = fc.oneof(fc.constantFrom('application/x-www-form-urlencoded', 'application/json'), headerValue)
  const credentials = fc.record({ authorization, dpop: fc.oneof(jws, headerValue) }, { requiredKeys: [] })
  const method = fc.constantFrom('POST', 'GET', 'OPTIONS', 'PUT', 'HEAD')
  await fc.assert(
    fc.asyncProperty(path, method, type, credentials, body, async (path, method, type, credentials, body) => {
      const hasBody = method === 'POST' || method === 'PUT'
      const headers = { 'content-type': type, ...credentials }
      const request = new Request(practiceOrigin + path, { method, headers, body: hasBody ? body : null })
      const response = await server.fetch(request)
      const text = await response.text()
      if (/json/.test(response.headers.get('content-type') ?? '') && method !== 'HEAD') JSON.parse(text)
      if (response.status === 401)
        expect(response.headers.get('www-authenticate')).toMatch(/^(Basic|Bearer|DPoP) realm="practice"/)
      const checks = server.checksOf(response)
      const failures = checks.flatMap(({ result }, index) => (result === 'fail' ? [index] : []))
      expect(failures).toEqual(response.status < 400 ? [] : [checks.length - 1])
      expect(checks.length).toBeGreaterThan(0)
    }),
    { numRuns: 1000 },
  )
})
