import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Certificate } from './certificates.ts'
import { record, type RecordedRequest } from './fault-server.ts'

/** What comes back: a response; a reset; the end of the connection, without a byte; nothing, ever. */
export type Reply =
  | { readonly status: number; readonly headers?: OutgoingHttpHeaders; readonly body?: string }
  | 'reset'
  | 'end'
  | 'nothing'

export type Respond = (request: RecordedRequest) => Reply

/**
 * Speaks HTTP, or HTTPS if there is a certificate, on connections that are handed to it, and records whatever it
 * gets. What is no HTTP is recorded as a body without a method and rejected with 400, as node does by itself.
 */
export function recordedHttp(
  respond: Respond,
  records: RecordedRequest[],
  certificate?: Certificate,
): (socket: Socket) => void {
  const serve = (incoming: IncomingMessage, response: ServerResponse) => {
    record(incoming).then(
      (request) => {
        records.push(request)
        reply(respond(request), response)
      },
      // Broken off in the middle: no fault here reads half a request.
      () => response.destroy(),
    )
  }
  const server = certificate === undefined ? createServer(serve) : createSecureServer(certificate, serve)
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    if (error.rawPacket) records.push({ method: '', url: '', headers: [], body: error.rawPacket })
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  return (socket) => server.emit('connection', socket)
}

function reply(answer: Reply, response: ServerResponse): void {
  switch (answer) {
    case 'nothing':
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'end':
      response.socket?.end()
      return
    default:
      response.writeHead(answer.status, answer.headers).end(answer.body)
  }
}

/**
 * Hands TLS and what is not TLS to two servers on one port, by the first byte, which a handshake begins with 22.
 * @see RFC 8446 section 5.1
 */
export function byFirstByte(
  secure: (socket: Socket) => void,
  plain: (socket: Socket, first: Buffer) => void,
): (socket: Socket) => void {
  return (socket) => {
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null
      if (first === null) return
      socket.unshift(first)
      if (first[0] === 22) secure(socket)
      else plain(socket, first)
    })
  }
}

/** A request as it begins on the wire, for a server that cannot parse it. */
export function requestOf(first: Buffer): RecordedRequest {
  const [head = '', ...rest] = first.toString('latin1').split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const [method = '', url = ''] = line.split(' ')
  const headers = fields.map((field) => {
    const colon = field.indexOf(':')
    return [field.slice(0, colon), field.slice(colon + 1).trim()] as const
  })
  return { method, url, headers, body: Buffer.from(rest.join('\r\n\r\n'), 'latin1') }
}
