import { createPublicKey } from 'node:crypto'
import type { Locator } from '@playwright/test'
import type { JWK } from 'jose'
import type { RegisteredClient } from '../servers/clients.ts'
import { unsignedToken, type FaultServer } from '../servers/fault-server.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const verified = 'signature verified'
const notAccepted = 'signature not accepted'
const notVerified = 'signature not checked'

/** The line of a list about that, with what was found. */
const line = (list: Locator, what: string): Locator => list.getByRole('listitem').filter({ hasText: what })

/** Gets a token of the authorization server, as that client. */
async function getToken(playground: PlaygroundPage, client: RegisteredClient): Promise<void> {
  await playground.connect({ id: client.id, secret: client.secret ?? '' })
  const before = (await playground.field('Access token').count()) === 0 ? '' : await accessToken(playground)
  await playground.getToken.click()
  await expect(playground.field('Access token')).not.toHaveText(before)
}

const accessToken = async (playground: PlaygroundPage): Promise<string> =>
  (await playground.field('Access token').textContent()) ?? ''

const fetchKeys = ({ verification }: PlaygroundPage) =>
  verification.getByRole('button', { name: /^Verify with (the server’s keys|the keys of )/ }).click()

/** Opens where keys come from, unless it is. */
async function otherKeys({ verification }: PlaygroundPage): Promise<void> {
  const choice = verification.getByRole('group', { name: 'Keys from' })
  if (await choice.isHidden()) await verification.getByText(/^Other keys/).click()
}

async function typeKeysUrl(playground: PlaygroundPage, url: string): Promise<void> {
  await otherKeys(playground)
  await playground.field('JWKS URL').fill(url)
}

/** Enters what to verify with, in the field of its kind. */
async function pasteKeys(playground: PlaygroundPage, text: string): Promise<void> {
  const { verification } = playground
  await otherKeys(playground)
  await verification.getByRole('button', { name: 'Pasted', exact: true }).click()
  await verification.getByLabel('JWK Set, JWK or PEM of the server').fill(text)
}

async function paste(playground: PlaygroundPage, token: string): Promise<void> {
  await playground.pasteToken(token)
}

async function jwksOf(issuer: string): Promise<{ keys: (JWK & { kty: string })[] }> {
  return (await (await fetch(`${issuer}/jwks`)).json()) as { keys: (JWK & { kty: string })[] }
}

async function keyOf(issuer: string, alg: string): Promise<JWK> {
  const key = (await jwksOf(issuer)).keys.find((candidate) => candidate.alg === alg)
  if (!key) throw new Error(`No key for ${alg}`)
  return key
}

/** A token of the authorization server, got without the page. */
async function issued(tokenEndpoint: string, { id, secret = '' }: RegisteredClient): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  const answer = (await (await fetch(tokenEndpoint, { method: 'POST', body })).json()) as {
    access_token: string
  }
  return answer.access_token
}

test('no key is fetched unasked; once fetched, the set verifies every algorithm the server signs with', async ({
  playground,
  page,
  authorizationServer,
}) => {
  test.slow()
  const { issuer, clients } = authorizationServer
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(issuer)) asked.push(request.url())
  })
  await playground.choose('local')
  await getToken(playground, clients.post)
  await expect(playground.token).toContainText(notVerified)
  await expect(page.getByRole('region', { name: 'Signature' })).toContainText('Not checked')
  expect(asked).toEqual([`${issuer}/token`])

  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  await expect(page.getByRole('region', { name: 'Signature' })).toContainText('Verified:')
  const rest = Object.values<RegisteredClient>(clients).filter(({ alg = '' }) => /^(?!HS)\w/.test(alg))
  expect(rest.map(({ alg }) => alg)).toHaveLength(10)
  for (const client of rest) {
    await getToken(playground, client)
    await expect(playground.token).toContainText(`JWT, ${client.alg ?? ''}`)
    await expect(playground.token).toContainText(verified)
    await expect(line(playground.verification, 'The signature is that of the key')).toContainText(
      'It verifies with key',
    )
  }
  expect(asked.filter((url) => url === `${issuer}/jwks`)).toHaveLength(1)
})

