import { beforeAll, describe, expect, test } from 'vitest'
import { practiceOrigin } from '../base/origin.ts'
import { createPracticeServer } from '../server.ts'

let now = Date.UTC(2026, 0, 1)
const server = createPracticeServer({ now: () => now })
const url = `${practiceOrigin}/mcp`
const clientInfo = { name: 'test', version: '1' }

async function tokenOf(client_id: string, client_secret: string, more: Record<string, string>) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, ...more })
  const response = await server.fetch(new Request(`${practiceOrigin}/token`, { method: 'POST', body }))
  return ((await response.json()) as { access_token: string }).access_token
}
const right = { resource: url, scope: 'mcp:tools' }

let token = ''
beforeAll(async () => {
  token = await tokenOf('practice-client', 'practice-secret', right)
})

type Fields = Readonly<Record<string, string | null>>

async function send(message: unknown, fields: Fields = {}, method = 'POST') {
  const all: Fields = {
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    ...fields,
  }
  const headers = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  )
  const body = typeof message === 'string' ? message : JSON.stringify(message)
  const response = await server.fetch(
    new Request(url, { method, headers, body: method === 'POST' ? body : null }),
  )
  const failed = server.checksOf(response).find(({ result }) => result === 'fail')
  const { status } = response
  return { status, headers: response.headers, text: await response.text(), failed: failed?.what }
}

const modern = (method: string, params: object = {}, version = '2026-07-28') => ({
  jsonrpc: '2.0',
  id: 1,
  method,
  params: {
    ...params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': version,
      'io.modelcontextprotocol/clientInfo': clientInfo,
      'io.modelcontextprotocol/clientCapabilities': {},
      ...(params as { _meta?: object })._meta,
    },
  },
})
const fields = (method: string, more: Fields = {}): Fields => ({
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': method,
  ...more,
})
const ofServer =
  '"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"Practice MCP server","version":"1.0.0"}}'
const tools = /"tools":\[\{"name":"greet",.*\},\{"name":"count",.*\}\]/

