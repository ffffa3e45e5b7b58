import { describe, expect, it } from 'vitest'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { savedServer } from '../saved/saved-server.ts'
import { serversFor } from '../servers/servers.ts'
import { filling, pastedFields } from './filling.ts'
import type { PastedConfig } from './proposal.ts'

const known = serversFor('http://localhost:9000')

function at(id: string, change: Partial<TokenRequestConfig> = {}) {
  const server = known.find((one) => one.id === id)
  if (!server) throw new Error(id)
  return { server, config: { ...server.config, ...change } }
}

const settings = (config: PastedConfig) => ({ config, isWhole: false })
const request = (config: PastedConfig) => ({ config, isWhole: true })

describe('filling: which server a text is for', () => {
  it.each<[string, PastedConfig]>([
    ['keycloak', { token_endpoint: 'https://id.example/realms/lab/protocol/openid-connect/token' }],
    ['keycloak', { token_endpoint: 'https://id.example/auth/realms/lab/protocol/openid-connect/token' }],
    ['keycloak', { discovery: 'https://id.example/realms/lab' }],
    ['keycloak', { discovery: 'https://id.example/realms/lab/.well-known/openid-configuration' }],
    ['entra', { token_endpoint: 'https://login.microsoftonline.com/contoso/oauth2/v2.0/token' }],
    ['practice', { token_endpoint: 'https://practice.example/token' }],
    ['own', { token_endpoint: 'https://id.example/connect/token' }],
    ['own', { token_endpoint: 'https://id.example/oauth/token' }],
    ['own', { token_endpoint: 'https://id.example/token' }],
    ['own', { token_endpoint: 'no URL' }],
    ['own', { discovery: 'https://id.example' }],
    ['own', { issuer: 'https://id.example/oauth2' }],
  ])('%s for %j', (id, config) => {
    expect(filling(settings(config), at('helseid'), known).server.id).toBe(id)
  })

  it('the one in use, if the text names none, or the same', () => {
    const now = at('helseid')
    expect(filling(settings({ client_id: 'a' }), now, known).server).toBe(now.server)
    const { token_endpoint } = now.config
    expect(filling(request({ token_endpoint }), now, known).server).toBe(now.server)
  })

  it('one that the user saved', () => {
    const config = { token_endpoint: 'https://id.example/token', scope: 'read' }
    const saved = savedServer({ id: 'x', name: 'Shop', server: 'own', config }, known)
    const { server } = filling(settings({ token_endpoint: 'https://id.example/token' }), at('practice'), [
      ...known,
      saved,
    ])
    expect(server.name).toBe('Shop')
  })
})

describe('filling: what is in the form then', () => {
  it('addresses of a product follow from one of them', () => {
    const token_endpoint = 'https://id.example/realms/lab/protocol/openid-connect/token'
    const { config } = filling(settings({ token_endpoint }), at('practice'), known)
    expect(config).toMatchObject({ token_endpoint, discovery: 'https://id.example/realms/lab' })
    const other = filling(settings({ discovery: 'https://id.example/realms/lab' }), at('practice'), known)
    expect(other.config.token_endpoint).toBe(token_endpoint)
  })

  it('for another server nothing of what is there, and no secret', () => {
    const now = at('own', {
      token_endpoint: 'https://a.example/token',
      client_id: 'm2m',
      client_secret: 'hunter22',
      parameters: [{ name: 'tenant', value: 'a', on: true }],
      headers: [{ name: 'X-Api-Key', value: 'hunter23', on: true }],
    })
    const pasted = request({ token_endpoint: 'https://b.example/token', client_id: 'm2m' })
    const { config } = filling(pasted, now, known)
    expect(config).toEqual({
      ...emptyConfig,
      token_endpoint: 'https://b.example/token',
      client_id: 'm2m',
    })
    const more = filling(settings({ token_endpoint: 'https://b.example/token' }), now, known)
    expect(JSON.stringify(more.config)).not.toMatch(/hunter2/)
  })

  it('the own secret of the practice server for its own client alone', () => {
    const token_endpoint = 'https://practice.example/token'
    const same = filling(settings({ token_endpoint, client_id: 'practice-client' }), at('own'), known)
    expect(same.config.client_secret).toBe('practice-secret')
    const other = filling(settings({ token_endpoint, client_id: 'other' }), at('own'), known)
    expect(other.config.client_secret).toBe('')
  })

  it('settings change what they have, a request all', () => {
    const now = at('own', { token_endpoint: 'https://a.example/token', scope: 'read', audience: 'api' })
    expect(filling(settings({ scope: 'write' }), now, known).config).toMatchObject({
      scope: 'write',
      audience: 'api',
    })
    expect(filling(request({ scope: 'write' }), now, known).config).toMatchObject({
      token_endpoint: '',
      scope: 'write',
      audience: '',
    })
  })

  it('an issuer that is pasted was not found in metadata', () => {
    const now = at('own', { issuer: 'https://a.example', discovery: 'https://a.example' })
    expect(filling(settings({ issuer: 'https://b.example' }), now, known).config).toMatchObject({
      discovery: 'https://b.example',
      issuer: '',
    })
  })

  it('members of assertion and proof that are not named stay as they begin', () => {
    const { config } = filling(settings({ assertion: { lifetime: 30 } }), at('own'), known)
    expect(config.assertion).toEqual({ ...emptyConfig.assertion, lifetime: 30 })
  })
})

describe('pastedFields', () => {
  it('names each field that changes, with values, and never a secret', () => {
    const now = at('own', {
      client_secret: 'hunter22',
      headers: [{ name: 'X-Api-Key', value: 'hunter23', on: true }],
    })
    const pasted = settings({
      client_secret: 'hunter24',
      scope: 'read',
      audience: 'hunter24',
      parameters: [
        { name: 'tenant', value: 'a', on: true },
        { name: 'off', value: 'b', on: false },
      ],
      headers: [],
    })
    const rows = pastedFields(now, filling(pasted, now, known))
    expect(rows).toEqual([
      { label: 'Scope', now: 'empty', then: 'read' },
      { label: 'Audience', now: 'empty', then: 'hidden: it may be a secret' },
      { label: 'Parameters', now: 'empty', then: 'tenant=a' },
      { label: 'Header fields', now: 'hidden: it may be a secret', then: 'empty' },
      { label: 'Client secret', now: 'typed', then: 'another one' },
    ])
    expect(JSON.stringify(rows)).not.toMatch(/hunter2/)
  })

  it('has nothing to name if all is there', () => {
    expect(pastedFields(at('practice'), at('practice'))).toEqual([])
  })
})
