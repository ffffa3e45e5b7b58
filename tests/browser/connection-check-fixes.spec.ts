import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import type { FaultServer } from '../servers/fault-server.ts'
import { https, redirectsToTls } from '../servers/faulty-endpoint.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const secret = 'password'

const checkIn = (playground: PlaygroundPage, region = 'Response') =>
  playground.page
    .getByRole('region', { name: region, exact: true })
    .getByRole('region', { name: 'Connection check', exact: true })

const firstCause = (playground: PlaygroundPage) =>
  checkIn(playground).getByRole('list', { name: 'Causes' }).getByRole('article').first()

async function checked(playground: PlaygroundPage, region?: string): Promise<void> {
  await expect(checkIn(playground, region).getByRole('status')).toContainText('Checked', { timeout: 15_000 })
}

/** A token endpoint that responds to every page, but to no preflight. */
const noPreflight = (faults: FaultServer) =>
  faults.answer(
    '/no-preflight',
    ({ method }) =>
      method === 'OPTIONS'
        ? { status: 405 }
        : {
            headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' },
            body: '{"access_token":"opaque-token","token_type":"Bearer"}',
          },
    { cors: false },
  )

test.beforeEach(({ guard }) => {
  guard.allowConsole(/net::ERR_|blocked by CORS policy|Failed to load resource/)
})

const keycloakPath = '/realms/master/protocol/openid-connect/token'

test('the origin to allow, and how to allow it at the chosen server, with the origin filled in', async ({
  playground,
  faults,
  site,
}) => {
  const { origin } = new URL(site)
  faults.answer('/realms/master/.well-known/openid-configuration', { body: '{}' })
  await playground.choose('keycloak')
  await playground.connect({
    endpoint: faults.answer(keycloakPath, { status: 401, body: '{}' }, { cors: false }),
    id: 'm2m',
    secret,
    method: 'client_secret_post',
  })
  await playground.getToken.click()
  await checked(playground)
  await expect(firstCause(playground)).toContainText('The Web origins of this client do not list this page')
  await expect(checkIn(playground)).toContainText('Keycloak since 26.6.3 refuses a request from an origin')
  const fixes = firstCause(playground).getByRole('list', { name: 'What to try' })
  await expect(fixes.locator('code').first()).toHaveText(origin)
  await fixes.getByText('How to allow it at Keycloak').click()
  await expect(fixes).toContainText(`'webOrigins=["${origin}"]'`)
  await expect(fixes).toContainText(`npm start -- --relay ${faults.origin}`)
})

test('a healthy Keycloak, whose GET at the token endpoint no page may read, and a realm that it does not have', async ({
  playground,
  faults,
  page,
}) => {
  faults.answer('/realms/master/.well-known/openid-configuration', { body: '{}' })
  // It has no CORS there.
  faults.answer('/realms/nope/.well-known/openid-configuration', { status: 404, body: '{}' }, { cors: false })
  const connection = { id: 'm2m', secret, method: 'client_secret_basic' } as const
  await playground.choose('keycloak')
  const endpoint = faults.answer(keycloakPath, { status: 405, body: '{}' }, { cors: false })
  await playground.connect({ ...connection, endpoint })
  await page.getByRole('button', { name: 'Check connection' }).click()
  const first = page.getByRole('list', { name: 'Causes' }).getByRole('article').first()
  await expect(first).toContainText('what it may read there depends on the client')
  const unknown = faults.answer(
    keycloakPath.replace('master', 'nope'),
    { status: 404, body: '{}' },
    { cors: false },
  )
  await playground.connect({ ...connection, endpoint: unknown })
  await page.getByRole('button', { name: 'Check connection' }).click()
  await expect(first).toContainText('The server has no realm or issuer of this name')
  await expect(first.getByRole('list', { name: 'What to try' })).toContainText('Compare the realm')
})

test('a path that is not one of the chosen server comes before CORS, and one click leads to the right one', async ({
  playground,
  faults,
}) => {
  await playground.choose('keycloak')
  await playground.connect({
    endpoint: faults.url('/no-cors'),
    id: 'm2m',
    secret,
    method: 'client_secret_post',
  })
  await playground.getToken.click()
  await checked(playground)
  await expect(firstCause(playground).getByRole('heading', { level: 4 })).toHaveText(
    'This is not the token endpoint of the server',
  )
  const url = faults.origin + keycloakPath
  await firstCause(playground)
    .getByRole('button', { name: `Use ${url}` })
    .click()
  await expect(playground.field('Token endpoint')).toHaveValue(url)
})

