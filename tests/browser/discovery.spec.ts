import type { PathIssuer, PathIssuerOptions } from '../servers/path-issuer.ts'
import { injections, type FaultServer } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

/** The places where the metadata of an issuer with a path may be, in the order of asking. */
const places = {
  insertion: '/.well-known/oauth-authorization-server/realms/demo',
  oidc: '/realms/demo/.well-known/openid-configuration',
  append: '/realms/demo/.well-known/oauth-authorization-server',
} as const

const wellKnown = '/.well-known/oauth-authorization-server'
const found = (playground: PlaygroundPage) => playground.connection.getByText('✓ Metadata found')
const table = (playground: PlaygroundPage) =>
  playground.connection.locator('details').filter({ hasText: 'What the server says of itself' })
const row = (playground: PlaygroundPage, name: string) =>
  table(playground)
    .locator('dl > div')
    .filter({ has: playground.page.locator('dt').getByText(name, { exact: true }) })

/** The seed's client, which these servers know. */
async function getToken(playground: PlaygroundPage, server: Pick<PathIssuer, 'issuer'>): Promise<void> {
  await playground.connect({ id: 'm2m', secret: 'password', scope: 'read', method: 'client_secret_post' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.page.getByLabel('Decoded payload as JSON')).toContainText(
    `"iss": "${server.issuer}"`,
  )
}

/** Programs what the fault server says of itself. */
function describe(faults: FaultServer, metadata: object): void {
  faults.answer(wellKnown, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ issuer: faults.origin, token_endpoint: faults.url('/token'), ...metadata }),
  })
}

test.describe('an issuer with a path', () => {
  for (const [index, form] of (['insertion', 'oidc', 'append'] as const).entries()) {
    const asked = Object.values(places).slice(0, index + 1)
    test(`metadata by ${form}: ${asked.length} asked, each in History, then a token`, async ({
      playground,
      startPathIssuer,
      guard,
    }) => {
      if (index > 0) guard.expectConsole(/404/)
      const server = await startPathIssuer({ form })
      await playground.choose('own')
      if (form === 'oidc') {
        await playground.field('Issuer or discovery URL').fill(server.issuer)
        await playground.field('Issuer or discovery URL').press('Enter')
      } else await playground.find(server.issuer)

      await expect(found(playground)).toBeVisible()
      await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
      expect(server.requests).toEqual(asked.map((path) => `GET ${path}`))

      const entries = (await playground.openHistory()).getByRole('listitem')
      await expect(entries).toHaveCount(asked.length)
      for (const [place, path] of asked.entries()) {
        if (place > 0) await playground.openHistory()
        const status = place === index ? '200 OK' : '404 Not Found'
        const entry = entries.nth(asked.length - 1 - place)
        await expect(entry).toContainText(status)
        await expect(entry).toContainText(path)
        await expect(entry).toContainText('Metadata')
        await entry.getByRole('button').first().click()
        await expect(playground.response).toContainText(status)
        await expect(playground.rawRequest).toContainText(`GET ${path} HTTP/1.1`)
      }
      await expect(playground.rawResponse).toContainText(`"issuer":"${server.issuer}"`)
      await getToken(playground, server)
    })
  }
})

test('each attempt is under Find with what came of it, and opens its exchange', async ({
  playground,
  startPathIssuer,
  guard,
}) => {
  guard.expectConsole(/404/)
  const server = await startPathIssuer({ form: 'append' })
  await playground.choose('own')
  await playground.find(server.issuer)
  await playground.connection.getByText('Asked at 3 places').click()
  const attempts = playground.connection.getByRole('listitem').filter({ hasText: 'Exchange' })
  await expect(attempts).toHaveText([
    /Nothing there \(404\).*oauth-authorization-server\/realms\/demo/,
    /Nothing there \(404\).*realms\/demo\/.well-known\/openid-configuration/,
    /Metadata.*realms\/demo\/.well-known\/oauth-authorization-server/,
  ])
  await attempts.nth(1).getByRole('button').click()
  await expect(playground.response).toContainText('404 Not Found')
  await expect(playground.rawRequest).toContainText(`GET ${places.oidc}`)
})

