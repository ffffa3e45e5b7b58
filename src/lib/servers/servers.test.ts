import { describe, expect, it } from 'vitest'
import { writeOrganisation } from './records/helseid/organisation.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import { aboutOf } from './records/records.ts'
import { serverGroups } from './product.ts'
import { serversFor } from './servers.ts'

const servers = serversFor('http://localhost:9000')
const find = (id: string) => servers.find((server) => server.id === id)

describe('serversFor', () => {
  it('begins with what comes with the page, ends with your own, and keeps each group together', () => {
    expect(servers.at(0)?.id).toBe('practice')
    expect(servers.at(-1)?.id).toBe('own')
    const inOrder = servers.map(({ group }) => Object.keys(serverGroups).indexOf(group))
    expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other))
    expect(new Set(servers.map(({ id }) => id)).size).toBe(servers.length)
  })

  it('derives the local server’s address from where it was started', () => {
    const local = serversFor('http://localhost:9123').find(({ id }) => id === 'local')
    expect(local?.config).toMatchObject({
      discovery: 'http://localhost:9123',
      token_endpoint: 'http://localhost:9123/token',
      client_id: 'm2m',
    })
  })

  it('SimpleIdServer: the values of its tutorial', () => {
    expect(find('simpleidserver')?.config).toEqual({
      ...emptyConfig,
      discovery: 'https://localhost:5001/master',
      token_endpoint: 'https://localhost:5001/master/token',
      client_id: 'm2m',
      client_secret: 'password',
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'read',
      // What it demands of a proof, once DPoP is on.
      dpop: { ...emptyConfig.dpop, lifetime: 200 },
    })
  })

  it('HelseID: the values of its sample, without its key', () => {
    expect(find('helseid')?.config).toEqual({
      ...emptyConfig,
      discovery: 'https://helseid-sts.test.nhn.no',
      token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token',
      client_id: 'helseid-sample-client-credentials-for-multitenant-app',
      token_endpoint_auth_method: 'private_key_jwt',
      assertion: {
        ...emptyConfig.assertion,
        aud: 'issuer',
        typ: 'client-authentication+jwt',
        lifetime: 10,
        nbf: true,
        kid: 'key',
        key: '',
        payload: writeOrganisation('', { tenancy: 'multi', parent: '999977774', child: '999977776' }),
      },
      dpop: { ...emptyConfig.dpop, on: true },
      scope: 'nhn:test-public-samplecode/client-credentials',
    })
  })

  it('your own: nothing filled in', () => {
    expect(find('own')?.config).toEqual(emptyConfig)
  })

  it.each(servers.map((server) => [server.id, server] as const))(
    '%s: says what it requires',
    (id, server) => {
      expect(aboutOf(server, servers)).toMatch(/\.$/)
      if (id !== 'own') expect(URL.canParse(server.config.token_endpoint)).toBe(true)
    },
  )

  it('saved: says what it was saved for', () => {
    const [, second] = servers
    if (!second) throw new Error('There is no second server')
    expect(aboutOf({ ...second, kind: 'keycloak', group: 'saved' }, servers)).toBe(
      'Saved here, for Keycloak. Its secret is not: type it again.',
    )
  })

  it('fills in a secret only if it is the page’s own or of a tutorial', () => {
    const withSecret = servers.filter(({ config }) => config.client_secret !== '').map(({ id }) => id)
    expect(withSecret).toEqual(['practice', 'local', 'simpleidserver'])
  })
})
