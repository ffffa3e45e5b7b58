import { expect, real, test } from './fixtures.ts'
import type { PlaygroundPage } from '../browser/playground-page.ts'
import {
  ask,
  call,
  expectRefusal,
  expectTold,
  expectToken,
  expectUnread,
  findServer,
  getToken,
  type Told,
} from './journeys.ts'
import { readsByClient, testCors, testHealthy, testRefusals, type Place } from './suites.ts'

const issuer = 'http://localhost:3915'
const server = (port: number) => `http://localhost:${port}/mcp`
const mcp: Place = {
  name: 'mcp',
  kind: 'own',
  issuer,
  endpoint: `${issuer}/token`,
  good: { id: 'm2m', secret: 'change-me', scope: 'mcp:tools', method: 'client_secret_post' },
}

/** TypeScript SDK 1 and 2, Python SDK, FastMCP, each with whole CORS; and the first without. */
const whole = [3902, 3903, 3912, 3913]
const withoutCors = 3901

test.use({
  ...real('mcp'),
  realOrigins: [issuer, ...[...whole, withoutCors].map((port) => new URL(server(port)).origin)],
})

async function tokenFor(
  playground: PlaygroundPage,
  resource: string | null,
  id = 'm2m',
  scope = 'mcp:tools',
): Promise<void> {
  await findServer(playground, 'own', issuer)
  await playground.connect({ ...mcp.good, id, scope })
  if (resource !== null) {
    await playground.unfold('Resource, audience')
    await playground.field('Resource').fill(resource)
  }
  await getToken(playground)
}

test('Find, an opaque token without a resource; introspection and revocation', async ({ playground }) => {
  await tokenFor(playground, null)
  await expectToken(playground, { format: 'opaque', verified: false })
  await ask(playground, 'Introspect')
  await expect(playground.response).toContainText('The server knows the token, and it is good now.')
  await ask(playground, 'Revoke')
  await expect(playground.response).toContainText('The server accepted the revocation')
})

for (const port of whole)
  test(`the MCP server at port ${port} accepts a token for it, and initialize with one click`, async ({
    playground,
  }) => {
    await tokenFor(playground, server(port))
    await expectToken(playground, { format: 'JWT, ', verified: true })
    await call(playground, server(port))
    await expectTold(playground, {
      cause: /^An MCP server is called by POST, and the first call is initialize$/,
      not: /token|scope/,
    })
    await playground.response.getByRole('button', { name: /^Send initialize by POST/ }).click()
    await playground.page.getByRole('button', { name: 'Call API', exact: true }).click()
    await expect(playground.rawResponse).toContainText(/^HTTP\/1\.1 200\b/)
    await expect(playground.rawResponse).toContainText('"serverInfo"')
  })

test('an opaque token at an MCP server: it wants a JWT, by resource', async ({ playground }) => {
  await tokenFor(playground, null)
  await call(playground, server(3902))
  await expectTold(playground, {
    cause: /^The token is a reference, and the API reads JWTs only$/,
    stage: 'Token readable',
    fix: /^Ask for a token with the resource http:\/\/localhost:3902\/mcp/,
  })
})

test('a token without the scope that the MCP server wants', async ({ playground }) => {
  await tokenFor(playground, server(3902), 'narrow', 'mcp:read')
  await call(playground, server(3902))
  await expectTold(playground, {
    cause: /^The token lacks the scope that the API wants$/,
    stage: 'Scope sufficient',
    fix: /^Ask for “mcp:tools” too/,
  })
})

test('a token for another MCP server', async ({ playground }) => {
  await tokenFor(playground, server(3903))
  await call(playground, server(3902))
  await expectTold(playground, {
    cause: /^The token is for another API$/,
    stage: 'Audience right',
    fix: /^Ask for a token with the resource http:\/\/localhost:3902\/mcp/,
  })
})

test('an MCP server without CORS', async ({ playground }) => {
  await tokenFor(playground, server(withoutCors))
  await call(playground, server(withoutCors))
  await expectUnread(playground, {
    cause: /^The server does not let this page read its responses$/,
    fix: /Access-Control-Allow-Origin/,
  })
})

/** A GET of its token endpoint has no CORS, whatever the client: that this is so is known of oidc-provider. */
const asItIs: Place = { ...mcp, kind: 'oidc-provider' }

testHealthy({ ...asItIs, good: { ...mcp.good, id: 'basic' } }, readsByClient)

/** Every fault of a client is one invalid_client. */
const unsaid: Told = {
  cause: /^The secret is wrong$/,
  also: /^The server does not know this client$/,
  not: /scope/,
}

testRefusals(mcp, [
  ['a wrong secret', { secret: 'nope' }, { ...unsaid, fix: /^Copy the secret again/ }],
  ['an unknown client', { id: 'nobody' }, { ...unsaid, fix: /^Compare the client ID/ }],
  [
    'no secret',
    { method: 'none' },
    { cause: /^No secret was sent$/, stage: 'Secret right', fix: /^Send a secret in the Basic header/ },
  ],
])

test('a wrong path, once the metadata were read', async ({ playground }) => {
  await findServer(playground, 'oidc-provider', issuer)
  await playground.connect({ ...mcp.good, endpoint: `${issuer}/nope` })
  await expectRefusal(playground, {
    cause: /^This is not the token endpoint of the server$/,
    fix: /\/token\b/,
  })
})

/** A server that nobody wrote down. */
const unread: Told = {
  cause: /^The server does not let this page read its responses$/,
  fix: /Access-Control-Allow-Origin/,
}
testCors(mcp, { none: unread, wrong: unread })

test.describe('CORS for another origin, at oidc-provider', () => {
  test.use(real('mcp', { cors: 'wrong' }))

  test('the rule of the client refuses, whatever the secret', async ({ playground }) => {
    await playground.choose('oidc-provider')
    await playground.connect({ ...mcp.good, endpoint: mcp.endpoint })
    await expectRefusal(playground, {
      cause: /^The clientBasedCORS rules of this client do not list this page$/,
      fix: /How to allow it at node-oidc-provider/,
      not: /secret again/,
    })
  })
})
