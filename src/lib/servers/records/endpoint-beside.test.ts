import { describe, expect, it } from 'vitest'
import {
  helseIdOrigin,
  isPractice,
  practiceOrigin,
  simpleIdServerOrigin,
} from '../../practice/base/origin.ts'
import type { EndpointName } from '../../explanation/server-record.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { createPracticeServer } from '../../practice/server.ts'
import { apisOf, endpointBeside } from './records.ts'
import { serversFor } from '../servers.ts'

const local = 'http://localhost:9000'
const at = (id: string, name: EndpointName, change: Partial<TokenRequestConfig> = {}) => {
  const server = serversFor(local).find((one) => one.id === id)
  return server && endpointBeside(server, { ...server.config, ...change }, name)
}

describe('endpointBeside', () => {
  it.each([
    ['practice', 'jwks_uri', `${practiceOrigin}/jwks`],
    ['practice', 'revocation_endpoint', `${practiceOrigin}/revoke`],
    ['local', 'jwks_uri', `${local}/jwks`],
    ['local', 'introspection_endpoint', `${local}/token/introspection`],
    ['simpleidserver', 'introspection_endpoint', 'https://localhost:5001/master/token_info'],
    ['simpleidserver', 'revocation_endpoint', 'https://localhost:5001/master/token/revoke'],
    ['helseid', 'jwks_uri', 'https://helseid-sts.test.nhn.no/.well-known/openid-configuration/jwks'],
    ['practice', 'registration_endpoint', `${practiceOrigin}/register`],
    [
      'keycloak',
      'introspection_endpoint',
      'http://localhost:8080/realms/master/protocol/openid-connect/token/introspect',
    ],
    ['hydra', 'introspection_endpoint', 'http://127.0.0.1:4445/admin/oauth2/introspect'],
    ['own', 'jwks_uri', ''],
  ] as const)('%s: %s', (id, name, url) => {
    expect(at(id, name)).toBe(url)
  })

  it('knows Hydra’s port for administration only next to the public port that has its number', () => {
    const token_endpoint = 'https://hydra.example/oauth2/token'
    expect(at('hydra', 'introspection_endpoint', { token_endpoint })).toBe('')
    expect(at('hydra', 'revocation_endpoint', { token_endpoint })).toBe('https://hydra.example/oauth2/revoke')
  })

  it('says nothing of a token endpoint that is not where that kind has it', () => {
    expect(at('local', 'jwks_uri', { token_endpoint: 'http://localhost:9000/oauth/v2' })).toBe('')
    expect(at('local', 'jwks_uri', { token_endpoint: '' })).toBe('')
    expect(at('practice', 'jwks_uri', { token_endpoint: 'http://localhost:9000/token' })).toBe('')
  })

  it('keeps what the token endpoint or the issuer shows of this installation', () => {
    const token_endpoint = 'https://id.example/auth/realms/my%20shop/protocol/openid-connect/token'
    expect(at('keycloak', 'jwks_uri', { token_endpoint })).toBe(token_endpoint.replace(/token$/, 'certs'))
    expect(at('authentik', 'jwks_uri')).toBe('http://localhost:9000/application/o/m2m/jwks/')
  })

  it('says nothing if that accepts a part that nobody knows', () => {
    expect(at('authentik', 'jwks_uri', { discovery: '' })).toBe('')
    expect(at('authentik', 'revocation_endpoint', { discovery: '' })).toBe(
      'http://localhost:9000/application/o/revoke/',
    )
  })

  it('knows where a key is registered at the server in the page that has HelseID’s manners, and its other endpoints', () => {
    const token_endpoint = `${helseIdOrigin}/connect/token`
    expect(at('helseid', 'registration_endpoint')).toBe('')
    expect(at('helseid', 'registration_endpoint', { token_endpoint })).toBe(`${helseIdOrigin}/register`)
    expect(at('helseid', 'jwks_uri', { token_endpoint })).toBe(
      `${helseIdOrigin}/.well-known/openid-configuration/jwks`,
    )
  })

  it('knows the practice server from any other that was chosen', () => {
    expect(at('own', 'jwks_uri', { token_endpoint: `${practiceOrigin}/token` })).toBe(
      `${practiceOrigin}/jwks`,
    )
  })
})

describe('apisOf', () => {
  const urls = (id: string, token_endpoint: string) => {
    const server = serversFor(local).find((one) => one.id === id)
    return server && apisOf(server, { ...server.config, token_endpoint }, local).map(({ call }) => call.url)
  }

  it('has the API in the page for a token endpoint in the page, and else that of the product', () => {
    const here = [
      ...(urls('helseid', `${helseIdOrigin}/connect/token`) ?? []),
      ...(urls('simpleidserver', `${simpleIdServerOrigin}/master/token`) ?? []),
    ]
    expect(here).toEqual([
      `${helseIdOrigin}/machine-clients/greetings`,
      `${simpleIdServerOrigin}/shopApi/products`,
    ])
    expect(here.every(isPractice)).toBe(true)
    const there = urls('helseid', 'https://helseid-sts.test.nhn.no/connect/token')
    expect(there).toEqual(['https://localhost:5081/machine-clients/greetings'])
    expect(there?.some(isPractice)).toBe(false)
  })

  it('has a request ready that the MCP endpoint in the page responds to with its versions', async () => {
    const server = serversFor(local).find(({ id }) => id === 'practice')
    const call = server && apisOf(server, server.config, local).find(({ name }) => name === 'mcp')?.call
    if (!call) throw new Error('There is none')
    const inPage = createPracticeServer({ now: () => 0 })
    const token = await inPage.fetch(
      new Request(`${practiceOrigin}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'practice-client',
          client_secret: 'practice-secret',
          resource: call.url,
          scope: 'mcp:tools',
        }),
      }),
    )
    const { access_token } = (await token.json()) as { access_token: string }
    const headers = new Headers(call.headers.map(({ name, value }): [string, string] => [name, value]))
    headers.set('Authorization', `Bearer ${access_token}`)
    headers.set('Content-Type', 'application/json')
    const { url, method, body } = call
    const response = await inPage.fetch(new Request(url, { method, headers, body }))
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({
        result: expect.objectContaining({ supportedVersions: ['2026-07-28'] }) as unknown,
      }),
    ])
  })
})
