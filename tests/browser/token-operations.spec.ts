import type { Locator, Page, Request } from '@playwright/test'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'
import { injections, unsignedToken } from '../servers/fault-server.ts'

const atServer = (page: Page): Locator => page.getByRole('region', { name: 'At the server', exact: true })
const introspect = (page: Page): Locator => page.getByRole('button', { name: 'Introspect', exact: true })
const revoke = (page: Page): Locator => page.getByRole('button', { name: 'Revoke', exact: true })

/** The response of the exchange on screen, with what it means. */
const response = (page: Page): Locator => page.getByRole('region', { name: 'Response', exact: true })

/** The response as received, head and body. */
const raw = (page: Page): Locator => page.getByLabel('Raw response', { exact: true })

/** A claim in the comparison. */
const claim = (page: Page, name: string): Locator =>
  response(page)
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })

async function getToken(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(introspect(playground.page)).toBeVisible()
  await playground.openMore()
}

/** A token from the server of `npm start`, whose endpoints the page knows. */
async function localToken(playground: PlaygroundPage, client: { id: string; secret: string }): Promise<void> {
  await playground.choose('local')
  await playground.connect(client)
  await getToken(playground)
}

/** The requests to introspect or to revoke from now on, as the browser sends them. */
function listen(page: Page): Request[] {
  const sent: Request[] = []
  page.on('request', (request) => {
    if (/token_info|introspection|revo/.test(request.url())) sent.push(request)
  })
  return sent
}

const form = (request: Request | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(request?.postData() ?? ''))

async function signWith(playground: PlaygroundPage, jwk: JWK): Promise<void> {
  await playground.importKey(JSON.stringify(jwk))
  await playground.page.keyboard.press('Escape')
  await playground.field('Signing key').selectOption(await calculateJwkThumbprint(jwk))
}

