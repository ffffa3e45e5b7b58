import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../../src/lib/http/message.ts'
import type { McpExchange } from '../../../src/lib/mcp/answer.ts'
import { firstRequest, nextRequest, serverBy } from '../../../src/lib/mcp/next-request.ts'
import { mcpCall, type McpMethod } from '../../../src/lib/mcp/requests.ts'
import { relay } from '../expected/causes-token.ts'
import { asSeenByPage, type CapturedExchange } from '../seen-by-page.ts'

const captured = JSON.parse(
  readFileSync(new URL('../captured/mcp-client.json', import.meta.url), 'utf8'),
) as readonly CapturedExchange[]

const page = 'http://localhost:4315'

const of = (port: number, name: string): CapturedExchange => {
  const found = captured.find(
    ({ request, case: named }) => named === name && new URL(request.url).port === `${port}`,
  )
  if (!found) throw new Error(`${port} has no ${name}`)
  return found
}

const nothing = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const

/** What the browser asks first, and whether the server allows it. */
function isAllowed(port: number, request: HttpRequest, origin: string): boolean {
  if (origin === relay) return true
  const isModern = request.headers.some(([name]) => name.toLowerCase() === 'mcp-method')
  const { response } = of(
    port,
    `preflight: POST, authorization,content-type${isModern ? ',mcp-method,mcp-protocol-version' : ''}`,
  )
  const allows = response.headers.some(([name]) => name.toLowerCase() === 'access-control-allow-origin')
  return allows && response.status < 300
}

/** What was captured of such a request. */
function answered(port: number, request: HttpRequest): CapturedExchange {
  const { method } = JSON.parse(request.body ?? '{}') as { method: McpMethod }
  const value = (name: string) => request.headers.find(([named]) => named === name)?.[1]
  const version = value('MCP-Protocol-Version')
  if (method === 'initialize' || method === 'server/discover' || version === '2026-07-28')
    return of(port, `${method} ${version ?? '2025-11-25'}`)
  const hasSession = of(port, 'initialize 2025-11-25').response.headers.some(
    ([name]) => name.toLowerCase() === 'mcp-session-id',
  )
  if (method === 'tools/list' && hasSession && value('Mcp-Session-Id') === undefined)
    return of(port, 'tools/list without session')
  return of(port, method === 'tools/list' ? 'tools/list 2025-11-25' : method)
}

/** Does what the client does, against what was captured. */
function run(port: number, origin: string) {
  const exchanges: McpExchange[] = []
  const sent: string[] = []
  for (let method: McpMethod | null = firstRequest(serverBy([])); method !== null && sent.length < 9;) {
    const call = mcpCall(method, serverBy(exchanges), [])
    const headers = call.headers.map(({ name, value }) => [name, value] as const)
    const request = { method: call.method, url: `http://localhost:${port}/mcp`, headers, body: call.body }
    const outcome = isAllowed(port, request, origin) ? asSeenByPage(answered(port, request), origin) : nothing
    exchanges.push({ request, outcome })
    sent.push(method)
    method = nextRequest({ request, outcome })
  }
  return { sent, server: serverBy(exchanges) }
}

const modern = ['server/discover', 'tools/list']
const legacy = ['server/discover', 'initialize', 'notifications/initialized', 'tools/list']
const stopped = ['server/discover', 'initialize']

