import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { createSimpleIdServer } from './server.ts'

const origin = 'https://simpleidserver.practice.example'
const start = Date.UTC(2026, 0, 1)
const tutorial = 'grant_type=client_credentials&client_id=m2m&client_secret=password&scope=read'
const form = 'application/x-www-form-urlencoded'

function serve() {
  const clock = { now: start }
  const server = createSimpleIdServer({ now: () => clock.now })
  const send = (path: string, init: RequestInit) => server.fetch(new Request(origin + path, init))
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    send(path, { method: 'POST', headers: { 'content-type': form, ...headers }, body })
  const token = async (body = tutorial) => {
    const response = await post('/master/token', body)
    return (await response.json()) as { access_token: string; refresh_token: string }
  }
  return { clock, server, send, post, token }
}

const { server, send, post, token } = serve()

/** As they were captured of SimpleIdServer 57ab71c: the whole body, and the fields but those of the connection. */
describe('the token endpoint', () => {
  it('responds to the tutorial’s request with the members, header and claims of the product, in their order', async () => {
    const response = await post('/master/token', tutorial)
    expect(response.status).toBe(200)
    expect([...response.headers]).toEqual([
      ['access-control-allow-origin', '*'],
      ['cache-control', 'no-store'],
      ['content-type', 'application/json; charset=utf-8'],
      ['date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
      ['pragma', 'no-cache'],
      ['server', 'Kestrel'],
    ])
    const text = await response.text()
    expect(text.replace(/eyJ[^"]+/, '…').replace(/"[\da-f-]{36}"/, '"guid"')).toBe(
      '{"expires_in":1800,"scope":"read","access_token":"…","refresh_token":"guid","token_type":"Bearer"}',
    )
    const { access_token } = JSON.parse(text) as { access_token: string }
    expect(JSON.stringify(decodeProtectedHeader(access_token))).toBe(
      '{"alg":"RS256","kid":"rsa-1","typ":"JWT"}',
    )
    expect(JSON.stringify(decodeJwt(access_token))).toBe(
      `{"iss":"${origin}/master","exp":1767227400,"iat":1767225600,"aud":["shopApi"],"client_id":"m2m","scope":["read"],"nbf":1767225600}`,
    )
  })

  it.each([
    ['client_id=m2m&client_secret=password&scope=read', 'invalid_grant', 'bad grant type'],
    [tutorial.replace('client_credentials', 'magic'), 'invalid_grant', 'bad grant type'],
    [tutorial.replace('&scope=read', ''), 'invalid_request', 'missing parameter scope'],
    [tutorial.replace('password&scope=read', 'wrong&scope=++'), 'invalid_request', 'missing parameter scope'],
    [tutorial.replace('&client_id=m2m', ''), 'invalid_client', 'missing client_id'],
    [tutorial.replace('m2m', 'nobody'), 'invalid_client', 'unknown client nobody'],
    [tutorial.replace('m2m', 'M2M'), 'invalid_client', 'unknown client M2M'],
    [tutorial.replace('password', 'wrong'), 'invalid_client', 'bad client credential'],
    [tutorial.replace('&client_secret=password', ''), 'invalid_client', 'bad client credential'],
    [tutorial.replace('m2m', 'm2m-expired'), 'invalid_client', 'bad client credential'],
    [tutorial.replace('m2m', 'm2m-basic'), 'invalid_client', 'bad client credential'],
    [
      tutorial.replace('m2m', 'm2m-special').replace('password', '50%25%2Bmore'),
      'invalid_client',
      'bad client credential',
    ],
    [
      tutorial.replace('m2m', 'website'),
      'invalid_client',
      'grant type client_credentials is not supported by the client',
    ],
    [tutorial.replace('m2m', 'm2m-noscope'), 'invalid_scope', 'unauthorized to scopes : read'],
    [`${tutorial}+write`, 'invalid_scope', 'unauthorized to scopes : write'],
    [`${tutorial}+read`, 'invalid_scope', 'duplicate scopes : read'],
    [`${tutorial}&resource=X`, 'invalid_target', String.raw`following resources X doesn\u0027t exist`],
  ])('refuses %s with 400 %s: %s', async (body, error, description) => {
    const response = await post('/master/token', body)
    expect(response.status).toBe(400)
    expect(response.headers.get('www-authenticate')).toBeNull()
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe(
      `{\n  "error": "${error}",\n  "error_description": "${description}"\n}`,
    )
  })

  it.each([
    ['a right secret of digits', tutorial.replace('m2m', 'm2m-digits').replace('password', '1234567890')],
    ['a client ID of digits', tutorial.replace('m2m', '12345')],
    ['authorization_details that is no JSON', `${tutorial}&authorization_details=%5B%7B`],
  ])('fails with 500 at %s, without the fields of CORS', async (_what, body) => {
    const response = await post('/master/token', body)
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('')
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
    expect(server.checksOf(response).at(-1)).toMatchObject({
      result: 'fail',
      found: expect.stringContaining('exception') as string,
    })
  })

  it('decodes the body twice, compares secrets ignoring case, and splits a Basic header at each colon', async () => {
    const special = tutorial.replace('m2m', 'm2m-special').replace('password', '50%2525%252Bmore')
    expect((await post('/master/token', special)).status).toBe(200)
    expect((await post('/master/token', tutorial.replace('password', 'PASSWORD'))).status).toBe(200)
    const basic = (credentials: string) =>
      post('/master/token', 'grant_type=client_credentials&scope=read', {
        authorization: `Basic ${btoa(credentials)}`,
      })
    expect((await basic('m2m-basic:password')).status).toBe(200)
    expect(await (await basic('m2m-basic:pass:word')).text()).toContain('missing client_id')
    expect(await (await basic('m2m:password')).text()).toContain('bad client credential')
  })

  it('makes the client the audience of a scope that no API resource has, and ignores a DPoP proof', async () => {
    const audienceOf = async (body: string) => decodeJwt((await token(body)).access_token).aud
    const two = tutorial.replace('m2m', 'm2m-two')
    expect(await audienceOf(two.replace('scope=read', 'scope=lone'))).toEqual(['m2m-two'])
    expect(await audienceOf(`${two}+write`)).toEqual(['shopApi', 'https://other.example/api'])
    const bound = await post('/master/token', tutorial, { dpop: 'e30.e30.AA' })
    expect(await bound.text()).toContain('"token_type":"Bearer"')
  })
})

describe('what is around it', () => {
  it.each([
    ['POST', '/token', 405, 'GET'],
    ['GET', '/master/token', 405, 'POST'],
    ['POST', '/nosuch/token', 404, null],
    ['GET', '/.well-known/openid-configuration', 404, null],
    ['POST', '/master/token/', 400, null],
  ])('%s %s is %s, with Allow: %s', async (method, path, status, allow) => {
    const response = await send(path, { method, headers: { 'content-type': form } })
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow])
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('a preflight is allowed what it asks for, at any path, and nothing is exposed', async () => {
    const response = await send('/nosuch', {
      method: 'OPTIONS',
      headers: {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,dpop',
      },
    })
    expect(response.status).toBe(204)
    expect([...response.headers].filter(([name]) => name.startsWith('access-control'))).toEqual([
      ['access-control-allow-headers', 'authorization,dpop'],
      ['access-control-allow-methods', 'POST'],
      ['access-control-allow-origin', '*'],
    ])
  })

  it('the metadata are those of the product, and the key has an empty key_ops', async () => {
    const json = async (path: string) => (await (await send(path, {})).json()) as Record<string, unknown>
    const openId = await json('/master/.well-known/openid-configuration')
    const members = Object.keys(openId)
    const oauth = await json('/master/.well-known/oauth-authorization-server')
    expect(Object.keys(oauth)).toEqual(members.slice(0, 14))
    expect(members.slice(0, 8)).toEqual([
      'issuer',
      'authorization_endpoint',
      'registration_endpoint',
      'token_endpoint',
      'revocation_endpoint',
      'jwks_uri',
      'introspection_endpoint',
      'tls_client_certificate_bound_access_tokens',
    ])
    expect(members.at(-1)).toBe('dpop_signing_alg_values_supported')
    expect(openId).toMatchObject({ issuer: `${origin}/master`, token_endpoint: `${origin}/master/token` })
    const { keys } = (await json('/master/jwks')) as { keys: object[] }
    expect(keys.map((key) => Object.keys(key))).toEqual([
      ['alg', 'e', 'key_ops', 'kid', 'kty', 'n', 'use', 'x5c'],
    ])
    expect(keys[0]).toMatchObject({ kid: 'rsa-1', key_ops: [], x5c: [] })
  })
})

describe('introspection and revocation', () => {
  const credentials = 'client_id=m2m&client_secret=password'

  it('say what the product says, until the token is revoked', async () => {
    const { access_token, refresh_token } = await token()
    const ask = (one: string) => post('/master/token_info', `token=${one}&${credentials}`)
    expect(await (await ask(access_token)).text()).toBe(
      `{"active":true,"iss":"${origin}/master","exp":1767227400,"iat":1767225600,"aud":"shopApi","client_id":"m2m","scope":"read","nbf":1767225600}`,
    )
    expect((await ask(refresh_token)).status).toBe(500)
    const revoke = (who: string) => post('/master/token/revoke', `token=${access_token}&${who}`)
    const other = await revoke('client_id=m2m-two&client_secret=password')
    expect(await other.text()).toBe('{"error":"invalid_client","error_description":"unauthorized client"}')
    // Tokens of one second are equal, and the tests above got some.
    for (let left = 0; left < 5; left++) expect((await revoke(credentials)).status).toBe(200)
    expect(await (await ask(access_token)).text()).toBe('{"active":false}')
  })

  it.each([
    ['/master/token_info', credentials, 'invalid_request', 'missing parameter token'],
    ['/master/token_info', 'token=x', 'invalid_client', 'missing client_id'],
    ['/master/token/revoke', credentials, 'invalid_request', 'missing parameter token'],
    [
      '/master/token/revoke',
      `token=x&token_type_hint=bad&${credentials}`,
      'unsupported_token_type',
      'unknown token type hint : bad',
    ],
  ])('%s refuses %s with %s: %s', async (path, body, error, error_description) => {
    const response = await post(path, body)
    expect([response.status, await response.text()]).toEqual([
      400,
      JSON.stringify({ error, error_description }),
    ])
  })
})

/** The challenges are those captured of JwtBearer 10. */
describe('the shop’s API', () => {
  const call = (headers: Record<string, string>) => send('/shopApi/products', { headers })
  const withToken = (one: string) => call({ authorization: `Bearer ${one}` })

  it('gives its products for the tutorial’s token', async () => {
    const response = await withToken((await token()).access_token)
    expect([response.status, await response.text()]).toEqual([
      200,
      '{"shop":"shopApi","client":"m2m","products":["Apples","Bread","Coffee"]}',
    ])
  })

  it.each([
    ['no token', () => Promise.resolve({}), 401, 'Bearer'],
    ['no JWT', () => Promise.resolve({ authorization: 'Bearer x' }), 401, 'Bearer error="invalid_token"'],
    [
      'a broken signature',
      async () => ({ authorization: `Bearer ${(await token()).access_token.slice(0, -4)}AAAA` }),
      401,
      'Bearer error="invalid_token", error_description="The signature is invalid"',
    ],
    [
      'a token for nobody’s API',
      async () => {
        const lone = tutorial.replace('m2m', 'm2m-two').replace('scope=read', 'scope=lone')
        return { authorization: `Bearer ${(await token(lone)).access_token}` }
      },
      401,
      `Bearer error="invalid_token", error_description="The audience '(null)' is invalid"`,
    ],
  ])('refuses %s', async (_what, headers, status, challenge) => {
    const response = await call(await headers())
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([status, challenge])
    expect(response.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate')
  })

  it('lets five minutes pass after exp, and then says when that was', async () => {
    const later = serve()
    const { access_token } = await later.token()
    const get = () =>
      later.send('/shopApi/products', { headers: { authorization: `Bearer ${access_token}` } })
    later.clock.now = start + 2_000_000
    expect((await get()).status).toBe(200)
    later.clock.now = start + 2_200_000
    expect((await get()).headers.get('www-authenticate')).toBe(
      `Bearer error="invalid_token", error_description="The token expired at '01/01/2026 00:30:00'"`,
    )
  })
})
