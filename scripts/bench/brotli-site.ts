import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { listenOnLoopback } from '../../tests/servers/loopback.ts'

export interface BrotliSite {
  readonly origin: string
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Serves a directory as a content delivery network would: compressed once, by the best that Brotli can do. */
export async function serveWithBrotli(
  directory: string,
  more: Readonly<Record<string, string>> = {},
): Promise<BrotliSite> {
  const files = new Map<string, { readonly type: string; readonly body: Buffer }>()
  const add = (path: string, content: Buffer) => {
    const type = types[extname(path)] ?? 'application/octet-stream'
    files.set(path, { type, body: brotliCompressSync(content, { params }) })
  }
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile()) add(file.slice(directory.length).replaceAll('\\', '/'), readFileSync(file))
  }
  for (const [path, text] of Object.entries(more)) add(path, Buffer.from(text))

  const listener = await listenOnLoopback()
  listener.serve((request, response) => {
    const path = new URL(request.url ?? '/', listener.origin).pathname
    const file = files.get(path === '/' ? '/index.html' : path)
    if (!file) return response.writeHead(404).end()
    const headers = {
      'Content-Type': file.type,
      'Content-Encoding': 'br',
      'Content-Length': file.body.length,
    }
    return response.writeHead(200, headers).end(file.body)
  })
  return { origin: listener.origin, close: () => listener.close() }
}

const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
