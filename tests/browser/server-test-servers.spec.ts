import { clients } from '../servers/clients.ts'
import { injections, unsignedToken } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'
import { ServerTestPage } from './server-test-page.ts'

// Each refusal is in the console, too, and a page cannot keep it out.
test.beforeEach(({ guard }) => {
  guard.allowConsole(/Failed to load resource|blocked by CORS policy/)
})

const token = JSON.stringify({
  access_token: unsignedToken('{"iss":"http://localhost","sub":"m2m","exp":4102444800,"iat":1700000000}'),
  token_type: 'Bearer',
  expires_in: 3600,
})
const json = { 'Content-Type': 'application/json' }

/** What this page cannot see of any server, and what oidc-provider 9 does. */
const ofAnyClient = {
  pragma: 'note',
  'server-named': 'skipped',
  'basic-encoding': 'skipped',
  // It responds to GET without CORS.
  get: 'skipped',
  'cors-vary': 'skipped',
  'well-known-path': 'skipped',
}

test('oidc-provider and its API, with a client that has opaque tokens', async ({ playground, page }) => {
  test.setTimeout(120_000)
  const { id, secret, scope, method } = clients.opaque
  await playground.choose('local')
  await playground.connect({ id, secret, scope, method })
  const server = new ServerTestPage(page)
  await server.open()
  await server.region.getByLabel(/throwaway/).check()
  await server.run()
  await expect(server.region.getByRole('status').first()).toContainText('0 must and 0 should deviate')
  await expect(server.region).toContainText(/(\d+) of \1 tokens were revoked\./)
  expect(await server.notOk()).toEqual({
    ...ofAnyClient,
    'no-scope': 'note',
    'jwt-*': 'skipped',
    'assertion-*': 'skipped',
    'dpop-*': 'skipped',
    'api-payload-changed': 'skipped',
    'api-alg-none': 'skipped',
    'api-dpop': 'skipped',
    'api-scheme': 'skipped',
    'api-dpop-*': 'skipped',
  })

  // A row that CORS hides has the command to run instead.
  await server.region.getByRole('button', { name: /^skipped/ }).click()
  await server.line('GET').click()
  await expect(server.rule).toContainText('The browser hides why. Run the command to see it.')
  await expect(server.rule.getByRole('button', { name: 'Copy curl command' })).toBeVisible()
})

test('oidc-provider and its API, with assertions, and tokens bound by a nonce', async ({
  playground,
  page,
  authorizationServer,
}) => {
  test.setTimeout(120_000)
  const { id, scope, method } = clients.keyDpopNonce
  await playground.choose('local')
  await playground.importKey(JSON.stringify(authorizationServer.privateJwks[id]))
  await page.keyboard.press('Escape')
  await playground.connect({ id, scope, method })
  await playground.field('Signing key').selectOption({ index: 1 })
  await playground.field('Bind the token to a key (DPoP)').check()
  const server = new ServerTestPage(page)
  await server.open()
  await server.run()
  await expect(server.region.getByRole('status').first()).toContainText('1 must and 0 should deviate')
  expect(await server.notOk()).toEqual({
    ...ofAnyClient,
    'space-encoding': 'skipped',
    // The client has no secret.
    'basic-supported': 'skipped',
    'basic-case': 'skipped',
    'basic-malformed': 'skipped',
    'client-id-beside-basic': 'skipped',
    'two-methods': 'skipped',
    'query-credentials': 'skipped',
    'wrong-secret-post': 'skipped',
    'wrong-secret-basic': 'skipped',
    'secret-case': 'skipped',
    'cors-preflight-401': 'skipped',
    'cors-expose': 'skipped',
    challenge: 'skipped',
    'assertion-aud-endpoint': 'note',
    'assertion-aud-two': 'note',
    'assertion-long': 'note',
    // invalid_request for an assertion about another subject.
    'assertion-error': 'deviates',
    'dpop-old-iat': 'note',
    'dpop-future-iat': 'note',
    'dpop-private-jwk': 'skipped',
    // It keeps no record of JWTs.
    'introspect-active': 'note',
    revoke: 'skipped',
    'revoke-*': 'skipped',
  })

  // Deviations first: the exchange that proves it, with the change marked.
  await expect(server.region.getByRole('listitem').first()).toContainText('assertion')
  await expect(server.rule).toContainText('sub of the assertion is not the client.')
  await expect(server.rule.getByLabel('Request of the test').locator('.altered').first()).toBeVisible()
  await expect(server.rule).toContainText('"error": "invalid_request"')
  await expect(server.rule).toContainText('oidc-provider says invalid_request of an assertion')
  const markdown = await server.saved('Markdown')
  expect(markdown).toContain('- Known: oidc-provider says')
  expect(markdown).not.toMatch(/eyJ|"d"/)
})

