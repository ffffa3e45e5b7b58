import { expect, real, test } from './fixtures.ts'
import { ask, call, expectTold, expectToken, findServer, getToken, type Told } from './journeys.ts'
import { testCors, testHealthy, testHealthyAfterToken, testRefusals, type Place } from './suites.ts'

// The example server of the library has other paths than the product, so it is “Your own” here.
const issuer = 'http://localhost:9998/'
const zitadel: Place = {
  name: 'zitadel',
  kind: 'own',
  issuer,
  endpoint: 'http://localhost:9998/oauth/token',
  good: { id: 'sid1', secret: 'verysecret', scope: 'openid', method: 'client_secret_basic' },
}

test.use({ ...real('zitadel'), realOrigins: ['http://localhost:9998'] })

test('Find, an encrypted token; revocation and introspection want another client', async ({ playground }) => {
  await findServer(playground, 'own', issuer)
  await playground.connect(zitadel.good)
  await getToken(playground)
  await expect(playground.token).toContainText(/symmetric|introspect/i)
  await ask(playground, 'Introspect')
  await expectTold(playground, {
    cause: /^Introspection asks for the credentials of an API, not for those of a client$/,
    causes: [],
    not: /secret again/,
  })
  await playground.connect({ id: 'api', secret: 'secret' })
  await ask(playground, 'Introspect')
  await expect(playground.rawResponse).toContainText('"active":false')
})

test('userinfo speaks of a user, and this grant has none', async ({ playground }) => {
  await findServer(playground, 'own', issuer)
  await playground.connect(zitadel.good)
  await getToken(playground)
  await call(playground, 'http://localhost:9998/userinfo')
  await expectTold(playground, {
    cause: /^The path is for users: it wants claims that only a user’s token has$/,
    not: /openid/,
  })
})

test('an encrypted token has a format of its own', async ({ playground }) => {
  await findServer(playground, 'own', issuer)
  await playground.connect(zitadel.good)
  await getToken(playground)
  await expectToken(playground, { format: 'A256GCM', verified: false })
})

testHealthy(zitadel)
testHealthyAfterToken(zitadel)

/** It says the same of each, and of a client that is no service user; nothing says which product it is. */
const bare: Told = {
  cause: /^The server refused: invalid_client$/,
  causes: [
    /^The secret is wrong/,
    /^The server does not know this client/,
    /^The client is registered for another client authentication/,
    /^The client is disabled/,
    /^The server considers the client’s definition invalid/,
  ],
  not: /scope/,
}

testRefusals(zitadel, [
  ['a wrong secret', { secret: 'nope' }, { ...bare, fix: /secret/ }],
  ['an unknown client', { id: 'nobody' }, { ...bare, fix: /client ID/ }],
  [
    'a client without the grant',
    { id: 'web', secret: 'secret' },
    { ...bare, fix: /Register the client at this server/ },
  ],
  ['no secret', { method: 'none' }, { cause: /^No secret was sent$/, not: /secret again/ }],
  [
    'a wrong path',
    { endpoint: 'http://localhost:9998/oauth/v2/token' },
    { cause: /^The server has nothing at this path$/, stage: 'Path found', fix: /token_endpoint/ },
  ],
])

test('DPoP fails at the preflight, whatever the method: only without DPoP it passes', async ({
  playground,
}) => {
  await playground.choose('own')
  await playground.connect({ ...zitadel.good, endpoint: zitadel.endpoint })
  await playground.field('Bind the token to a key (DPoP)').check()
  await playground.page
    .getByRole('group', { name: 'DPoP proof' })
    .getByRole('button', { name: 'Generate' })
    .click()
  await playground.getToken.click()
  await expectTold(playground, {
    cause: /^The preflight does not allow /,
    fix: /^Send it without a DPoP proof$/,
    not: /client_secret_post/,
  })
})

const told = {
  cause: /^The server does not let this page read its responses$/,
  fix: /Access-Control-Allow-Origin/,
}
testCors(zitadel, { none: told, wrong: told })
