import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashToken } from '../../base/token-hash.ts'
import { createHelseId } from './server.ts'

const issuer = 'https://helseid.practice.example'
const endpoint = `${issuer}/connect/token`
const greetings = `${issuer}/machine-clients/greetings`
const multiTenant = 'helseid-sample-client-credentials-for-multitenant-app'
const singleTenant = 'helseid-sample-client-credentials-with-underenhet'
const scope = 'nhn:test-public-samplecode/client-credentials'
const start = Date.UTC(2026, 0, 1)
const seconds = start / 1000

type Members = Record<string, unknown>

const clock = { now: start }
const server = createHelseId({ now: () => clock.now })
let pair: Awaited<ReturnType<typeof generateKeyPair>>
let other: Awaited<ReturnType<typeof generateKeyPair>>
let jwk: JWK

const register = (keys: readonly JWK[]) =>
  server.fetch(
    new Request(`${issuer}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scope, jwks: { keys } }),
    }),
  )

beforeAll(async () => {
  ;[pair, other] = await Promise.all([
    generateKeyPair('RS512', { extractable: true }),
    generateKeyPair('RS512', { extractable: true }),
  ])
  jwk = { ...(await exportJWK(pair.publicKey)), alg: 'RS512' }
  expect((await register([jwk])).status).toBe(201)
})

const multi = (value: string) => organisation('urn:oid:1.0.6523', value)
const single = (value: string) => organisation('urn:oid:2.16.578.1.12.4.1.4.101', value)
const organisation = (system: string, value: string) => ({
  type: 'helseid_authorization',
  practitioner_role: { organization: { identifier: { system, type: 'ENH', value } } },
})

/** An assertion as the sample’s library makes it, with what a test wants otherwise. */
function assertion(claims: Members = {}, header: Members = {}, key = pair.privateKey): Promise<string> {
  const sub = multiTenant
  const times = { exp: seconds + 10, iat: seconds, nbf: seconds }
  return new SignJWT({ iss: sub, sub, aud: issuer, ...times, jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'RS512', typ: 'client-authentication+jwt', ...header })
    .sign(key)
}

async function proof(claims: Members, header: Members = {}, key = pair.privateKey): Promise<string> {
  return new SignJWT({ jti: crypto.randomUUID(), iat: seconds, ...claims })
    .setProtectedHeader({ alg: 'RS512', typ: 'dpop+jwt', jwk, ...header })
    .sign(key)
}

const forToken = { htm: 'POST', htu: endpoint }

interface Sent {
  readonly assertion?: string
  readonly proof?: string | null
  readonly form?: Record<string, string>
}

async function ask(sent: Sent = {}): Promise<Response> {
  const dpop = sent.proof === undefined ? await proof(forToken) : sent.proof
  const body = new URLSearchParams({
    client_id: decodeJwt(sent.assertion ?? 'e30.e30.').sub ?? multiTenant,
    scope,
    client_assertion: sent.assertion ?? (await assertion()),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    grant_type: 'client_credentials',
    ...sent.form,
  })
  return server.fetch(new Request(endpoint, { method: 'POST', body, headers: dpop === null ? {} : { dpop } }))
}

/** Both legs: the first gets the nonce, the second has it in its proof and another assertion. */
async function askTwice(claims: Members = {}, form: Record<string, string> = {}): Promise<Response> {
  const nonce = (await ask()).headers.get('dpop-nonce')
  const { sub } = claims
  return ask({
    assertion: await assertion(claims),
    proof: await proof({ ...forToken, nonce }),
    form: { client_id: typeof sub === 'string' ? sub : multiTenant, ...form },
  })
}

const said = async (response: Response) => [response.status, await response.text()]

async function tokenFor(claims: Members = {}, form: Record<string, string> = {}): Promise<string> {
  const response = await askTwice(claims, form)
  return ((await response.json()) as { access_token: string }).access_token
}

/** Bodies and fields as captured of the imitation that HelseID’s .NET client was run with. */
describe('the token endpoint', () => {
  it('demands a nonce first', async () => {
    const response = await ask()
    expect(response.headers.get('dpop-nonce')).toMatch(/^[\da-f-]{36}$/)
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8')
    expect(response.headers.get('cache-control')).toBe('no-store, no-cache, max-age=0')
    expect(response.headers.get('access-control-expose-headers')).toBe('DPoP-Nonce,WWW-Authenticate,Date')
    expect(await said(response)).toEqual([
      400,
      `{"error":"use_dpop_nonce","error_description":"Missing 'nonce' value."}`,
    ])
  })

  it('issues a token with the members, header and claims of HelseID, in their order', async () => {
    const response = await askTwice({ assertion_details: multi('NO:ORGNR:999977774:999977776') })
    const text = await response.text()
    expect(text.replace(/eyJ[^"]+/, '…')).toBe(
      `{"access_token":"…","expires_in":600,"token_type":"DPoP","scope":"${scope}"}`,
    )
    const { access_token } = JSON.parse(text) as { access_token: string }
    const header = decodeProtectedHeader(access_token)
    expect(Object.keys(header)).toEqual(['alg', 'kid', 'x5t', 'typ'])
    expect(header).toMatchObject({
      alg: 'RS256',
      typ: 'at+jwt',
      kid: expect.stringMatching(/^[\dA-F]{40}$/) as string,
    })
    const jkt = await calculateJwkThumbprint(jwk)
    expect(JSON.stringify({ ...decodeJwt(access_token), jti: 'jti' })).toBe(
      `{"iss":"${issuer}","nbf":${seconds},"iat":${seconds},"exp":${seconds + 600},"aud":"nhn:test-public-samplecode",` +
        `"cnf":{"jkt":"${jkt}"},"scope":["${scope}"],"client_id":"${multiTenant}","client_amr":"private_key_jwt","jti":"jti",` +
        '"helseid://claims/client/client_name":"HelseID sample client credentials","helseid://claims/client/client_tenancy":"multi-tenant",' +
        '"helseid://claims/client/claims/orgnr_parent":"999977774","helseid://claims/client/claims/orgnr_child":"999977776",' +
        '"helseid://claims/client/claims/orgnr_supplier":"994598759"}',
    )
  })

  it.each([
    ['the parent alone', {}, multi('NO:ORGNR:999977774:'), ['parent', 'supplier']],
    ['no organisation', {}, undefined, []],
    [
      'a child of a single-tenant client',
      { iss: singleTenant, sub: singleTenant },
      single('999977776'),
      ['parent', 'child'],
    ],
  ])('names %s in the token', async (_what, client, assertion_details, numbers) => {
    const claims = decodeJwt(await tokenFor({ ...client, assertion_details }))
    const named = Object.keys(claims).filter((name) => name.includes('orgnr_'))
    expect(named).toEqual(numbers.map((name) => `helseid://claims/client/claims/orgnr_${name}`))
    expect(claims['helseid://claims/client/client_tenancy']).toBe(
      'sub' in client ? 'single-tenant' : 'multi-tenant',
    )
  })

  it.each([
    ['aud is the token endpoint', { aud: endpoint }, {}, 'aud is the issuer, and nothing else'],
    ['exp is 120 s ahead', { exp: seconds + 120 }, {}, 'exp is ahead, by 60 s at most'],
    ['it has expired', { exp: seconds - 10 }, {}, 'exp is ahead, by 60 s at most'],
    ['typ is JWT', {}, { typ: 'JWT' }, 'typ is client-authentication+jwt'],
    ['the client is unknown', { iss: 'nobody', sub: 'nobody' }, {}, 'The client is known'],
    ['iss is another', { iss: singleTenant }, {}, 'iss and sub are the same'],
    ['it has no jti', { jti: undefined }, {}, 'jti names the assertion'],
    ['the kid is not registered', {}, { kid: 'x' }, 'The client signed the assertion'],
  ])(
    'refuses an assertion with a bare invalid_client if %s, and the check says why',
    async (_why, claims, header, what) => {
      const response = await ask({ assertion: await assertion(claims, header) })
      const checks = server.checksOf(response)
      expect(await said(response)).toEqual([400, '{"error":"invalid_client"}'])
      expect(checks.at(-1)).toMatchObject({ result: 'fail', what })
    },
  )

  it('refuses an assertion by another key, a second use of one, and any other method', async () => {
    const used = await assertion()
    await ask({ assertion: used })
    const responses = [
      await ask({ assertion: used }),
      await ask({ assertion: await assertion({}, {}, other.privateKey) }),
      await ask({ form: { client_assertion_type: '', client_secret: 'secret' } }),
    ]
    const last = responses.map((response) => server.checksOf(response).at(-1)?.what)
    expect(last).toEqual([
      'The assertion was not used before',
      'The client signed the assertion',
      'The client authenticates by private_key_jwt',
    ])
    for (const response of responses)
      expect(await said(response)).toEqual([400, '{"error":"invalid_client"}'])
  })

  it.each<[string, Members, Members, string, string]>([
    ['htu is another', { htu: `${issuer}/token` }, {}, 'invalid_dpop_proof', "Invalid 'htu' value."],
    ['htm is GET', { htm: 'GET' }, {}, 'invalid_dpop_proof', "Invalid 'htm' value."],
    ['typ is JWT', {}, { typ: 'JWT' }, 'invalid_dpop_proof', "Invalid 'typ' value."],
    ['it has no iat', { iat: undefined }, {}, 'invalid_dpop_proof', "Missing 'iat' value."],
    ['it is old', { iat: seconds - 100 }, {}, 'invalid_dpop_proof', "Invalid 'iat' value."],
    ['it has no jti', { jti: undefined }, {}, 'invalid_dpop_proof', "Invalid 'jti' value."],
    ['the nonce is made up', { nonce: 'x' }, {}, 'use_dpop_nonce', "Invalid 'nonce' value."],
  ])('refuses a proof if %s', async (_why, claims, header, error, error_description) => {
    const response = await ask({ proof: await proof({ ...forToken, ...claims }, header) })
    expect(await said(response)).toEqual([400, JSON.stringify({ error, error_description })])
  })

  it('refuses a request without a proof, in Duende’s words', async () => {
    expect(await said(await ask({ proof: null }))).toEqual([
      400,
      '{"error":"invalid_request","error_description":"Client requires DPoP and a DPoP header value was not provided."}',
    ])
  })

  it.each([
    ['scope', { scope: 'nhn:else/read' }, '{"error":"invalid_scope"}'],
    ['scope', { scope: '' }, '{"error":"invalid_scope"}'],
    ['grant_type', { grant_type: 'password' }, '{"error":"unsupported_grant_type"}'],
  ])('refuses another %s with the code alone', async (_name, form, body) => {
    expect(await said(await askTwice({}, form))).toEqual([400, body])
  })

  it.each([
    [
      multi('NO:ORGNR:888888888:'),
      'HID-1001: The supplied parent organization number is not in the whitelist for the client.',
    ],
    [
      multi('NO:ORGNR:999977774:888888888'),
      'HID-1002: The supplied child organization number is not in the whitelist for the client.',
    ],
    [multi('NO:ORGNR:99997777:'), 'HID-1004: The format of the organization number was incorrect.'],
    [single('999977776'), 'HID-1007: The supplied client assertion does not comply to the specification.'],
  ])('refuses %o', async (assertion_details, error_description) => {
    expect(await said(await askTwice({ assertion_details }))).toEqual([
      400,
      JSON.stringify({ error: 'invalid_request', error_description }),
    ])
  })
})

