import type { Locator } from '@playwright/test'
import { type FaultServer, unsignedToken } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const now = () => Math.floor(Date.now() / 1000)

/** The line about that in the full list of the checks, which is opened. */
async function check(playground: PlaygroundPage, what: string): Promise<Locator> {
  const all = playground.checks.locator('details').filter({ hasText: /^All \d+ checks/ })
  if ((await all.getAttribute('open')) === null) await all.locator('summary').click()
  return all.getByRole('listitem').filter({ hasText: what })
}

async function expectCheck(
  playground: PlaygroundPage,
  what: string,
  result: 'passed' | 'warning' | 'failed' | 'skipped',
  found: string | RegExp = '',
): Promise<void> {
  const line = await check(playground, what)
  await expect(line).toContainText(`(${result})`)
  await expect(line).toContainText(found)
}

/** What is open: what is wrong or odd, without the points of the profile. */
const open = ({ checks }: PlaygroundPage) => checks.locator(':scope > ol > li')

/** A token endpoint that gives out a token with these claims, of its own origin unless they say otherwise, and has these members and fields in its response. */
function endpoint(
  faults: FaultServer,
  claims: object,
  { members = {}, headers = {}, header = undefined as string | undefined } = {},
): string {
  const access_token = unsignedToken(JSON.stringify({ iss: faults.origin, ...claims }), header)
  return faults.answer('/given', {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify({ access_token, token_type: 'Bearer', ...members }),
  })
}

const sound = () => ({
  sub: 'm2m',
  client_id: 'm2m',
  aud: 'https://api.example',
  exp: now() + 300,
  iat: now(),
  jti: 'j',
  scope: 'read',
})

test('a token of oidc-provider is usable and keeps to RFC 9068', async ({
  playground,
  authorizationServer,
}) => {
  await playground.choose('local')
  await playground.getToken.click()
  await expect(playground.checks).toContainText('✓ usable')
  await expect(playground.checks).toContainText('✓ RFC 9068')
  await expect(open(playground)).toHaveCount(0)
  await expectCheck(playground, 'It was issued to this client', 'passed', 'client_id is “m2m”')
  await expectCheck(playground, 'The response must not be stored', 'passed')
  await expectCheck(playground, 'Its issuer is the authorization server', 'passed', 'as in Connection')
  await playground.find(authorizationServer.issuer)
  await expectCheck(playground, 'Its issuer is the authorization server', 'passed', 'as in the metadata')
})

test('a token of the practice server keeps to RFC 9068, and is compared with what was asked for', async ({
  playground,
}) => {
  await playground.connect({ scope: 'read write' })
  await playground.getToken.click()
  await expect(playground.checks).toContainText('✓ usable')
  await expect(playground.checks).toContainText('✓ RFC 9068')
  await expectCheck(playground, 'Its issuer is the authorization server', 'passed')
  await expectCheck(playground, 'The scope is the one asked for', 'passed', '“read”, “write”')
  await expectCheck(playground, 'expires_in says what exp says', 'passed', 'expires_in is 300 s')
  await expectCheck(playground, 'No name appears twice', 'passed')
})

test('a token of SimpleIdServer is usable, though it differs from RFC 9068, point by point', async ({
  playground,
  simpleIdServer,
}) => {
  await playground.connectTo(simpleIdServer.tokenEndpoint)
  await playground.getToken.click()
  await expect(playground.checks).toContainText('✓ usable')
  await expect(playground.checks).toContainText('differs from RFC 9068')
  await expect(open(playground)).toHaveCount(1)
  await expect(open(playground)).toContainText('SimpleIdServer sends one')
  await playground.checks.getByText('RFC 9068 profile: 4 to know of').click()
  const points = playground.checks.locator('details').first().getByRole('listitem')
  await expect(points).toContainText(['typ is “JWT”', 'It has no sub', 'It has no jti', 'scope is [“read”]'])
  await expectCheck(playground, 'There is no refresh token', 'warning')
  await expectCheck(playground, 'aud is there', 'passed', '[“shopApi”]')
})

