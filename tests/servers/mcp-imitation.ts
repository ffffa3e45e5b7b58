import type { IncomingMessage, ServerResponse } from 'node:http'
import { listenOnLoopback } from './loopback.ts'

/** How a server of MCP is set up. */
export interface McpOptions {
  /** Whether it knows `server/discover`; else it has sessions and begins with `initialize`. */
  readonly modern: boolean
  /** `Access-Control-Allow-Headers`. */
  readonly allows: string
  /** `Access-Control-Expose-Headers`. */
  readonly exposes: string
}

/** A request as it came: what a test looks at. */
interface Came {
  readonly method: string
  readonly message: Message | null
  readonly headers: IncomingMessage['headers']
}

interface Message {
  readonly id?: number
  readonly method: string
  readonly params?: { readonly name?: string; readonly arguments?: { readonly text?: string } }
}

/** A server of MCP at `/mcp` on a free port, as the SDKs respond (tests/vectors/captured/mcp-client.json). */
export interface McpImitation {
  readonly url: string
  readonly requests: readonly Came[]
  /** Forgets each session, as a server does that is started again. */
  forget(): void
  close(): Promise<void>
}

const tools = [
  {
    name: 'größe',
    description: 'says <b>it</b> again',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  },
]

type Answer = readonly [status: number, body: object | null, headers?: Readonly<Record<string, string>>]

export async function startMcpImitation({ modern, allows, exposes }: McpOptions): Promise<McpImitation> {
  const listener = await listenOnLoopback()
  const requests: Came[] = []
  let session = ''
  let sessions = 0

  listener.serve(async (request, response) => {
    const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': exposes }
    if (request.method === 'OPTIONS') {
      const methods = {
        'Access-Control-Allow-Methods': 'POST, DELETE',
        'Access-Control-Allow-Headers': allows,
      }
      response.writeHead(204, { ...cors, ...methods }).end()
      return
    }
    const text = await bodyOf(request)
    const message = text === '' ? null : (JSON.parse(text) as Message)
    requests.push({ method: request.method ?? '', message, headers: request.headers })
    const [status, body, headers] = answer(request, message)
    send(response, status, body, { ...cors, ...headers }, message?.method === 'tools/list' && !modern)
  })

  function answer({ headers, method }: IncomingMessage, message: Message | null): Answer {
    if (headers.authorization === undefined)
      return [
        401,
        { error: 'invalid_token' },
        {
          'WWW-Authenticate': `Bearer resource_metadata="${listener.origin}/.well-known/oauth-protected-resource/mcp"`,
        },
      ]
    const result = resultOf(message)
    const done: Answer =
      message?.id === undefined ? [202, null] : [200, { jsonrpc: '2.0', id: message.id, result }]
    if (modern)
      return headers['mcp-method'] === message?.method ? done : refused(400, -32020, 'Header mismatch')
    if (message?.method === 'initialize') {
      sessions += 1
      session = `session-${sessions}`
      return [200, { jsonrpc: '2.0', id: message.id, result }, { 'Mcp-Session-Id': session }]
    }
    const sent = headers['mcp-session-id']
    if (sent === undefined) return refused(400, -32600, 'Bad Request: Missing session ID')
    if (sent !== session) return refused(404, -32600, 'Session not found')
    if (method === 'DELETE') session = ''
    return method === 'DELETE' ? [200, null] : done
  }

  return {
    url: `${listener.origin}/mcp`,
    requests,
    forget: () => {
      session = ''
    },
    close: () => listener.close(),
  }
}

function resultOf(message: Message | null): object {
  const { name, arguments: given } = message?.params ?? {}
  const said = { content: [{ type: 'text', text: `${name}: ${given?.text}` }] }
  const results: Readonly<Record<string, object>> = {
    'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } },
    initialize: {
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'imitation' },
    },
    'tools/list': { tools },
    'tools/call': said,
  }
  return results[message?.method ?? ''] ?? {}
}

const refused = (status: number, code: number, message: string): Answer => [
  status,
  { jsonrpc: '2.0', id: null, error: { code, message } },
]

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A server chooses whether one JSON text comes, or a stream of events. */
function send(
  response: ServerResponse,
  status: number,
  body: object | null,
  headers: Readonly<Record<string, string>>,
  streams: boolean,
): void {
  const text = body === null ? '' : JSON.stringify(body)
  const isStream = streams && status === 200
  const type = isStream ? 'text/event-stream' : 'application/json'
  const note = `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message' })}\n\n`
  response
    .writeHead(status, { ...headers, ...(text === '' ? {} : { 'Content-Type': type }) })
    .end(isStream ? `${note}event: message\ndata: ${text}\n\n` : text)
}