test('a test is stopped at once, and a second one does not begin meanwhile', async ({
  playground,
  page,
  faults,
}) => {
  let asked = 0
  const endpoint = faults.answer('/counted', () => {
    asked += 1
    return { headers: json, body: token }
  })
  await playground.connectTo(endpoint)
  const server = new ServerTestPage(page)
  await server.open()
  await server.button('Start the test').click()
  await expect(server.button('Stop')).toBeVisible()
  await expect(server.button('Start the test')).toHaveCount(0)
  await expect.poll(() => asked).toBeGreaterThan(2)
  // Nor by closing and opening it: the test goes on, and is there.
  await server.button('Close the test').click()
  await page.getByRole('button', { name: 'Test this server', exact: true }).click()
  await expect(server.button('Start the test')).toHaveCount(0)
  await server.button('Stop').click()
  await expect(server.region).toContainText('The test was stopped.')
  const before = asked
  await expect(server.button('Go on')).toBeVisible()
  expect(asked - before).toBeLessThanOrEqual(1)
})

test('a server that is asked too often gets its rest, and then the test goes on', async ({
  playground,
  page,
  faults,
}) => {
  let asked = 0
  const endpoint = faults.answer('/limited', () => {
    asked += 1
    return asked === 4
      ? {
          status: 429,
          headers: { ...json, 'Retry-After': '2', 'Access-Control-Expose-Headers': 'Retry-After' },
          body: '{}',
        }
      : { headers: json, body: token }
  })
  await playground.connectTo(endpoint)
  const server = new ServerTestPage(page)
  await server.open()
  for (const group of [
    'From a browser (CORS)',
    'Metadata and keys',
    'Introspection and revocation',
    'The API',
  ])
    await server.region.getByLabel(group).uncheck()
  await server.run()
  await expect(server.region).toContainText('responded with 429: it is asked too often. It says to wait 2 s.')
  const goOn = server.button('Go on')
  await expect(goOn).toHaveAttribute('aria-disabled', /true|false/)
  expect(asked).toBe(4)
  await expect(goOn).toHaveAttribute('aria-disabled', 'false')
  await goOn.click()
  await expect(server.region.getByText('asked too often')).toHaveCount(0, { timeout: 60_000 })
  await server.over()
  expect(asked).toBeGreaterThan(20)
})

test('a first request whose response cannot be read is said to be that, and nothing else is sent', async ({
  playground,
  page,
  faults,
}) => {
  await playground.connectTo(faults.url('/no-cors'))
  const server = new ServerTestPage(page)
  await server.open()
  await server.run()
  await expect(server.region).toContainText('The working request brought no token, so nothing else was sent.')
  await expect(server.rule).toContainText('without a response that can be read. The browser hides why.')
  await expect(server.rule.getByRole('button', { name: 'Copy curl command' })).toBeVisible()
  expect(faults.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('what a server says is text, in the page and in each file', async ({ playground, page, faults }) => {
  const [image, script, link] = injections
  let asked = 0
  const endpoint = faults.answer('/hostile', () => {
    asked += 1
    const error = { error: script, error_description: `${image} \u202E`, error_uri: link }
    return asked === 1
      ? { headers: { ...json, 'X-Powered-By': '<b>' }, body: token }
      : { status: 400, headers: json, body: JSON.stringify(error) }
  })
  await playground.connectTo(endpoint)
  const server = new ServerTestPage(page)
  await server.open()
  for (const group of ['Metadata and keys', 'Introspection and revocation', 'The API'])
    await server.region.getByLabel(group).uncheck()
  await server.run()
  await expect(server.region.getByRole('status').first()).toContainText('deviate')
  await server.line('A parameter that nobody knows').or(server.line('unknown')).first().click()
  await expect(server.rule).toContainText(script)
  await expect(server.rule.getByRole('link').filter({ hasNotText: 'RFC' })).toHaveCount(0)
  await expect(page).not.toHaveTitle(/injected/)
  expect(await server.saved('Markdown')).not.toMatch(/(?<!\\)<(img|script)|\u202E/)
  expect(await server.saved('JUnit')).not.toMatch(/<(img|script)|\u202E/)
})
