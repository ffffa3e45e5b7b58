import { customFetch, resourceDiscoveryRequest, processResourceDiscoveryResponse } from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { practiceApis } from '../../src/lib/practice/apis/apis.ts'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { practice } from './practice-exchange.ts'

const server = practice()
const api = `${practiceOrigin}/api`

const at = (path: string) =>
  server.ask(new Request(`${practiceOrigin}/.well-known/oauth-protected-resource${path}`))

test.each([api, ...practiceApis.map(({ url }) => url)])(
  '3.3 "The resource value returned MUST be identical": an independent client uses the metadata of %s',
  async (resource) => {
    const identifier = new URL(resource)
    const response = await resourceDiscoveryRequest(identifier, {
      [customFetch]: (url, { method, headers }) => server.fetch(new Request(url, { method, headers })),
    })
    expect(await processResourceDiscoveryResponse(identifier, response)).toMatchObject({
      resource,
      authorization_servers: [practiceOrigin],
      bearer_methods_supported: ['header'],
    })
  },
)

test('2 the metadata of the MCP endpoint, of an API that wants proofs, and of all APIs', async () => {
  const { dpop_signing_alg_values_supported: algs, ...mcp } = (await at('/mcp')).body
  expect(mcp).toEqual({
    resource: `${practiceOrigin}/mcp`,
    authorization_servers: [practiceOrigin],
    scopes_supported: ['mcp:tools'],
    bearer_methods_supported: ['header'],
    resource_name: 'Practice API mcp',
  })
  expect(algs).toContain('ES256')
  expect((await at('/api/bound')).body).toMatchObject({ dpop_bound_access_tokens_required: true })
  expect((await at('/api')).body).toMatchObject({ scopes_supported: ['read', 'write'] })
})

test.each(['', '/', '/mcp/', '/api/nothing'])('3.2 there are none at %j: 404', async (path) => {
  const response = await server.fetch(
    new Request(`${practiceOrigin}/.well-known/oauth-protected-resource${path}`),
  )
  expect(response.status).toBe(404)
})

test('4 protected_resources: "the protected resources that can be used with this authorization server"', async () => {
  const { body } = await server.ask(new Request(`${practiceOrigin}/.well-known/oauth-authorization-server`))
  for (const resource of body['protected_resources'] as string[]) {
    expect((await at(new URL(resource).pathname)).body['resource']).toBe(resource)
  }
})

describe('5.1 "The resource_metadata parameter ... indicates the URL of the protected resource metadata"', () => {
  test.each(practiceApis.filter(({ exposesChallenge }) => exposesChallenge))(
    'of $id, with the scope that it needs',
    async ({ url, method, scope }) => {
      const { status, headers } = await server.call(new URL(url).pathname, {}, method)
      const challenge = headers.get('www-authenticate') ?? ''
      const named = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? ''
      expect([status, challenge.includes(`scope="${scope}"`)]).toEqual([401, true])
      // 3.3: "MUST be identical to the URL that the client used to make the request to the resource server".
      expect((await server.ask(new Request(named))).body['resource']).toBe(url)
    },
  )
})

describe('a token for one API alone', () => {
  const bearer = async (resource: string) => ({
    authorization: `Bearer ${await server.issue('practice-client', { resource })}`,
  })

  test('is accepted there, and at no other', async () => {
    const headers = await bearer(`${api}/greeting`)
    expect((await server.call('/api/greeting', headers)).status).toBe(200)
    const { status, failed } = await server.call('/api/introspected', headers)
    expect([status, failed]).toEqual([
      401,
      "This API is the audience: aud 'https://practice.example/api/greeting', expected 'https://practice.example/api'",
    ])
  })

  test('of the origin, or of a slash more, is refused as invalid_target', async () => {
    for (const resource of [practiceOrigin, `${api}/greeting/`]) {
      const { body } = await server.token({
        client_id: 'practice-client',
        client_secret: 'practice-secret',
        resource,
      })
      expect(body['error']).toBe('invalid_target')
    }
  })
})
