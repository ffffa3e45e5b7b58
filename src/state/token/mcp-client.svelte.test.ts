import { describe, expect, it } from 'vitest'
import { headerValue, type HttpRequest, type Observation } from '../../lib/http/message.ts'
import { generateKey } from '../../lib/keys/generate-key.ts'
import { sequenceOfRun } from '../../lib/sequence/run.ts'
import { emptyConfig } from '../../lib/oauth/config/config.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { Playground } from '../playground.svelte.ts'
import { McpClient } from './mcp-client.ts'
import { toolsOf } from './token-tools.ts'

const url = 'https://mcp.example/mcp'
const session = 'a-session-of-the-user'

const respond = (status: number, body: object | null, headers: readonly (readonly [string, string])[] = []) =>
  ({
    serverView: null,
    outcome: {
      kind: 'response',
      response: {
        status,
        statusText: '',
        headers: [['content-type', 'application/json'], ...headers],
        body: new TextEncoder().encode(body === null ? '' : JSON.stringify(body)),
      },
    },
  }) satisfies Observation

interface Message {
  readonly id?: number
  readonly method: string
}

/** A server of 2025-11-25 with sessions, whose tokens are bound to a key. */
function serve(request: HttpRequest): Observation {
  if (request.url === 'https://as.example/token')
    return respond(200, { access_token: 'bound', token_type: 'DPoP' })
  const { id, method } = JSON.parse(request.body ?? '{}') as Message
  if (method === 'server/discover')
    return respond(400, { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'Missing session ID' } })
  if (id === undefined) return respond(202, null)
  const results: Readonly<Record<string, object>> = {
    initialize: { protocolVersion: '2025-11-25' },
    'tools/list': { tools: [{ name: 'echo' }] },
  }
  const given = method === 'initialize' ? [['mcp-session-id', session] as const] : []
  return respond(200, { jsonrpc: '2.0', id, result: results[method] ?? {} }, given)
}

async function open() {
  const requests: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    transport: (request) => {
      requests.push(request)
      return Promise.resolve(serve(request))
    },
  })
  playground.connection.choose('own')
  const key = await generateKey('ES256', {})
  playground.keys.put(key)
  playground.connection.edit({
    token_endpoint: 'https://as.example/token',
    client_id: 'c',
    client_secret: 's',
    dpop: { ...emptyConfig.dpop, on: true, key: key.thumbprint },
  })
  await eventually(() => {
    expect(playground.connection.sendable).toBe(true)
  })
  await playground.send()
  const { use } = toolsOf(playground)
  use.edit({ url })
  return { playground, use, client: new McpClient(playground, use), requests }
}

const methodsOf = (requests: readonly HttpRequest[]) =>
  requests.filter((one) => one.url === url).map(({ body }) => (JSON.parse(body ?? '{}') as Message).method)

describe('a client of MCP', () => {
  it('calls up to the list of tools, an exchange each, with a proof of its own and in the session', async () => {
    const { playground, client, use, requests } = await open()
    await client.run()
    expect(methodsOf(requests)).toEqual([
      'server/discover',
      'initialize',
      'notifications/initialized',
      'tools/list',
    ])
    const calls = requests.filter((one) => one.url === url)
    expect(new Set(calls.map(({ headers }) => headerValue(headers, 'dpop'))).size).toBe(4)
    expect(headerValue(calls.at(-1)?.headers ?? [], 'mcp-session-id')).toBe(session)
    expect(client.server.list?.tools.map(({ name }) => name)).toEqual(['echo'])
    expect(client.offered).toContain('DELETE')
    // History and the sequence tell the calls of one URL apart.
    const [last] = playground.exchanges.history.entries
    expect(last?.exchange.purpose).toBe('API call tools/list')
    const { messages } = sequenceOfRun(playground.exchanges.history.entries, {
      pageOrigin: 'https://page.example',
    })
    expect(messages.map((one) => 'detail' in one && one.detail)).toContain(
      'tools/list, DPoP-bound token, DPoP proof',
    )
    // What was sent last is what the form has, to be changed and sent again.
    expect(use.call.body).toContain('tools/list')
    await client.run()
    expect(methodsOf(requests).slice(4)).toEqual(['initialize', 'notifications/initialized', 'tools/list'])
  })

  it('knows the server at the URL of the call, and of no other', async () => {
    const { client, use } = await open()
    await client.run()
    use.edit({ url: `${url}/other` })
    expect(client.server).toMatchObject({ version: null, session: null, list: null })
    use.edit({ url })
    expect(client.server.session).toBe(session)
  })

  it('RFC 6454 4: sends the ID of a session to no other origin than that which gave it', async () => {
    const { client, use } = await open()
    await client.run()
    const fields = () => use.call.headers.map(({ name }) => name)
    use.edit({ url: `${url}?a` })
    expect(fields()).toContain('Mcp-Session-Id')
    use.edit({ url: 'https://other.example/mcp' })
    expect(fields()).toEqual(['Accept', 'MCP-Protocol-Version'])
  })

  it('has no session of the user while the calls are lent, and has it again after that', async () => {
    const { client, use } = await open()
    await client.run()
    const giveBack = use.lend()
    client.fill('tools/list')
    expect(client.server).toMatchObject({ version: null, session: null, list: null })
    expect(JSON.stringify(use.call)).not.toContain(session)
    giveBack()
    expect(client.server.session).toBe(session)
    expect(JSON.stringify(use.call)).toContain(session)
  })

  it('sends nothing without a URL', async () => {
    const { client, use, requests } = await open()
    use.edit({ url: '' })
    expect(client.ready).toBe(false)
    await client.run()
    expect(requests).toHaveLength(1)
  })
})
