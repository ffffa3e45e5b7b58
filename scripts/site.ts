import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listenOnLoopback } from '../tests/servers/loopback.ts'
import { createRelay } from './relay/relay.ts'
import { staticFiles } from './static-files.ts'

export interface Site {
  readonly origin: string
  /** The port that was asked for, if it was busy. */
  readonly busy: number | undefined
  close(): Promise<void>
}

/** What the page learns about the servers that run next to it. */
export interface LocalAddresses {
  readonly authorizationServer: string
  readonly api: string
}

/** What of a site the relay changes. */
export interface RelayedSite {
  /** Where the page that knows it was built. */
  readonly folder: string
  /** The origins it may reach. */
  readonly origins: readonly string[]
  readonly onRefusal: (why: string) => void
}

/** Of the project, and of its package, where this file is one folder below, too. */
export const root = join(import.meta.dirname, '..')

/**
 * Serves a built page, dist/ unless another is named, and adds that a program does so, which servers run next to it and what
 * the relay may reach.
 */
export async function startSite(
  port: number,
  local?: LocalAddresses,
  relayed?: RelayedSite,
  folder = relayed?.folder ?? join(root, 'dist'),
): Promise<Site> {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) throw new Error(`There is no ${index} yet: run \`npm run build\`.`)
  const listener = await listenOnLoopback(port)

  const files = staticFiles(folder)
  const relay = relayed && createRelay(relayed)
  const metas = {
    // It keeps nothing for later: the port may be that of another build then.
    'served-by': 'program',
    ...(local && { 'local-authorization-server': local.authorizationServer, 'local-api': local.api }),
    ...(relayed && { relay: relayed.origins.join(' ') }),
  }

  listener.serve((request, response) => {
    const path = request.url?.replace(/[?#].*/, '')
    if (relay && path === '/relay') return relay(request, response)
    if (path !== '/' && path !== '/index.html') return files(request, response)
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' })
    return response.end(withMetas(readFileSync(index, 'utf8'), metas))
  })
  return { origin: listener.origin, busy: listener.busy, close: () => listener.close() }
}

/** Serves dist/ as any static host would: the page has its service worker there. */
export async function startStaticSite(): Promise<Site> {
  const listener = await listenOnLoopback(0)
  listener.serve(staticFiles(join(root, 'dist')))
  return { origin: listener.origin, busy: listener.busy, close: () => listener.close() }
}

/** In the response only: dist/ is what everybody else gets, and knows of no local server. */
function withMetas(html: string, metas: Readonly<Record<string, string>>): string {
  const tags = Object.entries(metas).map(([name, content]) => `<meta name="${name}" content="${content}">`)
  return html.replace('</head>', `${tags.join('')}</head>`)
}
