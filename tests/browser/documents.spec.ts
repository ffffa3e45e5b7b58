import { generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'
import { type HelseId, startHelseId } from '../servers/helse-id.ts'
import { expect, test as base } from './fixtures.ts'
import { helseIdOrigin, simpleIdServerOrigin } from '../../src/lib/practice/base/origin.ts'

/** Both documents from start to finish, as somebody does who follows them. */

interface Sample {
  readonly server: HelseId
  /** As the sample's source text has it. */
  readonly source: string
}

const test = base.extend<{ sample: Sample }>({
  sample: async ({ guard }, use) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const server = await startHelseId({ ...(publicKey.export({ format: 'jwk' }) as JWK), alg: 'RS512' })
    guard.allowOrigin(server.issuer)
    const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), alg: 'RS512' })
    await use({ server, source: `public const string Jwk = @"${jwk.replaceAll('"', '""')}";` })
    await server.close()
  },
})

test('SimpleIdServer’s tutorial: the token at the first click, with the claims it shows', async ({
  playground,
  simpleIdServer,
}) => {
  await playground.choose('simpleidserver')
  await playground.connect({ issuer: simpleIdServer.issuer, endpoint: simpleIdServer.tokenEndpoint })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.rawRequest).toContainText('grant_type=client_credentials')
  const payload = playground.token.getByRole('region', { name: 'Decoded payload' })
  await expect(payload).toContainText('shopApi')
  await expect(payload).toContainText('read')
  await playground.token.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await expect(playground.token).toContainText('signature verified')
})

test('HelseID’s sample: its key out of the source, the nonce, the token, and the greeting of the Sample API', async ({
  playground,
  page,
  sample: { server, source },
  guard,
}) => {
  guard.expectConsole(/400/)
  await playground.choose('helseid')
  await playground.connect({ issuer: server.issuer, endpoint: server.tokenEndpoint })
  await playground.importKey(source)
  await page.keyboard.press('Escape')
  await playground.getToken.click()
  // The refusal that brings the nonce, and the request with it.
  const strip = page.getByRole('navigation', { name: 'Exchanges' })
  await expect(strip.getByRole('button', { name: /^1 / })).toContainText('400')
  await expect(strip.getByRole('button', { name: /^2 / })).toContainText('200')
  await expect(playground.token.getByRole('region', { name: 'Decoded payload' })).toContainText(
    'NO:ORGNR:999977774:999977776',
  )

  await playground.field('API URL').fill(server.greetings)
  await expect(playground.field('Present the token')).toHaveValue('dpop')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.response).toContainText('Hello from the Sample API (with DPoP)!')
})

