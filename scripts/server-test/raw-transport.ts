import {
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { HeaderList, HttpRequest, HttpResponse, Outcome, Transport } from '../../src/lib/http/message.ts'
import { abortedBy, concatenate } from '../../src/lib/http/transport.ts'

/** No response of a token endpoint, no metadata and no set of keys is longer; of more nothing is kept. */
const maxBytes = 4 * 1024 * 1024

/** A transport that holds its connections open. */
export interface RawTransport {
  readonly transport: Transport
  close(): void
}

/**
 * Sends what a browser would not: every field as it is written and as often, any method, `Origin` or none. No redirect is
 * followed, and no cookie is kept. Certificates are those that Node trusts, with those of NODE_EXTRA_CA_CERTS.
 */
export function rawTransport(): RawTransport {
  const options = { keepAlive: true, maxSockets: 1 }
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) } as const
  return {
    transport: async (request, signal) => {
      const outcome = await new Promise<Outcome>((resolve) => {
        send(request, signal, agents, resolve)
      })
      return { outcome, serverView: null }
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

function send(
  request: HttpRequest,
  signal: AbortSignal,
  agents: { readonly 'http:': HttpAgent; readonly 'https:': HttpsAgent },
  resolve: (outcome: Outcome) => void,
): void {
  const url = new URL(request.url)
  const isHttps = url.protocol === 'https:'
  const failed = (error: NodeJS.ErrnoException): void => {
    resolve(
      signal.aborted
        ? { kind: 'aborted', by: abortedBy(signal), partial: null }
        : { kind: 'failure', name: error.code ?? error.name, message: error.message, partial: null },
    )
  }
  const options: RequestOptions = {
    method: request.method,
    headers: fieldsOf(request, url),
    agent: isHttps ? agents['https:'] : agents['http:'],
    signal,
  }
  const sending = (isHttps ? httpsRequest : httpRequest)(url, options, (response) => {
    receive(response, resolve, failed)
  })
  sending.on('error', failed)
  sending.end(request.body ?? undefined)
}

function receive(
  response: IncomingMessage,
  resolve: (outcome: Outcome) => void,
  failed: (error: Error) => void,
): void {
  const chunks: Uint8Array[] = []
  let size = 0
  response.on('data', (chunk: Uint8Array) => {
    size += chunk.length
    if (size > maxBytes) {
      resolve({ kind: 'aborted', by: 'size', partial: null })
      response.destroy()
    } else chunks.push(chunk)
  })
  response.on('error', failed)
  response.on('end', () => {
    resolve({ kind: 'response', response: messageOf(response, concatenate(chunks)) })
  })
}

function messageOf(
  { statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage,
  body: Uint8Array,
): HttpResponse {
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return { status: statusCode, statusText: statusMessage, headers, body }
}

/** Given as a list, fields go out as they are, and Node adds none. */
function fieldsOf({ headers, body }: HttpRequest, url: URL): string[] {
  const own: HeaderList = [
    ['Host', url.host],
    ...(body === null ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const]),
    ...headers,
  ]
  return own.flatMap(([name, value]) => [name, value])
}
