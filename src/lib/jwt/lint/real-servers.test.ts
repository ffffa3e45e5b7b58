import { generateKeyPairSync } from 'node:crypto'
import { expect, it, test } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { contextOfPasted } from '../../oauth/token/lint-context.ts'
import { base64url, token } from '../verify/jws-testing.ts'
import { type LintContext, lintToken } from './lint-token.ts'

const now = 1_796_000_000_000
const seconds = now / 1000
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const header = { alg: 'ES256', kid: 'a', typ: 'JWT' }

const response = (members: object) => {
  const parsed = parseJson(JSON.stringify({ token_type: 'Bearer', expires_in: 300, ...members }))
  return parsed.ok ? parsed.value : null
}

/** Tokens as these servers issue them, signed anew. */
const keycloak = {
  exp: seconds + 300,
  iat: seconds,
  jti: 'trrtcc:1a5fbb2c-7a3b-3c4c-1a2e-2b1a7f0c9d11',
  iss: 'http://keycloak.example:8080/realms/lab',
  aud: 'account',
  sub: '0d9e5dcd-8a41-4a4f-9bc4-5a3f4a1f5f7c',
  typ: 'Bearer',
  azp: 'm2m',
  acr: '1',
  realm_access: { roles: ['offline_access', 'default-roles-lab', 'uma_authorization'] },
  resource_access: { account: { roles: ['manage-account', 'view-profile'] } },
  scope: 'read profile email',
  email_verified: false,
  preferred_username: 'service-account-m2m',
}
const hydra = {
  aud: [],
  client_id: 'm2m',
  exp: seconds + 300,
  ext: {},
  iat: seconds,
  iss: 'http://localhost:4444',
  jti: '7c8c5f6e-2b1b-4f7a-9a93-0a6a36c0a4c0',
  nbf: seconds,
  scp: ['read'],
  sub: 'm2m',
}
const spring = {
  sub: 'm2m',
  aud: 'm2m',
  nbf: seconds,
  scope: ['read'],
  iss: 'http://localhost:9000',
  exp: seconds + 300,
  iat: seconds,
  jti: '1f7e2a0b-0d4f-4f4f-8a51-6f9b7b7d9f3e',
}
const python = { iss: 'http://localhost:8003', sub: 'm2m', aud: 'api', scope: 'read', client_id: 'm2m' }

const issued = (more: Partial<LintContext>): LintContext => ({
  ...contextOfPasted(now),
  client_id: 'm2m',
  requestedScope: 'read',
  response: response({}),
  noStore: true,
  receivedAt: now,
  ...more,
})

async function judged(claims: object, more: Partial<LintContext> = {}) {
  const lint = await lintToken(token(header, claims, privateKey), issued(more))
  const of = (what: string) => {
    const check = lint.checks.find((one) => one.what === what)
    return `${check?.result}: ${check?.found}`
  }
  return { ...lint, of }
}

const issuer = 'Its issuer is the authorization server'
const audience = 'It says which API it is for'
const meant = 'It is for the API it is meant for'
const scope = 'The scope is the one asked for'
const issuedAt = 'It was issued in the past'

test.each<[string, Partial<LintContext>]>([
  ['the preset', { typedIssuer: 'http://localhost:8080/realms/lab' }],
  [
    'an issuer that was typed, its metadata used anyway',
    { issuer: keycloak.iss, typedIssuer: 'http://localhost:8080/realms/lab' },
  ],
  [
    'the token endpoint alone',
    { tokenEndpoint: 'http://localhost:8080/realms/lab/protocol/openid-connect/token' },
  ],
])('Keycloak with KC_HOSTNAME: iss is compared with %s', async (_, more) => {
  expect((await judged(keycloak, more)).of(issuer)).toMatch(
    /^warn: iss is “http:\/\/keycloak\.example:8080\/realms\/lab”.*An API set up with “http:\/\/localhost:8080\/realms\/lab” refuses the token\.$/,
  )
})