test('HelseID’s sample: a proof that is wrong on purpose is refused, and the right one greeted', async ({
  playground,
  page,
  sample: { server, source },
  guard,
}) => {
  guard.expectConsole(/400|401/)
  await playground.choose('helseid')
  await playground.connect({ issuer: server.issuer, endpoint: server.tokenEndpoint })
  await playground.importKey(source)
  await page.keyboard.press('Escape')
  await playground.getToken.click()
  await expect(playground.token).toContainText('DPoP')
  await playground.field('API URL').fill(server.greetings)
  await playground.openMore()
  await playground.field('Proof of the call').selectOption('htu')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(
    playground.response.getByRole('heading', { name: 'Refused with a wrong proof, as it should be' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Send a right proof' }).click()
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.response).toContainText('Hello from the Sample API')
})

test('HelseID’s sample: what HelseID demands is said before it is sent', async ({ playground, page }) => {
  await playground.choose('helseid')
  const before = page.getByRole('list', { name: 'Before sending' })
  await expect(before).toHaveCount(0)
  await playground.field('Lifetime, seconds').fill('300')
  await expect(before).toContainText('HelseID accepts assertions of at most 60 seconds.')
  await before.getByRole('button', { name: 'Lifetime: 10 s' }).click()
  await expect(before).toHaveCount(0)
  await expect(playground.field('Lifetime, seconds')).toHaveValue('10')
})

test('SimpleIdServer: a secret with % and + is encoded twice at a click, and gets its token', async ({
  playground,
  page,
  simpleIdServer,
  guard,
}) => {
  guard.expectConsole(/400/)
  await playground.choose('simpleidserver')
  const { issuer, tokenEndpoint } = simpleIdServer
  await playground.connect({ issuer, endpoint: tokenEndpoint, id: 'special', secret: '50%+more' })
  const before = page.getByRole('list', { name: 'Before sending' })
  await expect(before).toContainText('decodes the body twice')
  await playground.getToken.click()
  await expect(playground.response).toContainText('bad client credential')
  await before.getByRole('button', { name: 'Encode ID and secret twice' }).click()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(before).toContainText('Encode them once')
})

test('SimpleIdServer: a secret of digits ends in a status that no page may read, and that is said', async ({
  playground,
  page,
  simpleIdServer,
  guard,
}) => {
  guard.allowConsole(/400|404|500|CORS|ERR_FAILED/)
  await playground.choose('simpleidserver')
  const { issuer, tokenEndpoint } = simpleIdServer
  await playground.connect({ issuer, endpoint: tokenEndpoint, id: 'digits', secret: 'wrong' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('bad client credential')
  await playground.connect({ secret: '0042' })
  await expect(page.getByRole('list', { name: 'Before sending' })).toContainText(
    'reads the values of the body as JSON',
  )
  await playground.getToken.click()
  const first = playground.response.getByRole('list', { name: 'Causes' }).getByRole('article').first()
  await expect(first.getByRole('heading', { level: 4 })).toHaveText(
    'The server failed, and its failure has no CORS header',
    { timeout: 20_000 },
  )
  await expect(first).toContainText('reads the values of the body as JSON')
  await playground.response
    .getByLabel('DevTools line or curl output')
    .fill('HTTP/1.1 500 Internal Server Error')
  await expect(playground.response.getByRole('region', { name: 'Verdict' })).toContainText(
    'The server failed',
  )
})

test.describe('in the page, with no network', () => {
  test('SimpleIdServer’s tutorial: what is refused before each of its steps is made, the token, and the shop’s API', async ({
    playground,
    page,
    site,
  }) => {
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    const issuer = `${simpleIdServerOrigin}/master`
    await playground.choose('simpleidserver')
    await playground.connect({ issuer, endpoint: `${issuer}/token` })
    await expect(page.getByRole('banner').getByText('in this page · offline')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Check connection' })).toHaveCount(0)
    for (const [change, words, check] of [
      [{ id: 'later' }, 'unknown client later', 'The client is known in this realm'],
      [{ id: 'm2m-noscope' }, 'unauthorized to scopes : read', 'The client has these scopes'],
      [{ id: 'm2m', secret: 'forgotten' }, 'bad client credential', 'The client’s one method and its secret'],
    ] as const) {
      await playground.connect(change)
      await playground.getToken.click()
      await expect(playground.rawResponse).toContainText(`"error_description": "${words}"`)
      await expect(playground.stoppedAt).toContainText(check)
      await expect(playground.causes).toContainText([`The server’s check “${check}” failed: `])
    }
    await playground.connect({ secret: 'password' })
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await expect(playground.token.getByRole('region', { name: 'Decoded payload' })).toContainText('shopApi')
    await playground.token.getByRole('button', { name: 'Verify with the server’s keys' }).click()
    await expect(playground.token).toContainText('signature verified')
    await expect(playground.field('API URL')).toHaveValue(`${simpleIdServerOrigin}/shopApi/products`)
    await page.getByRole('button', { name: 'Call API' }).click()
    await expect(playground.response).toContainText('Coffee')
    expect(urls.filter((url) => !url.startsWith(site) && !url.startsWith('data:'))).toEqual([])
  })

  test('HelseID’s sample: a key made in the page, refused until it is registered, the nonce, the token, and the greeting', async ({
    playground,
    page,
    site,
  }) => {
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    await playground.choose('helseid')
    await playground.connect({ issuer: helseIdOrigin, endpoint: `${helseIdOrigin}/connect/token` })
    await page.getByRole('button', { name: 'Generate', exact: true }).first().click()
    await playground.getToken.click()
    await expect(playground.rawResponse).toContainText('{"error":"invalid_client"}')
    await expect(playground.stoppedAt).toContainText('A public key is registered for the client')
    await page.getByRole('button', { name: 'Register this key' }).click()
    await expect(playground.connection).toContainText(
      'Registered as helseid-sample-client-credentials-for-multitenant-app.',
    )
    await playground.getToken.click()
    const strip = page.getByRole('navigation', { name: 'Exchanges' })
    await expect(strip.getByRole('button', { name: /use_dpop_nonce|400/ }).last()).toBeVisible()
    await expect(playground.response).toContainText('200 OK')
    const payload = playground.token.getByRole('region', { name: 'Decoded payload' })
    await expect(payload).toContainText('helseid://claims/client/claims/orgnr_child')
    await playground.token.getByRole('button', { name: 'Verify with the server’s keys' }).click()
    await expect(playground.token).toContainText('signature verified')

    await expect(playground.field('API URL')).toHaveValue(`${helseIdOrigin}/machine-clients/greetings`)
    await expect(playground.field('Present the token')).toHaveValue('dpop')
    await page.getByRole('button', { name: 'Call API' }).click()
    await expect(playground.response).toContainText('Hello from the Sample API (with DPoP)!')
    expect(urls.filter((url) => !url.startsWith(site) && !url.startsWith('data:'))).toEqual([])
  })
})
