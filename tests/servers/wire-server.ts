import { listenForSockets } from './sockets.ts'

/** A server without HTTP in between: the bytes it got are the bytes that were sent. */
export interface WireServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  readonly port: number
  /** Everything received so far, on all connections, in its order. */
  readonly received: () => string
  /** How many connections are open. */
  readonly open: () => number
  readonly close: () => Promise<void>
}

/**
 * Responds to each complete request on 127.0.0.1 with these bytes and ends the connection; `null` keeps it waiting. It speaks no
 * CORS, unless its bytes do.
 */
export async function startWireServer(answer: string | Buffer | null): Promise<WireServer> {
  const received: Buffer[] = []
  let open = 0
  const { port, close } = await listenForSockets(
    (socket) => {
      open += 1
      socket.on('close', () => (open -= 1))
      let text = ''
      socket.on('data', (chunk) => {
        received.push(chunk)
        text += chunk.toString('latin1')
        const end = text.indexOf('\r\n\r\n')
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0)
        if (end >= 0 && text.length >= end + 4 + length && answer !== null) socket.end(answer)
      })
    },
    ['127.0.0.1'],
  )
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    received: () => Buffer.concat(received).toString('utf8'),
    open: () => open,
    close,
  }
}
