import { expect, real, test } from './fixtures.ts'
import { call, expectTold, findServer, getToken, type Told } from './journeys.ts'
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
const notAudience = /Compare aud|resource|Compare iss/

const refusals: readonly (readonly [name: string, path: string, told: Told, client?: string])[] = [
  [
    'the audience',
    '/audience/x',
    { cause: /^The token is for another API$/, stage: 'Audience right', not: /resource/ },
  ],
  ['typ', '/at-jwt/x', { cause: /typ/, stage: 'Type of token accepted', not: notAudience }],
  [
    'the algorithm, or the key',
    '/es256/x',
    { cause: /algorithm|key/i, fix: /RS256|algorithm|key/i, not: notAudience },
  ],
  ['a scope', '/scope/x', { cause: /scope/, stage: 'Scope sufficient', fix: /scope/ }],
  ['a role', '/role/x', { cause: /scope|role|authorit/i, stage: 'Scope sufficient', fix: /role|authorit/i }],
  [
    'a reference token at an API for JWTs',
    '/jwt/x',
    { cause: /JWT|opaque|reference/i, fix: /introspect|opaque/i },
    'opaque',
  ],
  [
    'keys that the API cannot fetch',
    '/keys-down/x',
    { cause: /exception|fetch/i, fix: /log/, not: /Compare aud/ },
  ],
  [
    'a secret of the API that is wrong',
    '/opaque-wrong/x',
    { cause: /exception|introspect/i, fix: /log/, not: /Compare aud/ },
  ],
  [
    'no CORS',
    '/no-cors/x',
    { cause: /CORS|does not let this page read|gave no response/, fix: /Access-Control|Allow/ },
  ],
  [
    'a login page instead of an API',
    '/login-page/x',
    { cause: /redirect|login/i, fix: /login|token|filter chain/i, not: /Change http: to https:/ },
  ],
]

test.describe('a refusal of the API has its cause', () => {
  for (const [name, path, told, client] of refusals)
    test(name, async ({ playground }) => {
      await tokenOf(playground, client)
      await call(playground, api + path)
      await expectTold(playground, told)
    })

  test('a signature that is broken: the API verifies it', async ({ playground }) => {
    await tokenOf(playground)
    await playground.field('Present the token').selectOption('With its signature broken')
    await call(playground, `${api}/jwt/x`)
    await expectTold(playground, { cause: /^Refused with a broken token, as it should be$/ })
  })
})
