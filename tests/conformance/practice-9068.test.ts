import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeProtectedHeader,
  jwtVerify,
  type JSONWebKeySet,
} from 'jose'
import {
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  discoveryRequest,
  processClientCredentialsResponse,
  processDiscoveryResponse,
  validateJwtAccessToken,
} from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { practiceClients } from '../../src/lib/practice/clients/clients.ts'
import { practiceAudience, practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'
import { credentialsOf, found, practice } from './practice-exchange.ts'

const server = createPracticeServer({ now: () => Date.now() })
const throughServer = {
  [customFetch]: (url: string, init: object) => server.fetch(new Request(url, init)),
}

async function jwks(): Promise<JSONWebKeySet> {
  const response = await server.fetch(new Request(`${practiceOrigin}/jwks`))
  expect(response.headers.get('content-type')).toBe('application/jwk-set+json')
  return (await response.json()) as JSONWebKeySet
}

async function issue(clientId: string) {
  const client = practiceClients.find(({ client_id }) => client_id === clientId)
  const secret = client?.client_secret ?? ''
  const issuer = new URL(practiceOrigin)
  const as = await processDiscoveryResponse(
    issuer,
    await discoveryRequest(issuer, { algorithm: 'oauth2', ...throughServer }),
  )
  const tokens = []
  for (const authentication of [ClientSecretBasic(secret), ClientSecretPost(secret)]) {
    const oauthClient = { client_id: clientId }
    const parameters = { scope: 'read write' }
    const response = await clientCredentialsGrantRequest(
      as,
      oauthClient,
      authentication,
      parameters,
      throughServer,
    )
    tokens.push(await processClientCredentialsResponse(as, oauthClient, response))
  }
  return { as, tokens }
}

describe.each([
  ['practice-client', 'RS256'],
  ['practice-es256', 'ES256'],
  ['practice-encoding', 'RS256'],
  ['practice-brief', 'RS256'],
  ['practice-rotation', 'ES256'],
])('%s', (clientId, alg) => {
  test('2.1 "JWT access tokens MUST be signed" and "the typ value used SHOULD be at+jwt"', async () => {
    const { tokens } = await issue(clientId)
    const keySet = createLocalJWKSet(await jwks())
    for (const { access_token } of tokens) {
      const { protectedHeader } = await jwtVerify(access_token, keySet, {
        issuer: practiceOrigin,
        audience: practiceAudience,
        typ: 'at+jwt',
        algorithms: [alg],
        requiredClaims: ['sub', 'client_id', 'iat', 'exp', 'jti', 'scope'],
      })
      expect(Object.keys(protectedHeader)).toEqual(['alg', 'typ', 'kid'])
    }
  })

  test('2.2 "iss REQUIRED, exp REQUIRED, aud REQUIRED, sub REQUIRED, client_id REQUIRED, iat REQUIRED, jti REQUIRED"', async () => {
    const { as, tokens } = await issue(clientId)
    const ids = new Set<string>()
    for (const { access_token, expires_in } of tokens) {
      const request = new Request(`${practiceOrigin}/api/greeting`, {
        headers: { authorization: `Bearer ${access_token}` },
      })
      const claims = await validateJwtAccessToken(as, request, practiceAudience, {
        ...throughServer,
        signingAlgorithms: [alg],
      })
      expect(claims).toMatchObject({ sub: clientId, client_id: clientId, scope: 'read write' })
      expect(claims.exp - claims.iat).toBe(expires_in)
      ids.add(claims.jti)
    }
    expect(ids.size).toBe(tokens.length)
  })
})

test('2.1 "MUST include RS256 ... among their supported signature algorithms"; the keys are public, named by thumbprint', async () => {
  const response = await createPracticeServer({ now: () => 0 }).fetch(new Request(`${practiceOrigin}/jwks`))
  const { keys } = (await response.json()) as JSONWebKeySet
  expect(keys.map(({ kty, alg, use, crv }) => ({ kty, alg, use, crv }))).toEqual([
    { kty: 'RSA', alg: 'RS256', use: 'sig', crv: undefined },
    { kty: 'EC', alg: 'ES256', use: 'sig', crv: 'P-256' },
  ])
  for (const key of keys) {
    expect(key.kid).toBe(await calculateJwkThumbprint(key))
    expect(Object.keys(key)).not.toContain('d')
  }
})

describe('4 the API verifies with the keys the authorization server publishes, and those change', () => {
  const server = practice()
  const keysNow = async () => (await server.call('/jwks', {})).body as unknown as JSONWebKeySet
  const verifies = (token: string, keys: JSONWebKeySet) =>
    jwtVerify(token, createLocalJWKSet(keys), { currentDate: new Date(server.seconds() * 1000) }).then(
      () => true,
      (error: unknown) => (error as { code: string }).code,
    )
  const greet = (token: string) => server.call('/api/greeting', { authorization: `Bearer ${token}` })
  const next = () => server.issue('practice-rotation')

  test('each token of practice-rotation has a key of its own; the last two are published', async () => {
    const before = await keysNow()
    const first = await next()
    expect(await verifies(first, before)).toBe('ERR_JWKS_NO_MATCHING_KEY')
    const fetched = await keysNow()
    expect(await verifies(first, fetched)).toBe(true)

    const second = await next()
    expect(await verifies(second, fetched)).toBe('ERR_JWKS_NO_MATCHING_KEY')
    for (const token of [first, second]) {
      expect(await verifies(token, await keysNow())).toBe(true)
      expect((await greet(token)).status).toBe(200)
    }

    const third = await next()
    expect(await verifies(third, await keysNow())).toBe(true)
    expect(await verifies(first, await keysNow())).toBe('ERR_JWKS_NO_MATCHING_KEY')
    const { status, failed } = await greet(first)
    const kid = decodeProtectedHeader(first).kid ?? ''
    expect([status, failed]).toEqual([
      401,
      `A key of this issuer signed it: No key of the JWK Set has kid '${kid}': it was withdrawn, or is not of this issuer`,
    ])
  })

  test('the check at the token endpoint names the new key and the one withdrawn', async () => {
    const server = practice()
    const kids: string[] = []
    const rotated: (string | undefined)[] = []
    for (let round = 0; round < 3; round++) {
      const answer = await server.token(credentialsOf('practice-rotation'))
      kids.push(decodeProtectedHeader(answer.body['access_token'] as string).kid ?? '')
      rotated.push(found(answer, 'The signing key is rotated'))
    }
    const [first = '', second = '', third = ''] = kids
    expect(rotated).toEqual([
      `pass: kid '${first}' is new in the JWK Set`,
      `pass: kid '${second}' is new in the JWK Set`,
      `pass: kid '${third}' is new in the JWK Set, and kid '${first}' was withdrawn`,
    ])
  })

  test('the keys of the other clients stay, and a refused request rotates none', async () => {
    const server = practice()
    const token = await server.issue('practice-es256')
    for (let round = 0; round < 3; round++) await server.issue('practice-rotation')
    const jwks = async () => (await server.call('/jwks', {})).body['keys'] as { kid: string; alg: string }[]
    const before = await jwks()
    expect(before.map(({ alg }) => alg)).toEqual(['RS256', 'ES256', 'ES256', 'ES256'])
    expect(before[1]?.kid).toBe(decodeProtectedHeader(token).kid)
    await server.token({ ...credentialsOf('practice-rotation'), scope: 'admin' })
    expect(await jwks()).toEqual(before)
  })
})

test('2.2 exp is what expires_in says: 10 s for practice-brief', async () => {
  const { tokens } = await issue('practice-brief')
  expect(tokens.map(({ expires_in }) => expires_in)).toEqual([10, 10])
})

test('keys belong to one server and last as long as it does', async () => {
  expect(await jwks()).toEqual(await jwks())
  const other = await createPracticeServer({ now: () => 0 }).fetch(new Request(`${practiceOrigin}/jwks`))
  expect(await other.json()).not.toEqual(await jwks())
})