test('the URL of a discovery document is asked first, and alone', async ({ playground, startPathIssuer }) => {
  const server = await startPathIssuer({ form: 'oidc' })
  await playground.choose('own')
  await playground.find(server.metadata)
  await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
  expect(server.requests).toEqual([`GET ${places.oidc}`])
  await getToken(playground, server)
})

test('a token endpoint typed by mistake leads to its issuer', async ({
  playground,
  startPathIssuer,
  guard,
}) => {
  guard.expectConsole(/404/)
  const server = await startPathIssuer({ form: 'oidc' })
  await playground.choose('own')
  await playground.find(server.tokenEndpoint)
  await expect(playground.connection).toContainText('This looks like an endpoint, and not like an issuer')
  await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
  expect(server.requests).toEqual([`GET ${places.insertion}`, `GET ${places.oidc}`])

  await playground.connection.getByRole('button', { name: 'Use that' }).click()
  await expect(playground.field('Issuer or discovery URL')).toHaveValue(server.issuer)
  await expect(found(playground)).toBeVisible()
  await expect(playground.connection).not.toContainText('This looks like an endpoint')
})

test('what is no URL is said next to it, and nothing is asked', async ({ playground, page }) => {
  await playground.choose('own')
  for (const [typed, words] of [
    ['', 'Enter an issuer identifier'],
    ['https://as.example/{tenant}', 'Put your own value in place of {tenant}.'],
  ] as const) {
    await playground.find(typed)
    await expect(playground.connection).toContainText(words)
  }
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await playground.choose('local')
  await expect(playground.connection).not.toContainText('Put your own value')
})

test('metadata in place of a URL is used as metadata', async ({ playground, faults }) => {
  const metadata = JSON.stringify({ issuer: faults.origin, token_endpoint: faults.url('/token') })
  await playground.choose('own')
  await playground.find(metadata)
  await expect(playground.connection).toContainText(
    'This is JSON, and not a URL. Metadata can be pasted below.',
  )
  await playground.connection.getByText('Paste the metadata instead').click()
  await playground.field('The JSON of the discovery document').fill(metadata)
  await playground.connection.getByRole('button', { name: 'Read it' }).click()
  await expect(playground.connection).toContainText('✓ Metadata pasted')
  await expect(playground.connection).not.toContainText('This is JSON')
  await expect(playground.field('Token endpoint')).toHaveValue(faults.url('/token'))
})

test('the local server of npm start: its algorithms for DPoP, and a key registered where it says', async ({
  playground,
  page,
  authorizationServer,
}) => {
  await playground.choose('local')
  await expect(page.getByRole('button', { name: 'Register this key' })).toHaveCount(0)
  await playground.connection.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(found(playground)).toBeVisible()
  await playground.connection.getByText('Points looked at').click()
  await expect(playground.connection).toContainText('Proofs may be signed by RS256, RS384')
  await table(playground).locator('summary').click()
  await expect(row(playground, 'dpop_signing_alg_values_supported')).toContainText('Ed25519')
  await expect(row(playground, 'registration_endpoint')).toContainText(
    authorizationServer.registrationEndpoint,
  )

  await playground.field('Client authentication').selectOption('private_key_jwt')
  await page.getByRole('button', { name: 'Generate' }).click()
  await page.getByRole('button', { name: 'Register this key' }).click()
  await expect(playground.connection).toContainText('Registered as')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(page.getByLabel('client_assertion payload')).toContainText(
    `"aud": "${authorizationServer.issuer}"`,
  )
})

test('an issuer of SimpleIdServer without its realm: one click adds it', async ({
  playground,
  page,
  simpleIdServer,
  guard,
}) => {
  guard.allowConsole(/404|405/)
  await playground.choose('simpleidserver')
  await playground.find(new URL(simpleIdServer.issuer).origin)
  await expect(playground.connection).toContainText('An issuer of SimpleIdServer tutorial ends in its realm.')
  await page.getByRole('button', { name: `Find ${simpleIdServer.issuer}` }).click()
  await expect(playground.field('Issuer or discovery URL')).toHaveValue(simpleIdServer.issuer)
})

test('metadata of Keycloak that no page can read are those of a realm that it does not have', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.allowConsole(/ERR_FAILED|404/)
  await page.route(/realms.Nope/, (route) => route.abort())
  await playground.choose('keycloak')
  await playground.find(faults.url('/realms/Nope'))
  await expect(playground.connection).toContainText('Compare the realm with the console’s list')
})

