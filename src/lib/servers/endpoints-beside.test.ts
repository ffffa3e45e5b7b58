import { describe, expect, it } from 'vitest'
import { practiceOrigin } from '../practice/base/origin.ts'
import { endpointBeside } from './endpoints-beside.ts'
import { serversFor } from './servers.ts'

const local = 'http://localhost:9000'
const at = (id: string, name: Parameters<typeof endpointBeside>[2]) => {
  const server = serversFor(local).find((one) => one.id === id)
  return server && endpointBeside(server.guide, server.config.token_endpoint, name)
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
    ['own', 'jwks_uri', ''],
  ] as const)('%s: %s', (id, name, url) => {
    expect(at(id, name)).toBe(url)
  })

  it('tells nothing of a token endpoint that is not where that kind has it', () => {
    expect(endpointBeside('local', 'http://localhost:9000/oauth/v2', 'jwks_uri')).toBe('')
    expect(endpointBeside('local', '', 'jwks_uri')).toBe('')
  })

  it('knows the practice server from any other that was chosen', () => {
    expect(endpointBeside('own', `${practiceOrigin}/token`, 'jwks_uri')).toBe(`${practiceOrigin}/jwks`)
  })
})
