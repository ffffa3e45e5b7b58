import { expect, real, test } from './fixtures.ts'
import {
  ask,
  call,
  expectRefusal,
  expectTold,
  expectToken,
  expectUnread,
  findServer,
  getToken,
  type Connection,
  type Told,
} from './journeys.ts'
import {
  readsByClient,
  testCors,
  testHealthy,
  testHealthyAfterToken,
  testRefusals,
  type Place,
} from './suites.ts'

const issuer = 'http://localhost:8080/realms/lab'
const endpoint = `${issuer}/protocol/openid-connect/token`
const good: Connection = { id: 'm2m', secret: 'change-me', scope: 'read', method: 'client_secret_post' }

const keycloak: Place = { name: 'keycloak', kind: 'keycloak', issuer, endpoint, good }

test.use({ ...real('keycloak'), realOrigins: ['http://localhost:8080'] })

test('Find, a token, its keys and checks; revocation', async ({ playground }) => {
  await findServer(playground, 'keycloak', issuer)
  await playground.connect(good)
  await getToken(playground)
  await expectToken(playground, { format: 'JWT, RS256', verified: true })
  await ask(playground, 'Revoke')
  await expect(playground.response).toContainText('The server accepted the revocation')
})

test('aud “account” is no API of the user’s, and the Audience mapper is the cure', async ({ playground }) => {
  await playground.choose('keycloak')
  await playground.connect({ ...good, endpoint })
  await getToken(playground)
  await expectToken(playground, {
    format: 'JWT, RS256',
    verified: false,
    checks: [/account.*(mapper|own client)/is],
  })
})

testHealthy(keycloak, readsByClient)
testHealthyAfterToken(keycloak)

test('introspection has no CORS for anybody', async ({ playground }) => {
  await findServer(playground, 'keycloak', issuer)
  await playground.connect(good)
  await getToken(playground)
  await ask(playground, 'Introspect')
  await expectUnread(playground, {
    cause: /^CORS of this server does not cover introspection$/,
    fix: /relay/,
    not: /Web origins|client_secret_post/,
  })
})

test('userinfo wants the scope openid, and accepts a token with it', async ({ playground }) => {
  await findServer(playground, 'keycloak', issuer)
  await playground.connect(good)
  await getToken(playground)
  await call(playground, `${issuer}/protocol/openid-connect/userinfo`)
  await expectTold(playground, { cause: /scope/, fix: /openid/, stage: 'Scope sufficient' })
  await playground.connect({ scope: 'openid' })
  await getToken(playground)
  await call(playground, `${issuer}/protocol/openid-connect/userinfo`)
  await expect(playground.rawResponse).toContainText('200 OK')
})

/** ID and secret are right, so all that can be missing is the origin. */
const notListed: Told = {
  cause: /^The Web origins of this client do not list this page$/,
  fix: /How to allow it at Keycloak/,
  not: /secret again|Compare the URL|Change http: to https:/,
}

testRefusals(keycloak, [
  [
    'a wrong secret',
    { secret: 'nope' },
    {
      cause: /^The secret is wrong$/,
      stage: 'Secret right',
      fix: /Clients → m2m → Credentials/,
      not: /Service account/,
    },
  ],
  [
    'an unknown client',
    { id: 'nobody' },
    {
      cause: /^The server does not know this client$/,
      stage: 'Client known',
      fix: /realm lab/,
      not: /secret/i,
    },
  ],
  [
    'a scope that the client does not have',
    { scope: 'read nope' },
    {
      cause: /^The server refuses the scope$/,
      stage: 'Scope allowed',
      fix: /Client scopes → Add client scope/,
    },
  ],
  [
    'another method than the registered one',
    { id: 'basic-only' },
    {
      cause: /^The client is registered for another client authentication$/,
      stage: 'Client authentication method right',
      fix: /Basic header/,
      not: /Sign an assertion/,
    },
  ],
  [
    'Service account roles are off',
    { id: 'no-account' },
    {
      cause: /^The client may not use the client credentials grant$/,
      stage: 'Grant allowed to the client',
      fix: /Service account roles/,
      not: /secret/i,
    },
  ],
  [
    'a public client',
    { id: 'public', method: 'none' },
    {
      cause: /^The client is a public one$/,
      stage: 'Grant allowed to the client',
      fix: /Client authentication/,
    },
  ],
  [
    'a disabled client is called unknown',
    { id: 'disabled' },
    { cause: /^The server does not know this client$/, stage: 'Client known', fix: /enabled/ },
  ],
  [
    'DPoP is required',
    { id: 'dpop' },
    { cause: /^No DPoP proof was sent$/, stage: 'DPoP proof valid', fix: /Bind the token to a key/ },
  ],
  [
    'a secret with % in a raw Basic header',
    { id: 'special', secret: 'p%ss+w:rd/ä ~=&', method: 'client_secret_basic', encoding: 'raw' },
    {
      cause: /^ID and secret were not form-encoded in the Basic header$/,
      fix: /Encode ID and secret/,
      not: /secret again/,
    },
  ],
  [
    'a client without Web origins: ID and secret are right, and the origin is not allowed',
    { id: 'no-origins' },
    notListed,
  ],
  ['Web origins with a slash at the end', { id: 'slash-origin' }, notListed],
])

test.describe('a realm', () => {
  test('a realm in other letters, at Find', async ({ playground }) => {
    await playground.choose('keycloak')
    await playground.find('http://localhost:8080/realms/Lab')
    await expect(playground.connection).toContainText(
      /✗ No metadata at 3 places\s+Every page can read the metadata of Keycloak\. .*Compare the realm with the console’s list/s,
    )
  })

  test('a realm that is not there, at the token endpoint', async ({ playground }) => {
    await playground.choose('keycloak')
    await playground.connect({ ...good, endpoint: endpoint.replace('/lab/', '/nope/') })
    await expectRefusal(playground, {
      cause: /^The server has no realm or issuer of this name$/,
      fix: /Compare the realm/,
      not: /Web origins/,
    })
  })

  test('a realm that is turned off', async ({ playground }) => {
    await playground.choose('keycloak')
    await playground.connect({ ...good, endpoint: endpoint.replace('/lab/', '/off/') })
    await expectRefusal(playground, { cause: /^The realm is turned off$/, not: /secret/i })
  })
})

// Without the client, no response shows what its Web origins are.
testCors(keycloak, { none: notListed, wrong: notListed }, { cause: readsByClient })
