import { describe, expect, it } from 'vitest'
import { parseJson } from '../json/parse.ts'
import { argumentsFor } from './arguments.ts'
import { mcpMethodOf } from './method-of.ts'
import { mcpCall, type McpContext, type McpMethod } from './requests.ts'
import { toolsIn } from './tools.ts'

const fresh: McpContext = { version: null, session: null, nextId: 1 }
const legacy: McpContext = { version: '2025-06-18', session: 'abc', nextId: 2 }
const accept = 'Accept: application/json, text/event-stream'

const jsonOf = (text: string) => {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.value
}
const tool = (name: string, inputSchema = '{}') => ({
  name,
  title: name,
  description: '',
  inputSchema: jsonOf(inputSchema),
})

/** A request as lines: its method and fields, and the message in it. */
function wire(method: McpMethod, context: McpContext, called: ReturnType<typeof tool> | null = null) {
  const call = mcpCall(method, context, [], called)
  return {
    lines: [call.method, ...call.headers.map(({ name, value }) => `${name}: ${value}`)],
    message: call.body === '' ? null : (JSON.parse(call.body) as Record<string, unknown>),
  }
}

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'Client Credentials Playground', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
}

describe('a request of MCP', () => {
  it('2026-07-28: has its version and its method in fields and in the body, and the client in _meta', () => {
    const fields = ['POST', accept, 'MCP-Protocol-Version: 2026-07-28']
    expect(wire('server/discover', fresh)).toEqual({
      lines: [...fields, 'Mcp-Method: server/discover'],
      message: { jsonrpc: '2.0', id: 1, method: 'server/discover', params: { _meta: meta } },
    })
    expect(wire('tools/list', { ...fresh, session: 'of another time' }).lines).toEqual([
      ...fields,
      'Mcp-Method: tools/list',
    ])
    const echo = tool('echo', '{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}')
    expect(wire('tools/call', fresh, echo)).toEqual({
      lines: [...fields, 'Mcp-Method: tools/call', 'Mcp-Name: echo'],
      message: {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'echo', arguments: { text: '' }, _meta: meta },
      },
    })
  })

  it('2025-11-25: begins with initialize, "NO MCP-Protocol-Version, NO Mcp-Session-Id"', () => {
    expect(wire('initialize', { ...fresh, session: 'old' })).toEqual({
      lines: ['POST', accept],
      message: {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: {
          protocolVersion: '2025-11-25',
          capabilities: {},
          clientInfo: { name: 'Client Credentials Playground', version: '1.0.0' },
        },
      },
    })
  })

  it('of a session has its ID and the version that the server chose; a notification has no id', () => {
    const fields = ['MCP-Protocol-Version: 2025-06-18', 'Mcp-Session-Id: abc']
    expect(wire('notifications/initialized', legacy)).toEqual({
      lines: ['POST', accept, ...fields],
      message: { jsonrpc: '2.0', method: 'notifications/initialized' },
    })
    expect(wire('tools/list', legacy)).toEqual({
      lines: ['POST', accept, ...fields],
      message: { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} },
    })
    expect(wire('ping', legacy).message).toEqual({ jsonrpc: '2.0', id: 2, method: 'ping' })
    expect(wire('DELETE', legacy)).toEqual({ lines: ['DELETE', ...fields], message: null })
  })

  it('leaves the user’s own fields, and removes those of the request before', () => {
    const own = { name: 'X-Tenant', value: 'a', on: true }
    const before = [{ name: 'mcp-method', value: 'tools/list', on: true }, own]
    expect(mcpCall('initialize', fresh, before).headers).toEqual([
      own,
      { name: 'Accept', value: 'application/json, text/event-stream', on: true },
    ])
  })

  it('2026-07-28: has in fields the arguments that the schema names for it, and none of the tool before', () => {
    const schema = `{"type":"object","required":["a","b","c","d"],"properties":{
      "a":{"type":"string","default":"Köln","x-mcp-header":"Region"},
      "b":{"type":"object","required":["n"],"properties":{"n":{"type":"integer","x-mcp-header":"Count"}}},
      "c":{"type":"array","x-mcp-header":"List"},
      "d":{"type":"boolean","x-mcp-header":"not a token"}}}`
    const called = mcpCall('tools/call', fresh, [], tool('t', schema))
    expect(called.headers.slice(-2).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Mcp-Param-Region: =?base64?S8O2bG4=?=',
      'Mcp-Param-Count: 0',
    ])
    expect(mcpCall('tools/list', fresh, called.headers).headers.map(({ name }) => name)).toEqual([
      'Accept',
      'MCP-Protocol-Version',
      'Mcp-Method',
    ])
  })

  it.each([
    ['größe', '=?base64?Z3LDtsOfZQ==?='],
    [' spaced', '=?base64?IHNwYWNlZA==?='],
    ['=?base64?eA==?=', '=?base64?PT9iYXNlNjQ/ZUE9PT89?='],
    ['two words', 'two words'],
  ])('names the tool %j in a field as %j', (name, value) => {
    expect(wire('tools/call', fresh, tool(name)).lines).toContain(`Mcp-Name: ${value}`)
  })
})

describe('the method of a request', () => {
  it.each([
    ['{"jsonrpc":"2.0","method":"tools/list"}', 'tools/list'],
    ['{"jsonrpc":"2.0","method":"notifications/initialized"}', 'notifications/initialized'],
    ['{"jsonrpc":"2.0","method":"correct-horse"}', null],
    ['{"jsonrpc":"2.0","method":{"a":1}}', null],
    ['{"method":"tools/list"}', null],
    ['"jsonrpc"', null],
    [null, null],
  ])('%j is %j', (body, method) => {
    expect(mcpMethodOf({ body })).toBe(method)
  })
})

describe('the arguments to begin with', () => {
  it.each([
    ['{"type":"object","properties":{"a":{"type":"number"},"b":{}},"required":["a"]}', { a: 0 }],
    ['{"properties":{"a":{"enum":["x","y"]},"b":{"default":[1]}},"required":["a","b"]}', { a: 'x', b: [1] }],
    ['{"properties":{"a":{"type":["boolean","null"]}},"required":["a"]}', { a: false }],
    [
      '{"properties":{"a":{"properties":{"b":{"const":2}},"required":["b"]}},"required":["a"]}',
      { a: { b: 2 } },
    ],
    ['{"required":["a"]}', { a: '' }],
    ['{"required":"a"}', {}],
    ['{"type":"string"}', {}],
    ['[]', {}],
  ])('of %s', (schema, expected) => {
    expect(argumentsFor(jsonOf(schema))).toEqual(expected)
  })

  it('have a bound', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `"a${index}"`).join(',')
    expect(Object.keys(argumentsFor(jsonOf(`{"required":[${names}]}`)))).toHaveLength(30)
  })
})

describe('a list of tools', () => {
  it('has those with a name, and says if there are more', () => {
    const list = '{"tools":[{"name":"a","title":"A"},{"name":""},7,{"name":"b"}],"nextCursor":"x"}'
    expect(toolsIn(jsonOf(list))).toMatchObject({
      tools: [
        { name: 'a', title: 'A', description: '', inputSchema: null },
        { name: 'b', title: 'b' },
      ],
      more: true,
    })
    expect(toolsIn(jsonOf('{"tools":{}}'))).toEqual({ tools: [], more: false })
  })
})