test('the practice server describes itself without any network', async ({ playground, page, site }) => {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await playground.connection.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(found(playground)).toBeVisible()
  await table(playground).locator('summary').click()
  await expect(row(playground, 'token_endpoint')).toContainText('https://practice.example/token')
  await (await playground.openHistory()).getByRole('listitem').getByRole('button').first().click()
  await expect(playground.rawRequest).toContainText('Host: practice.example')
  await expect(playground.rawResponse).toContainText('"issuer":"https://practice.example"')
  await expect(page.getByRole('banner').getByText('in this page · offline')).toBeVisible()
  expect(urls.filter((url) => !url.startsWith(site))).toEqual([])
})

test('what the user typed as token endpoint stays until Use is pressed', async ({
  playground,
  startPathIssuer,
}) => {
  const server = await startPathIssuer({ form: 'insertion' })
  await playground.connectTo('https://mine.example/token')
  await playground.find(server.issuer)
  await expect(playground.connection).toContainText('what you typed stays until you press Use')
  await expect(playground.field('Token endpoint')).toHaveValue('https://mine.example/token')
  await playground.connection.getByRole('button', { name: 'Use this token endpoint' }).click()
  await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
  await expect(playground.connection).not.toContainText('what you typed stays')
})

test('what an earlier server filled in makes room for the next', async ({ playground, startPathIssuer }) => {
  const [one, other] = await Promise.all([
    startPathIssuer({ form: 'insertion' }),
    startPathIssuer({ form: 'insertion' }),
  ])
  await playground.choose('own')
  await playground.find(one.issuer)
  await expect(playground.field('Token endpoint')).toHaveValue(one.tokenEndpoint)
  await playground.find(other.issuer)
  await expect(playground.field('Token endpoint')).toHaveValue(other.tokenEndpoint)
})

test('a method that the server does not list makes room for one it does, unless the user chose it', async ({
  playground,
  faults,
}) => {
  describe(faults, { token_endpoint_auth_methods_supported: ['tls_client_auth', 'client_secret_basic'] })
  const method = playground.field('Client authentication')
  await playground.choose('own')
  await expect(method).toHaveValue('client_secret_post')
  await playground.find(faults.origin)
  await expect(method).toHaveValue('client_secret_basic')
  await expect(playground.connection.getByText('Filled in: Client authentication')).toBeVisible()
  await method.selectOption('none')
  await playground.connection.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(
    playground.connection.getByRole('button', { name: 'Use this client authentication' }),
  ).toBeVisible()
  await expect(method).toHaveValue('none')
})

test('a scope that the server lists is added by a click', async ({ playground, faults }) => {
  describe(faults, { scopes_supported: ['openid', 'read', 'write', 'read'] })
  await playground.choose('own')
  await playground.find(faults.origin)
  const scopes = playground.connection.getByRole('group', { name: 'Scopes the server lists' })
  await expect(scopes.getByRole('button')).toHaveText(['+ read', '+ write', '+ openid'])
  await scopes.getByRole('button', { name: '+ write' }).click()
  await scopes.getByRole('button', { name: '+ read' }).click()
  await expect(playground.field('Scope')).toHaveValue('write read')
  await expect(scopes.getByRole('button')).toHaveText(['+ openid'])
})