describe('2026-07-28', () => {
  test('server/discover: the versions, as JSON, and no session', async () => {
    const { status, headers, text } = await send(modern('server/discover'), fields('server/discover'))
    expect([status, headers.get('content-type'), headers.get('mcp-session-id')]).toEqual([
      200,
      'application/json',
      null,
    ])
    expect(text).toBe(
      `{"jsonrpc":"2.0","id":1,"result":{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"resultType":"complete","ttlMs":0,"cacheScope":"private",${ofServer}}}`,
    )
  })

  test('tools/list and a call that is text', async () => {
    expect((await send(modern('tools/list'), fields('tools/list'))).text).toMatch(tools)
    const call = modern('tools/call', { name: 'greet', arguments: { name: 'Ada' } })
    const { text } = await send(call, fields('tools/call', { 'mcp-name': 'greet' }))
    expect(text).toBe(
      `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Hello, Ada! practice-client sends its regards."}],"resultType":"complete",${ofServer}}}`,
    )
  })

  test('a call that notifies of its progress is a stream, with the response last', async () => {
    const call = modern('tools/call', { name: 'count', arguments: { n: 2 }, _meta: { progressToken: 'p' } })
    const encoded = { 'mcp-name': `=?base64?${btoa('count')}?=` }
    const { headers, text } = await send(call, fields('tools/call', encoded))
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      'text/event-stream',
      'no-cache, no-transform',
    ])
    const progress = (done: number) =>
      `event: message\ndata: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":${done},"total":2}}\n\n`
    expect(text).toBe(
      `${progress(1)}${progress(2)}event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Counted to 2"}],"resultType":"complete",${ofServer}}}\n\n`,
    )
  })

  test('without a progressToken the stream has the response alone', async () => {
    const call = modern('tools/call', { name: 'count', arguments: { n: 2 } })
    const { text } = await send(call, fields('tools/call', { 'mcp-name': 'count' }))
    expect(text.match(/^event: /gm)).toHaveLength(1)
  })

  test.each([
    ['an unknown tool', { name: 'nope' }, /"error":\{"code":-32602,"message":"Tool 'nope' not found"\}/],
    ['no name', { name: 'greet', arguments: {} }, /"text":"name is undefined; .*"isError":true/],
    ['too many', { name: 'count', arguments: { n: 11 } }, /"isError":true/],
    ['a list', { name: 'greet', arguments: [] }, /"code":-32602/],
  ])('what a tool cannot do is 200, with %s', async (_what, params, expected) => {
    const { status, text } = await send(
      modern('tools/call', params),
      fields('tools/call', { 'mcp-name': params.name }),
    )
    expect(status).toBe(200)
    expect(text).toMatch(expected)
  })

  const list = modern('tools/list')
  test.each([
    ['no Mcp-Method', list, fields('', { 'mcp-method': null }), 400, -32020],
    ['another Mcp-Method', list, fields('tools/call'), 400, -32020],
    ['no MCP-Protocol-Version', list, { 'mcp-method': 'tools/list' }, 400, -32020],
    [
      'no Mcp-Name',
      modern('tools/call', { name: 'greet', arguments: { name: 'a' } }),
      fields('tools/call'),
      400,
      -32020,
    ],
    [
      'a version that is not served',
      modern('tools/list', {}, '2099-01-01'),
      fields('tools/list', { 'mcp-protocol-version': '2099-01-01' }),
      400,
      -32022,
    ],
    [
      'no _meta',
      { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
      fields('tools/list'),
      400,
      -32602,
    ],
    ['an unknown method', modern('no/such'), fields('no/such'), 404, -32601],
    ['initialize', modern('initialize'), fields('initialize'), 404, -32601],
  ] as const)('refuses %s, with the id of the request', async (_what, message, headers, status, code) => {
    const response = await send(message, headers)
    expect(response.status).toBe(status)
    expect(JSON.parse(response.text)).toMatchObject({ jsonrpc: '2.0', id: 1, error: { code } })
    expect(response.failed).toBeDefined()
  })

  test('-32022 names the versions that are served', async () => {
    const headers = fields('tools/list', { 'mcp-protocol-version': '2099-01-01' })
    expect(JSON.parse((await send(modern('tools/list', {}, '2099-01-01'), headers)).text)).toMatchObject({
      error: { data: { supported: ['2026-07-28'], requested: '2099-01-01' } },
    })
  })
})

const rpc = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 2, method, params })
const begin = (version = '2025-11-25') =>
  send(rpc('initialize', { protocolVersion: version, capabilities: {}, clientInfo }))
async function inSession(): Promise<Fields> {
  const { headers } = await begin()
  return { 'mcp-session-id': headers.get('mcp-session-id'), 'mcp-protocol-version': '2025-11-25' }
}

describe('the versions with sessions', () => {
  test.each(['2025-11-25', '2025-06-18', '2025-03-26'])(
    'initialize begins a session: %s',
    async (version) => {
      const { status, headers, text } = await begin(version)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream'])
      expect(headers.get('mcp-session-id')).toMatch(/^[\da-f-]{36}$/)
      expect(text).toBe(
        `event: message\ndata: {"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"${version}","capabilities":{"tools":{}},"serverInfo":{"name":"Practice MCP server","version":"1.0.0"}}}\n\n`,
      )
    },
  )

  test('a version that it does not know gets the newest', async () => {
    expect((await begin('1999-01-01')).text).toContain('"protocolVersion":"2025-11-25"')
  })

  test('202 without a body for a notification, then the tools as a stream of events', async () => {
    const session = await inSession()
    const told = await send({ jsonrpc: '2.0', method: 'notifications/initialized' }, session)
    expect([told.status, told.text]).toEqual([202, ''])
    const { headers, text } = await send(rpc('tools/list'), session)
    expect(headers.get('content-type')).toBe('text/event-stream')
    expect(text).toMatch(tools)
    expect((await send(rpc('ping'), session)).text).toContain('"result":{}')
    const call = rpc('tools/call', { name: 'greet', arguments: { name: 'Ada' } })
    expect((await send(call, session)).text).toContain('Hello, Ada!')
    expect((await send(rpc('no/such'), session)).text).toContain('"code":-32601')
  })

  test('no session is 400, another or one that is over is 404', async () => {
    const missing = await send(rpc('tools/list'))
    expect([missing.status, missing.text]).toEqual([
      400,
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Bad Request: Missing session ID"}}',
    ])
    const session = await inSession()
    expect((await send('', session, 'DELETE')).status).toBe(200)
    const over = await send(rpc('tools/list'), session)
    expect([over.status, over.text]).toEqual([
      404,
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Session not found"}}',
    ])
    const old = await inSession()
    now += 299_000
    expect((await send(rpc('tools/list'), old)).status).toBe(200)
  })

  test('a session is no proof of who asks: it is of the client that began it', async () => {
    const session = await inSession()
    const other = await tokenOf('practice-es256', 'practice-secret-es256', right)
    const { status } = await send(rpc('tools/list'), { ...session, authorization: `Bearer ${other}` })
    expect(status).toBe(404)
    expect((await send(rpc('tools/list'), session)).status).toBe(200)
  })

  test('a version in the header that it does not know is 400', async () => {
    const session = { ...(await inSession()), 'mcp-protocol-version': '1999-01-01' }
    expect((await send(rpc('tools/list'), session)).text).toContain(
      '"code":-32000,"message":"Bad Request: Unsupported protocol version: 1999-01-01',
    )
  })
})

