import { expect, real, test } from './fixtures.ts'
import {
  expectConnection,
  expectRefusal,
  findServer,
  getToken,
  instead,
  type Connection,
  type Told,
} from './journeys.ts'
import type { RealName } from './real-server.ts'

/** A server and the client that is right there. */
export interface Place {
  readonly name: RealName
  /** Its id in the picker. */
  readonly kind: string
  /** What Find finds it by; `null` if it has no metadata. */
  readonly issuer: string | null
  readonly endpoint: string
  readonly good: Connection
}

/** What is wrong, in words; what is typed instead of the client that is right; and what the page has to say of it. */
export type Refusal = readonly (readonly [name: string, connection: Connection, told: Told])[]

/** A test for each refusal. One with an endpoint of its own is typed, the others are found. */
export function testRefusals({ kind, issuer, endpoint, good }: Place, refusals: Refusal): void {
  test.describe('a refusal has its cause', () => {
    for (const [name, connection, told] of refusals)
      test(name, async ({ playground }) => {
        if (issuer !== null && connection.endpoint === undefined) await findServer(playground, kind, issuer)
        else await playground.choose(kind)
        await playground.connect(instead({ ...(issuer === null && { endpoint }), ...good }, connection))
        await expectRefusal(playground, told)
      })
  })
}

/**
 * Check connection names what is wrong before anything is sent, and the request itself gets the same cause; unless
 * the server asks who the client is first, and all that can be known `beforehand` is that.
 */
export function testCors(
  { name, kind, endpoint, good }: Place,
  told: Readonly<Record<'none' | 'wrong', Told>>,
  beforehand?: Told,
): void {
  for (const cors of ['none', 'wrong'] as const)
    test.describe(`CORS: ${cors}`, () => {
      test.use(real(name, { cors }))

      test('Check connection names it, and so does the request without a response', async ({
        playground,
      }) => {
        await playground.choose(kind)
        await playground.connect({ ...good, endpoint })
        await expectConnection(playground, beforehand ?? told[cors])
        await expectRefusal(playground, told[cors])
        await expect(playground.response).toContainText('No response')
      })
    })
}

/** What is said of a connection that is right; and of one that is right for those that the client's settings name. */
const reads = /^This page can reach \S+ and read its responses$/
export const readsByClient = /^This page can reach \S+; what it may read there depends on the client$/

/** Before anything is sent, the connection of a server that is set up right is called right. */
export function testHealthy({ kind, endpoint, good }: Place, cause: RegExp = reads): void {
  for (const method of ['client_secret_post', 'client_secret_basic'] as const)
    test(`${method}: a connection that is right is called right`, async ({ playground }) => {
      await playground.choose(kind)
      await playground.connect({ ...good, method, endpoint })
      await expectConnection(playground, { cause })
    })
}

/** After a token, too: what could be read once is not called unreadable, nor a refused GET a fault. */
export function testHealthyAfterToken({ kind, endpoint, good }: Place, cause: RegExp = reads): void {
  test('a connection that gave a token is called right', async ({ playground }) => {
    await playground.choose(kind)
    await playground.connect({ ...good, endpoint })
    await getToken(playground)
    await expectConnection(playground, { cause })
  })
}

/** What is said of CORS, with the setup of this kind of server as the fix. */
export const corsTold = (server: string): Told => ({
  cause: /^The server does not let this page read its responses$/,
  fix: new RegExp(`How to allow it at ${server}`),
  not: /Change http: to https:|secret again/,
})
