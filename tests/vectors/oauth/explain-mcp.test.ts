import { describe, expect, it } from 'vitest'
import type { Explanation } from '../../../src/lib/explanation/explanation.ts'
import type { HeaderList } from '../../../src/lib/http/message.ts'
import { modern, initialize } from '../../../src/lib/mcp/messages.ts'
import { textOf } from '../../../src/lib/why/refusal/explain.ts'
import { answered, explained, jwt, now, stagesOf } from './token-use.ts'

const json = [['content-type', 'application/json']] as const
const error = (code: number, message: string, more = '') =>
  `{"jsonrpc":"2.0","id":1,"error":{"code":${code},"message":"${message}"${more}}}`

interface Call {
  readonly body?: string
  readonly method?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly token?: string
  readonly scope?: string
}

const token = jwt({
  iss: 'https://as.example',
  aud: 'https://api.example/things',
  scope: 'read',
  exp: now / 1000 + 60,
})

/** What is said of a response to a call of JSON-RPC. */
const said = async (
  status: number,
  body: string,
  { fields = {}, token: own = token, scope = 'read', ...call }: Call = {},
  headers: HeaderList = json,
): Promise<Explanation> => {
  const entries = Object.entries({ Accept: 'application/json, text/event-stream', ...fields })
  const explanation = await explained(answered(status, headers, body), {
    token: own,
    config: { scope },
    call: {
      method: 'POST',
      body: initialize().body,
      headers: entries.map(([name, value]) => ({ name, value, on: true })),
      ...call,
    },
  })
  if (!explanation) throw new Error('Nothing is said.')
  return explanation
}

const toolCall = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nope","arguments":{}}}'
const ofToken = /new token|audience|scope|expired|revoked/i

describe('an error of JSON-RPC', () => {
  it('in a 200 is explained, and is no fault of the token', async () => {
    const told = await said(200, error(-32602, 'Tool nope not found'), { body: toolCall })
    expect(told).toMatchObject({
      title: 'The server does not accept the params of tools/call',
      certainty: 'certain',
      says: { who: 'API', words: 'Tool nope not found' },
    })
    expect(told.meaning).toMatch(/^To HTTP the call succeeded: JSON-RPC has its errors inside/)
    expect(told.fixes.map(textOf).join()).not.toMatch(ofToken)
    expect(stagesOf(told, 'stopped here')).toEqual(['Request handled'])
  })

  it('in a stream of events is read like one in a body', async () => {
    const stream = `event: message\ndata: ${error(-32601, 'Method not found')}\n\n`
    const told = await said(200, stream, {}, [['content-type', 'text/event-stream']])
    expect(told).toMatchObject({ title: 'The server has no method initialize' })
    expect(told.says?.words).toBe('Method not found')
  })

  it.each<[number, string, RegExp]>([
    [
      400,
      error(-32021, 'Missing capability', ',"data":{"requiredCapabilities":{"sampling":{}}}'),
      /declares sampling/,
    ],
    [200, error(-32603, 'Internal error'), /exception of its own|failed inside/],
    [200, error(-32099, 'Quota of the day is used up'), /leaves codes from -32000 to -32099/],
    [400, error(-32000, 'Bad Request: Server not initialized'), /Mcp-Session-Id of an initialize before/],
  ])('%i %s is of the request', async (status, body, meaning) => {
    const { meaning: told, fixes, certainty } = await said(status, body)
    expect(told).toMatch(meaning)
    expect(fixes.map(textOf).join()).not.toMatch(ofToken)
    expect(certainty).not.toBe('possible')
  })

  it('with 403 whose words are about a scope is of the token', async () => {
    const told = await said(403, error(-32600, 'Insufficient scope: events:write required'))
    expect(told.title).toBe('The token lacks the scope that the API wants')
  })
})

describe('a result with isError: true', () => {
  it('is of the tool: the token was accepted', async () => {
    const body =
      '{"jsonrpc":"2.0","id":1,"result":{"isError":true,"content":[{"type":"text","text":"Invalid token for upstream"}]}}'
    const told = await said(200, body, { body: toolCall })
    expect(told).toMatchObject({
      title: 'The tool failed, and the server says so in its result',
      certainty: 'certain',
    })
    expect(told.says).toEqual({ who: 'API', words: 'Invalid token for upstream' })
  })

  it('is nothing to explain if it is false', async () => {
    const body = '{"jsonrpc":"2.0","id":1,"result":{"isError":false,"content":[]}}'
    await expect(said(200, body, { body: toolCall })).rejects.toThrow('Nothing is said.')
  })
})

