import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { preview } from 'vite'
import { listenOnLoopback, type Handler } from '../tests/servers/loopback.ts'

export interface Site {
  readonly origin: string
  /** The port that was asked for, if it was busy. */
  readonly busy: number | undefined
  close(): Promise<void>
}

/** What the page is told about the servers that run beside it. */
export interface LocalAddresses {
  readonly authorizationServer: string
  readonly api: string
}

const root = join(import.meta.dirname, '..')
const index = join(root, 'dist/index.html')

/** Serves dist/ as any static host would, and tells the page which servers are beside it. */
export async function startSite(port: number, local?: LocalAddresses): Promise<Site> {
  if (!existsSync(index)) throw new Error('There is no dist/index.html yet: run `npm run build`.')
  const listener = await listenOnLoopback(port)

  // Vite's own listener knows only one of the two loopback addresses, so its middlewares are all that is used.
  const server = await preview({
    root,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 0, open: false },
  })
  await server.close()
  const files = server.middlewares as Handler

  listener.serve((request, response) => {
    const path = request.url?.replace(/[?#].*/, '')
    if (local === undefined || (path !== '/' && path !== '/index.html')) return files(request, response)
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' })
    return response.end(withAddresses(readFileSync(index, 'utf8'), local))
  })
  return { origin: listener.origin, busy: listener.busy, close: () => listener.close() }
}

/** In the answer only: dist/ is what everybody else gets, and knows of no local server. */
function withAddresses(html: string, { authorizationServer, api }: LocalAddresses): string {
  const metas = Object.entries({ 'local-authorization-server': authorizationServer, 'local-api': api })
  const tags = metas.map(([name, content]) => `<meta name="${name}" content="${content}">`)
  return html.replace('</head>', `${tags.join('')}</head>`)
}
