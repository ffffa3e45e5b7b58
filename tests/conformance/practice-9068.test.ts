import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
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
import { practiceClients } from '../../src/lib/practice/clients.ts'
import { practiceAudience, practiceOrigin } from '../../src/lib/practice/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

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
  const { keys } = await jwks()
  expect(keys.map(({ kty, alg, use, crv }) => ({ kty, alg, use, crv }))).toEqual([
    { kty: 'RSA', alg: 'RS256', use: 'sig', crv: undefined },
    { kty: 'EC', alg: 'ES256', use: 'sig', crv: 'P-256' },
  ])
  for (const key of keys) {
    expect(key.kid).toBe(await calculateJwkThumbprint(key))
    expect(Object.keys(key)).not.toContain('d')
  }
})

test('keys belong to one server and last as long as it does', async () => {
  expect(await jwks()).toEqual(await jwks())
  const other = await createPracticeServer({ now: () => 0 }).fetch(new Request(`${practiceOrigin}/jwks`))
  expect(await other.json()).not.toEqual(await jwks())
})
