import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** An HTTP server on the loopback addresses only, IPv4 and (if there is one) IPv6, on one port. */
export interface Listener {
  /** `http://localhost:<port>` */
  readonly origin: string
  readonly port: number
  /** The port that was asked for, if something else was listening there. */
  readonly busy: number | undefined
  /** Sets who responds. Until then requests get 503. */
  serve(handler: Handler): void
  close(): Promise<void>
}

const attempts = 50

/** Listens on the preferred port or, if it is busy, on the next free one. 0 means any free port. */
export async function listenOnLoopback(preferred = 0): Promise<Listener> {
  let handler: Handler = (_request, response) => response.writeHead(503).end()
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    Promise.resolve()
      .then(() => handler(request, response))
      .catch((error: unknown) => {
        console.error(error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
  }

  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const servers = await bind(preferred === 0 ? 0 : preferred + attempt, answer)
    if (servers === undefined) continue
    const port = portOf(servers[0])
    return {
      origin: `http://localhost:${port}`,
      port,
      busy: preferred === 0 || port === preferred ? undefined : preferred,
      serve: (next) => {
        handler = next
      },
      close: async () => {
        await Promise.all(servers.map(close))
      },
    }
  }
  throw new Error(`No free port from ${preferred} to ${preferred + attempts - 1}.`)
}

/** Whether the origin is a page on this machine. Only such pages may use the servers here. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, hostname } = new URL(origin)
  return /^https?:$/.test(protocol) && /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/** Both addresses or, if one of them has another listener on that port, none. */
async function bind(port: number, answer: Handler): Promise<[Server, ...Server[]] | undefined> {
  const first = await listen('127.0.0.1', port, answer)
  if (first === 'busy') return undefined
  if (first === 'no such address') throw new Error('This machine has no 127.0.0.1.')
  const second = await listen('::1', portOf(first), answer)
  if (second === 'busy') {
    await close(first)
    return undefined
  }
  return second === 'no such address' ? [first] : [first, second]
}

async function listen(host: string, port: number, answer: Handler) {
  // Node's 5 seconds close a connection just as a busy client uses it again.
  const server = createServer({ keepAliveTimeout: 60_000 }, answer)
  return new Promise<Server | 'busy' | 'no such address'>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('busy')
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('no such address')
      else reject(error)
    })
    server.listen(port, host, () => {
      resolve(server)
    })
  })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
}