test.describe('"if these values are not identical, the data contained in the response MUST NOT be used"', () => {
  const names: Readonly<Record<'slash' | 'container', (issuer: string) => { named: string; title: RegExp }>> =
    {
      slash: (issuer) => ({ named: `${issuer}/`, title: /The server’s issuer ends with a slash/ }),
      container: () => ({
        named: 'http://keycloak:8080/realms/demo',
        title: /The server believes it is called keycloak:8080/,
      }),
    }
  for (const [name, expected] of Object.entries(names)) {
    test(`${name}: both are shown, nothing is filled in before the user says so, then aud is that issuer`, async ({
      playground,
      page,
      startPathIssuer,
    }) => {
      const server = await startPathIssuer({ form: 'insertion', name: name as keyof typeof names })
      const { named, title } = expected(server.issuer)
      await playground.choose('own')
      await playground.find(server.issuer)
      await expect(playground.connection.getByRole('heading', { name: title })).toBeVisible()
      const value = (term: string) =>
        playground.connection
          .locator('div')
          .filter({ has: page.locator('dt', { hasText: term }) })
          .last()
          .locator('dd')
      await expect(value('You asked for')).toHaveText(server.issuer)
      await expect(value('The server says')).toHaveText(named)
      await expect(value('The server says').locator('mark')).not.toHaveText(/realms/)
      await expect(playground.field('Token endpoint')).toHaveValue('')
      await expect(playground.connection).not.toContainText('Filled in')

      await playground.connection.getByRole('button', { name: 'Use it anyway' }).click()
      await expect(playground.connection).toContainText('Used anyway.')
      await expect(playground.field('Token endpoint')).toHaveValue(
        name === 'slash' ? server.tokenEndpoint : `${named}/token`,
      )
      await playground.connect({ id: 'm2m-hs256', secret: 'a-secret-of-32-bytes-for-HS256--' })
      await playground.field('Client authentication').selectOption('client_secret_jwt')
      await expect(page.getByLabel('client_assertion payload')).toContainText(`"aud": "${named}"`)
      if (name === 'slash') return
      // It is offered by the name that responded.
      await expect(playground.connection).toContainText('This browser will hardly find keycloak')
      await playground.connection.getByRole('button', { name: `Use ${server.tokenEndpoint}` }).click()
      await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
    })
  }

  test('the issuer of the server’s own spelling is one click away, and fits', async ({
    playground,
    faults,
  }) => {
    const issuer = faults.url('/realms/demo')
    faults.answer(places.insertion, {
      body: JSON.stringify({ issuer: `${issuer}/`, token_endpoint: `${issuer}/token` }),
    })
    await playground.choose('own')
    await playground.find(issuer)
    await playground.connection.getByRole('button', { name: `Use ${issuer}/` }).click()
    await expect(playground.field('Issuer or discovery URL')).toHaveValue(`${issuer}/`)
    await expect(playground.field('Token endpoint')).toHaveValue(`${issuer}/token`)
    await expect(playground.connection).not.toContainText('You asked for')
  })

  test('a slash after the bare origin is the same URL, and forgiven with a word', async ({
    playground,
    faults,
  }) => {
    describe(faults, { issuer: `${faults.origin}/` })
    await playground.choose('own')
    await playground.find(faults.origin)
    await expect(
      playground.connection.getByRole('heading', { name: /issuer ends with a slash/ }),
    ).toBeVisible()
    await expect(playground.field('Token endpoint')).toHaveValue(faults.url('/token'))
    await expect(playground.connection.getByRole('button', { name: 'Use it anyway' })).toHaveCount(0)
  })
})

test.describe('metadata that no page may read', () => {
  const hidden: PathIssuerOptions = { form: 'oidc', cors: false }

  test('is explained with what to do, and pasting it works', async ({
    playground,
    startPathIssuer,
    guard,
  }) => {
    guard.expectConsole(/CORS policy/)
    guard.allowConsole(/ERR_FAILED|404/)
    const server = await startPathIssuer(hidden)
    await playground.choose('own')
    await playground.find(server.issuer)
    await expect(playground.connection).toContainText('No metadata at 3 places')
    await expect(playground.connection.getByRole('listitem').getByText('No readable response')).toHaveCount(5)
    // The last attempt is on screen, with what it means.
    await expect(playground.request).toContainText('#3 · sent')
    await expect(playground.response.getByRole('heading', { name: 'No readable response' })).toBeVisible()
    const advice = playground.page.getByText('The server allows no page to read its metadata (missing CORS).')
    await expect(advice).toHaveCount(1)
    await expect(playground.response).toContainText('missing CORS')
    await expect(playground.connection.getByRole('link', { name: server.metadata })).toHaveAttribute(
      'href',
      server.metadata,
    )

    await playground.response.getByRole('button', { name: 'Paste the metadata' }).click()
    await expect(playground.field('The JSON of the discovery document')).toBeFocused()
    await playground
      .field('The JSON of the discovery document')
      .fill(await (await fetch(server.metadata)).text())
    await playground.connection.getByRole('button', { name: 'Read it' }).click()
    await expect(playground.connection).toContainText('✓ Metadata pasted')
    await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
    await getToken(playground, server)
  })

  test('what is pasted wrong is said, and stays to be mended', async ({
    playground,
    startPathIssuer,
    guard,
  }) => {
    guard.allowConsole(/CORS policy|ERR_FAILED|404/)
    const server = await startPathIssuer(hidden)
    await playground.choose('own')
    await playground.find(server.issuer)
    await playground.connection.getByText('Paste the metadata instead').click()
    const pasted = playground.field('The JSON of the discovery document')
    for (const [text, words] of [
      ['{"issuer": ', 'This is not JSON.'],
      ['<!doctype html><p>Sign in', 'This is a web page.'],
      ['{"keys": []}', 'This is a JWK Set'],
      [server.metadata, 'This is a URL'],
      ['', 'Nothing was pasted.'],
    ] as const) {
      await pasted.fill(text)
      await playground.connection.getByRole('button', { name: 'Read it' }).click()
      await expect(playground.connection.getByRole('alert')).toContainText(words)
      await expect(pasted).toHaveValue(text)
    }
    await pasted.fill(
      JSON.stringify({ issuer: 'https://another.example', token_endpoint: 'https://another.example/token' }),
    )
    await playground.connection.getByRole('button', { name: 'Read it' }).click()
    await expect(playground.connection.getByRole('button', { name: 'Use it anyway' })).toBeVisible()
    await expect(playground.field('Token endpoint')).toHaveValue('')
  })
})

