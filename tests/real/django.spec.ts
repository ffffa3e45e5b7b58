import { expect, real, test } from './fixtures.ts'
import { ask, call, expectTold, expectToken, findServer, getToken, type Told } from './journeys.ts'
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
  ['an API for users: this grant has none', '/user/', { cause: /user/i, fix: /TokenHasScope|user/ }],
  ['a scope that is missing, with a 403', '/write/', { cause: /scope/i, fix: /scope/i }],
  [
    'an empty 403 may be a token that was not accepted',
    '/scoped',
    { cause: /scope|token/i, fix: /token|scope/i },
  ],
  ['an exception of the API', '/crash', { cause: /exception|RuntimeError/i, fix: /log/ }],
  [
    'a slash that is missing',
    '/read',
    { cause: /redirect|slash/i, fix: /slash/, not: /Change http: to https:/ },
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

testHealthy(django)

testRefusals(django, [
  [
    'a wrong secret',
    { secret: 'nope' },
    { cause: /^The server refused: invalid_client$|^The secret is wrong$/, fix: /secret/, not: /scope/ },
  ],
  [
    'an unknown client',
    { id: 'nobody' },
    {
      cause: /^The server refused: invalid_client$|^The server does not know this client$/,
      fix: /client ID/,
      not: /scope/,
    },
  ],
  [
    'the hash that the admin shows, as the secret',
    { secret: 'pbkdf2_sha256$1000000$abc$def=' },
    {
      cause: /^What was sent as the secret is its stored hash$/,
      fix: /new|made|creat/i,
      not: /Basic header/,
    },
  ],
  [
    'a scope that is not there',
    { scope: 'read nope' },
    { cause: /^The server refuses the scope$|scope/, stage: 'Scope allowed', fix: /scope/, not: /secret/i },
  ],
  [
    'a client that was made for another grant',
    { id: 'no-grant' },
    {
      cause: /^The client may not use the client credentials grant$/,
      stage: 'Grant allowed to the client',
      not: /secret again/,
    },
  ],
  [
    'a wrong path: the page of DEBUG',
    { endpoint: 'http://localhost:8000/oauth/token/' },
    { cause: /path|page/i, fix: /\/o\/|path|token_endpoint/ },
  ],
  [
    'no slash at the end: Django says it in words',
    { endpoint: `${issuer}/token` },
    { cause: /slash/i, fix: /slash/i, not: /log/ },
  ],
  [
    'a secret with % in a raw Basic header',
    { id: 'special', secret: 'se+cret%2F:&= ü', method: 'client_secret_basic', encoding: 'raw' },
    { cause: /form-encoded in the Basic header/, fix: /Encode ID and secret/ },
  ],
])

const cors: Told = {
  cause: /CORS|does not let this page read|origin/i,
  fix: /Access-Control-Allow-Origin/,
  not: /Change http: to https:|secret again/,
}
testCors(django, { none: cors, wrong: cors })
