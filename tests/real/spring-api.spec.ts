import { expect, real, test } from './fixtures.ts'
import { call, expectTold, expectUnread, findServer, getToken, type Told } from './journeys.ts'
import type { PlaygroundPage } from '../browser/playground-page.ts'

const api = 'http://localhost:9001'

test.use({ ...real('spring-api'), realOrigins: ['http://localhost:9000', api] })

async function tokenOf(playground: PlaygroundPage, id = 'm2m', scope = 'read'): Promise<void> {
  await findServer(playground, 'spring', 'http://localhost:9000')
  await playground.connect({ id, secret: 'change-me', scope, method: 'client_secret_post' })
  await getToken(playground)
}

const accepted: readonly (readonly [path: string, client: string, scope: string])[] = [
  ['/jwt/x', 'm2m', 'read'],
  ['/scope/x', 'm2m', 'read write'],
  ['/opaque/x', 'opaque', 'read'],
  ['/audience/x', 'audience', 'read'],
  ['/at-jwt/x', 'at-jwt', 'read'],
  ['/hidden/x', 'm2m', 'read'],
]

test('an API accepts the token that fits it', async ({ playground }) => {
  for (const [path, client, scope] of accepted) {
    await tokenOf(playground, client, scope)
    await call(playground, api + path)
    await expect(playground.rawResponse, path).toContainText(`"path":"${path}","name":"${client}"`)
  }
})

/** Signature, type and key come first at Spring: aud and iss were not looked at. */
const notAudience = /Compare aud|\bresource\b|Compare iss/

const refusals: readonly (readonly [name: string, path: string, told: Told, client?: string])[] = [
  [
    'the audience',
    '/audience/x',
    {
      cause: /^The token is for another API$/,
      stage: 'Audience right',
      fix: /OAuth2TokenCustomizer<JwtEncodingContext> sets aud/,
      not: /Ask for a token with the resource/,
    },
  ],
  [
    'typ',
    '/at-jwt/x',
    {
      cause: /^The API accepts another typ than the token’s$/,
      stage: 'Type of token accepted',
      fix: /typ at\+jwt/,
      not: notAudience,
    },
  ],
  [
    'the algorithm, or the key',
    '/es256/x',
    {
      cause: /^The API has no key that the token could be signed with$/,
      fix: /jws-algorithms=RS256/,
      not: notAudience,
    },
  ],
  // Spring says insufficient_scope of every authority, so that no stage is named: a scope, a role, or a prefix.
  [
    'a scope',
    '/scope/x',
    {
      cause: /^The token lacks the scope that the API wants$/,
      fix: /a scope write is hasAuthority\("SCOPE_write"\)/,
      not: /audience|new key|secret/,
    },
  ],
  [
    'a role',
    '/role/x',
    {
      cause: /^The token lacks the scope that the API wants$/,
      fix: /hasRole\("ADMIN"\) wants ROLE_ADMIN/,
      not: /audience|new key|secret/,
    },
  ],
  [
    'a reference token at an API for JWTs',
    '/jwt/x',
    {
      cause: /^The token is a reference, and the API reads JWTs only$/,
      fix: /opaqueToken\(…\)/,
      not: notAudience,
    },
    'opaque',
  ],
  [
    'keys that the API cannot fetch',
    '/keys-down/x',
    {
      cause: /^The API stopped in an exception of its own$/,
      fix: /jwt\.jwk-set-uri for the keys/,
      not: notAudience,
    },
  ],
  [
    'a secret of the API that is wrong',
    '/opaque-wrong/x',
    {
      cause: /^The API stopped in an exception of its own$/,
      fix: /opaquetoken\.introspection-uri, with the credentials of the API itself/,
      not: notAudience,
    },
  ],
  [
    'a login page instead of an API',
    '/login-page/x',
    {
      cause: /^The server responds with a redirect$/,
      stage: 'Path right, and no redirect',
      fix: /^If Location is a login page, call a path that accepts tokens/,
      not: /Change http: to https:/,
    },
  ],
]

test.describe('a refusal of the API has its cause', () => {
  for (const [name, path, told, client] of refusals)
    test(name, async ({ playground }) => {
      await tokenOf(playground, client)
      await call(playground, api + path)
      await expectTold(playground, told)
    })

  test('no CORS: the connection check names it', async ({ playground }) => {
    await tokenOf(playground)
    await call(playground, `${api}/no-cors/x`)
    await expectUnread(playground, {
      cause: /^The server does not let this page read its responses$/,
      stage: 'Response readable (CORS)',
      fix: /Access-Control-Allow-Origin/,
    })
  })

  test('a signature that is broken: the API verifies it', async ({ playground }) => {
    await tokenOf(playground)
    await playground.field('Present the token').selectOption('With its signature broken')
    await call(playground, `${api}/jwt/x`)
    await expectTold(playground, { cause: /^Refused with a broken token, as it should be$/ })
  })
})