test('SimpleIdServer over https: its certificate, trusted by dotnet, or accepted at its metadata', async ({
  playground,
  guard,
}) => {
  const server = await https('selfSigned')()
  const { origin } = new URL(server.endpoint)
  guard.allowOrigin(origin)
  guard.allowOrigin(origin.replace('https:', 'http:'))
  guard.allowOrigin(origin.replace('localhost', '127.0.0.1'))
  guard.allowOrigin(origin.replace('localhost', '[::1]'))
  guard.allowOrigin('http://localhost:6000')
  await playground.choose('simpleidserver')
  await playground.connect({ issuer: `${origin}/master`, endpoint: `${origin}/master/token` })
  await playground.getToken.click()
  await checked(playground)
  const tls = checkIn(playground)
    .getByRole('article')
    .filter({ has: playground.page.getByRole('heading', { name: 'The secure connection (TLS) fails' }) })
  await expect(tls).toContainText('For good: dotnet dev-certs https --trust')
  // By the clock alone, so on a busy machine another cause can come first, and this one is closed.
  const closed = tls
    .locator('details:not([open]) > summary')
    .filter({ has: playground.page.getByRole('heading') })
  if (await closed.count()) await closed.click()
  const metadata = `${origin}/master/.well-known/openid-configuration`
  await expect(tls.getByRole('link', { name: `Open ${metadata} in a tab` })).toHaveAttribute('href', metadata)
  await server.close()
})

test('SimpleIdServer over http that redirects to https: the first suspect, with the https address', async ({
  playground,
  guard,
}) => {
  const server = await redirectsToTls('selfSigned')()
  const { origin } = new URL(server.endpoint)
  for (const host of ['localhost', '127.0.0.1', '[::1]']) guard.allowOrigin(origin.replace('localhost', host))
  for (const place of [server.leadsTo ?? '', origin.replace('http:', 'https:'), 'http://localhost:6000'])
    guard.allowOrigin(place)
  await playground.choose('simpleidserver')
  await playground.connect({ endpoint: `${origin}/master/token` })
  await playground.getToken.click()
  await checked(playground)
  const redirect = checkIn(playground)
    .getByRole('article')
    .filter({
      has: playground.page.getByRole('heading', { name: 'The server may redirect http: to https:' }),
    })
  await redirect
    .getByRole('button', { name: 'Change the URL to https://localhost:5001/master/token' })
    .click()
  await expect(playground.field('Token endpoint')).toHaveValue('https://localhost:5001/master/token')
  await server.close()
})

test('credentials in the body: no preflight is needed, one click and it works', async ({
  playground,
  faults,
}) => {
  await playground.connectTo(noPreflight(faults), { method: 'client_secret_basic' })
  await playground.getToken.click()
  await checked(playground)
  await expect(firstCause(playground).getByRole('heading', { level: 4 })).toHaveText('The preflight fails')
  await expect(checkIn(playground)).toContainText('No token was issued')
  await firstCause(playground)
    .getByRole('button', { name: 'Send the credentials in the body (client_secret_post)' })
    .click()
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
  // What was found is about a request of before by now: its changes are shown, and do nothing.
  await expect(firstCause(playground).getByRole('button', { name: /^Send the credentials/ })).toHaveCount(0)
  await playground.getToken.click()
  await expect(playground.token).toContainText('opaque-token')
  await expect(checkIn(playground)).toHaveCount(0)
})

test('the lesson: what is not asked for first is processed, though nobody may read the response', async ({
  playground,
  faults,
}) => {
  await playground.connectTo(faults.url('/no-cors'))
  await playground.getToken.click()
  await checked(playground)
  expect(faults.requests.filter(({ body }) => body.includes(secret))).toHaveLength(1)
  await expect(checkIn(playground)).toContainText('a token may have been issued unseen')
  await expect(checkIn(playground)).toContainText('it is no protection against requests')
})

test('another name of this machine, one click away', async ({ playground, guard }) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '::1', resolve))
  const { port } = server.address() as AddressInfo
  guard.allowOrigin(`http://127.0.0.1:${port}`)
  await playground.connectTo(`http://127.0.0.1:${port}/token`)
  await playground.getToken.click()
  await checked(playground)
  await firstCause(playground)
    .getByRole('button', { name: `Change the host to localhost:${port}` })
    .click()
  await expect(playground.field('Token endpoint')).toHaveValue(`http://localhost:${port}/token`)
  server.close()
  server.closeAllConnections()
})

