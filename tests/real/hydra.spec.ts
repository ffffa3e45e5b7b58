import { expect, real, test } from './fixtures.ts'
import { ask, call, expectTold, expectToken, findServer, getToken, type Told } from './journeys.ts'
import { corsTold, testCors, testHealthy, testHealthyAfterToken, testRefusals, type Place } from './suites.ts'

const issuer = 'http://localhost:4444/'
const hydra: Place = {
  name: 'hydra',
  kind: 'hydra',
  issuer,
  endpoint: 'http://localhost:4444/oauth2/token',
  good: { id: 'post', secret: 'change-me', scope: 'read', method: 'client_secret_post' },
}

test.use({ ...real('hydra'), realOrigins: ['http://localhost:4444', 'http://localhost:4445'] })

test('Find, an opaque token; introspection at the administration port, revocation, userinfo', async ({
  playground,
}) => {
  await findServer(playground, 'hydra', issuer)
  await playground.connect(hydra.good)
  await getToken(playground)
  await expectToken(playground, { format: 'opaque', verified: false })
  await ask(playground, 'Introspect', 'http://localhost:4445/admin/oauth2/introspect')
  await expect(playground.response).toContainText('The server knows the token, and it is good now.')
  await call(playground, 'http://localhost:4444/userinfo')
  await expect(playground.rawResponse).toContainText('200 OK')
  await ask(playground, 'Revoke')
  await expect(playground.response).toContainText('The server accepted the revocation')
  await call(playground, 'http://localhost:4444/userinfo')
  await expectTold(playground, {
    cause: /^The token was revoked$/,
    causes: [],
    fix: /new token/,
    not: /introspection\)/,
  })
})

test('a JWT, its keys and checks: scope is in scp, and aud is empty', async ({ playground }) => {
  await findServer(playground, 'hydra', issuer)
  await playground.connect({ ...hydra.good, id: 'jwt' })
  await getToken(playground)
  await expectToken(playground, {
    format: 'JWT, RS256',
    verified: true,
    checks: [/aud is an empty array/],
  })
})

test('the introspection endpoint is known without Find', async ({ playground }) => {
  await playground.choose('hydra')
  await playground.connect({ ...hydra.good, endpoint: hydra.endpoint })
  await getToken(playground)
  await playground.openMore()
  await expect(playground.field('Introspection endpoint')).toHaveValue(/:4445\/admin\/oauth2\/introspect$/)
})

test('a revocation by another client has no effect, and the page says so', async ({ playground }) => {
  await findServer(playground, 'hydra', issuer)
  await playground.connect(hydra.good)
  await getToken(playground)
  await playground.connect({ id: 'audience' })
  await ask(playground, 'Revoke')
  await expect(playground.rawResponse).toContainText('200 OK')
  await expect(playground.response).toContainText(/issued to .*post/)
})

testHealthy({ ...hydra, good: { ...hydra.good, id: 'basic' } })
testHealthyAfterToken(hydra)

/** Without expose_internal_errors it says the same of both. */
const secretOrId: Told = {
  cause: /^The server refused: invalid_client$/,
  causes: [/^The secret is wrong/, /^The server does not know this client/],
  not: /scope/,
}

testRefusals(hydra, [
  ['a wrong secret', { secret: 'nope' }, { ...secretOrId, fix: /secret/ }],
  ['an unknown client', { id: 'nobody' }, { ...secretOrId, fix: /client ID/ }],
  [
    'another method than the registered one',
    { id: 'basic' },
    {
      cause: /^The client is registered for another client authentication$/,
      stage: 'Client authentication method right',
      fix: /Basic header/,
      not: /secret again|Compare the client ID/,
    },
  ],
  [
    'a scope that the client may not have, by its name',
    { scope: 'read nope' },
    { cause: /^The client may not have this scope$/, stage: 'Scope allowed', fix: /Ask for “read”|“nope”/ },
  ],
  [
    'a client without the grant',
    { id: 'no-grant' },
    {
      cause: /^The client may not use the client credentials grant$/,
      stage: 'Grant allowed to the client',
      fix: /client_credentials/,
      not: /secret/i,
    },
  ],
  [
    'a public client: invalid_grant, with its reason behind the standard’s words',
    { id: 'public', method: 'none' },
    { cause: /^The client is a public one$/, fix: /confidential/, not: /resource|DPoP/ },
  ],
  [
    'a wrong path',
    { endpoint: 'http://localhost:4444/oauth/token' },
    {
      cause: /^The server has nothing at this path$/,
      stage: 'Path found',
      fix: /oauth2\/token/,
    },
  ],
  [
    'a slash at the end of the path: a redirect to the path without it',
    { endpoint: 'http://localhost:4444/oauth2/token/' },
    {
      cause: /^The server responds with a redirect$/,
      fix: /^Use http:\/\/localhost:4444\/oauth2\/token, without the slash/,
      not: /Change http: to https:/,
    },
  ],
  [
    'a secret with % in a raw Basic header',
    { id: 'special', secret: 'a%b+c:d é', method: 'client_secret_basic', encoding: 'raw' },
    {
      cause: /^ID and secret were not form-encoded in the Basic header$/,
      fix: /Encode ID and secret/,
      not: /parameter/,
    },
  ],
])

testCors(hydra, { none: corsTold('Ory Hydra'), wrong: corsTold('Ory Hydra') })
