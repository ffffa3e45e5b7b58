import type { IncomingMessage } from 'node:http'
import type { RelayAnswer, RelayMessage } from '../../src/lib/http/relay-message.ts'
import type { Handler } from '../../tests/servers/loopback.ts'
import { systemResolve, type Resolve } from './checked-lookup.ts'
import { notOwnPage } from './own-page.ts'
import { readRequest } from './read-request.ts'
import { send } from './send.ts'

interface RelayOptions {
  /** The origins that requests may go to, as `relayOrigins` gives them. */
  readonly origins: readonly string[]
  /** How names are resolved; by the system unless given. */
  readonly resolve?: Resolve
  /** Called with every request that was refused. */
  readonly onRefusal?: (why: string) => void
}

const maxRequestBytes = 1024 * 1024

/**
 * `POST /relay`: sends a request of the site's own page, as JSON, to one of the listed origins and returns what came of it, as
 * JSON; of a response that goes on, a line of JSON each time that more of it came. It speaks no CORS, so that no other page can read a response, or even send what it accepts.
 */
export function createRelay({ origins, resolve = systemResolve, onRefusal }: RelayOptions): Handler {
  return async (request, response) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const say = (message: RelayMessage): void => {
      if (!response.headersSent) response.writeHead(200, fields('application/x-ndjson'))
      response.write(`${JSON.stringify(message)}\n`)
    }
    const answer = await relay(request, origins, resolve, gone.signal, say)
    if (answer.kind === 'refused') onRefusal?.(`relay: ${answer.why}`)
    // What was not read of a request would keep its connection from being used again.
    if (!request.complete && !response.headersSent) response.setHeader('Connection', 'close')
    request.resume()
    if (!response.headersSent)
      response.writeHead(answer.kind === 'refused' ? 403 : 200, fields('application/json'))
    response.end(JSON.stringify(answer))
  }
}

const fields = (type: string) => ({
  'Content-Type': type,
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
})

async function relay(
  request: IncomingMessage,
  origins: readonly string[],
  resolve: Resolve,
  gone: AbortSignal,
  say: (message: RelayMessage) => void,
): Promise<RelayAnswer> {
  const foreign = notOwnPage(request, request.socket.localPort ?? 0)
  if (foreign !== null) return { kind: 'refused', why: foreign }
  if (request.method !== 'POST') return { kind: 'refused', why: 'The relay is asked by POST.' }
  const json = await readBody(request)
  if (json === null) return { kind: 'refused', why: 'The request is larger than 1 MiB.' }
  const asked = readRequest(json, origins)
  return typeof asked === 'string' ? { kind: 'refused', why: asked } : send(asked, resolve, gone, say)
}

/** The body as text; `null` if it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxRequestBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
