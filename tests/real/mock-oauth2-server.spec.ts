import { expect, real, test } from './fixtures.ts'
import { ask, call, expectToken, expectUnread, findServer, getToken, type Told } from './journeys.ts'
import { testHealthy, testRefusals, type Place } from './suites.ts'

const issuer = 'http://localhost:9010/default'
const mock: Place = {
  name: 'mock-oauth2-server',
  kind: 'mock-oauth2-server',
  issuer,
  endpoint: `${issuer}/token`,
  good: { id: 'm2m', secret: 'any', scope: 'read', method: 'client_secret_basic' },
}

test.use({ ...real('mock-oauth2-server'), realOrigins: ['http://localhost:9010'] })

test('Find, a token, its keys and checks; introspection by Basic, and the API', async ({ playground }) => {
  await findServer(playground, 'mock-oauth2-server', issuer)
  await playground.connect(mock.good)
  await getToken(playground)
  await expectToken(playground, { format: 'JWT, RS256', verified: true, checks: [/no-store/] })
  await ask(playground, 'Introspect')
  await expect(playground.response).toContainText('The server knows the token, and it is good now.')
  await call(playground, `${issuer}/userinfo`)
  await expect(playground.rawResponse).toContainText('"sub" : "m2m"')
})

test('the guide needs no client: its button leads to a token', async ({ playground }) => {
  await playground.choose('mock-oauth2-server')
  await playground.unfold('Setup: ')
  await playground.field('Base URL').fill('http://localhost:9010')
  await playground.unfold('Make a client')
  await playground.connection.getByRole('button', { name: 'Use any client' }).click()
  await getToken(playground)
  await expectToken(playground, { format: 'JWT, RS256', verified: true })
})

testHealthy(mock)

/** Only its successes have CORS headers: a response that cannot be read is a refusal, and CORS is not to be set. */
const refused: Told = {
  cause: /^The server refused, and its refusal has no CORS header$/,
  not: /Let the server respond|How to allow it/,
}

test('introspection by the body is refused, and Basic is the fix', async ({ playground }) => {
  await findServer(playground, 'mock-oauth2-server', issuer)
  await playground.connect({ ...mock.good, method: 'client_secret_post' })
  await getToken(playground)
  await ask(playground, 'Introspect')
  await expectUnread(playground, { ...refused, fix: /^Send the credentials in the header/ })
})

test('an access token cannot be revoked there', async ({ playground }) => {
  await findServer(playground, 'mock-oauth2-server', issuer)
  await playground.connect(mock.good)
  await getToken(playground)
  await ask(playground, 'Revoke')
  await expectUnread(playground, { ...refused, fix: /^This server revokes refresh tokens alone/ })
})

testRefusals(mock, [
  ['no secret', { method: 'none' }, { ...refused, fix: /^Enter any secret/ }],
  [
    'a path that is not there',
    { endpoint: `${issuer}/tokenx` },
    {
      cause: /^This is not the token endpoint of the server$/,
      fix: /^Use http:\/\/localhost:9010\/default\/token/,
      not: /Let the server respond|How to allow it/,
    },
  ],
])
