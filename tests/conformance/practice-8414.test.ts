import { expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

const server = createPracticeServer({ now: () => 0 })
const get = (path: string) => server.fetch(new Request(practiceOrigin + path))

async function metadata(): Promise<Record<string, unknown>> {
  const response = await get('/.well-known/oauth-authorization-server')
  return (await response.json()) as Record<string, unknown>
}

test('2 "issuer REQUIRED", "token_endpoint ... REQUIRED", and what the server really supports', async () => {
  expect(await metadata()).toEqual({
    issuer: practiceOrigin,
    token_endpoint: `${practiceOrigin}/token`,
    jwks_uri: `${practiceOrigin}/jwks`,
    scopes_supported: ['read', 'write'],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  })
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

test('every URL it names answers', async () => {
  const urls = Object.values(await metadata()).filter(
    (value) => typeof value === 'string' && value !== practiceOrigin,
  )
  for (const url of urls as string[]) {
    expect((await server.fetch(new Request(url))).status).not.toBe(404)
  }
})
