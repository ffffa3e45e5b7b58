import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { makeCertificates } from './certificates.ts'

const dist = join(import.meta.dirname, '../../dist')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** A static host of dist/. */
export interface StaticHost {
  readonly port: number
  close(): Promise<void>
}

/** Serves dist/ on 127.0.0.1 as somebody else might: over TLS with a certificate of nobody, or with fields of theirs. */
export async function startStaticHost({
  tls = false,
  headers = {},
}: {
  readonly tls?: boolean
  readonly headers?: Readonly<Record<string, string>>
}): Promise<StaticHost> {
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    try {
      const body = readFileSync(join(dist, path))
      response.writeHead(200, {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        ...headers,
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  }
  const server = tls
    ? createHttpsServer((await makeCertificates()).selfSigned, serve)
    : createHttpServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