test('the key set is an exchange in History, and looking at it loses neither token nor verdict', async ({
  playground,
  page,
}) => {
  await playground.getToken.click()
  await fetchKeys(playground)
  await otherKeys(playground)
  await expect(playground.verification).toContainText('2 keys')
  const token = await accessToken(playground)
  const history = await playground.openHistory()
  await expect(history.getByRole('listitem').first()).toContainText('Key set (JWKS)')
  await page.keyboard.press('Escape')
  await playground.verification.getByRole('button', { name: 'Exchange 2' }).click()
  await expect(playground.rawResponse).toContainText('application/jwk-set+json')
  await expect(playground.rawRequest).toContainText('GET /jwks HTTP/1.1')
  await expect(playground.token).toContainText('of exchange 1')
  await expect(playground.token).toContainText(verified)
  expect(await accessToken(playground)).toBe(token)
})

test('each step has its evidence', async ({ playground }) => {
  await playground.getToken.click()
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  await playground.verification.getByText('All 6 steps: 6 passed').click()
  const steps = playground.verification.getByRole('list').last()
  await expect(line(steps, 'Its algorithm protects it')).toContainText('RS256')
  await expect(line(steps, 'There are keys to verify with')).toContainText(
    /RSA, RS256, sig.*EC, P-256, ES256/,
  )
  await expect(line(steps, 'A key fits the token')).toContainText(/The token names the key “[\w-]{43}”/)
  await expect(steps.getByRole('link', { name: 'RFC 7515 5.2' }).first()).toBeVisible()
})

