import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimpleIdServer, type SimpleIdServer } from './simple-id-server.ts'

let server: SimpleIdServer
beforeAll(async () => {
  server = await startSimpleIdServer()
})
afterAll(() => server.close())

const m2m = {
  grant_type: 'client_credentials',
  client_id: 'm2m',
  client_secret: 'password',
  scope: 'read',
}
const send = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(server.tokenEndpoint, { method: 'POST', headers, body: new URLSearchParams(parameters) })

test('responds to the documented request', async () => {
  const response = await send(m2m)
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  const body = (await response.json()) as { access_token: string }
  expect(Object.keys(body)).toEqual(['expires_in', 'scope', 'access_token', 'refresh_token', 'token_type'])
  expect(decodeProtectedHeader(body.access_token)).toEqual({ alg: 'RS256', kid: 'wsFedKid', typ: 'JWT' })
  expect(decodeJwt(body.access_token)).toMatchObject({
    aud: ['shopApi'],
    scope: ['read'],
    iss: server.issuer,
  })
})

test('publishes its key as IdentityModel has it', async () => {
  const response = await fetch(`${server.issuer}/jwks`)
  const { keys } = (await response.json()) as { keys: readonly object[] }
  expect(keys).toEqual([expect.objectContaining({ kid: 'wsFedKid', use: 'sig', key_ops: [], x5c: [] })])
})

test.each([
  [{ ...m2m, grant_type: 'x' }, 'invalid_grant', 'bad grant type'],
  [{ ...m2m, scope: '', client_secret: 'wrong' }, 'invalid_request', 'missing parameter scope'],
  [{ ...m2m, client_id: 'c' }, 'invalid_client', 'unknown client c'],
  [{ ...m2m, client_secret: 'wrong' }, 'invalid_client', 'bad client credential'],
  [{ ...m2m, client_id: 'm2m-basic' }, 'invalid_client', 'bad client credential'],
  [
    { ...m2m, client_id: 'website' },
    'invalid_client',
    'grant type client_credentials is not supported by the client',
  ],
  [{ ...m2m, scope: 'write' }, 'invalid_scope', 'unauthorized to scopes : write'],
  [{ ...m2m, scope: 'read read' }, 'invalid_scope', 'duplicate scopes : read'],
])('refuses %o with 400', async (parameters, error, description) => {
  const response = await send(parameters)
  expect(response.status).toBe(400)
  expect(response.headers.get('www-authenticate')).toBeNull()
  expect(await response.text()).toBe(`{\n  "error": "${error}",\n  "error_description": "${description}"\n}`)
})

test('splits Basic credentials at every colon and decodes nothing', async () => {
  const { grant_type, scope } = m2m
  const authorize = (credentials: string) =>
    send({ grant_type, scope }, { authorization: `Basic ${btoa(credentials)}` })
  expect((await authorize('m2m-basic:password')).status).toBe(200)
  expect((await authorize('m2m%2Dbasic:password')).status).toBe(400)
})

test('knows no other realm', async () => {
  expect((await fetch(server.tokenEndpoint.replace('master', 'other'))).status).toBe(404)
})
