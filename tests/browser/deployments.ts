import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { listenOnLoopback, type Listener } from '../servers/loopback.ts'
import { expect, test as base } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const dist = join(import.meta.dirname, '../../dist')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
}

/** Files by their paths. */
type Build = ReadonlyMap<string, Buffer>

/** The page as it was built. */
export const built: Build = new Map(
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((path) => [path.slice(dist.length + 1).replaceAll('\\', '/'), readFileSync(path)]),
)

/** The next build: each file in assets/ has another name, and the page another title. */
export function rebuilt(build: Build): Build {
  const renamed = [...build.keys()]
    .filter((name) => name.startsWith('assets/'))
    .map((name) => name.slice('assets/'.length))
    .map((name) => [name, name.replace(/.{8}(?=\.\w+$)/, 'New00000')] as const)
  const inText = (text: string) =>
    renamed.reduce((all, [from, to]) => all.replaceAll(from, to), text).replace('<title>', '<title>Newer ')
  const next = new Map(
    [...build].map(([name, body]) => [
      inText(name),
      /\.(js|css|html)$/.test(name) ? Buffer.from(inText(String(body))) : body,
    ]),
  )
  const worker = String(next.get('sw.js')).replace(/"[\w-]+",(\{"assets.*?\})/, (_, list: string) => {
    const names = Object.keys(JSON.parse(list) as Readonly<Record<string, string>>)
    const hash = (name: string) =>
      createHash('sha256')
        .update(next.get(name) ?? '')
        .digest('base64')
    return `"next",${JSON.stringify(Object.fromEntries(names.map((name) => [name, `sha256-${hash(name)}`])))}`
  })
  return next.set('sw.js', Buffer.from(worker))
}

interface Host {
  readonly origin: string
  /** Where the page is, with a slash at the end. */
  readonly page: string
  /** What it was asked for below that path, in order. */
  readonly asked: string[]
  readonly deploy: (build: Build) => void
  /** From now on it cannot be reached. */
  readonly cut: () => Promise<void>
}

interface Options {
  readonly port?: number
  /** Each has a copy of the page; with slashes at both ends, the inner ones last. */
  readonly paths?: readonly [string, ...string[]]
  readonly pageIsFresh?: string
}

/** Tests whose pages are deployed by `host`, and deployed again. */
export const test = base.extend<{ host: (options?: Options) => Promise<Host> }>({
  host: async ({ guard }, use) => {
    // What the browser says when the network is cut.
    guard.allowConsole(/net::ERR_/)
    const listeners: Listener[] = []
    await use(async ({ port = 0, paths = ['/tools/playground/'], pageIsFresh = 'no-cache' } = {}) => {
      const listener = await listenOnLoopback(port)
      listeners.push(listener)
      guard.allowOrigin(listener.origin)
      let build = built
      const asked: string[] = []
      listener.serve(({ url = '/', method }, response) => {
        const path = paths.findLast((each) => url.startsWith(each))
        if (path === undefined) return response.writeHead(404).end()
        asked.push(url.slice(path.length))
        const name = url.slice(path.length).replace(/[?#].*/, '') || 'index.html'
        const body = build.get(name)
        if (!body || method !== 'GET') return response.writeHead(404).end()
        const fresh = name === 'index.html' ? pageIsFresh : 'no-cache'
        response.writeHead(200, { 'Content-Type': types[extname(name)], 'Cache-Control': fresh })
        return response.end(body)
      })
      return {
        origin: listener.origin,
        page: listener.origin + paths[0],
        asked,
        deploy: (next) => (build = next),
        cut: () => listener.close(),
      }
    })
    await Promise.all(listeners.map((listener) => listener.close()))
  },
})

/** Gets a token from the practice server. */
export async function firstToken(page: Page): Promise<void> {
  const playground = new PlaygroundPage(page)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.token).toContainText('JWT')
}

/** The paths of what workers keep. */
export const keptPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