/** Backward compatibility of the transport: modern first, then `initialize`. */
describe('the requests on the way to the tools', () => {
  it.each([
    [3900, legacy, '2025-11-25', 'TypeScript SDK 1, event streams and sessions'],
    [3901, stopped, null, 'TypeScript SDK 1 without CORS'],
    [3902, legacy, '2025-11-25', 'TypeScript SDK 1, JSON'],
    [3903, modern, '2026-07-28', 'TypeScript SDK 2'],
    [3904, stopped, null, 'TypeScript SDK 2 without CORS'],
    [3905, stopped, null, 'Python SDK without CORS'],
    [3906, stopped, null, 'FastMCP without CORS'],
    [3907, legacy, '2025-11-25', 'FastMCP, which allows no mcp-method: initialize passes'],
    [3910, modern, '2026-07-28', 'TypeScript SDK 2, modern only, event streams'],
    [3911, stopped, null, 'Python SDK whose CORS allows no header'],
  ])('%i: %j, in version %s: %s', (...[port, sent, version]: [number, string[], string | null, string]) => {
    const result = run(port, page)
    expect(result.sent).toEqual(sent)
    expect(result.server.version).toBe(version)
    const names = result.server.list?.tools.map(({ name }) => name)
    expect(names).toEqual(version === null ? undefined : ['echo', 'count'])
  })

  it.each([
    [3901, legacy, 36],
    [3904, modern, 0],
    [3905, modern, 0],
    [3906, modern, 0],
    [3911, modern, 0],
  ])('%i through the relay: %j', (port, sent, session) => {
    const result = run(port, relay)
    expect(result.sent).toEqual(sent)
    expect(result.server.session?.length ?? 0).toBe(session)
  })
})

describe('what the exchanges say of a server', () => {
  const exchange = (port: number, name: string, origin = relay): McpExchange => {
    const one = of(port, name)
    return { request: one.request, outcome: asSeenByPage(one, origin) }
  }

  it.each([3900, 3903, 3905, 3906, 3910])(
    '%i: a 401 says nothing of the version, and the first refusal ends it',
    (port) => {
      const refused = exchange(port, 'server/discover without token')
      expect(nextRequest(refused)).toBeNull()
      expect(serverBy([refused])).toMatchObject({ version: null, session: null })
    },
  )

  it('a modern server that does not know the method, the version or the header is not asked to initialize', () => {
    for (const name of [
      'modern, unknown method',
      'modern, version 2099-01-01',
      'modern without Mcp-Method',
    ]) {
      const one = exchange(3903, name)
      const body = (one.request.body ?? '').replace(/"method":"[^"]*"/, '"method":"server/discover"')
      const asked = { ...one, request: { ...one.request, body } }
      expect([name, nextRequest(asked)]).toEqual([name, name.endsWith('method') ? 'tools/list' : null])
    }
  })

  it('a session is that of initialize alone, and is over with the 404 of who does not know it', () => {
    const begun = exchange(3905, 'initialize 2025-11-25')
    expect(serverBy([begun])).toMatchObject({ version: '2025-11-25', missesSession: false })
    const { session } = serverBy([begun])
    expect(session).toMatch(/^[\da-f]{32}$/)
    // The Python SDK gives a fresh ID with the 400, which it does not know afterwards.
    const without = exchange(3905, 'tools/list without session')
    expect(serverBy([begun, without]).session).toBe(session)
    const over = exchange(3905, 'tools/list, unknown session')
    expect(serverBy([begun, over])).toMatchObject({ version: null, session: null })
    expect(serverBy([begun, exchange(3905, 'DELETE session')]).session).toBeNull()
    expect(
      serverBy([exchange(3903, 'initialize 2025-11-25'), exchange(3903, 'DELETE session')]).version,
    ).toBe('2025-11-25')
  })

  it('a session ID that CORS hides is missed once the server wants it', () => {
    const hidden = (name: string): McpExchange => {
      const one = of(3911, name)
      const headers = one.response.headers.filter(([field]) => !/expose/i.test(field))
      return {
        request: one.request,
        outcome: asSeenByPage({ ...one, response: { ...one.response, headers } }, page),
      }
    }
    const begun = hidden('initialize 2025-11-25')
    expect(serverBy([begun])).toMatchObject({ version: '2025-11-25', session: null, missesSession: false })
    expect(serverBy([begun, hidden('tools/list without session')]).missesSession).toBe(true)
  })

  it('a modern-only server refuses initialize, and says which versions it serves', () => {
    expect(serverBy([exchange(3910, 'initialize 2025-11-25')]).version).toBeNull()
    expect(nextRequest(exchange(3910, 'initialize 2025-11-25'))).toBeNull()
  })
})
