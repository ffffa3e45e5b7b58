import { describe, expect, it } from 'vitest'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { defaultSettings, parseSettings } from './settings.ts'
import { type StoredConfig, toStored } from './stored-config.ts'
import type { SavedConnection } from './saved-connection.ts'
import { exportConnections, importConnections, saveConnection } from './saved-connections.ts'
import { savedServer, savedServerId } from './saved-server.ts'
import { serversFor } from '../servers/servers.ts'

const known = serversFor('http://localhost:9001')

function find(id: string) {
  const server = known.find((one) => one.id === id)
  if (!server) throw new Error(`There is no server ${id}`)
  return server
}

const saved = (server: string, config: StoredConfig): SavedConnection => ({
  id: '1',
  name: 'Mine',
  server,
  config,
})

const filled: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'mine',
  client_secret: 'hunter22',
  scope: 'read',
}

/** Saves a configuration as the page does, for a server that has a secret of its own. */
const save = (config: TokenRequestConfig) =>
  saveConnection([], {
    name: 'Mine',
    server: 'practice',
    config: toStored(config, find('practice').config),
  })

/** Every place a connection comes to rest in, or comes back from. */
function places(config: TokenRequestConfig): string[] {
  const connections = save(config)
  const stored = JSON.stringify({ ...defaultSettings, connections })
  const file = exportConnections(connections)
  const back = [...parseSettings(stored).connections, ...importConnections(file, []).added]
  expect(back).toHaveLength(2)
  return [stored, file, ...back.map((one) => JSON.stringify(savedServer(one, known)))]
}

const entry = (name: string, value: string) => [{ name, value, on: true }]
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl'
const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC'
const privateJwk = '{"kty":"EC","crv":"P-256","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}'
const { assertion, dpop } = emptyConfig

describe('a saved connection carries no secret', () => {
  const asItIs: Partial<TokenRequestConfig>[] = [
    { client_secret: 'hunter22' },
    ...(
      [
        'discovery',
        'issuer',
        'token_endpoint',
        'client_id',
        'scope',
        'audience',
        'authorization_details',
      ] as const
    ).map((name) => ({ [name]: 'x hunter22' })),
    { resource: ['https://api.example', 'hunter22'] },
    { parameters: entry('note', 'hunter22') },
    { parameters: entry('hunter22', 'x') },
    { headers: entry('X-Note', 'my hunter22') },
    { headers: entry('X-hunter22', 'x') },
    { assertion: { ...assertion, header: '{"x":"hunter22"}' } },
    { assertion: { ...assertion, payload: '{"x":["hunt\\u0065r22"]}' } },
    { assertion: { ...assertion, custom_aud: 'hunter22' } },
    { assertion: { ...assertion, custom_kid: 'hunter22' } },
    { dpop: { ...dpop, payload: '{"x":"hunter22"}' } },
  ]
  it.each(asItIs)('the client’s own, in %j', (change) => {
    for (const text of places({ ...filled, ...change })) expect(text).not.toMatch(/hunter22|hunt\W+u0065r/)
  })

  const byTheirName: Partial<TokenRequestConfig>[] = [
    ...['client_secret', 'password', 'client_assertion', 'access_token', 'api_key', 'otp'].map((name) => ({
      parameters: entry(name, 'shh-1'),
    })),
    ...['Authorization', 'Cookie', 'X-Api-Key', 'X-Auth-Token', 'Ocp-Apim-Subscription-Key'].map((name) => ({
      headers: entry(name, 'shh-1'),
    })),
    { headers: [{ name: 'X-Api-Key', value: 'shh-1', on: false }] },
    { headers: entry('X-Forwarded', 'Bearer shh-1') },
    { token_endpoint: 'https://as.example/token?client_secret=shh-1' },
    { token_endpoint: 'https://bob:shh-1@as.example/token' },
    { resource: ['https://api.example/?api_key=shh-1'] },
    { authorization_details: '[{"type":"x","access_token":"shh-1"}]' },
    { assertion: { ...assertion, payload: '{"password":"shh-1"}' } },
    { assertion: { ...assertion, header: '{"a":{"client_secret":"shh-1"}}' } },
    { dpop: { ...dpop, payload: '{"token":"shh-1"}' } },
  ]
  it.each(byTheirName)('one that is named like a secret, in %j', (change) => {
    for (const text of places({ ...filled, ...change })) expect(text).not.toContain('shh-1')
  })

  const byTheirForm = Object.entries({ jwt, pem, privateJwk }).flatMap(([what, secret]) => {
    const json = JSON.stringify({ x: secret })
    const spots: Partial<TokenRequestConfig>[] = [
      { discovery: secret },
      { issuer: secret },
      { token_endpoint: secret },
      { client_id: secret },
      { scope: secret },
      { audience: secret },
      { resource: [secret] },
      { authorization_details: `[${json}]` },
      { parameters: entry('x', secret) },
      { parameters: entry(secret, 'x') },
      { headers: entry('X-Y', secret) },
      { assertion: { ...assertion, custom_aud: secret } },
      { assertion: { ...assertion, custom_kid: secret } },
      { assertion: { ...assertion, header: json } },
      { assertion: { ...assertion, payload: json } },
      { dpop: { ...dpop, payload: json } },
    ]
    return spots.map((change) => [what, change] as const)
  })
  it.each(byTheirForm)('a %s, in %j', (_what, change) => {
    for (const text of places({ ...filled, ...change })) expect(text).not.toMatch(/eyJhbG|MIIEvQ|jpsQnn/)
  })

  it('and keeps what is none', () => {
    const harmless = { ...filled, parameters: entry('organization', 'org_1'), headers: entry('X-Trace', '1') }
    const [connection] = save(harmless)
    if (!connection) throw new Error('It was not saved')
    expect(savedServer(connection, known).config).toEqual({ ...harmless, client_secret: '' })
  })
})

describe('savedServer', () => {
  it('is a server of the picker, with the guide of the one it was saved for', () => {
    const connection = saved('keycloak', { scope: 'read' })
    const { initial, patterns } = find('keycloak')
    expect(savedServer(connection, known)).toEqual({
      id: savedServerId(connection),
      initial,
      patterns,
      inPage: false,
      name: 'Mine',
      group: 'saved',
      kind: 'keycloak',
      config: { ...find('keycloak').config, scope: 'read' },
    })
  })

  it.each(known.map(({ id }) => id))('%s: has no secret for a client of the user’s own', (id) => {
    expect(savedServer(saved(id, { client_id: 'mine' }), known).config.client_secret).toBe('')
    // Blank if a secret had been typed into it.
    expect(savedServer(saved(id, { client_id: '' }), known).config.client_secret).toBe('')
  })

  it.each([{}, { scope: 'write' }, { client_id: 'practice-client' }])(
    'has the published secret of the practice client for that client alone: %j',
    (config) => {
      expect(savedServer(saved('practice', config), known).config.client_secret).toBe('practice-secret')
    },
  )

  it('reads no secret from a forged connection', () => {
    const forged: object = { client_id: 'mine', client_secret: 'hunter22' }
    expect(savedServer(saved('own', forged), known).config.client_secret).toBe('')
    const stored = JSON.stringify({ connections: [{ ...saved('own', {}), config: forged }] })
    expect(parseSettings(stored).connections).toEqual([saved('own', { client_id: 'mine' })])
  })

  it('that was saved for a server which is no more starts from nothing', () => {
    expect(savedServer(saved('gone', { scope: 'read' }), known)).toMatchObject({
      kind: 'own',
      config: { ...emptyConfig, scope: 'read' },
    })
  })
})
