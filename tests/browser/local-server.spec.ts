import { expect, test } from './fixtures.ts'

test('the picker’s local server: a token with the seed’s client, over the network', async ({
  playground,
  page,
}) => {
  await playground.choose('local')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.response).toContainText('CORS may hide others')
  await expect(playground.response).not.toContainText('practice')
  await expect(playground.token).toContainText('JWT, RS256')
  await expect(page.getByLabel('Decoded payload as JSON')).toContainText('"client_id": "m2m"')
  await expect(page.getByLabel('Decoded payload as JSON')).toContainText('"scope": "read"')
  await expect(playground.response).toContainText('A strict client (oauth4webapi) accepts this response.')
})

test('ES256', async ({ playground, authorizationServer: { tokenEndpoint, clients } }) => {
  const { id, secret } = clients.es256
  await playground.connectTo(tokenEndpoint, { id, secret, scope: 'write' })
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, ES256')
  await expect(playground.page.getByRole('region', { name: 'Signature' })).toContainText('64 bytes')
})

test.describe('Basic with a secret of %, +, : and space', () => {
  test('is accepted form-encoded, in both forms', async ({ playground, authorizationServer }) => {
    const { id, secret } = authorizationServer.clients.basic
    for (const encoding of ['form', 'strict'] as const) {
      await playground.connectTo(authorizationServer.tokenEndpoint, {
        id,
        secret,
        method: 'client_secret_basic',
        encoding,
      })
      await playground.getToken.click()
      await expect(playground.response).toContainText('200 OK')
      await expect(playground.response).not.toContainText('to an earlier request')
      await playground.page.reload()
    }
  })

  test('is refused raw, with the encoding as the first cause', async ({
    playground,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/401/)
    const { id, secret } = authorizationServer.clients.basic
    await playground.connectTo(authorizationServer.tokenEndpoint, {
      id,
      secret,
      method: 'client_secret_basic',
      encoding: 'raw',
    })
    await expect(playground.request).toContainText('Preflight first')
    await playground.getToken.click()
    await expect(playground.response).toContainText('401 Unauthorized')
    await expect(playground.heading('ID and secret were not form-encoded in the Basic header')).toBeVisible()
    await expect(playground.stoppedAt).toContainText('Secret right')
    await expect(playground.fixes.first()).toHaveText('Encode ID and secret (RFC 6749)')
  })
})

test('a wrong secret: 401 invalid_client, explained', async ({ playground, authorizationServer, guard }) => {
  guard.expectConsole(/401/)
  await playground.connectTo(authorizationServer.tokenEndpoint, { secret: 'wrong' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('401 Unauthorized')
  await expect(playground.heading('The server refused: invalid_client')).toBeVisible()
  await expect(playground.causes.nth(0)).toHaveText('The secret is wrong')
  await expect(playground.causes.nth(1)).toHaveText('The server does not know this client')
  await expect(playground.fixes.first()).toContainText('Copy the secret again from the server')
  await expect(playground.rawResponse).toContainText('"error":"invalid_client"')
  await expect(playground.response).toContainText('A valid OAuth error response.')
})

test('an unknown scope is dropped silently, and the page notices', async ({
  playground,
  authorizationServer,
}) => {
  await playground.connectTo(authorizationServer.tokenEndpoint, { scope: 'read no-such-scope' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.response).toContainText('scope "read", asked for "read no-such-scope"')
})

test('a scope the client may not have: invalid_scope', async ({ playground, authorizationServer, guard }) => {
  guard.expectConsole(/400/)
  await playground.connectTo(authorizationServer.tokenEndpoint, { scope: 'read write' })
  await playground.getToken.click()
  await expect(playground.heading('The client may not have this scope')).toBeVisible()
  await expect(playground.stoppedAt).toContainText('Scope allowed')
  await expect(playground.response).toContainText('The client is not allowed one of the scopes “read write”.')
  await playground.fixes.getByRole('button', { name: 'Ask without a scope' }).click()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
})

test('a client without the grant: recognised by the server’s words, though its code is another', async ({
  playground,
  authorizationServer,
  guard,
}) => {
  guard.expectConsole(/400/)
  const { id, secret } = authorizationServer.clients.noGrant
  await playground.connectTo(authorizationServer.tokenEndpoint, { id, secret })
  await playground.getToken.click()
  await expect(playground.heading('The client may not use the client credentials grant')).toBeVisible()
  await expect(playground.stoppedAt).toContainText('Grant allowed to the client')
  await expect(playground.rawResponse).toContainText('"error":"invalid_request"')
})

test('an opaque token is called opaque', async ({ playground, authorizationServer }) => {
  const { id, secret } = authorizationServer.clients.opaque
  await playground.connectTo(authorizationServer.tokenEndpoint, { id, secret })
  await playground.getToken.click()
  await expect(playground.token).toContainText('This token is opaque to its client.')
})

test(
  '"expires in" counts down and turns to "expired"',
  { tag: '@waits' },
  async ({ playground, authorizationServer }) => {
    const { id, secret } = authorizationServer.clients.brief
    await playground.connectTo(authorizationServer.tokenEndpoint, { id, secret })
    await playground.getToken.click()
    await expect(playground.token.getByText(/^expires in \d s$/)).toBeVisible()
    await expect(playground.token.getByText('expired', { exact: true })).toBeVisible({ timeout: 15_000 })
  },
)

test('SimpleIdServer’s tutorial: its response, member for member', async ({
  playground,
  simpleIdServer,
  guard,
}) => {
  guard.allowOrigin(simpleIdServer.issuer)
  await playground.choose('simpleidserver')
  await expect(playground.field('Token endpoint')).toHaveValue('https://localhost:5001/master/token')
  await expect(playground.field('Client ID')).toHaveValue('m2m')
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
  await playground.connect({ endpoint: simpleIdServer.tokenEndpoint })
  await expect(playground.field('Client secret')).toHaveValue('password')
  await playground.getToken.click()
  await expect(playground.rawResponse).toContainText('"expires_in":1800,"scope":"read","access_token":"')
  await expect(playground.response).toContainText('A refresh_token')
  await expect(playground.page.getByLabel('Decoded payload as JSON')).toContainText('"aud": [')
  await playground.verification.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await expect(playground.verification).toContainText('An empty key_ops says nothing, so use decides.')
  await expect(playground.verification).toContainText('It verifies with key “wsFedKid”.')
})

test('SimpleIdServer without a scope: its mandatory scope is named', async ({
  playground,
  simpleIdServer,
  guard,
}) => {
  guard.allowOrigin(simpleIdServer.issuer)
  guard.expectConsole(/400/)
  await playground.connectTo(simpleIdServer.tokenEndpoint, { scope: '' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('missing parameter scope')
  await expect(playground.heading('The server demands a scope')).toBeVisible()
  await expect(playground.stoppedAt).toContainText('Required parameters sent')
  await expect(playground.fixes.first()).toContainText('Enter a scope')
})
