import { createServer } from 'node:net'
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clients, startAuthorizationServer, type AuthorizationServer } from './authorization-server.ts'
import type { RegisteredClient } from './clients.ts'
import { startLocalServers, type LocalServers } from './local-servers.ts'
import { requestToken } from './signed-requests.ts'

const origin = 'http://localhost:4290'
const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

let servers: LocalServers
let authorizationServer: AuthorizationServer

beforeAll(async () => {
  servers = await startLocalServers()
  authorizationServer = servers.authorizationServer
})
afterAll(() => servers.close())

function post(url: string, parameters: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { origin, ...headers },
    body: new URLSearchParams(parameters),
  })
}

function tokenRequest(parameters: Record<string, string>, headers?: Record<string, string>) {
  const all = { grant_type: 'client_credentials', ...parameters }
  return post(authorizationServer.tokenEndpoint, all, headers)
}

async function accessToken(client: RegisteredClient, resource?: string): Promise<string> {
  const scope = ['scope', 'read'] as const
  const parameters = resource === undefined ? [scope] : [scope, ['resource', resource] as const]
  const response = await requestToken(authorizationServer, client, { parameters })
  return ((await response.json()) as { access_token: string }).access_token
}

describe('the authorization server', () => {
  const granted = Object.values<RegisteredClient>(clients).filter(
    ({ grant, dpop }) => grant === undefined && dpop === undefined,
  )

  test.each(granted)('gives $id a token', async (client) => {
    const { id, alg = 'RS256', format = 'jwt', lifetime = 300, scope } = client
    const response = await requestToken(authorizationServer, client, { parameters: [['scope', scope]] })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    const body = (await response.json()) as { access_token: string }
    expect(body).toMatchObject({ expires_in: lifetime, scope, token_type: 'Bearer' })
    if (format === 'opaque') return
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg, typ: 'at+jwt' })
    const { issuer: iss } = authorizationServer
    expect(decodeJwt(body.access_token)).toMatchObject({
      iss,
      sub: id,
      client_id: id,
      aud: servers.api.origin,
      scope,
    })
  })

  test.each([
    ['a wrong secret in the body', { client_id: 'm2m', client_secret: 'wrong' }, {}, 401, 'invalid_client'],
    ['a wrong secret in the header', {}, basic('m2m-basic', 'wrong'), 401, 'invalid_client'],
    ['the awkward secret sent raw', {}, basic(clients.basic.id, clients.basic.secret), 401, 'invalid_client'],
    ['a lone % sent raw', {}, basic(clients.percent.id, clients.percent.secret), 400, 'invalid_request'],
    ['a scope it may not have', { ...m2m(), scope: 'write' }, {}, 400, 'invalid_scope'],
    ['no right to the grant', { ...m2m(clients.noGrant) }, {}, 400, 'invalid_request'],
    ['an unknown resource', { ...m2m(), resource: 'https://other.example' }, {}, 400, 'invalid_target'],
  ])('refuses a client with %s', async (_case, parameters, headers, status, error) => {
    const response = await tokenRequest(parameters, headers)
    expect(response.status).toBe(status)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(await response.json()).toMatchObject({ error })
  })

  test('gives no token to a page from elsewhere', async () => {
    const response = await tokenRequest(m2m(), { origin: 'https://evil.example' })
    expect(response.status).toBe(400)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test.each(['openid-configuration', 'oauth-authorization-server'])('publishes its %s', async (name) => {
    const { issuer, tokenEndpoint } = authorizationServer
    const response = await fetch(`${issuer}/.well-known/${name}`)
    const metadata = (await response.json()) as { jwks_uri: string }
    expect(metadata).toMatchObject({ issuer, token_endpoint: tokenEndpoint })
    const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: JWK[] }
    const algs = keys.map(({ alg }) => alg)
    expect(algs).toEqual(['RS256', 'ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA', undefined])
    expect(keys.filter((key) => 'd' in key)).toEqual([])
  })

  test('introspects and revokes an opaque token', async () => {
    const { introspectionEndpoint, revocationEndpoint } = authorizationServer
    const { id, secret } = clients.opaque
    const parameters = { client_id: id, client_secret: secret, token: await accessToken(clients.opaque) }
    const introspect = async (): Promise<unknown> => (await post(introspectionEndpoint, parameters)).json()
    expect(await introspect()).toMatchObject({ active: true, client_id: id, scope: 'read' })
    expect((await post(revocationEndpoint, { ...m2m(), token: parameters.token })).status).toBe(400)
    expect((await post(revocationEndpoint, parameters)).status).toBe(200)
    expect(await introspect()).toEqual({ active: false })
  })

  test('says that it cannot introspect or revoke a JWT', async () => {
    const parameters = { ...m2m(), token: await accessToken(clients.post) }
    for (const endpoint of ['introspectionEndpoint', 'revocationEndpoint'] as const) {
      const response = await post(authorizationServer[endpoint], parameters)
      expect(await response.json()).toMatchObject({ error: 'unsupported_token_type' })
    }
  })

  test('accepts the next port when the preferred one is busy, and prints nothing', async () => {
    const warn = vi.spyOn(console, 'warn')
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        resolve((other.address() as { port: number }).port)
      })
    })
    const server = await startAuthorizationServer({ port })
    expect(server.busy).toBe(port)
    expect(server.issuer).not.toBe(`http://localhost:${port}`)
    expect(warn).not.toHaveBeenCalled()
    await server.close()
    other.close()
  })
})