describe('what it looks at before the version', () => {
  test('the token: 401 with the scope and the metadata, 403 with the scope', async () => {
    const none = await send(rpc('initialize'), { authorization: null })
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(
        /^Bearer realm="practice", scope="mcp:tools", resource_metadata="https:\/\/practice\.example\/\.well-known\/oauth-protected-resource\/mcp", DPoP /,
      ),
    ])
    expect((await send('', { authorization: null }, 'GET')).status).toBe(401)
    const narrow = await tokenOf('practice-client', 'practice-secret', { resource: url, scope: 'read' })
    const refused = await send(rpc('initialize'), { authorization: `Bearer ${narrow}` })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      expect.stringMatching(/^Bearer realm="practice", error="insufficient_scope", .*scope="mcp:tools"/),
    ])
  })

  test.each([undefined, `${practiceOrigin}/api`, `${practiceOrigin}/reports`])(
    'the audience, by the whole URL: a token for %s is for another API',
    async (resource) => {
      const other = await tokenOf('practice-client', 'practice-secret', {
        scope: 'mcp:tools',
        ...(resource === undefined ? {} : { resource }),
      })
      const { status, failed } = await send(rpc('initialize'), { authorization: `Bearer ${other}` })
      expect([status, failed]).toEqual([401, 'This API is the audience'])
    },
  )

  test.each([
    ['Accept of one type', { accept: 'application/json' }, '{}', 406, -32000],
    ['Accept of anything', { accept: '*/*' }, '{}', 406, -32000],
    ['Content-Type', { 'content-type': 'text/plain' }, '{}', 415, -32000],
    ['a body that is no JSON', {}, '{', 400, -32700],
    ['a batch', {}, '[]', 400, -32600],
    ['another JSON-RPC', {}, '{"jsonrpc":"1.0","method":"x"}', 400, -32600],
    ['an id that is a list', {}, '{"jsonrpc":"2.0","id":[],"method":"x"}', 400, -32600],
    ['params that are a list', {}, '{"jsonrpc":"2.0","id":1,"method":"x","params":[]}', 400, -32600],
    ['no method', {}, '{"jsonrpc":"2.0","id":1}', 400, -32600],
    ['a large body', {}, `"${'x'.repeat(64 * 1024)}"`, 400, -32600],
  ] as const)('refuses %s, with an id of null', async (_what, headers, body, status, code) => {
    const response = await send(body, headers)
    expect(response.status).toBe(status)
    expect(JSON.parse(response.text)).toMatchObject({ id: null, error: { code } })
  })

  test('the method: GET, which would open a stream, is 405 with Allow', async () => {
    const { status, headers, text } = await send('', {}, 'GET')
    expect([status, headers.get('allow'), text]).toEqual([
      405,
      'POST, DELETE',
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Method not allowed."}}',
    ])
  })
})
