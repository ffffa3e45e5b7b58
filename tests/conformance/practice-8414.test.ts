import { generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

const server = createPracticeServer({ now: () => 0 })
const get = (path: string) => server.fetch(new Request(practiceOrigin + path))

async function metadata(): Promise<Record<string, unknown>> {
  const response = await get('/.well-known/oauth-authorization-server')
  return (await response.json()) as Record<string, unknown>
}

/** Not every platform has these. */
const young = /^ML-DSA-/

test('2 "issuer REQUIRED", "token_endpoint ... REQUIRED", and what the server really supports', async () => {
  const {
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint_auth_signing_alg_values_supported: atIntrospection,
    revocation_endpoint_auth_signing_alg_values_supported: atRevocation,
    dpop_signing_alg_values_supported: proofAlgs,
    ...others
  } = await metadata()
  const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt']
  expect(others).toEqual({
    issuer: practiceOrigin,
    token_endpoint: `${practiceOrigin}/token`,
    jwks_uri: `${practiceOrigin}/jwks`,
    registration_endpoint: `${practiceOrigin}/register`,
    introspection_endpoint: `${practiceOrigin}/introspect`,
    revocation_endpoint: `${practiceOrigin}/revoke`,
    scopes_supported: ['read', 'write', 'mcp:tools'],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_methods_supported: methods,
    authorization_details_types_supported: ['greeting_access', 'payment_initiation'],
    protected_resources: [`${practiceOrigin}/api`, `${practiceOrigin}/reports`, `${practiceOrigin}/mcp`],
  })
  const rsaAndEcdsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']
  const asymmetric = [...rsaAndEcdsa, 'Ed25519', 'EdDSA']
  expect((proofAlgs as string[]).filter((alg) => !young.test(alg))).toEqual(asymmetric)
  expect(assertionAlgs).toEqual(['HS256', 'HS384', 'HS512', ...(proofAlgs as string[])])
  expect([atIntrospection, atRevocation]).toEqual([assertionAlgs, assertionAlgs])
})

test('3.2 "MUST use the 200 OK HTTP status code and return a JSON object using the application/json content type"', async () => {
  const response = await get('/.well-known/oauth-authorization-server')
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
})

test('3.2 "Claims with zero elements MUST be omitted from the response."', async () => {
  const empty = Object.values(await metadata()).filter((value) => Array.isArray(value) && value.length === 0)
  expect(empty).toEqual([])
})

test('3.3 "The issuer value returned MUST be identical to the authorization server\'s issuer identifier"', async () => {
  expect((await metadata())['issuer']).toBe('https://practice.example')
})

test('every URL it names responses', async () => {
  const urls = Object.values(await metadata()).filter(
    (value) => typeof value === 'string' && value !== practiceOrigin,
  )
  for (const url of urls as string[]) {
    expect((await server.fetch(new Request(url))).status).not.toBe(404)
  }
})

test('2 token_endpoint_auth_signing_alg_values_supported: "The value "none" MUST NOT be used."', async () => {
  for (const [name, value] of Object.entries(await metadata())) {
    if (name.endsWith('alg_values_supported')) expect(value).not.toContain('none')
  }
})

test('2 "MUST be present if either of these authentication methods are specified": algorithms that really sign here', async () => {
  for (const alg of (await metadata())['dpop_signing_alg_values_supported'] as string[]) {
    await expect(generateKeyPair(alg)).resolves.toHaveProperty('publicKey')
  }
})