test('after a look in another tab it is checked again, and sent again once the server responds', async ({
  playground,
  page,
  guard,
}) => {
  const answering = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' })
    response.end('{"access_token":"opaque-token","token_type":"Bearer"}')
  })
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve))
  const { port } = answering.address() as AddressInfo
  const closed = () =>
    new Promise((resolve) => {
      answering.close(resolve)
      answering.closeAllConnections()
    })
  await closed()
  guard.allowOrigin(`http://localhost:${port}`)

  await playground.connectTo(`http://localhost:${port}/token`)
  await playground.getToken.click()
  await checked(playground)
  const opened = page.context().waitForEvent('page')
  await firstCause(playground)
    .getByRole('link', { name: /^Open localhost/ })
    .click()
  const tab = await opened

  // Back too early: checked again, and not sent.
  await page.bringToFront()
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect(page.getByRole('button', { name: 'History' })).toContainText('29')
  await checked(playground)

  await new Promise<void>((resolve) => answering.listen(port, '127.0.0.1', resolve))
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect(playground.token).toContainText('opaque-token')
  await tab.close()
  await closed()
})

test.describe('what is pasted is read', () => {
  test('a line of Chromium’s console', async ({ playground, faults }) => {
    const said =
      'Access to fetch at ‘x’ from origin ‘y’ has been blocked by CORS policy: Response to preflight request doesn’t pass access control check: Redirect is not allowed for a preflight request.'
    await playground.connectTo(faults.url('/no-cors'))
    await playground.getToken.click()
    await checked(playground)
    await playground.field('DevTools line or curl output').fill(said)
    const verdict = checkIn(playground).getByRole('region', { name: 'Verdict' })
    await expect(verdict.getByRole('heading', { level: 4 })).toContainText('The preflight is redirected')
    await expect(verdict).toContainText('certain')
  })

  test('what says nothing is called so, and markup stays text', async ({ playground, faults, page }) => {
    await playground.connectTo(faults.url('/no-cors'))
    await playground.getToken.click()
    await checked(playground)
    const field = playground.field('DevTools line or curl output')
    const verdict = checkIn(playground).getByRole('region', { name: 'Verdict' })
    await field.fill('works in Postman')
    await expect(verdict).toContainText('Nothing in it is known here')
    await field.fill(`net::ERR_FAILED <img src=x onerror="document.title='injected'"> ERR_UNSAFE_PORT`)
    await expect(verdict).toContainText('<img src=x')
    await expect(page).toHaveTitle('Client Credentials Playground')
  })
})

test('curl for a terminal: the preflight and the request, without the secret', async ({
  playground,
  faults,
  site,
}) => {
  await playground.connectTo(faults.url('/no-cors'), { method: 'client_secret_basic' })
  await playground.getToken.click()
  await checked(playground)
  await checkIn(playground).getByText('The same from a terminal, with curl').click()
  const [preflight = '', request = ''] = await checkIn(playground).locator('pre').allTextContents()
  expect(preflight).toContain('-X OPTIONS')
  expect(preflight).toContain(`-H 'Origin: ${new URL(site).origin}'`)
  expect(preflight).toContain(`-H 'access-control-request-headers: authorization'`)
  expect(request).toContain(`-H 'authorization: Basic '"$AUTHORIZATION"`)
  expect(request + preflight).not.toContain(Buffer.from(`m2m:${secret}`).toString('base64'))
})

test('what only a terminal reaches: signed anew for it, with the nonce that it prints', async ({
  playground,
  faults,
  authorizationServer: { privateJwks },
}) => {
  const endpoint = faults.answer('/terminal', { status: 400, body: '{}' }, { cors: false })
  await playground.connectTo(endpoint, { method: 'private_key_jwt', issuer: new URL(endpoint).origin })
  await playground.importKey(JSON.stringify(Object.values(privateJwks)[0]))
  await playground.page.keyboard.press('Escape')
  await playground.field('Bind the token to a key (DPoP)').check()
  await playground.getToken.click()
  await checked(playground)

  const check = checkIn(playground)
  await check.getByText('The same from a terminal, with curl').click()
  const command = check.locator('pre').last()
  await expect(command).toContainText(`DPoP: '"$DPOP"`)
  const signed = async () => {
    const text = (await command.textContent()) ?? ''
    const [proof = '', assertion = ''] = text.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? []
    return { proof: decodeJwt(proof), assertion: decodeJwt(assertion) }
  }
  await check.getByRole('button', { name: 'Sign it anew' }).click()
  await expect(command).not.toContainText('$DPOP')
  const first = await signed()
  expect(first.proof).toMatchObject({ htm: 'POST', htu: endpoint })
  expect(first.assertion).toMatchObject({ iss: 'm2m', sub: 'm2m' })

  await playground
    .field('DevTools line or curl output')
    .fill('HTTP/2 400\nDPoP-Nonce: printed\n\n{"error":"use_dpop_nonce"}')
  await check.getByRole('button', { name: 'Use its DPoP-Nonce in the next proof' }).click()
  await expect(playground.field('Nonce')).toHaveValue('printed')
  await check.getByRole('button', { name: 'Sign it anew' }).click()
  await expect.poll(async () => (await signed()).proof).toMatchObject({ nonce: 'printed' })
  expect((await signed()).assertion.jti).not.toBe(first.assertion.jti)

  // The token that the terminal gets is used here.
  await playground
    .field('DevTools line or curl output')
    .fill(
      'HTTP/2 200\ncontent-type: application/json\n\n{"access_token":"from-a-terminal","token_type":"DPoP"}',
    )
  await check.getByRole('button', { name: 'Use this token' }).click()
  await expect(playground.token.getByText('from-a-terminal').first()).toBeVisible()
})

