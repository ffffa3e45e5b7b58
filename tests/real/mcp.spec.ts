import { expect, real, test } from './fixtures.ts'
import type { PlaygroundPage } from '../browser/playground-page.ts'
import { ask, call, expectTold, expectToken, expectUnread, findServer, getToken } from './journeys.ts'
import { testCors, testHealthy, testRefusals, type Place } from './suites.ts'

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
  test(`the MCP server at port ${port} accepts a token for it`, async ({ playground }) => {
    await tokenFor(playground, server(port))
    await expectToken(playground, { format: 'JWT, ', verified: true })
    await call(playground, server(port))
    await expect(playground.rawResponse).not.toContainText(/HTTP\/1\.1 40[13]/)
  })

test('an opaque token at an MCP server: it wants a JWT, by resource', async ({ playground }) => {
  await tokenFor(playground, null)
  await call(playground, server(3902))
  await expectTold(playground, { cause: /reference|JWT/, fix: /resource/ })
})

test('a token without the scope that the MCP server wants', async ({ playground }) => {
  await tokenFor(playground, server(3902), 'narrow', 'mcp:read')
  await call(playground, server(3902))
  await expectTold(playground, { cause: /scope/, fix: /mcp:tools/ })
})

test('a token for another MCP server', async ({ playground }) => {
  await tokenFor(playground, server(3903))
  await call(playground, server(3902))
  await expectTold(playground, { cause: /another API|audience/, fix: /3902/ })
})

test('an MCP server without CORS', async ({ playground }) => {
  await tokenFor(playground, server(withoutCors))
  await call(playground, server(withoutCors))
  await expectUnread(playground, {
    cause: /preflight|CORS|does not let this page read/i,
    fix: /Access-Control/,
  })
})

testHealthy({ ...mcp, good: { ...mcp.good, id: 'basic' } })

testRefusals(mcp, [
  [
    'a wrong secret',
    { secret: 'nope' },
    { cause: /^The server refused: invalid_client$|secret/, fix: /secret/, not: /scope/ },
  ],
  [
    'an unknown client',
    { id: 'nobody' },
    { cause: /^The server refused: invalid_client$|client/, fix: /client ID/, not: /scope/ },
  ],
  [
    'no secret',
    { method: 'none' },
    { cause: /secret|registered for another|invalid_client/, fix: /secret|Basic|body/ },
  ],
  [
    'a wrong path',
    { endpoint: `${issuer}/nope` },
    { cause: /path|does not let this page read|CORS/, fix: /URL|token_endpoint/ },
  ],
])

/** This server refuses an origin that it does not allow with a readable 400. */
const told = { cause: /origin|CORS|does not let this page read/i, fix: /origin|Access-Control/i }
testCors(mcp, { none: told, wrong: told })