it('Keycloak: account is nobody’s API, alone or with one; default scopes that come along are no warning', async () => {
  const alone = await judged(keycloak)
  expect(alone.of(audience)).toMatch(/^warn: “account” in aud is Keycloak’s own account client.*Add mapper/)
  expect(alone.of(scope)).toMatch(/^note: .*Not asked for: “profile”, “email”/)
  const two = await judged({ ...keycloak, aud: ['https://api.example', 'account'] })
  expect(two.of(audience)).toMatch(/^warn: .*The token is for “https:\/\/api\.example”.*Full scope allowed/)
})

it('Ory Hydra: aud is empty and scp is the scope', async () => {
  const lint = await judged(hydra, { requestedAudience: ['https://api.example'] })
  expect(lint.of(audience)).toMatch(/^warn: aud is an empty array/)
  expect(lint.of('aud is there, and a string, or an array of strings')).toBe(
    'fail: aud is an empty array, and must name the API.',
  )
  expect(lint.of(meant)).toMatch(/^warn: audience asked for “https:\/\/api\.example”\. It names none\./)
  expect(lint.of('scope is one string')).toMatch(
    /^warn: The scope is in scp, as an array: “read”.*scope_claim/,
  )
  expect(lint.of(scope)).toMatch(/^pass: The token has in scp/)
  expect(lint.of('The response and the token name the same scope')).toMatch(/^pass/)
  expect(
    (
      await judged({ ...hydra, aud: ['https://api.example'] }, { requestedAudience: ['https://api.example'] })
    ).of(meant),
  ).toMatch(/^pass/)
})

it('Ory Hydra: without a scope, the token is for nothing', async () => {
  const lint = await judged(
    { ...hydra, scp: [] },
    { requestedScope: null, response: response({ scope: '' }) },
  )
  expect(lint.of(scope)).toMatch(
    /^warn: None was asked for\. The response grants: none\..*most APIs will refuse/,
  )
})

it('Spring: aud is the client ID', async () => {
  expect(
    (await judged(spring, { tokenEndpoint: 'http://localhost:9000/oauth2/token' })).of(audience),
  ).toMatch(/^warn: aud is “m2m”, this client itself, and no API.*OAuth2TokenCustomizer/)
})

it('RFC 7519 4.1.2: a sub that is a number makes the token unusable', async () => {
  const { usable } = await judged({ ...python, sub: 7, iat: seconds, exp: seconds + 300 })
  expect(usable).toBe('no')
})

test.each([
  [7200, /^warn: .*2 h ahead of this machine’s clock.*local time for UTC.*PyJWT/],
  [19_800, /^warn: .*5\.5 h ahead/],
  [-18_000, /^warn: .*5 h behind.*expired that much earlier/],
  [2, /^pass/],
  [-900, /^pass/],
])('a server in Python that takes local time for UTC, off by %i s', async (off, found) => {
  const claims = { ...python, iat: seconds + off, exp: seconds + off + 1800 }
  expect((await judged(claims)).of(issuedAt)).toMatch(found)
})

test.each(['dir', 'A256GCMKW', 'A128KW', 'PBES2-HS256+A128KW'])(
  'zitadel: a JWE by %s is opened by its server alone',
  async (alg) => {
    const text = `${base64url({ alg, enc: 'A256GCM', kid: 'key1' })}.a.b.c.d`
    const { checks } = await lintToken(text, issued({}))
    expect(checks.find(({ what }) => what === 'Header and claims can be read')?.found).toMatch(
      /symmetric key.*introspection/,
    )
  },
)

it('a JWE for a public key is opened by the resource server', async () => {
  const text = `${base64url({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`
  const { checks } = await lintToken(text, issued({}))
  expect(checks.find(({ what }) => what === 'Header and claims can be read')?.found).toContain(
    'only the resource server',
  )
})
