import { expect, real, test } from './fixtures.ts'
import { ask, expectTold, expectToken, findServer, getToken, type Told } from './journeys.ts'
import { corsTold, testCors, testHealthy, testRefusals, type Place } from './suites.ts'

const spring: Place = {
  name: 'spring',
  kind: 'spring',
  issuer: 'http://localhost:9000',
  endpoint: 'http://localhost:9000/oauth2/token',
  good: { id: 'm2m', secret: 'change-me', scope: 'read', method: 'client_secret_post' },
}

test.use({ ...real('spring'), realOrigins: ['http://localhost:9000'] })

test('Find, a token, its keys and checks; introspection and revocation', async ({ playground }) => {
  await findServer(playground, 'spring', 'http://localhost:9000')
  await playground.connect(spring.good)
  await getToken(playground)
  await expectToken(playground, {
    format: 'JWT, RS256',
    verified: true,
    checks: [/aud is the client itself/],
  })
  await ask(playground, 'Introspect')
  await expect(playground.response).toContainText('The server knows the token, and it is good now.')
  await ask(playground, 'Revoke')
  await expect(playground.response).toContainText('The server accepted the revocation')
  await ask(playground, 'Introspect')
  await expect(playground.rawResponse).toContainText('{"active":false}')
})

test('a reference token is called opaque', async ({ playground }) => {
  await findServer(playground, 'spring', 'http://localhost:9000')
  await playground.connect({ ...spring.good, id: 'opaque' })
  await getToken(playground)
  await expectToken(playground, { format: 'opaque', verified: false })
})

test('400 invalid_client at revocation: the token is another client’s', async ({ playground }) => {
  await findServer(playground, 'spring', 'http://localhost:9000')
  await playground.connect(spring.good)
  await getToken(playground)
  await playground.connect({ id: 'api', secret: 'api-secret' })
  await ask(playground, 'Revoke')
  await expectTold(playground, {
    cause: /^The server refused: the token is another client’s$/,
    not: /secret/,
  })
})

testHealthy(spring)

/** `invalid_client` alone leaves both, and no probe distinguishes them. */
const unnamed: Told = { cause: /^The server refused: invalid_client$/, fix: /\bTRACE\b/, not: /scope/ }

testRefusals(spring, [
  ['a wrong secret', { secret: 'nope' }, unnamed],
  ['an unknown client', { id: 'nobody' }, unnamed],
  ['another method than the registered one', { id: 'basic-only' }, { ...unnamed, fix: /Basic header/ }],
  [
    'a scope that the client does not have',
    { scope: 'read nope' },
    { cause: /^The server refuses the scope$/, stage: 'Scope allowed', fix: /scope/, not: /secret/i },
  ],
  [
    'a client without the grant: ID, secret and method are right',
    { id: 'no-grant' },
    {
      cause: /^The client may not use the client credentials grant$/,
      stage: 'Grant allowed to the client',
      fix: /client_credentials/,
      not: /secret again|public|confidential/i,
    },
  ],
  [
    'a path that is no endpoint is redirected to the login page',
    { endpoint: 'http://localhost:9000/token' },
    {
      cause: /^The server redirects to its login page: \/token is no endpoint$/,
      stage: 'Path right, and no redirect',
      fix: /^Use http:\/\/localhost:9000\/oauth2\/token/,
      not: /https:|slash|\{noop\}/,
    },
  ],
  [
    'a secret that is stored without {noop} or {bcrypt}: redirected to the login page',
    { id: 'no-prefix' },
    {
      cause: /^The server redirects to its login page$/,
      stage: 'Path right, and no redirect',
      fix: /^Put \{noop\} before a plain secret, or \{bcrypt\} before its hash/,
      not: /https:|slash|Use http:/,
    },
  ],
  [
    'a secret with % in a raw Basic header',
    { id: 'special', secret: 'p@ss: w%rd+&=/?~', method: 'client_secret_basic', encoding: 'raw' },
    { cause: /form-encoded in the Basic header/, fix: /Encode ID and secret/, not: /parameter|DPoP/ },
  ],
])

test('after a redirect, a POST without credentials tells the path from what was sent', async ({
  playground,
}) => {
  const told = [
    ['http://localhost:9000/token', /redirected as well, so the path is no endpoint/],
    [spring.endpoint, /was not redirected, so the path is an endpoint/],
  ] as const
  for (const [endpoint, meaning] of told) {
    await playground.choose('spring')
    await playground.connect({ ...spring.good, id: 'no-prefix', endpoint })
    await playground.getToken.click()
    await playground.response.getByRole('button', { name: 'Also try a POST without credentials' }).click()
    await expect(playground.response.getByRole('article').first()).toContainText(meaning)
  }
})

/** Whether CORS is off, or on for another origin, nothing shows that a page may read. */
const unread: Told = {
  ...corsTold('Spring Authorization Server'),
  cause: /^The server does not let this page read its responses$/,
}

testCors(spring, { none: unread, wrong: unread })

test.describe('CORS on the second filter chain alone', () => {
  test.use(real('spring', { options: { SPRING_CORS: 'second' } }))

  test('the preflight passes, and the response is unreadable', async ({ playground }) => {
    await playground.choose('spring')
    await playground.connect({ ...spring.good, method: 'client_secret_basic', endpoint: spring.endpoint })
    await playground.getToken.click()
    await expectTold(playground, {
      cause: /^The response to the POST has no CORS header$/,
      stage: 'Response readable (CORS)',
      fix: /How to allow it at Spring/,
      not: /client_secret_post/,
    })
  })
})