test('keys can be pasted as JWK Set, JWK and PEM', async ({ playground, authorizationServer }) => {
  const { issuer, clients } = authorizationServer
  await playground.choose('local')
  await getToken(playground, clients.es256)
  const key = await keyOf(issuer, 'ES256')
  const pem = createPublicKey({ key: { ...key }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  for (const text of [JSON.stringify(await jwksOf(issuer)), JSON.stringify(key), pem.toString()]) {
    await pasteKeys(playground, 'nothing of the kind')
    await expect(playground.token).toContainText(notVerified)
    await expect(line(playground.verification, 'There are keys to verify with')).toContainText(
      'This is no key in a form that is read here',
    )
    await pasteKeys(playground, text)
    await expect(playground.token).toContainText(verified)
  }
})

test('a key that does not fit is named with the reason', async ({ playground, authorizationServer }) => {
  const { issuer, clients } = authorizationServer
  await playground.choose('local')
  await getToken(playground, clients.post)
  const key = await keyOf(issuer, 'RS256')
  for (const [change, why] of [
    [{ use: 'enc' }, 'is for encryption (use: enc)'],
    [{ alg: 'RS384' }, 'is for RS384 (its alg), and the token says RS256'],
    [{ key_ops: ['encrypt'] }, 'is not for verifying'],
    [{ ...(await keyOf(issuer, 'ES256')), kid: key.kid ?? '' }, 'RS256 needs an RSA key'],
    [{ n: (await keyOf(issuer, 'ES256')).x ?? '' }, 'cannot be used'],
  ] as const) {
    await pasteKeys(playground, JSON.stringify({ ...key, ...change }))
    await expect(line(playground.verification, 'A key fits the token')).toContainText(why)
    await expect(playground.token).toContainText(notAccepted)
  }
  await expect(playground.token.getByRole('region', { name: 'Signature' })).toContainText('Not accepted')
})

test('another key of the same kind and name made no such signature', async ({
  playground,
  authorizationServer,
}) => {
  const { issuer, clients } = authorizationServer
  await playground.choose('local')
  await getToken(playground, clients.tokenEd25519)
  const { kid = '' } = await keyOf(issuer, 'Ed25519')
  await pasteKeys(playground, JSON.stringify({ ...(await keyOf(issuer, 'EdDSA')), alg: 'Ed25519', kid }))
  await expect(line(playground.verification, 'The signature is that of the key')).toContainText(
    'changed since, or another key made it',
  )
  await expect(playground.token).toContainText(notAccepted)
})

test('after a rotation the key is missing, and fetching the keys again mends it', async ({ playground }) => {
  await playground.connect({ id: 'practice-rotation', secret: 'practice-secret-rotation' })
  await playground.getToken.click()
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  await playground.getToken.click()
  await expect(playground.token).toContainText(notAccepted)
  await expect(playground.checks).toContainText('usable but for its signature')
  await expect(line(playground.verification, 'A key fits the token')).toContainText(
    /No key here has that kid; there are .* fetch them again/,
  )
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
})

test('keys that no page may read are pasted instead', async ({
  playground,
  faults,
  guard,
  authorizationServer,
}) => {
  guard.expectConsole(/CORS policy/)
  guard.allowConsole(/ERR_FAILED/)
  const { issuer, clients, tokenEndpoint } = authorizationServer
  const keys = JSON.stringify(await jwksOf(issuer))
  const url = faults.answer('/jwks', { body: keys }, { cors: false })
  await playground.choose('own')
  await paste(playground, await issued(tokenEndpoint, clients.post))
  await typeKeysUrl(playground, url)
  await fetchKeys(playground)
  await expect(playground.verification.getByRole('alert')).toContainText('without CORS')
  await playground.verification.getByRole('button', { name: 'Paste the keys' }).click()
  const box = playground.verification.getByLabel('JWK Set, JWK or PEM of the server')
  await expect(box).toBeFocused()
  await box.fill(keys)
  await expect(playground.token).toContainText(verified)
})

test('if there are no keys, it is said what is there', async ({ playground, faults, guard }) => {
  guard.allowConsole(/Failed to load resource/)
  await playground.choose('own')
  await paste(playground, unsignedToken('{"sub":"x"}'))
  const alert = playground.verification.getByRole('alert')
  await fetchKeys(playground)
  await expect(alert).toContainText('Nobody said where the keys are')
  const jwks = faults.answer('/keys', { body: '{"keys":[]}' })
  const metadata = faults.answer('/metadata', { body: JSON.stringify({ jwks_uri: jwks }) })
  for (const [url, words] of [
    [faults.url('/nothing'), 'No keys at this URL (404)'],
    [faults.url('/html'), 'This is a page in HTML'],
    [metadata, 'It says where the keys are'],
  ] as const) {
    await typeKeysUrl(playground, url)
    await fetchKeys(playground)
    await expect(alert).toContainText(words)
  }
  await alert.getByRole('button', { name: 'Fetch them there' }).click()
  await expect(playground.field('JWKS URL')).toHaveValue(jwks)
  await expect(line(playground.verification, 'A key fits the token')).toContainText(
    'There is no key in the set.',
  )
  await typeKeysUrl(playground, 'localhost/jwks')
  await playground.verification.getByRole('button', { name: 'Put http:// in front' }).click()
  await expect(playground.field('JWKS URL')).toHaveValue('http://localhost/jwks')
})

test('the server is found by its issuer while the keys are nowhere yet', async ({
  playground,
  startPathIssuer,
  guard,
}) => {
  guard.allowConsole(/Failed to load resource/)
  const server = await startPathIssuer()
  await playground.choose('own')
  await playground.connect({
    issuer: server.issuer,
    id: 'm2m',
    secret: 'password',
    method: 'client_secret_post',
  })
  await playground.connect({ endpoint: server.tokenEndpoint })
  await playground.getToken.click()
  await expect(playground.token).toContainText(notVerified)
  await expect(playground.field('JWKS URL')).toHaveValue('')
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  await expect(playground.field('JWKS URL')).toHaveValue(`${server.issuer}/jwks`)
})

test('a changed payload fails, and the old one verifies', async ({ playground, page }) => {
  await playground.getToken.click()
  const payload = page.getByRole('region', { name: 'Decoded payload' })
  await payload.getByText('Change the payload').click()
  const box = payload.getByLabel('Payload, to be changed')
  const text = await box.inputValue()
  await box.fill(text.replace('"read"', '"admin"'))
  await expect(payload).toContainText('Fetch or paste the keys above')
  await fetchKeys(playground)
  await expect(payload.getByText(notAccepted)).toBeVisible()
  await expect(line(payload, 'The signature is that of the key')).toContainText('changed since')
  await box.fill(text)
  await expect(payload.getByText(notAccepted)).toBeHidden()
  await box.fill(`${text} `)
  await expect(payload.getByText(notAccepted)).toBeVisible()
  await payload.getByRole('button', { name: 'Undo the change' }).click()
  await expect(box).toHaveValue(text)
  await expect(playground.token).toContainText(verified)
})

test('a token that nobody signed is not accepted, and no key is needed to say so', async ({
  playground,
  faults,
}) => {
  await playground.connectTo(faults.url('/alg-none'))
  await playground.getToken.click()
  await expect(playground.token).toContainText(notAccepted)
  await expect(line(playground.verification, 'Its algorithm protects it')).toContainText(
    'nothing protects the token',
  )
  expect(faults.requests.map(({ url }) => url)).toEqual(['/alg-none'])
})

test('an HMAC is verified with the secret, and the client’s own is tried with one click and not shown', async ({
  playground,
  authorizationServer,
}) => {
  const { tokenHs256, tokenHs384, tokenHs512 } = authorizationServer.clients
  await playground.choose('local')
  await getToken(playground, tokenHs256)
  await expect(playground.verification).toContainText('signed with a shared secret')
  await fetchKeys(playground)
  await expect(playground.token).toContainText(notAccepted)
  await expect(line(playground.verification, 'A key fits the token')).toContainText('key confusion')
  await playground.verification.getByRole('button', { name: 'Enter the shared secret' }).click()
  const secret = playground.verification.getByLabel('Secret the server signs with')
  await expect(secret).toBeFocused()
  await secret.fill('wrong')
  await expect(playground.token).toContainText(notAccepted)
  await playground.verification.getByRole('button', { name: 'Try the client’s secret' }).click()
  await expect(secret).toHaveCSS('-webkit-text-security', 'disc')
  for (const client of [tokenHs256, tokenHs384, tokenHs512]) {
    await getToken(playground, client)
    await expect(playground.token).toContainText(`JWT, ${client.alg}`)
    await expect(playground.token).toContainText(verified)
  }
  await expect(playground.token).not.toContainText('password')
})

test('a pasted token is verified with the keys of the chosen server', async ({
  playground,
  authorizationServer,
}) => {
  const { tokenEndpoint, clients } = authorizationServer
  await playground.choose('local')
  await paste(playground, `Bearer ${await issued(tokenEndpoint, clients.tokenPs384)}`)
  await expect(playground.token).toContainText(notVerified)
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  await paste(playground, await issued(tokenEndpoint, clients.tokenEs512))
  await expect(playground.token).toContainText('JWT, ES512')
  await expect(playground.token).toContainText(verified)
  await playground.choose('practice')
  await expect(playground.token).toContainText(notVerified)
})

test('an issued token keeps the keys of its server when another one is chosen', async ({ playground }) => {
  await playground.getToken.click()
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  await playground.choose('local')
  await expect(playground.token).toContainText('of an earlier request')
  await expect(playground.token).toContainText(verified)
  await expect(playground.field('JWKS URL')).toHaveValue('https://practice.example/jwks')
})

test('what is opaque or encrypted is not verified, and it is said why', async ({ playground, faults }) => {
  for (const [path, words] of [
    ['/jwe', 'signature, if there is one, is inside'],
    ['/opaque', 'It has no signature to verify'],
  ] as const) {
    await playground.connectTo(faults.url(path))
    await playground.getToken.click()
    await expect(playground.token).toContainText(words)
    await expect(playground.verification).toHaveCount(0)
    await expect(playground.token).not.toContainText('not verified')
    await expect(playground.checks).toContainText('cannot be read here')
  }
})

/** Many claims, a long one, and more values than anyone reads. */
const megabytes = JSON.stringify({
  sub: 'x'.repeat(500_000),
  scope: 'a '.repeat(200_000),
  aud: Array<string>(20_000).fill('x'),
  ...Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`claim${index}`, index])),
})