test.describe('oidc-provider: an opaque token', () => {
  test('is active by the server’s word alone, is revoked, and is active no more', async ({
    playground,
    page,
    authorizationServer: { clients, issuer },
  }) => {
    await localToken(playground, clients.opaque)
    await expect(playground.field('Introspection endpoint')).toHaveValue(`${issuer}/token/introspection`)
    await expect(playground.field('Revocation endpoint')).toHaveValue(`${issuer}/token/revocation`)
    await introspect(page).click()
    await expect(raw(page)).toContainText('"active":true')
    await expect(response(page).getByText('✓ active', { exact: true })).toBeVisible()
    await expect(claim(page, 'client_id')).toContainText('"m2m-opaque"')
    await expect(claim(page, 'scope')).toContainText('"read write"')
    await expect(claim(page, 'exp')).toContainText('(in 5 min)')
    await expect(response(page).getByRole('columnheader')).toHaveText(['Claim', 'Introspection'])
    await response(page)
      .getByText(/requirements met/)
      .click()
    await expect(response(page)).toContainText('A strict client (oauth4webapi) accepts this response.')

    await revoke(page).click()
    await expect(raw(page)).toContainText('HTTP/1.1 200 OK')
    await expect(response(page).getByText('✓ acknowledged', { exact: true })).toBeVisible()
    await expect(response(page)).toContainText('An API that asks the server about each token refuses it')
    const tryIt = response(page).getByRole('group', { name: 'Try it' })
    await expect(tryIt).not.toContainText('The server:')
    await tryIt.getByRole('button', { name: 'Ask the server about it' }).click()
    await expect(raw(page)).toContainText('{"active":false}')
    await expect(response(page)).toContainText('✗ not active')
    await expect(response(page).getByRole('heading', { name: 'The token is not active' })).toBeVisible()
    await expect(response(page).getByRole('table')).toHaveCount(0)

    const history = await playground.openHistory()
    await expect(history.getByRole('listitem')).toHaveCount(4)
    await expect(history.getByRole('listitem').nth(1)).toContainText('Revocation')
    await expect(history.getByRole('listitem').first()).toContainText('Introspection')
  })

  test('with every client authentication that is in the form by then', async ({
    playground,
    page,
    authorizationServer: { clients, issuer, privateJwks },
  }) => {
    await localToken(playground, clients.opaque)
    const sent = listen(page)
    const ask = async (): Promise<Request | undefined> => {
      const before = sent.length
      await introspect(page).click()
      await expect.poll(() => sent.length).toBe(before + 1)
      await expect(page.getByRole('status').filter({ hasText: /^Introspection #\d+: 200 OK$/ })).toHaveCount(
        1,
      )
      await expect(raw(page)).toContainText('"active":true')
      return sent.at(-1)
    }
    expect(form(await ask())).toMatchObject({ client_id: 'm2m-opaque', client_secret: 'password' })

    const { basic, hs256, keyEs256 } = clients
    await playground.connect({ method: 'client_secret_basic', id: basic.id, secret: basic.secret })
    await expect(atServer(page)).toContainText('m2m-basic by client_secret_basic')
    const withBasic = await ask()
    expect(Object.keys(form(withBasic))).toEqual(['token'])
    expect(await withBasic?.headerValue('authorization')).toBe(
      `Basic ${Buffer.from('m2m-basic:p%252Bss%2Bw%3Ard+100').toString('base64')}`,
    )

    await playground.connect({
      issuer,
      method: 'client_secret_jwt',
      id: hs256.id,
      secret: hs256.secret,
    })
    expect(form(await ask())['client_assertion']).toMatch(/^eyJ/)

    await playground.connect({ method: 'private_key_jwt', id: keyEs256.id })
    await signWith(playground, privateJwks[keyEs256.id] ?? {})
    const first = form(await ask())['client_assertion']
    const second = form(await ask())['client_assertion']
    expect(first).toMatch(/^eyJ/)
    expect(second).not.toBe(first)
  })

  test('is not another client’s to revoke', async ({
    playground,
    page,
    guard,
    authorizationServer: { clients },
  }) => {
    guard.expectConsole(/400/)
    await localToken(playground, clients.opaque)
    await playground.connect(clients.post)
    await revoke(page).click()
    await expect(response(page).getByText('✗ refused', { exact: true })).toBeVisible()
    await expect(playground.heading('The token was issued to another client')).toBeVisible()
    await expect(playground.stoppedAt).toContainText('Token is the client’s own')
    await expect(playground.fixes).toContainText(['Use the credentials of the client that got the token'])
    await expect(response(page).getByRole('group', { name: 'Try it' })).toHaveCount(0)
  })

  test('shows nothing to anybody with a wrong secret: 401, explained', async ({
    playground,
    page,
    guard,
    authorizationServer: { clients },
  }) => {
    guard.expectConsole(/401/)
    await localToken(playground, clients.opaque)
    await playground.connect({ secret: 'wrong' })
    await introspect(page).click()
    await expect(raw(page)).toContainText('HTTP/1.1 401 Unauthorized')
    await expect(playground.heading('The server refused: invalid_client')).toBeVisible()
    await expect(playground.causes.first()).toHaveText('The secret is wrong')
    await response(page)
      .getByText(/Standards check/)
      .click()
    await expect(response(page)).toContainText('A valid OAuth error response.')
    await response(page).getByRole('button', { name: 'Send the credentials in the Basic header' }).click()
    await expect(playground.field('Client authentication')).toHaveValue('client_secret_basic')
  })

  test('of a server that was found is asked about where its metadata says', async ({
    playground,
    page,
    authorizationServer: { clients, issuer, tokenEndpoint },
  }) => {
    const { id, secret } = clients.opaque
    await playground.connectTo(tokenEndpoint, { id, secret })
    await getToken(playground)
    await expect(playground.field('Introspection endpoint')).toHaveValue('')
    await expect(introspect(page)).toBeDisabled()
    await introspect(page).click({ force: true })
    await expect(playground.field('Introspection endpoint')).toBeFocused()
    await playground.find(issuer)
    await expect(playground.field('Introspection endpoint')).toHaveValue(`${issuer}/token/introspection`)
    await introspect(page).click()
    await expect(raw(page)).toContainText('"active":true')
  })
})

test('oidc-provider: a JWT is neither introspected nor revoked, and why is said', async ({
  playground,
  page,
  guard,
  authorizationServer: { clients },
}) => {
  guard.expectConsole(/400/)
  await localToken(playground, clients.post)
  await introspect(page).click()
  await expect(raw(page)).toContainText('"error":"unsupported_token_type"')
  const notSupported = playground.heading('The server does not support this kind of token')
  await expect(notSupported).toBeVisible()
  await expect(response(page)).toContainText('A JWT says all that there is to know itself')
  await expect(playground.fixes.first()).toContainText('verify its signature with the keys of the server')
  await revoke(page).click()
  await expect(raw(page)).toContainText('"error":"unsupported_token_type"')
  await expect(notSupported).toBeVisible()
  await expect(playground.stoppedAt).toContainText('Token found')
  await expect(response(page)).toContainText('the token is good until its exp.')
})

test.describe('the practice server', () => {
  test('shows the claims of a JWT next to its own, until it is revoked; an API that reads it goes on', async ({
    playground,
    page,
  }) => {
    await getToken(playground)
    await introspect(page).click()
    const table = response(page).getByRole('table', { name: 'The token’s word and the server’s' })
    await expect(table.getByRole('columnheader')).toHaveText(['Claim', 'In the token', 'Introspection'])
    const payload = JSON.parse((await playground.field('Decoded payload as JSON').textContent()) ?? '') as {
      jti: string
    }
    await expect(claim(page, 'jti').getByText(`"${payload.jti}"`)).toHaveCount(2)
    await expect(claim(page, 'token_type')).toContainText('only at the server')
    await expect(claim(page, 'active')).toHaveCount(0)
    await expect(response(page)).toContainText('Nothing that both say differs.')
    await expect(table).not.toContainText(/alike|differs/)

    await revoke(page).click()
    await expect(response(page)).toContainText(
      /An API that verifies the JWT by itself never asks the server, and goes on accepting it until its exp, in \d/,
    )
    const tryIt = response(page).getByRole('group', { name: 'Try it' })
    await tryIt.getByRole('button', { name: 'Call the API with it' }).click()
    await expect(raw(page)).toContainText('Hello')
    await playground.lookAt(3)
    await tryIt.getByRole('button', { name: 'Ask the server about it' }).click()
    await expect(response(page)).toContainText('✗ not active')
    await expect(response(page)).toContainText('The token is not active: it was revoked in this tab')
    await playground.lookAt(3)
    await expect(tryIt).toContainText('✗ not active')
  })

  test('says what an opaque token means', async ({ playground, page }) => {
    await playground.connect({ id: 'practice-opaque', secret: 'practice-secret-opaque' })
    await getToken(playground)
    await introspect(page).click()
    await expect(claim(page, 'client_id')).toContainText('"practice-opaque"')
    await expect(claim(page, 'client_id')).not.toContainText('only')
    await expect(response(page)).toContainText('The token itself says nothing that can be read here.')
  })

  test('its responses belong to the token they were asked about', async ({ playground, page }) => {
    await getToken(playground)
    await introspect(page).click()
    await revoke(page).click()
    await expect(response(page).getByRole('group', { name: 'Try it' })).toBeVisible()
    await expect(response(page)).not.toContainText('about an earlier token')
    await playground.getToken.click()
    await expect(playground.request).toContainText('#4')
    for (const earlier of [2, 3]) {
      await playground.lookAt(earlier)
      await expect(response(page).getByText('about an earlier token', { exact: true })).toBeVisible()
    }
    await expect(response(page).getByRole('group', { name: 'Try it' })).toHaveCount(0)
    await introspect(page).click()
    await expect(response(page).getByText('✓ active', { exact: true })).toBeVisible()
    await expect(response(page).getByText('about an earlier token', { exact: true })).toHaveCount(0)
  })

  test('is asked with exactly what the preview shows, options included', async ({ playground, page }) => {
    await playground.connect({ method: 'client_secret_post' })
    await getToken(playground)
    await playground.showSecrets()
    await playground.field('Introspection endpoint').focus()
    const request = playground.rawRequest
    await expect(request).toContainText('POST /introspect HTTP/1.1')
    const token = await playground.field('Access token').textContent()
    const body = async (): Promise<string | undefined> =>
      ((await request.textContent()) ?? '').split('\n\n')[1]
    const credentials = 'client_id=practice-client&client_secret=practice-secret'
    expect(new Set((await body())?.split('&'))).toEqual(
      new Set([`token=${String(token)}`, ...credentials.split('&')]),
    )
    await page.getByLabel('token_type_hint=access_token with the introspection').check()
    await expect(request).toContainText('token_type_hint=access_token')
    await page.getByLabel('Ask for the response as a JWT').check()
    await expect(request).toContainText('accept: application/token-introspection+jwt')
    await playground.showSecrets()
    await expect(request).toContainText('token=••••')
    await expect(request).not.toContainText(String(token))
  })
})

test.describe('SimpleIdServer', () => {
  test('writes lists as texts: alike, and not different', async ({ playground, page, simpleIdServer }) => {
    await playground.choose('simpleidserver')
    await playground.connect({ endpoint: simpleIdServer.tokenEndpoint })
    await getToken(playground)
    await expect(playground.field('Introspection endpoint')).toHaveValue(
      `${simpleIdServer.issuer}/token_info`,
    )
    await introspect(page).click()
    await expect(claim(page, 'scope')).toHaveText(/alike: a list and a text\s*\[ "read" \]\s*"read"/)
    await expect(claim(page, 'aud')).toContainText('alike: a list and a text')
    await expect(claim(page, 'client_id')).not.toContainText(/alike|differs|only/)
    await expect(response(page)).toContainText('Nothing that both say differs.')
  })

  test('ignores Basic at revocation: said before it is sent, and explained after', async ({
    playground,
    page,
    simpleIdServer,
    guard,
  }) => {
    guard.expectConsole(/400/)
    const remark = 'SimpleIdServer reads the credentials of a revocation from the body alone'
    await playground.choose('simpleidserver')
    await playground.connect({ endpoint: simpleIdServer.tokenEndpoint })
    await getToken(playground)
    await expect(page.getByRole('region', { name: 'Use the token' })).not.toContainText(remark)
    await playground.connect({ method: 'client_secret_basic', id: 'm2m-basic', secret: 'password' })
    await getToken(playground)
    await expect(page.getByRole('region', { name: 'Use the token' })).toContainText(remark)
    await revoke(page).click()
    await expect(raw(page)).toContainText('missing client_id')
    await expect(playground.heading('The server ignores the Basic header here')).toBeVisible()
    await expect(playground.fixes).toHaveText(['Send the credentials in the body (client_secret_post)'])
    await page
      .getByRole('region', { name: 'Use the token' })
      .getByRole('button', { name: 'Use client_secret_post' })
      .click()
    await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
    await expect(page.getByRole('region', { name: 'Use the token' })).not.toContainText(remark)

    await playground.connect({ id: 'm2m' })
    await getToken(playground)
    await revoke(page).click()
    await expect(response(page).getByText('✓ acknowledged', { exact: true })).toBeVisible()
    await introspect(page).click()
    await expect(raw(page)).toContainText('{"active":false}')
  })
})

test.describe('an endpoint', () => {
  test('without CORS is explained, with what to allow', async ({ playground, page, guard, faults }) => {
    guard.expectConsole(/CORS|ERR_FAILED/)
    guard.allowConsole(/net::ERR_/)
    await getToken(playground)
    await playground.field('Introspection endpoint').fill(faults.url('/no-cors'))
    await introspect(page).click()
    await expect(response(page).getByText('✗ nothing readable came back')).toBeVisible()
    await expect(response(page)).toContainText('many servers allow it per endpoint')
    const check = response(page).getByRole('region', { name: 'Connection check' })
    await expect(check.getByRole('article').first()).toContainText('The server does not let this page read')
    await response(page).getByRole('button', { name: 'it needs no preflight' }).click()
    await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
    await expect(raw(page)).toHaveCount(0)
  })

  test('that responds with a JWT: it is decoded, and compared', async ({ playground, page, faults }) => {
    let accept: string | undefined
    const answer = {
      iss: 'https://as.example',
      aud: 'practice-client',
      iat: 1700000000,
      token_introspection: { active: true, scope: 'read write', client_id: 'practice-client' },
    }
    const url = faults.answer('/introspect-jwt', ({ headers }) => {
      accept = headers.find(([name]) => name.toLowerCase() === 'accept')?.[1]
      return {
        headers: { 'Content-Type': 'application/token-introspection+jwt' },
        body: unsignedToken(JSON.stringify(answer), '{"alg":"RS256","typ":"token-introspection+jwt"}'),
      }
    })
    await getToken(playground)
    await playground.field('Introspection endpoint').fill(url)
    await page.getByLabel('Ask for the response as a JWT').check()
    await introspect(page).click()
    await expect(page.getByLabel('Header of the response')).toContainText('"typ": "token-introspection+jwt"')
    await expect(page.getByLabel('Payload of the response')).toContainText('"scope": "read write"')
    await expect(response(page).getByText('✓ active', { exact: true })).toBeVisible()
    await expect(claim(page, 'scope')).toContainText('differs')
    await expect(claim(page, 'client_id')).not.toContainText('differs')
    await expect(claim(page, 'jti')).toContainText('only in the token')
    await expect(response(page)).toContainText('1 of what both say differs.')
    expect(accept).toBe('application/token-introspection+jwt')
  })

  test('shows what it says as text, whatever it is, and cuts it', async ({ playground, page, faults }) => {
    const members = Object.fromEntries(injections.map((text, index) => [`${text} ${index}`, text]))
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`claim${index}`, index]))
    const body = { active: true, long: 'x'.repeat(100_000), ...members, ...many }
    const url = faults.answer('/introspect', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    await getToken(playground)
    await playground.field('Introspection endpoint').fill(url)
    await introspect(page).click()
    await expect(claim(page, 'long')).toContainText('(100002 characters)')
    await expect(claim(page, `${injections[0]} 0`)).toContainText('<img src=x')
    await expect(response(page).getByRole('table').getByRole('row')).toHaveCount(51)
    await response(page).getByRole('button', { name: 'Show 50 more of' }).click()
    await expect(response(page).getByRole('table').getByRole('row')).toHaveCount(101)
    await expect(page).not.toHaveTitle('injected')
  })

  test('that never responds can be given up', async ({ playground, page, faults }) => {
    await getToken(playground)
    await playground.field('Revocation endpoint').fill(faults.url('/never'))
    await revoke(page).click()
    await expect(introspect(page)).toBeDisabled()
    await page.getByRole('button', { name: 'Cancel the call' }).click()
    await expect(response(page)).toContainText('Cancelled')
    await expect(response(page)).toContainText('Whether the server acted on it is not known.')
    await expect(introspect(page)).toBeEnabled()
  })
})