describe('the API', () => {
  const call = (path: string, authorization?: string) =>
    fetch(servers.api.origin + path, {
      headers: { origin, ...(authorization === undefined ? {} : { authorization }) },
    })

  test('greets a client that has the scope', async () => {
    const signed = Object.values(clients).filter(({ id }) => /^m2m-token-(?!hs)/.test(id))
    for (const client of [clients.post, clients.es256, clients.opaque, ...signed]) {
      const response = await call('/greeting', `Bearer ${await accessToken(client)}`)
      expect([client.id, response.status]).toEqual([client.id, 200])
      expect(await response.json()).toMatchObject({ greeting: `Hello, ${client.id}!`, client_id: client.id })
    }
  })

  test('does not accept a token signed with a secret of the client’s', async () => {
    const response = await call('/greeting', `Bearer ${await accessToken(clients.tokenHs256)}`)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'invalid_token' })
  })

  test('says no more than the scheme without credentials (RFC 6750 3)', async () => {
    for (const authorization of [undefined, 'Basic bTJtOnBhc3N3b3Jk']) {
      const response = await call('/greeting', authorization)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Greeting API"')
      expect(response.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate, Mcp-Session-Id')
      expect(await response.text()).toBe('')
    }
  })

  test('names the scope that is missing (RFC 6750 3.1)', async () => {
    const response = await call('/admin', `Bearer ${await accessToken(clients.post)}`)
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="Greeting API", error="insufficient_scope", error_description="This resource needs the scope admin.", scope="admin"',
    )
  })

  test.each([
    ['garbage', () => 'garbage', 401, 'invalid_token'],
    ['a JWT that nobody signed', () => 'eyJhbGciOiJSUzI1NiJ9.e30.e30', 401, 'invalid_token'],
    [
      'a changed token',
      async () => `${(await accessToken(clients.post)).slice(0, -8)}AAAAAAAA`,
      401,
      'invalid_token',
    ],
    ['a token with a space in it', () => 'two parts', 400, 'invalid_request'],
    ['no token', () => '', 400, 'invalid_request'],
  ])('refuses %s', async (_case, token, status, error) => {
    const response = await call('/greeting', `Bearer ${await token()}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('www-authenticate')).toContain(`error="${error}"`)
  })

  test('has a resource whose tokens are good for it alone (RFC 8707 2.2)', async () => {
    const { greeting, reports } = servers.api
    const call = async (url: string, resource?: string) => {
      const headers = { authorization: `Bearer ${await accessToken(clients.post, resource)}` }
      return (await fetch(url, { headers })).status
    }
    expect(await call(reports, reports)).toBe(200)
    expect(await call(greeting, reports)).toBe(401)
    expect(await call(reports)).toBe(401)
  })

  test('refuses a token for another API', async () => {
    const stranger = await startLocalServers()
    const response = await fetch(stranger.api.greeting, {
      headers: { authorization: `Bearer ${await accessToken(clients.post)}` },
    })
    expect(response.status).toBe(401)
    await stranger.close()
  })

  test('refuses an expired token', async () => {
    const token = await accessToken(clients.brief)
    await new Promise((resolve) => setTimeout(resolve, clients.brief.lifetime * 1000 + 100))
    const response = await call('/greeting', `Bearer ${token}`)
    expect(response.headers.get('www-authenticate')).toContain(
      'error_description="The access token expired."',
    )
  })

  test('responds to a preflight', async () => {
    const headers = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    }
    const response = await fetch(servers.api.greeting, { method: 'OPTIONS', headers })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization')
  })
})

function m2m(client: { id: string; secret: string } = clients.post) {
  return { client_id: client.id, client_secret: client.secret }
}
