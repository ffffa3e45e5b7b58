import { afterAll, beforeAll, expect, test } from 'vitest'
import { clients } from './clients.ts'
import { type LocalServers, startLocalServers } from './local-servers.ts'
import { requestToken } from './signed-requests.ts'

const origin = 'http://localhost:4290'
let servers: LocalServers
let url: string

beforeAll(async () => {
  servers = await startLocalServers()
  url = servers.api.mcp
})
afterAll(() => servers.close())

async function tokenFor(resource: string, scope: string): Promise<string> {
  const parameters = [['scope', scope] as const, ['resource', resource] as const]
  const response = await requestToken(servers.authorizationServer, clients.post, { parameters })
  return ((await response.json()) as { access_token: string }).access_token
}

const post = (message: object, headers: Record<string, string>) =>
  fetch(url, {
    method: 'POST',
    headers: {
      origin,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
  })
const discover = {
  method: 'server/discover',
  params: {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
}
const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'server/discover' }
const initialize = {
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}

test('a preflight allows what a page sends, to a page on this machine alone', async () => {
  const ask = (from: string) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,mcp-method,mcp-protocol-version',
      },
    })
  const { status, headers } = await ask(origin)
  expect([status, headers.get('access-control-allow-headers')]).toEqual([
    204,
    'authorization,content-type,mcp-method,mcp-protocol-version',
  ])
  expect((await ask('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull()
})

test('401 names the metadata, which name the issuer', async () => {
  const { status, headers } = await post(initialize, {})
  expect([status, headers.get('access-control-expose-headers')]).toEqual([
    401,
    'WWW-Authenticate, Mcp-Session-Id',
  ])
  const named = /scope="mcp:tools", resource_metadata="([^"]+)"/.exec(headers.get('www-authenticate') ?? '')
  expect(named?.[1]).toBe(`${servers.api.origin}/.well-known/oauth-protected-resource/mcp`)
  expect(await (await fetch(named?.[1] ?? '')).json()).toMatchObject({
    resource: url,
    authorization_servers: [servers.authorizationServer.issuer],
    scopes_supported: ['mcp:tools'],
  })
})

test('both generations respond to a token for this URL with the scope', async () => {
  const authorization = `Bearer ${await tokenFor(url, 'mcp:tools')}`
  const discovered = await post(discover, { authorization, ...modern })
  expect(await discovered.json()).toMatchObject({ result: { supportedVersions: ['2026-07-28'] } })
  const begun = await post(initialize, { authorization })
  expect([begun.status, begun.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  expect(await begun.text()).toContain('"protocolVersion":"2025-11-25"')
})

test('a token for the API is 401, one without the scope 403', async () => {
  const other = await post(initialize, {
    authorization: `Bearer ${await tokenFor(servers.api.origin, 'mcp:tools')}`,
  })
  expect([other.status, await other.json()]).toEqual([
    401,
    { error: 'invalid_token', error_description: 'Token was not issued for this resource' },
  ])
  const narrow = await post(initialize, { authorization: `Bearer ${await tokenFor(url, 'read')}` })
  expect([narrow.status, narrow.headers.get('www-authenticate')]).toEqual([
    403,
    expect.stringContaining('error="insufficient_scope"'),
  ])
})
