import type { Socket } from 'node:net'
import { makeCertificates, type Certificates } from './certificates.ts'
import type { RecordedRequest } from './fault-server.ts'
import { byFirstByte, recordedHttp, requestOf, type Respond } from './recorded-http.ts'
import { listenForSockets } from './sockets.ts'
import { tokenEndpoint } from './token-endpoint.ts'

/** A token endpoint with a fault. */
export interface FaultyEndpoint {
  readonly endpoint: string
  /** Everything that arrived, over TLS too, preflights included. */
  readonly records: readonly RecordedRequest[]
  /** Another server, that it redirects to. */
  readonly leadsTo?: string
  readonly close: () => Promise<void>
}

type Start = () => Promise<FaultyEndpoint>

/** What the endpoint is asked by, and the only address it listens at. */
interface Place {
  readonly scheme?: 'http:' | 'https:'
  readonly host?: string
  readonly listen?: string
}

let made: Promise<Certificates> | undefined

/** One set for all the servers of a process. */
export async function certificates(): Promise<Certificates> {
  made ??= makeCertificates()
  return made
}

/** Speaks HTTP. */
export function http(respond: Respond, place: Place = {}): Start {
  return () => {
    const records: RecordedRequest[] = []
    return start(recordedHttp(respond, records), records, place)
  }
}

/** Speaks HTTPS, and is a token endpoint without a fault. */
export function https(which: keyof Omit<Certificates, 'authority'>): Start {
  return async () => {
    const records: RecordedRequest[] = []
    const take = recordedHttp(tokenEndpoint(), records, (await certificates())[which])
    return start(take, records, { scheme: 'https:' })
  }
}

/** Speaks HTTPS, but is asked in plain HTTP: says so, or closes the connection as node’s own server does. */
export function asksPlainly(which: keyof Omit<Certificates, 'authority'>, respond?: Respond): Start {
  return async () => {
    const records: RecordedRequest[] = []
    const secure = recordedHttp(tokenEndpoint(), records, (await certificates())[which])
    const closing = (socket: Socket, first: Buffer): void => {
      records.push(requestOf(first))
      secure(socket)
    }
    return start(byFirstByte(secure, respond ? recordedHttp(respond, records) : closing), records)
  }
}

/** Speaks HTTP, and redirects to the same server over HTTPS, without CORS. */
export function redirectsToTls(which: keyof Omit<Certificates, 'authority'>): Start {
  return async () => {
    const secure = await https(which)()
    const plain = await http(() => ({ status: 307, headers: { Location: secure.endpoint } }))()
    return {
      ...plain,
      leadsTo: secure.endpoint,
      close: async () => {
        await Promise.all([plain.close(), secure.close()])
      },
    }
  }
}

/** Does that with each connection, and reads nothing. */
export function sockets(take: (socket: Socket) => void): Start {
  return () => start(take, [])
}

/** An address without a server. */
export function nobody(endpoint: () => string | Promise<string>): Start {
  return async () => ({ endpoint: await endpoint(), records: [], close: () => Promise.resolve() })
}

async function start(
  take: (socket: Socket) => void,
  records: readonly RecordedRequest[],
  { scheme = 'http:', host = 'localhost', listen }: Place = {},
): Promise<FaultyEndpoint> {
  const { port, close } = await listenForSockets(take, listen === undefined ? undefined : [listen])
  return { endpoint: `${scheme}//${host}:${port}/token`, records, close }
}
