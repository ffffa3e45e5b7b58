import { decodeJwt } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { clients } from './clients.ts'
import { startPathIssuer, type PathIssuer, type PathIssuerOptions } from './path-issuer.ts'
import { clientAssertion, dpopProof, requestToken } from './signed-requests.ts'

const origin = 'http://localhost:4290'
let issuers: PathIssuer[] = []
afterEach(async () => {
  await Promise.all(issuers.map((issuer) => issuer.close()))
  issuers = []
})

async function start(options?: PathIssuerOptions): Promise<PathIssuer> {
  const issuer = await startPathIssuer(options)
  issuers.push(issuer)
  return issuer
}

const get = (issuer: PathIssuer, path: string) => fetch(new URL(path, issuer.issuer), { headers: { origin } })
const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin')

const places = {
  insertion: '/.well-known/oauth-authorization-server/realms/demo',
  oidc: '/realms/demo/.well-known/openid-configuration',
  append: '/realms/demo/.well-known/oauth-authorization-server',
  'oidc insertion': '/.well-known/openid-configuration/realms/demo',
} as const

test.each(Object.entries(places))('%s: metadata is at %s and nowhere else', async (form, place) => {
  const issuer = await start({ form: form as keyof typeof places })
  for (const path of [...Object.values(places), '/.well-known/openid-configuration']) {
    const response = await get(issuer, path)
    expect([path, response.status]).toEqual([path, path === place ? 200 : 404])
    expect([origin, '*']).toContain(allowed(response))
    if (response.ok) {
      expect(await response.json()).toMatchObject({
        issuer: issuer.issuer,
        token_endpoint: issuer.tokenEndpoint,
        jwks_uri: `${issuer.issuer}/jwks`,
      })
    }
  }
  expect(issuer.metadata).toBe(new URL(place, issuer.issuer).href)
  expect(issuer.requests).toEqual(
    [...Object.values(places), '/.well-known/openid-configuration'].map((path) => `GET ${path}`),
  )
})

test('issues tokens under its path, to assertions and proofs that name it', async () => {
  const server = { ...(await start()), privateJwks: {} }
  const { issuer, tokenEndpoint } = server
  const response = await requestToken(server, clients.hs256, {
    headers: { DPoP: await dpopProof(tokenEndpoint) },
  })
  const { access_token } = (await response.json()) as { access_token: string }
  expect(decodeJwt(access_token)).toMatchObject({ iss: issuer, sub: clients.hs256.id })

  const aud = new URL(issuer).origin
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await clientAssertion(server, clients.hs256, { claims: { aud } }),
  })
  expect((await fetch(tokenEndpoint, { method: 'POST', body })).status).toBe(401)
})

test.each<[NonNullable<PathIssuerOptions['name']>, (issuer: string) => { issuer: string; endpoint: string }]>(
  [
    ['right', (issuer) => ({ issuer, endpoint: `${issuer}/token` })],
    ['slash', (issuer) => ({ issuer: `${issuer}/`, endpoint: `${issuer}/token` })],
    [
      'https',
      (issuer) => ({
        issuer: issuer.replace('http:', 'https:'),
        endpoint: `${issuer.replace('http:', 'https:')}/token`,
      }),
    ],
    [
      'container',
      () => ({
        issuer: 'http://keycloak:8080/realms/demo',
        endpoint: 'http://keycloak:8080/realms/demo/token',
      }),
    ],
  ],
)('calls itself by a name that is %s', async (name, expected) => {
  const issuer = await start({ name })
  const metadata = (await (await fetch(issuer.metadata)).json()) as Record<string, unknown>
  const { issuer: called, endpoint } = expected(issuer.issuer)
  expect(metadata).toMatchObject({ issuer: called, token_endpoint: endpoint })
})

test('hides its metadata, and that it is nowhere else, from pages', async () => {
  const issuer = await start({ cors: false })
  for (const place of Object.values(places)) expect(allowed(await get(issuer, place))).toBeNull()
  expect(allowed(await requestToken({ ...issuer, privateJwks: {} }, clients.post))).toBe(origin)
})
