import { expect, real, test } from './fixtures.ts'
import { call, expectTold, expectToken, expectUnread, findServer, getToken, type Told } from './journeys.ts'
import { testCors, testHealthy, testRefusals, type Place } from './suites.ts'

const site = 'http://localhost:8003'
const fastapi: Place = {
  name: 'fastapi',
  kind: 'own',
  issuer: null,
  endpoint: `${site}/oauth/token`,
  good: { id: 'm2m', secret: 'change-me', scope: 'read', method: 'client_secret_post' },
}

test.use({ ...real('fastapi'), realOrigins: [site] })

test('a home-made token, and the API that accepts it', async ({ playground }) => {
  await playground.choose('own')
  await playground.connect({ ...fastapi.good, endpoint: fastapi.endpoint })
  await getToken(playground)
  await expectToken(playground, { format: 'JWT, HS256', verified: false })
  await call(playground, `${site}/api/me`)
  await expect(playground.rawResponse).toContainText('"sub":"m2m"')
})

test('Find, an RS256 token, its key, and the slash that its iss lacks', async ({ playground }) => {
  await findServer(playground, 'own', site)
  await playground.connect(fastapi.good)
  await getToken(playground)
  await expectToken(playground, {
    format: 'JWT, RS256',
    verified: true,
    checks: [/The slash at the end is missing/],
  })
  await call(playground, `${site}/api/rs256`)
  await expect(playground.rawResponse).toContainText('"aud":"my-api"')
})

const apis: readonly (readonly [name: string, path: string, told: Told])[] = [
  [
    'a scope, by the challenge',
    '/api/items',
    {
      cause: /^The token lacks the scope that the API wants$/,
      stage: 'Scope sufficient',
      fix: /^Ask for “items:write” too/,
    },
  ],
  [
    'a claim that is missing, in the words of PyJWT',
    '/api/audience',
    { cause: /^The token names no issuer$/, stage: 'Issuer trusted', fix: /write iss/ },
  ],
  [
    'an algorithm, in the words of PyJWT',
    '/api/rs256',
    {
      cause: /^The API may expect another algorithm/,
      stage: 'Key found',
      fix: /RS256/,
      not: /resource|aud|byte by byte/,
    },
  ],
  [
    'a scope within detail',
    '/api/detail',
    {
      cause: /^The token lacks the scope that the API wants$/,
      stage: 'Scope sufficient',
      fix: /^Ask for “admin” too/,
    },
  ],
  [
    'a header field that is missing',
    '/api/header',
    {
      cause: /^The API looks for credentials in the header x-token$/,
      stage: 'Credentials found',
      fix: /^Send the header field x-token/,
    },
  ],
]

test.describe('a refusal of an API has its cause', () => {
  for (const [name, path, told] of apis)
    test(name, async ({ playground }) => {
      await playground.choose('own')
      await playground.connect({ ...fastapi.good, endpoint: fastapi.endpoint })
      await getToken(playground)
      await call(playground, site + path)
      await expectTold(playground, told)
    })
})

test('an exception of an API loses CORS', async ({ playground }) => {
  await playground.choose('own')
  await playground.connect({ ...fastapi.good, endpoint: fastapi.endpoint })
  await getToken(playground)
  await call(playground, `${site}/api/crash`)
  await expectUnread(playground, {
    cause: /^The response to the GET has no CORS header$/,
    fix: /^Read the server’s log/,
  })
})

/** It names both, and not which of them it is. */
const unsaid: Told = {
  cause: /^The secret is wrong$/,
  also: /^The server does not know this client$/,
  not: /Basic header/,
}

testHealthy({ ...fastapi, endpoint: `${site}/rs256/token` })

testRefusals(fastapi, [
  ['a wrong secret', { secret: 'nope' }, { ...unsaid, fix: /^Copy the secret again/ }],
  ['an unknown client', { id: 'nobody' }, { ...unsaid, fix: /^Compare the client ID/ }],
  [
    'credentials in the header, expected in the body',
    { method: 'client_secret_basic' },
    {
      cause: /^The server ignores the Basic header here$/,
      stage: 'Client authentication method right',
      fix: /^Send the credentials in the body/,
    },
  ],
  [
    'credentials in the body, expected in the header',
    { endpoint: `${site}/basic/token` },
    {
      cause: /^The server reads ID and secret in the Basic header only$/,
      stage: 'Client authentication method right',
      fix: /^Send the credentials in the Basic header/,
      not: /secret again/,
    },
  ],
  [
    'the password form of the tutorial: an endpoint for users',
    { endpoint: `${site}/token` },
    {
      cause: /^The endpoint issues tokens to users, for a name and a password$/,
      stage: 'Grant type known',
      fix: /in place of OAuth2PasswordRequestForm/,
    },
  ],
  [
    'an endpoint that reads JSON',
    { endpoint: `${site}/json/token` },
    {
      cause: /^The endpoint reads a JSON body, and a form was sent$/,
      stage: 'Form read',
      fix: /Form\(\)/,
    },
  ],
  [
    'an endpoint that reads the query',
    { endpoint: `${site}/query/token` },
    {
      cause: /^The endpoint looks for the parameters in the query, and they are in the body$/,
      stage: 'Form read',
      fix: /Form\(\)/,
    },
  ],
  [
    'OAuth’s error one level down',
    { endpoint: `${site}/detail/token` },
    { cause: unsaid.cause, also: /^The server does not know this client$/, fix: /^Compare the client ID/ },
  ],
  [
    'a slash that is missing',
    { endpoint: `${site}/slash/token` },
    {
      cause: /^The server responds with a redirect$/,
      fix: /^Add a slash at the end of the path/,
      not: /Change http: to https:/,
    },
  ],
  [
    'an exception without CORS',
    { endpoint: `${site}/crash/token` },
    { cause: /^The response to the POST has no CORS header$/, fix: /^Read the server’s log/ },
  ],
  [
    'a wrong path',
    { endpoint: `${site}/nope` },
    {
      cause: /^The server has nothing at this path$/,
      stage: 'Path found',
      fix: /^Compare the URL with token_endpoint/,
    },
  ],
])

const cors: Told = {
  cause: /^The server does not let this page read its responses$/,
  fix: /Access-Control-Allow-Origin/,
  not: /Change http: to https:|secret again/,
}
testCors(fastapi, { none: cors, wrong: cors })
