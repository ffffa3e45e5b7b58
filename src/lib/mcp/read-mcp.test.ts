import { describe, expect, it } from 'vitest'
import type { HeaderList, Outcome } from '../http/message.ts'
import { readMcp } from './read-mcp.ts'

const request = (method: string, id = 1) => ({
  method: 'POST',
  url: 'https://mcp.example/mcp',
  headers: [],
  body: JSON.stringify({ jsonrpc: '2.0', id, method, params: {} }),
})

const responded = (body: string, headers: HeaderList = []): Outcome => ({
  kind: 'response',
  response: { status: 200, statusText: '', headers, body: new TextEncoder().encode(body) },
})

const json = ['content-type', 'application/json'] as const
const stream = ['content-type', 'text/event-stream'] as const
const event = (message: string) => `event: message\ndata: ${message}\n\n`

const discovered =
  '{"result":{"supportedVersions":["2026-07-28"],"capabilities":{"logging":{},"tools":{"listChanged":true}},"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"trial-ts2","version":"2.0.0"}}},"jsonrpc":"2.0","id":1}'
const initialized = (version = '1.0.0') =>
  `{"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"trial","version":"${version}"}},"jsonrpc":"2.0","id":1}`

describe('what the response of an MCP server says of it', () => {
  it('server/discover: name, version, the versions that it serves, capabilities', () => {
    const outcome = responded(discovered, [json])
    expect(readMcp({ request: request('server/discover'), outcome })).toEqual({
      method: 'server/discover',
      server: 'trial-ts2 2.0.0',
      versions: ['2026-07-28'],
      capabilities: ['logging', 'tools'],
      tools: null,
      hasMore: false,
      session: null,
      notifications: 0,
      deviations: [],
    })
  })

  it.each<[string, HeaderList, RegExp]>([
    ['named', [['Mcp-Session-Id', '4790677d']], /^The server opened a session/],
    [
      'none, if every field can be read',
      [['Date', 'Mon, 30 Nov 2026 00:26:54 GMT']],
      /^The server opened no session/,
    ],
    ['open, if CORS may hide it', [], /or CORS hides it.*Access-Control-Expose-Headers: Mcp-Session-Id/],
  ])('initialize: the version, and whether there is a session: %s', (_what, headers, session) => {
    const outcome = responded(event(initialized()), [stream, ...headers])
    const reading = readMcp({ request: request('initialize'), outcome })
    expect(reading).toMatchObject({
      server: 'trial 1.0.0',
      versions: ['2025-11-25'],
      capabilities: ['tools'],
    })
    expect(reading?.session).toMatch(session)
  })

  it('initialize: a server without a version (Python)', () => {
    const outcome = responded(initialized(''), [json])
    expect(readMcp({ request: request('initialize'), outcome })?.server).toBe('trial')
  })

  it('tools/list: the names, a few at a time, and each as long as a card has room for', () => {
    const tools = Array.from({ length: 60 }, (_, at) => ({ name: `t${at}`, description: 'x'.repeat(5000) }))
    const outcome = responded(JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools } }), [json])
    const reading = readMcp({ request: request('tools/list'), outcome })
    expect([reading?.tools?.length, reading?.hasMore]).toEqual([50, true])
    expect(reading?.tools?.[0]).toEqual({ name: 't0', description: `${'x'.repeat(300)}…` })
  })

  it('of a stream that goes on what has come of it', () => {
    const body = new TextEncoder().encode(
      event('{"jsonrpc":"2.0","method":"notifications/message"}') + event(initialized()) + ': keep-alive',
    )
    const partial = { status: 200, statusText: '', headers: [stream], body }
    const outcome: Outcome = { kind: 'aborted', by: 'person', partial }
    expect(readMcp({ request: request('initialize'), outcome })).toMatchObject({
      server: 'trial 1.0.0',
      notifications: 1,
    })
  })

  it('what JSON-RPC does not provide for', () => {
    const outcome = responded('{"jsonrpc":"1.0","id":"1","result":{}}', [json])
    expect(readMcp({ request: request('ping'), outcome })?.deviations).toEqual([
      'A message does not have jsonrpc: "2.0".',
      'The response has another id than the request: 1 and "1" are two.',
    ])
  })

  it('nothing, if it is an error, no message, or has not come', () => {
    for (const outcome of [
      responded('{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"x"}}', [json]),
      responded('{}', [json]),
      responded('', []),
      { kind: 'opaque-redirect' } as const,
    ])
      expect(readMcp({ request: request('ping'), outcome })).toBeNull()
  })
})