test('nothing anywhere: each place is listed, and what to do', async ({ playground, faults, guard }) => {
  guard.expectConsole(/404/)
  await playground.choose('own')
  await playground.find(faults.url('/tenant'))
  await expect(playground.connection).toContainText('No metadata at 3 places')
  await expect(playground.connection.getByText('Nothing there (404)')).toHaveCount(3)
  await expect(playground.connection).toContainText('Paste the metadata instead')
  await expect(playground.response.getByRole('heading', { name: 'Nothing there (404)' })).toBeVisible()
  await expect(playground.response).toContainText('It may have it at another')
  await expect(playground.field('Token endpoint')).toHaveValue('')
})

test('broken JSON instead of metadata is called that', async ({ playground, faults, guard }) => {
  guard.expectConsole(/404/)
  faults.answer(wellKnown, { body: '{"issuer": "https://as.example",\n  nonsense}' })
  await playground.choose('own')
  await playground.find(faults.origin)
  await expect(playground.connection).toContainText('No metadata at 2 places')
  await expect(playground.connection).toContainText(/This is not JSON. At line 2/)
})

test('a server that is not there, one that redirects, and a name that leads nowhere', async ({
  playground,
  faults,
  guard,
}) => {
  guard.allowConsole(/ERR_|CORS|404/)
  faults.answer(wellKnown, { status: 302, headers: { Location: faults.url('/elsewhere') } })
  await playground.choose('own')
  await playground.find(faults.origin)
  await expect(playground.connection).toContainText('Redirect, not followed')
  await playground.connection.getByRole('button', { name: 'Exchange 1' }).click()
  await expect(playground.response.getByRole('heading', { name: 'Redirect, not followed' })).toBeVisible()
  await expect(playground.response).toContainText('enter the one it ends at as the issuer or discovery URL')
  guard.allowOrigin('https://nobody.example')
  await playground.find('https://nobody.example')
  await expect(playground.connection).toContainText('No metadata at 2 places')
  await expect(playground.response.getByRole('heading', { name: 'No readable response' })).toBeVisible()
  await expect(playground.response).toContainText('The server is down.')
})

test('while a server is slow, that is said, and editing cancels it', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.allowConsole(/ERR_|404/)
  faults.answer(wellKnown, () => undefined)
  await playground.choose('own')
  await playground.find(faults.origin)
  await expect(playground.connection).toContainText('Asking at place 1')
  await playground.field('Issuer or discovery URL').fill(faults.url('/other'))
  await expect(playground.connection).not.toContainText('Asking')
  await expect(page.getByRole('button', { name: 'History 1' })).toBeVisible()
  expect(faults.requests.map(({ url }) => url)).toEqual([wellKnown])

  await playground.find(faults.origin)
  await expect(playground.connection).toContainText('Asking at place 1')
  await playground.connection.getByRole('button', { name: 'Stop' }).click()
  await expect(playground.connection).toContainText('No metadata at one place')
  await expect(playground.connection).toContainText('Cancelled')
})