test('less scope than asked for, other scope, and none', async ({ playground, faults }) => {
  await playground.connectTo(endpoint(faults, sound()), { scope: 'read write' })
  await playground.getToken.click()
  await expectCheck(playground, 'The scope is the one asked for', 'warning', 'Not granted: “write”.')
  endpoint(faults, { ...sound(), scope: 'READ admin' }, { members: { scope: 'READ admin' } })
  await playground.getToken.click()
  await expectCheck(playground, 'The scope is the one asked for', 'warning', '“read” came back as “READ”')
  await expectCheck(playground, 'The scope is the one asked for', 'warning', 'Not asked for: “admin”')
  await playground.connect({ scope: '' })
  endpoint(faults, sound())
  await playground.getToken.click()
  await expectCheck(playground, 'The scope is the one asked for', 'passed', 'None was asked for')
})

test.describe('as time passes', () => {
  // A clock that was set stays so for its context. It goes on by hand alone: a busy machine lets a token of seconds expire early.
  test.use({ isolated: true })

  test('a token expires before one’s eyes', async ({ page, site }) => {
    const start = Date.now()
    await page.clock.setFixedTime(start)
    await page.goto(site)
    const playground = new PlaygroundPage(page)
    await playground.connect({ id: 'practice-brief', secret: 'practice-secret-brief' })
    await playground.getToken.click()
    await expect(playground.checks).toContainText('✓ usable')
    await expectCheck(playground, 'It has not expired', 'passed')
    await page.clock.setFixedTime(start + 11_000)
    await expect(playground.checks).toContainText('✗ not usable')
    await expectCheck(playground, 'It has not expired', 'failed', /exp is \d+ s ago/)
    await expect(open(playground)).toContainText(['It has not expired'])
    await page.clock.setFixedTime(start + 131_000)
    await expectCheck(playground, 'It has not expired', 'failed', /exp is 2 min ago/)
  })
})

test('the server’s clock counts, as far as the token shows it', async ({ playground, faults }) => {
  const ahead = { ...sound(), iat: now() + 600, exp: now() + 900, nbf: now() + 600 }
  await playground.connectTo(endpoint(faults, ahead))
  await playground.getToken.click()
  await expect(playground.checks).toContainText('usable at lenient APIs')
  await expectCheck(playground, 'It was issued in the past', 'warning', 'has the same clock')
  await expectCheck(playground, 'It may be used already', 'passed', 'ahead of this machine’s')
})

test('what the response lacks or has too much of is shown', async ({ playground, faults }) => {
  const members = { refresh_token: 'r', id_token: 'i', expires_in: 7200 }
  const url = endpoint(faults, sound(), { members, headers: { 'Cache-Control': 'no-cache' } })
  await playground.connectTo(url)
  await playground.getToken.click()
  await expect(playground.checks).toContainText('✓ usable')
  await expectCheck(playground, 'The response must not be stored', 'failed', 'does not say no-store')
  await expectCheck(playground, 'There is no refresh token', 'warning')
  await expectCheck(playground, 'There is no ID token', 'warning')
  await expectCheck(playground, 'expires_in says what exp says', 'warning', 'expires_in is 7200 s')
})

test('a key in the token, a name that appears twice and a long life are warned of', async ({
  playground,
  faults,
}) => {
  const header = '{"alg":"RS256","typ":"at+jwt","jwk":{"kty":"RSA"},"typ":"at+jwt"}'
  await playground.connectTo(endpoint(faults, { ...sound(), exp: now() + 40 * 86_400 }, { header }))
  await playground.getToken.click()
  await expectCheck(playground, 'It brings no key of its own', 'warning', 'The header has jwk')
  await expectCheck(playground, 'No name appears twice', 'warning', '“typ”')
  await expectCheck(playground, 'It is short-lived', 'warning', '40 days')
  await expect(open(playground)).toHaveCount(3)
  await expect(playground.checks).toContainText('✓ usable')
})

test('a token bound to another key than the proof’s cannot be used, one bound to it can', async ({
  playground,
  faults,
  page,
}) => {
  const url = endpoint(faults, { ...sound(), cnf: { jkt: 'another' } }, { members: { token_type: 'DPoP' } })
  await playground.connectTo(url)
  await playground.field('Bind the token to a key (DPoP)').check()
  const editor = page.getByRole('group', { name: 'DPoP proof' })
  const chosen = editor.getByLabel('Key to bind to')
  const before = await chosen.inputValue()
  await editor.getByRole('button', { name: 'Generate' }).click()
  await expect(chosen).not.toHaveValue(before)
  await playground.getToken.click()
  const rule = 'It is bound to the key of the proof'
  await expectCheck(
    playground,
    rule,
    'failed',
    /cnf\.jkt is “another”, and the key that signed the proof has [\w-]{43}/,
  )
  const thumbprint = /has ([\w-]{43})/.exec((await (await check(playground, rule)).textContent()) ?? '')?.[1]
  endpoint(faults, { ...sound(), cnf: { jkt: thumbprint } }, { members: { token_type: 'DPoP' } })
  await playground.getToken.click()
  await expectCheck(playground, rule, 'passed', thumbprint)
  endpoint(faults, sound(), { members: { token_type: 'Bearer' } })
  await playground.getToken.click()
  await expectCheck(playground, rule, 'warning', 'the token has no cnf.jkt')
})

