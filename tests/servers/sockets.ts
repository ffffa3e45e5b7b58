import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Connections to this machine, before anything is read from them. */
interface Sockets {
  readonly port: number
  /** Ends every connection too. */
  readonly close: () => Promise<void>
}

const attempts = 50
const both = ['127.0.0.1', '::1'] as const

/** Hands each connection to a free port on, at those addresses; the second may be missing on this machine. */
export async function listenForSockets(
  take: (socket: Socket) => void,
  [first, second]: readonly [string, string?] = both,
): Promise<Sockets> {
  const open = new Set<Socket>()
  const accept = (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    // What breaks off a connection is what is tested here.
    socket.on('error', () => undefined)
    take(socket)
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const servers = [await listen(first, 0, accept)]
    const port = portOf(servers[0])
    try {
      if (second !== undefined) servers.push(await listen(second, port, accept))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE') {
        await Promise.all(servers.map(close))
        continue
      }
      if (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') throw error
    }
    return {
      port,
      close: async () => {
        for (const socket of open) socket.destroy()
        await Promise.all(servers.map(close))
      },
    }
  }
  throw new Error('No port is free at both addresses of this machine.')
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listenForSockets((socket) => socket.destroy())
  await close()
  return port
}

async function listen(host: string, port: number, accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer(accept)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      resolve(server)
    })
  })
}

const portOf = (server: Server | undefined): number => (server?.address() as AddressInfo).port

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
}