test('what will not work is marked in the table of the metadata', async ({ playground, faults }) => {
  describe(faults, {
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['tls_client_auth'],
    scopes_supported: 'read',
    vendor_extension: { deep: [1, 2] },
  })
  await playground.choose('own')
  await playground.find(faults.origin)
  await expect(playground.connection).toContainText('This grant is not offered')
  await expect(playground.connection).toContainText('Clients authenticate by certificate only')
  await table(playground).locator('summary').click()
  for (const name of ['grant_types_supported', 'token_endpoint_auth_methods_supported', 'scopes_supported'])
    await expect(row(playground, name)).toContainText('see above')
  await expect(row(playground, 'issuer')).not.toContainText('see above')
  await expect(row(playground, 'vendor_extension')).toContainText('Not a name known here.')
})

test('hostile metadata stays text', async ({ playground, page, faults }) => {
  const [image, script, link, attribute, template] = injections
  describe(faults, {
    issuer: script,
    token_endpoint: link,
    jwks_uri: link,
    registration_endpoint: link,
    scopes_supported: injections,
    grant_types_supported: [image],
    token_endpoint_auth_methods_supported: [attribute, '__proto__', 'constructor'],
    service_documentation: link,
    [image]: script,
    [script]: { [attribute]: template },
  })
  await playground.choose('own')
  await playground.find(faults.origin)
  await playground.connection.getByRole('button', { name: 'Use it anyway' }).click()
  await expect(playground.connection).toContainText('Used anyway.')
  for (const summary of await playground.connection.locator('summary').all()) await summary.click()
  await expect(row(playground, 'issuer')).toContainText(script)
  await expect(row(playground, image)).toContainText(script)
  await expect(playground.field('Token endpoint')).toHaveValue('')
  expect(await playground.connection.locator('a:not([href^="http"])').count()).toBe(0)
  await expect(playground.connection.locator('img, script')).toHaveCount(0)
  await expect(page).toHaveTitle('Client Credentials Playground')
})

test('a bare token endpoint needs no discovery, and none is made', async ({
  playground,
  startPathIssuer,
}) => {
  const server = await startPathIssuer()
  await playground.connectTo(server.tokenEndpoint)
  await getToken(playground, server)
  expect(server.requests).toEqual(['POST /realms/demo/token'])
})

test('editing the issuer drops what was found; looking at another server keeps it', async ({
  playground,
  startPathIssuer,
}) => {
  const server = await startPathIssuer({ form: 'insertion' })
  await playground.choose('own')
  await playground.find(server.issuer)
  await expect(found(playground)).toBeVisible()
  await playground.choose('practice')
  await expect(found(playground)).toHaveCount(0)
  await playground.choose('own')
  await expect(found(playground)).toBeVisible()
  expect(server.requests).toHaveLength(1)
  await playground.field('Issuer or discovery URL').fill(`${server.issuer}x`)
  await expect(found(playground)).toHaveCount(0)
})

test('what was found goes with the issuer, whatever changes that', async ({ playground, page, faults }) => {
  const issuer = faults.url('/realms/demo')
  faults.answer(places.insertion, {
    body: JSON.stringify({ issuer, token_endpoint: `${issuer}/protocol/openid-connect/token` }),
  })
  await playground.choose('keycloak')
  await playground.field('Base URL').fill(faults.origin)
  await playground.field('Realm').fill('demo')
  await playground.connection.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(found(playground)).toBeVisible()
  await playground.field('Realm').fill('demo2')
  await expect(found(playground)).toHaveCount(0)

  await playground.field('Realm').fill('demo')
  await playground.connection.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(found(playground)).toBeVisible()
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(found(playground)).toHaveCount(0)
})

test('nothing is looked for before Find is pressed: not on load, not by choosing', async ({
  playground,
  page,
  startPathIssuer,
}) => {
  const server = await startPathIssuer()
  await playground.choose('own')
  await playground.field('Issuer or discovery URL').fill(server.issuer)
  await page.reload()
  await expect(playground.field('Issuer or discovery URL')).toHaveValue(server.issuer)
  await page.waitForLoadState('networkidle')
  await playground.choose('local')
  await playground.choose('own')
  await playground.field('Issuer or discovery URL').blur()
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  expect(server.requests).toEqual([])
})
