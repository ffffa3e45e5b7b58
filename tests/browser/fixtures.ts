/* eslint-disable no-empty-pattern -- Playwright reads the names of the fixtures that are wanted from the pattern. */
import { setTimeout as delay } from 'node:timers/promises'
import { test as base, devices, expect, type BrowserContext, type Page } from '@playwright/test'
import type { AuthorizationServer } from '../servers/authorization-server.ts'
import { clients } from '../servers/clients.ts'
import { type McpImitation, type McpOptions, startMcpImitation } from '../servers/mcp-imitation.ts'
import type { PathIssuer, PathIssuerOptions } from '../servers/path-issuer.ts'
import { registrationPath } from '../servers/provider-cors.ts'
import { complaintsOf, unheard, watch } from './guard.ts'
import { PlaygroundPage } from './playground-page.ts'
import { startFaultServer, type FaultServer } from '../servers/fault-server.ts'
import { startSimpleIdServer, type SimpleIdServer } from '../servers/simple-id-server.ts'

export { expect }

/** Fails the test when the page does what it never should. */
interface Guard {
  /** The page will log this, and the test fails if it does not. `Failed to load resource` comes with every 4xx. */
  expectConsole(pattern: RegExp): void
  /** The page may log this. */
  allowConsole(pattern: RegExp): void
  /** The page may also send requests to this origin. */
  allowOrigin(origin: string): void
}

interface TestFixtures {
  /** Whether the test has a browser context of its own: what it is about outlives a page, or needs other options. */
  isolated: boolean
  /** The built page, open. */
  playground: PlaygroundPage
  guard: Guard
  /** Misbehaves by path and records what it gets. A redirect from it that is followed fails the test. */
  faults: FaultServer
  /** Responds as SimpleIdServer does, to its tutorial's client. */
  simpleIdServer: SimpleIdServer
  /** Starts an authorization server whose issuer identifier has a path, and that may be set up wrong. */
  startPathIssuer: (options?: PathIssuerOptions) => Promise<PathIssuer>
  /** Starts a server of MCP. */
  startMcp: (options: McpOptions) => Promise<McpImitation>
}

interface WorkerFixtures {
  /** The context of all tests that need none of their own. Its one page is theirs, too: a new one for each costs a third of a small test. */
  shared: BrowserContext
  /** The base URL of the built site, with a slash at its end. */
  site: string
  authorizationServer: Pick<
    AuthorizationServer,
    'issuer' | 'tokenEndpoint' | 'registrationEndpoint' | 'privateJwks'
  > & { readonly clients: typeof clients }
  api: { origin: string; greeting: string; reports: string; admin: string }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [async ({}, use) => use(`${started('TEST_SITE')}/`), { scope: 'worker' }],

  authorizationServer: [
    async ({}, use) => {
      const issuer = started('TEST_AUTHORIZATION_SERVER')
      await use({
        issuer,
        tokenEndpoint: `${issuer}/token`,
        registrationEndpoint: issuer + registrationPath,
        privateJwks: JSON.parse(started('TEST_PRIVATE_JWKS')) as AuthorizationServer['privateJwks'],
        clients,
      })
    },
    { scope: 'worker' },
  ],

  api: [
    async ({}, use) => {
      const origin = started('TEST_API')
      await use({
        origin,
        greeting: `${origin}/greeting`,
        reports: `${origin}/reports`,
        admin: `${origin}/admin`,
      })
    },
    { scope: 'worker' },
  ],

  isolated: [false, { option: true }],

  shared: [
    async ({ browser }, use) => {
      const context = await browser.newContext({
        ...devices['Desktop Chrome'],
        locale: 'en-US',
        serviceWorkers: 'block',
        ...media,
      })
      await use(context)
      await context.close()
    },
    { scope: 'worker' },
  ],

  context: async ({ browser, shared, isolated, serviceWorkers, site }, use) => {
    if (isolated) {
      const context = await browser.newContext({ serviceWorkers })
      await use(context)
      return context.close()
    }
    await use(shared)
    await clear(shared, site)
  },

  page: async ({ context, isolated }, use) => {
    const [kept] = isolated ? [] : context.pages()
    const page = kept ?? (await context.newPage())
    const addInitScript = page.addInitScript.bind(page)
    page.addInitScript = (...script) => {
      spoiled.add(page)
      return addInitScript(...script)
    }
    await use(page)
  },