describe('what is around it', () => {
  it('metadata and key have the members of HelseID, in their order, and where a key is registered here', async () => {
    const json = async (path: string) =>
      (await (await server.fetch(new Request(issuer + path))).json()) as Members
    const metadata = await json('/.well-known/openid-configuration')
    expect(Object.keys(metadata).slice(0, 4)).toEqual([
      'issuer',
      'jwks_uri',
      'authorization_endpoint',
      'token_endpoint',
    ])
    expect(Object.keys(metadata).slice(-2)).toEqual([
      'dpop_signing_alg_values_supported',
      'registration_endpoint',
    ])
    const { keys } = (await json('/.well-known/openid-configuration/jwks')) as { keys: object[] }
    expect(keys.map((key) => Object.keys(key))).toEqual([['kty', 'use', 'kid', 'x5t', 'e', 'n', 'alg']])
  })

  it('knows no key until one is registered, and responds to a registration with the sample’s client', async () => {
    const fresh = createHelseId({ now: () => clock.now })
    const body = new URLSearchParams({
      client_assertion: await assertion(),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
    const response = await fresh.fetch(new Request(endpoint, { method: 'POST', body }))
    expect(fresh.checksOf(response).at(-1)).toMatchObject({
      what: 'A public key is registered for the client',
      result: 'fail',
    })
    expect(await (await register([jwk])).json()).toMatchObject({ client_id: multiTenant, scope })
    const refused = await register([{ ...(await exportJWK(pair.privateKey)), alg: 'RS512' }])
    expect(await refused.text()).toContain('private member')
  })
})

/** As captured of the Sample API of HelseID.Samples d9048c8. */
describe('the Sample API', () => {
  const forCall = async (token: string) => ({ htm: 'GET', htu: greetings, ath: await hashToken(token) })
  const call = (headers: Record<string, string>) => server.fetch(new Request(greetings, { headers }))
  const bare = 'Bearer error="invalid_token"'

  it('greets with the organisations of the token, and null for those it has not', async () => {
    const token = await tokenFor({ assertion_details: multi('NO:ORGNR:999977774:') })
    const response = await call({ authorization: `DPoP ${token}`, dpop: await proof(await forCall(token)) })
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await response.text()).replace(/\d\d:\d\d:\d\d/, 'now')).toBe(
      '{"greeting":"Hello from the Sample API (with DPoP)! The local time is now.","parentOrganizationNumber":"999977774",' +
        '"childOrganizationNumber":null,"supplierOrganizationNumber":"994598759"}',
    )
  })

  it.each<[string, Members, Members, string]>([
    ['htu of another path', { htu: issuer }, {}, "Invalid 'htu' value."],
    ['htm POST', { htm: 'POST' }, {}, "Invalid 'htm' value."],
    ['iat 7 s ago', { iat: seconds - 7 }, {}, "Invalid 'iat' value."],
    ['iat 6 s ahead', { iat: seconds + 6 }, {}, "Invalid 'iat' value."],
    ['no ath', { ath: undefined }, {}, "Invalid 'ath' value."],
    ['typ JWT', {}, { typ: 'JWT' }, "Invalid 'typ' value."],
    ['no jwk', {}, { jwk: undefined }, "Invalid 'jwk' value."],
  ])('refuses a proof with %s bare, and its log says why', async (_what, claims, header, words) => {
    const token = await tokenFor()
    const dpop = await proof({ ...(await forCall(token)), ...claims }, header)
    const response = await call({ authorization: `DPoP ${token}`, dpop })
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, bare])
    expect(server.checksOf(response).at(-1)?.found).toContain(`Its log says: ${words}`)
  })

  it('accepts a proof 6 s old and 5 s ahead, each once, and no other key’s', async () => {
    const token = await tokenFor()
    const authorization = `DPoP ${token}`
    for (const off of [-6, 5]) {
      const dpop = await proof({ ...(await forCall(token)), iat: seconds + off })
      expect((await call({ authorization, dpop })).status).toBe(200)
      const again = await call({ authorization, dpop })
      expect(server.checksOf(again).at(-1)?.found).toContain('Detected a DPoP proof token replay.')
    }
    const header = { jwk: { ...(await exportJWK(other.publicKey)), alg: 'RS512' } }
    const stolen = await proof(await forCall(token), header, other.privateKey)
    const refused = await call({ authorization, dpop: stolen })
    expect(refused.status).toBe(401)
    expect(server.checksOf(refused).at(-1)?.found).toContain("Failed to validate the 'cnf' claim")
  })

  it('refuses the scheme Bearer, a missing proof and what is no JWT bare', async () => {
    const token = await tokenFor()
    const dpop = await proof(await forCall(token))
    for (const headers of [
      {},
      { authorization: `Bearer ${token}`, dpop },
      { authorization: `dpop ${token}`, dpop },
      { authorization: `DPoP ${token}` },
      { authorization: 'DPoP x', dpop },
    ] as Record<string, string>[]) {
      const response = await call(headers)
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, bare])
    }
  })

  it.each([
    ['nhn:other-api/read', 401, `${bare}, error_description="The audience 'nhn:other-api' is invalid"`],
    [
      `${scope} nhn:other-api/read`,
      401,
      `${bare}, error_description="The audience 'nhn:test-public-samplecode, nhn:other-api' is invalid"`,
    ],
    ['nhn:test-public-samplecode/other', 403, null],
  ])('refuses a token with the scope %s: %s', async (asked, status, challenge) => {
    const token = await tokenFor({}, { scope: asked })
    const response = await call({ authorization: `DPoP ${token}`, dpop: await proof(await forCall(token)) })
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([status, challenge])
  })
})