describe('a fix of a refused call', () => {
  const changeOf = ({ fixes }: Explanation) => {
    const fix = fixes.find((one) => typeof one === 'object' && 'call' in one)
    if (typeof fix !== 'object' || !('call' in fix)) throw new Error('There is no change of the call.')
    return { call: fix.call, fields: Object.fromEntries(fix.fields ?? []) }
  }

  it('of 406 sets Accept alone', async () => {
    const words = 'Not Acceptable: Client must accept both application/json and text/event-stream'
    const told = await said(406, error(-32000, words), { fields: { Accept: '*/*' } })
    expect(told.meaning).toContain('it was */*')
    expect(changeOf(told)).toEqual({ call: {}, fields: { Accept: 'application/json, text/event-stream' } })
  })

  it('of 415 sets the type of the body', async () => {
    const words = 'Unsupported Media Type: Content-Type must be application/json'
    const told = await said(415, error(-32000, words), { fields: { 'Content-Type': 'text/plain' } })
    expect(changeOf(told)).toEqual({ call: {}, fields: { 'Content-Type': 'application/json' } })
  })

  it('of -32020 sets what differs from the body', async () => {
    const { body } = modern('tools/list')
    const told = await said(400, error(-32020, 'mismatch'), {
      body,
      fields: { 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/call' },
    })
    expect(told.observed).toEqual(['Mcp-Method: not in the header as it is in the body.'])
    expect(changeOf(told)).toEqual({ call: {}, fields: { 'Mcp-Method': 'tools/list' } })
  })

  it('of -32022 writes a version that the server has in header and body', async () => {
    const { body } = modern('tools/list', '2099-01-01')
    const told = await said(400, error(-32022, 'no', ',"data":{"supported":["2026-07-28"]}'), {
      body,
      fields: { 'MCP-Protocol-Version': '2099-01-01', 'Mcp-Method': 'tools/list' },
    })
    expect(changeOf(told)).toEqual({
      call: { body: modern('tools/list').body },
      fields: { 'MCP-Protocol-Version': '2026-07-28' },
    })
  })

  it('of a body without _meta keeps every digit of the rest', async () => {
    const body = '{"jsonrpc":"2.0","id":12345678901234567890,"method":"tools/list","params":{"a":1.0}}'
    const told = await said(400, error(-32602, 'missing _meta'), { body })
    expect(changeOf(told).call.body).toMatch(
      /^\{"jsonrpc":"2\.0","id":12345678901234567890,"method":"tools\/list","params":\{"a":1\.0,"_meta":\{/,
    )
  })

  it('of a session that is over begins anew without it', async () => {
    const told = await said(404, error(-32600, 'Session not found'), { fields: { 'Mcp-Session-Id': 'abc' } })
    const { call, fields } = changeOf(told)
    expect(call).toMatchObject({ method: 'POST', body: initialize().body })
    expect(fields['Mcp-Session-Id']).toBeNull()
  })

  it('of a GET is initialize by POST', async () => {
    const told = await said(405, error(-32000, 'Method not allowed.'), { method: 'GET', body: '' })
    expect(told.title).toBe('An MCP server is called by POST, and the first call is initialize')
    expect(changeOf(told).call.method).toBe('POST')
  })
})

describe('the check of Origin', () => {
  const text = [['content-type', 'text/plain']] as const
  it.each<[string, HeaderList]>([
    [error(-32000, 'Invalid Origin: localhost'), json],
    ['Invalid Origin header', text],
    ['Forbidden Origin', text],
  ])('%s is no matter of CORS alone, and there for a reason', async (body, headers) => {
    const { title, fixes, meaning } = await said(403, body, {}, headers)
    expect(title).toBe('The MCP server does not accept this page’s Origin')
    expect(meaning).toContain('DNS rebinding')
    expect(fixes.map(textOf).join('\n')).toMatch(
      /allowedOrigins.*\n.*relay.*there for a reason.*its own list/,
    )
  })

  it('of TypeScript is in front of everything: of the other SDKs that is not known', async () => {
    const stateOf = async (body: string, headers: HeaderList) =>
      (await said(403, body, {}, headers)).ladder?.find(({ stage }) => stage === 'Token readable')?.state
    expect(await stateOf(error(-32000, 'Invalid Origin: localhost'), json)).toBe('not reached')
    expect(await stateOf('Invalid Origin header', text)).toBe('not known')
  })
})

describe('the words of FastMCP, which list alternatives', () => {
  const words =
    '{"error":"invalid_token","error_description":"Authentication failed. The provided bearer token is invalid, expired, or no longer recognized by the server."}'
  const challenge = (scope: string): HeaderList => [
    ...json,
    ['www-authenticate', `Bearer error="invalid_token", error_description="expired", scope="${scope}"`],
  ]

  it('do not say that the token has expired: first comes the scope that the challenge names and the token lacks', async () => {
    const { title, fixes, certainty } = await said(401, words, { scope: 'read' }, challenge('write'))
    expect([title, certainty]).toEqual(['The token lacks the scope that the API wants', 'likely'])
    expect(fixes[0]).toEqual({
      text: 'Ask for “write” too, and get a new token',
      change: { scope: 'read write' },
    })
  })

  it('to a GET too: the metadata that the challenge names are of this path, and aud is not', async () => {
    const metadata = 'https://api.example/.well-known/oauth-protected-resource/things'
    const headers: HeaderList = [
      ...json,
      ['www-authenticate', `Bearer error="invalid_token", resource_metadata="${metadata}"`],
    ]
    const own = jwt({ aud: 'https://api.example', exp: now / 1000 + 60 })
    const { title, fixes } = await said(401, words, { method: 'GET', body: '', token: own }, headers)
    expect(title).toBe('The token is for the origin of the API, and not for the API itself')
    expect(fixes.map(textOf)).toContain('Ask for a token with the resource https://api.example/things')
  })

  it('leave it open if nothing shows a fault', async () => {
    const { certainty, title } = await said(401, words, {}, challenge('read'))
    expect([title, certainty]).toEqual(['The API refused: invalid_token', 'possible'])
  })
})

describe('a sentence of an API that calls it text/html', () => {
  const html = [['content-type', 'text/html; charset=utf-8']] as const
  it('is its own word, and no web page', async () => {
    const told = await said(400, 'Invalid or missing session ID', { method: 'GET', body: '' }, html)
    expect(told.title).toBe('An MCP server is called by POST, and the first call is initialize')
    expect(await explained(answered(200, html, 'Hello, m2m!'))).toBeNull()
    const notFound = await said(404, 'No such tenant here', { method: 'GET', body: '' }, html)
    expect(notFound.meaning).not.toContain('web page')
  })

  it('is a web page with a tag in it', async () => {
    expect((await explained(answered(200, html, '<p>Hello')))?.title).toBe('A web page came back')
  })
})
