import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../oauth/config/config.ts'
import { knownServer } from './known-server.ts'
import { records } from './records/records.ts'
import { type ServerId, serversFor } from './servers.ts'

/** What is known of a token endpoint of that kind. */
function known(kind: ServerId, url: string, told: string | null = null, discovery = '') {
  const server = serversFor('http://localhost:9000').find(({ id }) => id === kind) ?? expect.unreachable()
  const config = { ...emptyConfig, token_endpoint: url, discovery }
  return knownServer(server, records[kind], { url, about: 'token', config, told })
}

it('the port of the administration has what is asked for at that of the public', () => {
  const url = 'http://localhost:4445/oauth2/token'
  expect(known('hydra', url)?.elsewhere).toBe('http://localhost:4444/oauth2/token')
  expect(known('hydra', 'http://localhost:4444/oauth2/token')?.elsewhere).toBeNull()
})

describe('where else the token endpoint is', () => {
  const endpoint = 'https://localhost:44385/connect/token'

  it.each([
    ['the metadata name another', 'openiddict', `${endpoint}s`, endpoint, endpoint],
    [
      'the metadata name this one, with a slash that counts for nothing',
      'openiddict',
      `${endpoint}/`,
      `${endpoint}/`,
      null,
    ],
    [
      'the host is written in capitals',
      'openiddict',
      endpoint,
      'https://LOCALHOST:44385/connect/token',
      null,
    ],
    ['the metadata name no page', 'openiddict', endpoint, 'javascript:alert(1)', null],
    [
      'a slash that counts',
      'duende',
      'https://localhost:5001/connect/token/',
      null,
      'https://localhost:5001/connect/token',
    ],
  ] as const)('%s', (_, kind, url, told, elsewhere) => {
    expect(known(kind, url, told)?.elsewhere).toBe(elsewhere)
  })
})

it('the metadata that a tab shows, without user and password', () => {
  const url = 'http://localhost:8080/realms/x/protocol/openid-connect/token'
  const metadata = (discovery: string) => known('keycloak', url, null, discovery)?.metadata
  expect(metadata('http://user:pw@localhost:8080/realms/x')).toBe(
    'http://localhost:8080/realms/x/.well-known/openid-configuration',
  )
  expect(metadata('http://elsewhere.example/realms/x')).toBeNull()
})

it('the https address of the same machine alone', () => {
  expect(known('simpleidserver', 'http://localhost:5000/master/token')?.secure).toBe(
    'https://localhost:5001/master/token',
  )
  expect(known('simpleidserver', 'http://as.example/master/token')?.secure).toBeNull()
  expect(known('keycloak', 'http://localhost:8080/realms/x/protocol/openid-connect/token')?.secure).toBeNull()
})