test('a token is not shown to another server without a word', async ({
  playground,
  page,
  authorizationServer: { issuer, clients },
}) => {
  await getToken(playground)
  await expect(page.getByRole('region', { name: 'Use the token' })).not.toContainText('was issued by')
  await playground.choose('local')
  await playground.connect(clients.post)
  await expect(page.getByRole('region', { name: 'Use the token' })).toContainText(
    'The token at hand was issued by https://practice.example/token',
  )
  await expect(atServer(page)).toContainText(
    `This gives the token and the client ID and secret to ${issuer}; the token is one of https://practice.example.`,
  )
  await playground.field('Client ID').fill('')
  await expect(atServer(page)).toContainText('Connection is not complete')
  await expect(introspect(page)).toBeDisabled()
})

test('RFC 8414 section 6: what the metadata name at another origin is offered, and gets nothing before', async ({
  playground,
  page,
  faults,
}) => {
  const elsewhere = 'https://introspection.of-a-department.practice.example'
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ access_token: 'opaque', token_type: 'Bearer' })
  const url = faults.answer('/two-origins', { headers, body })
  faults.answer('/.well-known/oauth-authorization-server', {
    headers,
    body: JSON.stringify({
      issuer: faults.origin,
      token_endpoint: url,
      jwks_uri: `${elsewhere}/jwks`,
      introspection_endpoint: `${elsewhere}/introspect`,
    }),
  })
  await playground.connectTo(url)
  await playground.find(faults.origin)
  await getToken(playground)
  const field = playground.field('Introspection endpoint')
  await expect(field).toHaveValue('')
  await expect(introspect(page)).toBeDisabled()
  await expect(atServer(page)).toContainText(
    `The metadata name ${elsewhere}/introspect, at another origin. It would receive the token and the client ID and secret.`,
  )
  // A host of any length stays in its column.
  expect(
    await atServer(page).evaluate(
      (column) =>
        [...column.querySelectorAll('li')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .length,
    ),
  ).toBe(0)
  await atServer(page).getByRole('button', { name: 'Use it' }).click()
  await expect(field).toHaveValue(`${elsewhere}/introspect`)
  await expect(atServer(page)).toContainText(
    `This gives the token and the client ID and secret to ${elsewhere}`,
  )
})

