import { expect, real, test } from './fixtures.ts'
import { call, expectTold, expectToken, findServer, getToken, type Told } from './journeys.ts'
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
    { cause: /scope/, stage: 'Scope sufficient', fix: /items:write/ },
  ],
  ['a claim that is missing, in the words of PyJWT', '/api/audience', { cause: /iss|issuer/, fix: /iss/ }],
  ['an algorithm, in the words of PyJWT', '/api/rs256', { cause: /algorithm/i, not: /resource|aud/ }],
  ['a scope within detail', '/api/detail', { cause: /scope/, fix: /admin/ }],
  ['a header field that is missing', '/api/header', { cause: /header|parameter/i, fix: /x-token/i }],
  ['an exception loses CORS', '/api/crash', { cause: /exception|CORS|gave no response/ }],
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

testHealthy({ ...fastapi, endpoint: `${site}/rs256/token` })

testRefusals(fastapi, [
  ['a wrong secret', { secret: 'nope' }, { cause: /secret|status 401/, fix: /secret/, not: /Basic header/ }],
  [
    'an unknown client',
    { id: 'nobody' },
    { cause: /client|status 401/, fix: /client ID/, not: /Basic header/ },
  ],
  [
    'credentials in the header, expected in the body',
    { method: 'client_secret_basic' },
    { cause: /client_id|body/, fix: /in the body/, not: /No DPoP/ },
  ],
  [
    'credentials in the body, expected in the header',
    { endpoint: `${site}/basic/token` },
    { cause: /Basic header|credentials|authenticat/i, fix: /Basic header/, not: /secret again/ },
  ],
  [
    'the password form of the tutorial: an endpoint for users',
    { endpoint: `${site}/token` },
    { cause: /grant|password|user/i, fix: /grant|password|user/i, not: /DPoP/ },
  ],
  [
    'an endpoint that reads JSON',
    { endpoint: `${site}/json/token` },
    { cause: /JSON|form/, fix: /JSON|Form\(\)/ },
  ],
  [
    'an endpoint that reads the query',
    { endpoint: `${site}/query/token` },
    { cause: /query/, fix: /Form\(\)|query/ },
  ],
  [
    'OAuth’s error one level down',
    { endpoint: `${site}/detail/token` },
    { cause: /invalid_client|client|secret/, fix: /client ID|secret/ },
  ],
  [
    'a slash that is missing',
    { endpoint: `${site}/slash/token` },
    { cause: /redirect/, fix: /slash/, not: /Change http: to https:/ },
  ],
  ['an exception without CORS', { endpoint: `${site}/crash/token` }, { cause: /exception|CORS/, fix: /log/ }],
  ['a wrong path', { endpoint: `${site}/nope` }, { cause: /path|status 404/, fix: /path|URL/ }],
])

const cors: Told = {
  cause: /CORS|does not let this page read|origin/i,
  fix: /Access-Control-Allow-Origin/,
  not: /Change http: to https:|secret again/,
}
testCors(fastapi, { none: cors, wrong: cors })