/** The page still does what it is asked for. */
async function stillWorks(playground: PlaygroundPage, patient: typeof expect): Promise<void> {
  await playground.field('Scope').fill('still here')
  await patient(playground.request).toContainText('scope=still')
}

/** Fetches keys that have the name which these tokens use, so that a signature is really computed. */
async function fetchKeysNamed(playground: PlaygroundPage, faults: FaultServer, key: JWK): Promise<void> {
  const url = faults.answer('/jwks', { body: JSON.stringify({ keys: [{ ...key, kid: 'k1' }] }) })
  await typeKeysUrl(playground, url)
  await fetchKeys(playground)
}

test.describe('of any size', () => {
  // On a busy machine the page takes its time, and with its own context it has it.
  test.use({ isolated: true, actionTimeout: 30_000 })

  test('a token of megabytes: pasted and issued, it neither freezes nor crashes the page', async ({
    playground,
    faults,
    authorizationServer,
  }) => {
    test.slow()
    const patient = expect.configure({ timeout: 30_000 })
    const key = await keyOf(authorizationServer.issuer, 'RS256')
    const bomb = unsignedToken(megabytes)
    await playground.connectTo(faults.url('/token'))
    await paste(playground, bomb)
    const there = playground.token.getByRole('region', { name: 'Decoded payload' })
    await patient(there).toContainText(/"sub": "xxx/)
    await fetchKeysNamed(playground, faults, key)
    await patient(line(playground.verification, 'The signature is that of the key')).toContainText(
      'does not verify',
    )
    await patient(playground.checks).toContainText('not usable')
    await patient(there.getByText('Change the payload')).toHaveCount(0)
    await stillWorks(playground, patient)

    await paste(playground, '')
    const body = JSON.stringify({ access_token: bomb, token_type: 'Bearer' })
    await playground.connectTo(
      faults.answer('/bomb', { headers: { 'Content-Type': 'application/json' }, body }),
    )
    await playground.getToken.click()
    await patient(there).toContainText(/"sub": "xxx/)
    await fetchKeysNamed(playground, faults, key)
    await patient(playground.token).toContainText(notAccepted)
    await stillWorks(playground, patient)
  })
})

test('by keyboard: keys are fetched, steps and checks opened', async ({ playground, page }) => {
  await playground.getToken.click()
  await otherKeys(playground)
  await playground.field('JWKS URL').focus()
  await page.keyboard.press('Enter')
  await expect(playground.token).toContainText(verified)
  await page.keyboard.press('Tab')
  await expect(playground.verification.getByRole('button', { name: 'Fetch the keys again' })).toBeFocused()
  const opened = async (words: RegExp, inside: Locator) => {
    const summary = inside.getByText(words)
    for (let tabs = 0; tabs < 60; tabs += 1) {
      if (await summary.evaluate((element) => element === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await expect(summary).toBeFocused()
    await page.keyboard.press('Enter')
  }
  await opened(/^All 6 steps/, playground.verification)
  await expect(
    playground.verification.getByText('Header, payload and signature, in base64url.'),
  ).toBeVisible()
  await opened(/^All \d+ checks/, playground.checks)
  await expect(playground.checks.getByRole('heading', { name: 'RFC 9068 profile' })).toBeVisible()
  await playground.token.getByRole('button', { name: 'Unfold', exact: true }).focus()
  await opened(/^Change the payload/, playground.token)
  await expect(page.getByLabel('Payload, to be changed')).toBeVisible()
})

test('axe finds nothing: verified, refused, checks and the changed payload', async ({
  playground,
  page,
  simpleIdServer,
  guard,
}) => {
  test.slow()
  guard.allowConsole(/Failed to load resource/)
  await playground.getToken.click()
  await fetchKeys(playground)
  await expect(playground.token).toContainText(verified)
  const openAll = async () => {
    const closed = playground.token.locator('details:not([open]) > summary')
    while ((await closed.count()) > 0) await closed.first().click()
  }
  await openAll()
  await page.getByLabel('Payload, to be changed').fill('{}')
  await expect(playground.token).toContainText(notAccepted)
  expect(await violations(page)).toEqual([])

  await playground.connectTo(simpleIdServer.tokenEndpoint)
  await playground.getToken.click()
  await expect(playground.checks).toContainText('differs from RFC 9068')
  await typeKeysUrl(playground, `${simpleIdServer.issuer}/nothing`)
  await fetchKeys(playground)
  await expect(playground.verification.getByRole('alert')).toContainText('404')
  expect(await violations(page)).toEqual([])
  await pasteKeys(playground, '{')
  await expect(playground.verification).toContainText('not JSON')
  expect(await violations(page)).toEqual([])
  await playground.verification.getByRole('button', { name: 'Shared secret' }).click()
  await playground.verification.getByRole('button', { name: 'Try the client’s secret' }).click()
  await openAll()
  expect(await violations(page)).toEqual([])
})