test('every probe is an exchange in History, and carries nothing of the client’s', async ({
  playground,
  faults,
  page,
}) => {
  await playground.connectTo(faults.url('/no-cors'))
  await playground.getToken.click()
  await checked(playground)
  await page.getByRole('button', { name: 'History' }).click()
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('listitem').filter({ hasText: 'Is anything there?' })).toContainText(
    'Not readable',
  )
  await expect(
    history.getByRole('listitem').filter({ hasText: 'May this page read a response?' }),
  ).toContainText('No response')
  await history.getByRole('button', { name: /Is anything there/ }).click()
  await expect(playground.rawRequest).toContainText('GET /no-cors HTTP/1.1')
  await expect(playground.rawRequest).toContainText('Sec-Fetch-Mode: no-cors')
  await expect(playground.rawRequest).not.toContainText('Origin:')
  await expect(checkIn(playground)).toHaveCount(0)
})

test('a check beforehand is with the next request; a probe of it opens as an exchange like any other', async ({
  playground,
  faults,
}) => {
  await playground.connectTo(noPreflight(faults), { method: 'client_secret_basic' })
  await playground.getToken.click()
  await checked(playground)
  await playground.connection.getByRole('button', { name: 'Check connection' }).click()
  await checked(playground)
  await expect(playground.request).toContainText('exactly what will be sent')
  await expect(checkIn(playground)).toContainText('Connection check')
  await playground.lookAt(1)
  await expect(playground.request).toContainText('#1 · sent')
  await expect(checkIn(playground)).toContainText('Why no response came')
  await playground.lookAt(2)
  await expect(playground.request).toContainText('#2 · sent')
  await expect(checkIn(playground)).toHaveCount(0)
  await expect(playground.response).toContainText('Sent by this page without credentials')
  await playground.lookAtNext()
  await expect(checkIn(playground)).toContainText('Connection check')
})

test('an API without CORS: the check is under its response', async ({ playground, faults }) => {
  await playground.connectTo(faults.url('/token'))
  await playground.getToken.click()
  await playground.field('API URL').fill(faults.url('/no-cors'))
  await playground.page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawRequest).toContainText('GET /no-cors')
  await checked(playground)
  const check = checkIn(playground)
  await expect(check.getByRole('article').first()).toContainText('The server does not let this page read')
  await expect(check).not.toContainText('token may have been issued')
})

test('an endpoint found without CORS: its exchange shows why', async ({ playground, faults, page }) => {
  await playground.choose('own')
  faults.answer('/no-metadata/.well-known/openid-configuration', { body: '{}' }, { cors: false })
  await playground.find(faults.url('/no-metadata/.well-known/openid-configuration'))
  await page
    .getByRole('button', { name: /^Exchange \d+$/ })
    .first()
    .click()
  // It stays, though more places were asked meanwhile.
  await expect(playground.connection.getByText('✗ No metadata')).toBeVisible()
  await checkIn(playground).getByRole('button', { name: 'Check why' }).click()
  await checked(playground)
  await expect(firstCause(playground)).toContainText('The server does not let this page read its responses')
  await expect(firstCause(playground).getByRole('button', { name: /^(Change|Send)/ })).toHaveCount(0)
})

test('the practice server has no connection to check', async ({ playground }) => {
  await expect(playground.rawRequest).toContainText('POST /token')
  await expect(playground.connection.getByRole('button', { name: 'Check connection' })).toHaveCount(0)
  await playground.choose('local')
  await expect(playground.connection.getByRole('button', { name: 'Check connection' })).toBeVisible()
})

test('axe finds nothing: causes, fixes, curl, a verdict', async ({ playground, faults, page }) => {
  await playground.connectTo(noPreflight(faults), { method: 'client_secret_basic' })
  await playground.getToken.click()
  await checked(playground)
  await checkIn(playground).getByText('The same from a terminal, with curl').click()
  await playground.field('DevTools line or curl output').fill('net::ERR_CERT_DATE_INVALID')
  await expect(checkIn(playground).getByRole('region', { name: 'Verdict' })).toContainText('certain')
  expect(await violations(page)).toEqual([])
})