test('an HMAC with the client’s secret is found out, without showing the secret', async ({
  playground,
  authorizationServer,
}) => {
  const { id, secret } = authorizationServer.clients.tokenHs256
  await playground.choose('local')
  await playground.connect({ id, secret })
  await playground.getToken.click()
  await expect(playground.checks).toContainText('✗ not usable')
  await expectCheck(playground, 'Its secret cannot be guessed', 'failed', 'this client’s own secret')
  await expectCheck(playground, 'Who verifies it cannot write it', 'warning')
  await expect(playground.checks).not.toContainText(secret)
})

test('an audience can be expected, and typing it loses nothing', async ({ playground, page }) => {
  await playground.getToken.click()
  const summary = playground.checks.getByText(/^All \d+ checks/)
  await summary.click()
  const field = playground.checks.getByLabel('aud expected')
  await field.pressSequentially('https://practice.example/ap')
  await expect(field).toBeFocused()
  await expect(playground.checks).toContainText('✗ not usable')
  await expect(playground.checks.getByRole('heading', { name: 'Who and for whom' })).toBeVisible()
  await expectCheck(playground, 'It is for the API it is meant for', 'failed', 'is expected')
  await page.keyboard.type('i')
  await expect(playground.checks).toContainText('✓ usable')
  await expectCheck(playground, 'It is for the API it is meant for', 'passed')
})

test('an issuer other than the metadata’s is shown with the difference', async ({ playground, faults }) => {
  const url = endpoint(faults, { ...sound(), iss: `${faults.origin}/` })
  faults.answer('/.well-known/oauth-authorization-server', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ issuer: faults.origin, token_endpoint: url, jwks_uri: faults.url('/jwks') }),
  })
  await playground.connectTo(url)
  await playground.getToken.click()
  await expectCheck(playground, 'Its issuer is the authorization server', 'passed', 'begins with it')
  await playground.find(faults.origin)
  await expectCheck(playground, 'Its issuer is the authorization server', 'failed', 'slash')
  await expect(playground.checks).toContainText('✗ not usable')
})

test('a pasted token is compared with the clock, and not with an exchange that has nothing to do with it', async ({
  playground,
}) => {
  await playground.getToken.click()
  await expect(playground.checks).toContainText('✓ usable')
  await playground.pasteToken(unsignedToken(JSON.stringify({ ...sound(), scope: 'other' })))
  await expectCheck(playground, 'It has not expired', 'passed')
  await expectCheck(playground, 'It was issued to this client', 'skipped')
  await expectCheck(playground, 'The response must not be stored', 'skipped')
  await expectCheck(playground, 'Its issuer is the authorization server', 'skipped')
  await expectCheck(playground, 'The scope is the one asked for', 'passed', 'None was asked for')
  await playground
    .field('Paste a token')
    .fill(unsignedToken(JSON.stringify({ ...sound(), exp: 1_700_000_000 })))
  await expectCheck(playground, 'It has not expired', 'failed')
  await playground.token.getByRole('button', { name: 'Issued' }).click()
  await expect(playground.checks).toContainText('✓ usable')
})

test('of an opaque token, what can be seen from outside', async ({ playground }) => {
  await playground.connect({ id: 'practice-opaque', secret: 'practice-secret-opaque' })
  await playground.getToken.click()
  await expect(playground.checks).toContainText('cannot be read here')
  await expect(playground.checks).toContainText('no RFC 9068 token')
  await expectCheck(playground, 'The response must not be stored', 'passed')
  await expectCheck(playground, 'It has not expired', 'skipped', 'introspection')
  await expect(playground.checks.getByLabel('aud expected')).toHaveCount(0)
})
