import { expect, real, test } from './fixtures.ts'
import {
  ask,
  call,
  expectTold,
  expectToken,
  expectUnread,
  findServer,
  getToken,
  type Told,
} from './journeys.ts'
import { testCors, testHealthy, testRefusals, type Place } from './suites.ts'

const issuer = 'http://localhost:8000/o'
const django: Place = {
  name: 'django',
  kind: 'own',
  issuer,
  endpoint: `${issuer}/token/`,
  good: { id: 'm2m', secret: 'change-me', scope: 'read', method: 'client_secret_post' },
}
const api = 'http://localhost:8000/api'

test.use({ ...real('django'), realOrigins: ['http://localhost:8000'] })

test('Find, an opaque token, the APIs; introspection and revocation', async ({ playground }) => {
  await findServer(playground, 'own', issuer)
  await playground.connect(django.good)
  await getToken(playground)
  await expectToken(playground, { format: 'opaque', verified: false })
  await call(playground, `${api}/hello`)
  await expect(playground.rawResponse).toContainText('Hello, OAuth2!')
  await call(playground, `${api}/read/`)
  await expect(playground.rawResponse).toContainText('{"hello":"m2m"}')
  await ask(playground, 'Introspect', `${issuer}/introspect/`)
  await expect(playground.response).toContainText('The server knows the token, and it is good now.')
  await ask(playground, 'Revoke', `${issuer}/revoke_token/`)
  await expect(playground.response).toContainText('The server accepted the revocation')
  await ask(playground, 'Introspect', `${issuer}/introspect/`)
  await expect(playground.rawResponse).toContainText('{"active": false}')
})

const apis: readonly (readonly [name: string, path: string, told: Told])[] = [
  // REST framework says the same of both.
  [
    'an API for users: this grant has none',
    '/user/',
    {
      cause: /^The path is for users: it wants claims that only a user’s token has$/,
      also: /^The token lacks the scope that the API wants$/,
      fix: /^Use TokenHasScope/,
    },
  ],
  [
    'a scope that is missing, with a 403',
    '/write/',
    {
      cause: /^The path is for users: it wants claims that only a user’s token has$/,
      also: /^The token lacks the scope that the API wants$/,
      fix: /^Compare required_scopes of the view/,
    },
  ],
  [
    'an empty 403 to a token that was issued here',
    '/scoped',
    { cause: /^The token lacks the scope that the API wants$/, fix: /scope of this path/ },
  ],
  [
    'an exception of the API',
    '/crash',
    { cause: /^The API stopped in an exception of its own$/, fix: /^Read the API’s log/ },
  ],
]

test.describe('a refusal of an API has its cause', () => {
  for (const [name, path, told] of apis)
    test(name, async ({ playground }) => {
      await findServer(playground, 'own', issuer)
      await playground.connect(django.good)
      await getToken(playground)
      await call(playground, api + path)
      await expectTold(playground, told)
    })
})

test('an API that redirects: the path with a slash is there', async ({ playground }) => {
  await findServer(playground, 'own', issuer)
  await playground.connect(django.good)
  await getToken(playground)
  await call(playground, `${api}/read`)
  await expectUnread(playground, {
    cause: /^The server responds with a redirect$/,
    fix: /^Add a slash at the end of the path/,
    not: /Change http: to https:/,
  })
})

testHealthy(django)

/** Every fault of a client is one bare invalid_client. */
const unsaid: Told = {
  cause: /^The secret is wrong$/,
  also: /^The server does not know this client$/,
  not: /scope/,
}

testRefusals(django, [
  ['a wrong secret', { secret: 'nope' }, { ...unsaid, fix: /^Copy the secret again/ }],
  ['an unknown client', { id: 'nobody' }, { ...unsaid, fix: /^Compare the client ID/ }],
  [
    'the hash that the admin shows, as the secret',
    { secret: 'pbkdf2_sha256$1000000$abc$def=' },
    {
      cause: /^What was sent as the secret is its stored hash$/,
      stage: 'Secret right',
      fix: /make a new one/,
      not: /Basic header/,
    },
  ],
  [
    'a scope that is not there',
    { scope: 'read nope' },
    { cause: /^The server refuses the scope$/, stage: 'Scope allowed', fix: /scope/, not: /secret/i },
  ],
  [
    'a client that was made for another grant',
    { id: 'no-grant' },
    {
      cause: /^The client may not use the client credentials grant$/,
      stage: 'Grant allowed to the client',
      fix: /client_credentials/,
      not: /secret again/,
    },
  ],
  [
    'a wrong path: the page of DEBUG',
    { endpoint: 'http://localhost:8000/oauth/token/' },
    {
      cause: /^The server has nothing at this path$/,
      stage: 'Path found',
      fix: /those that the page lists: .*\bo\//,
    },
  ],
  [
    'no slash at the end: Django says it in words',
    { endpoint: `${issuer}/token` },
    {
      cause: /^The path lacks a slash at its end$/,
      stage: 'Path found',
      fix: /\/o\/token\/, with a slash/,
      not: /log/,
    },
  ],
  [
    'a secret with % in a raw Basic header',
    { id: 'special', secret: 'se+cret%2F:&= ü', method: 'client_secret_basic', encoding: 'raw' },
    { cause: /^ID and secret were not form-encoded in the Basic header$/, fix: /^Encode ID and secret/ },
  ],
])

const cors: Told = {
  cause: /^The server does not let this page read its responses$/,
  fix: /Access-Control-Allow-Origin/,
  not: /Change http: to https:|secret again/,
}
testCors(django, { none: cors, wrong: cors })