  baseURL: async ({ site }, use) => use(site),

  playground: async ({ page, site }, use) => {
    await page.goto(site)
    if (process.env['TEST_WORKER'] !== undefined) await workerInControl(page)
    await use(new PlaygroundPage(page))
  },

  faults: async ({ guard }, use) => {
    const server = await startFaultServer()
    guard.allowOrigin(server.origin)
    // Chromium reports the request that a redirect would lead to even if it does not send it.
    guard.allowOrigin(server.elsewhere.origin)
    await use(server)
    await server.close()
    expect(server.elsewhere.requests, 'a redirect was followed').toEqual([])
  },

  simpleIdServer: async ({ guard }, use) => {
    const server = await startSimpleIdServer()
    guard.allowOrigin(server.issuer)
    await use(server)
    await server.close()
  },

  startPathIssuer: [
    async ({ guard }, use) => {
      // Not before a test needs it: oidc-provider takes a while to load, on a busy machine most of a test’s time.
      const { startPathIssuer } = await import('../servers/path-issuer.ts')
      const servers: PathIssuer[] = []
      await use(async (options) => {
        const server = await startPathIssuer(options)
        servers.push(server)
        guard.allowOrigin(server.issuer)
        return server
      })
      await Promise.all(servers.map((server) => server.close()))
    },
    // Its own, besides that of the test.
    { timeout: 60_000 },
  ],

  startMcp: async ({ guard }, use) => {
    const servers: McpImitation[] = []
    await use(async (options) => {
      const server = await startMcpImitation(options)
      servers.push(server)
      guard.allowOrigin(server.url)
      return server
    })
    await Promise.all(servers.map((server) => server.close()))
  },

  guard: [
    async ({ context, site, authorizationServer, api }, use) => {
      const origins = new Set([site, authorizationServer.issuer, api.origin].map(originOf))
      const expected: RegExp[] = []
      const allowed: RegExp[] = []
      const permitted = { origins, expected, allowed }
      const watching = watch(context)

      await use({
        expectConsole: (pattern) => expected.push(pattern),
        allowConsole: (pattern) => allowed.push(pattern),
        allowOrigin: (origin) => origins.add(originOf(origin)),
      })

      for (let tries = 0; unheard(watching, permitted).length > 0 && tries < 20; tries += 1) await delay(50)
      watching.stop()
      const complaints = complaintsOf(watching, permitted)
      if (complaints.length > 0) throw new Error(`The page misbehaved:\n  ${complaints.join('\n  ')}`)
    },
    { auto: true },
  ],
})

/** Waits until the service worker of the page has all files, and sees each request. */
export async function workerInControl(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { controller } = navigator.serviceWorker
    // A copy in a folder above may have one, too.
    return (
      controller?.state === 'activated' && controller.scriptURL === new URL('./sw.js', location.href).href
    )
  })
}

function started(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: global-setup.ts has not run.`)
  return value
}

const originOf = (url: string) => new URL(url).origin

/** Pages to which something was done that outlives a navigation. */
const spoiled = new WeakSet<Page>()

/** Nothing moves: what is drawn in between takes a tenth of the time of all tests. */
const media = { colorScheme: 'light', reducedMotion: 'reduce', forcedColors: 'none' } as const

/** Leaves nothing for the next test but an empty page: nothing stored, permitted, intercepted or listened to. */
async function clear(context: BrowserContext, site: string): Promise<void> {
  const [page, ...others] = context.pages()
  await Promise.all(others.map((each) => each.close()))
  if (page) {
    // A page that is gone stores nothing any more; its tab is needed for the session.
    await page.goto('about:blank')
    const session = await context.newCDPSession(page)
    const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers'
    await session.send('Storage.clearDataForOrigin', { origin: originOf(site), storageTypes })
    await session.detach()
    if (spoiled.has(page)) await page.close()
    else await restore(page)
  }
  await Promise.all([
    context.unrouteAll({ behavior: 'ignoreErrors' }),
    context.clearPermissions(),
    context.setOffline(false),
    context.clearCookies(),
  ])
}

async function restore(page: Page): Promise<void> {
  await page.removeAllListeners(undefined, { behavior: 'ignoreErrors' })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.emulateMedia({ media: null, ...media })
  await page.setViewportSize(devices['Desktop Chrome'].viewport)
}