test.describe('for everybody', () => {
  test('by keyboard alone', async ({ playground, page }) => {
    await getToken(playground)
    await playground.field('Introspection endpoint').focus()
    await page.keyboard.press('Enter')
    await expect(response(page).getByText('✓ active', { exact: true })).toBeVisible()
    await playground.field('Revocation endpoint').focus()
    await expect(playground.rawRequest).toContainText('POST /revoke')
    await revoke(page).focus()
    await page.keyboard.press('Enter')
    const again = response(page).getByRole('button', { name: 'Ask the server about it' })
    await again.focus()
    await page.keyboard.press('Enter')
    await expect(response(page).getByText('✗ not active').first()).toBeVisible()
  })

  test('one button of each name, whatever is on screen', async ({
    playground,
    page,
    authorizationServer: { clients },
  }) => {
    await localToken(playground, clients.opaque)
    await introspect(page).click()
    await revoke(page).click()
    await expect(response(page).getByRole('group', { name: 'Try it' })).toBeVisible()
    for (const name of ['Introspect', 'Revoke', 'Call API', 'Get token']) {
      await expect(page.getByRole('button', { name })).toHaveCount(1)
    }
  })

  test('axe finds nothing', async ({ playground, page, guard, faults }) => {
    test.slow()
    guard.expectConsole(/401/)
    const url = faults.answer('/refuse', {
      status: 401,
      headers: { 'Content-Type': 'application/json' },
      body: '{"error":"invalid_client","error_description":"No."}',
    })
    await getToken(playground)
    await introspect(page).click()
    await revoke(page).click()
    await expect(response(page).getByRole('group', { name: 'Try it' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await playground.field('Revocation endpoint').fill(url)
    await revoke(page).click()
    await expect(raw(page)).toContainText('401')
    await introspect(page).click()
    await expect(response(page).getByRole('heading', { name: 'The token is not active' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
})

test('reopened from History, an introspection, a revocation and an API call mean what they meant', async ({
  playground,
  page,
}) => {
  await getToken(playground)
  await introspect(page).click()
  await expect(raw(page)).toContainText('"active":true')
  await revoke(page).click()
  await expect(raw(page)).toContainText('200')
  await playground.field('Present the token').selectOption('broken')
  await page.getByRole('button', { name: 'Call API', exact: true }).click()
  await expect(raw(page)).toContainText('401')

  const reopen = async (purpose: RegExp) => {
    await (await playground.openHistory()).getByRole('button', { name: purpose }).click()
  }
  await reopen(/Introspection/)
  await expect(playground.response.getByText('✓ active', { exact: true })).toBeVisible()
  await expect(playground.response.getByRole('columnheader', { name: 'Introspection' })).toBeVisible()
  await reopen(/Revocation/)
  await expect(playground.response).toContainText('Who may still accept it')
  await reopen(/API call/)
  await expect(playground.response).toContainText('Refused with a broken token, as it should be')
})
