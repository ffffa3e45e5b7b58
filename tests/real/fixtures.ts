import { expect, test as base } from '../browser/fixtures.ts'
import { startReal, type RealName, type RealServer } from './real-server.ts'

export { expect }

interface RealFixtures {
  /** Which server runs for a test, and how. */
  real: RealServer
  /** Where its requests go, which the page may send to besides. */
  realOrigins: readonly string[]
  started: undefined
}

/** A server for the tests of a `describe`, as `test.use` accepts it. */
export const real = (name: RealName, more: Partial<RealServer> = {}): { real: RealServer } => ({
  real: { name, cors: 'right', run: 'with clients', options: {}, ...more },
})

export const test = base.extend<RealFixtures>({
  real: [undefined as unknown as RealServer, { option: true }],
  realOrigins: [[], { option: true }],

  started: [
    async ({ real: server, realOrigins, guard, site }, use) => {
      for (const origin of realOrigins) guard.allowOrigin(origin)
      // Chromium says so of every 4xx, and of every response that it keeps from the page.
      guard.allowConsole(/Failed to load resource|blocked by CORS policy/)
      await startReal(server, new URL(site).origin)
      await use(undefined)
    },
    // A first start downloads and builds.
    { auto: true, timeout: 20 * 60_000 },
  ],
})
