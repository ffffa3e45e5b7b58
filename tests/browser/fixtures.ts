/* eslint-disable no-empty-pattern -- Playwright reads the names of the fixtures that are wanted from the pattern. */
import { setTimeout as delay } from 'node:timers/promises'
import { test as base, expect, type ConsoleMessage } from '@playwright/test'
import type { AuthorizationServer } from '../servers/authorization-server.ts'
import { clients } from '../servers/clients.ts'
import type { PathIssuer, PathIssuerOptions } from '../servers/path-issuer.ts'
import { registrationPath } from '../servers/provider-cors.ts'
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
  /** The built page, open. */
  playground: PlaygroundPage
  guard: Guard
  /** Misbehaves by path and records what it gets. A redirect from it that is followed fails the test. */
  faults: FaultServer
  /** Answers as SimpleIdServer does, to its tutorial's client. */
  simpleIdServer: SimpleIdServer
  /** Starts an authorization server whose issuer identifier has a path, and that may be set up wrong. */
  startPathIssuer: (options?: PathIssuerOptions) => Promise<PathIssuer>
}

interface WorkerFixtures {
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

  baseURL: async ({ site }, use) => use(site),

  playground: async ({ page, site }, use) => {
    await page.goto(site)
    await use(new PlaygroundPage(page))
  },

  faults: async ({ guard }, use) => {
    const server = await startFaultServer()
    guard.allowOrigin(server.origin)
    // Chromium reports the request that a redirect would lead to even where it does not send it.
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
      // Not before a test wants it: oidc-provider takes a while to load, on a busy machine most of a test’s time.
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
    // Its own, beside that of the test.
    { timeout: 60_000 },
  ],

  guard: [
    async ({ context, site, authorizationServer, api }, use) => {
      const origins = new Set([site, authorizationServer.issuer, api.origin].map(originOf))
      const expected: RegExp[] = []
      const allowed: RegExp[] = []
      const messages: string[] = []
      const strangers = new Set<string>()

      // A violation of the Content Security Policy or of Trusted Types is among the console's errors.
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) messages.push(describe(message))
      })
      context.on('weberror', (error) => messages.push(`uncaught: ${String(error.error().stack)}`))
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url())
        if (!['data:', 'blob:', 'about:'].includes(protocol) && !origins.has(origin))
          strangers.add(request.url())
      })

      await use({
        expectConsole: (pattern) => expected.push(pattern),
        allowConsole: (pattern) => allowed.push(pattern),
        allowOrigin: (origin) => origins.add(originOf(origin)),
      })

      const unheard = () => expected.filter((pattern) => !messages.some((message) => pattern.test(message)))
      for (let tries = 0; unheard().length > 0 && tries < 20; tries += 1) await delay(50)

      const known = (message: string) => [...expected, ...allowed].some((pattern) => pattern.test(message))
      const complaints = [
        ...messages.filter((message) => !known(message)).map((message) => `the console said ${message}`),
        ...unheard().map((pattern) => `the console never said ${String(pattern)}`),
        ...[...strangers]
          .filter((url) => !origins.has(originOf(url)) && !isNextDoor(url, origins))
          .map((url) => `a request went to ${url}, which the test did not allow`),
      ]
      if (complaints.length > 0) throw new Error(`The page misbehaved:\n  ${complaints.join('\n  ')}`)
    },
    { auto: true },
  ],
})

function started(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: global-setup.ts has not run.`)
  return value
}

const originOf = (url: string) => new URL(url).origin

/** The connection check asks the other names and schemes of a loopback server, and a port no browser fetches from. */
function isNextDoor(url: string, origins: ReadonlySet<string>): boolean {
  const { hostname, port } = new URL(url)
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) return false
  return port === '6000' || [...origins].some((origin) => new URL(origin).port === port)
}

function describe(message: ConsoleMessage): string {
  return `${message.type()}: ${message.text()} (${message.location().url})`
}
