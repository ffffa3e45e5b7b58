import { describe, expect, it, vi } from 'vitest'
import { json, p256, rsa } from '../../lib/keys/import-testing.ts'
import { emptyApiCall } from '../../lib/oauth/config/api-call.ts'
import type { Proposal } from '../../lib/paste/proposal.ts'
import { exportConnections } from '../../lib/saved/saved-connections.ts'
import { bareEnvironment } from '../base/environment-testing.ts'
import { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'
import { usePasted } from './use-pasted.ts'

function page() {
  const transport = vi.fn(bareEnvironment.transport)
  const playground = new Playground({ ...bareEnvironment, transport })
  const { connection, atHand, keys } = playground
  const use = async (proposal: Proposal) => {
    const used = await usePasted(playground, proposal, { alg: null, where: 'a file' })
    expect(transport).not.toHaveBeenCalled()
    return used
  }
  return { playground, connection, atHand, keys, use, tools: toolsOf(playground) }
}

const connectionOf = (change: Partial<Extract<Proposal, { kind: 'connection' }>>): Proposal => ({
  kind: 'connection',
  name: '',
  config: {},
  isWhole: true,
  key: null,
  call: null,
  ...change,
})

const textOf = (kind: Exclude<Proposal['kind'], 'connection' | 'call'>, text: string): Proposal => ({
  kind,
  name: '',
  text,
})

const backOf = (used: Awaited<ReturnType<typeof usePasted>>) => {
  if (used.kind !== 'used' || used.back === null) throw new Error(JSON.stringify(used))
  used.back()
}

describe('a pasted request', () => {
  it('is filled in, for its own server, and put back in one step: secrets, call and server', async () => {
    const { connection, use, tools } = page()
    connection.choose('own')
    connection.edit({ token_endpoint: 'https://mine.example/token', client_secret: 'hunter22' })
    connection.choose('keycloak')
    connection.edit({ client_id: 'typed' })
    const { config } = connection
    const used = await use(
      connectionOf({
        config: {
          token_endpoint: 'https://as.example/token',
          client_id: 'm2m',
          client_secret: 'pasted',
          token_endpoint_auth_method: 'client_secret_basic',
        },
        call: { url: 'https://api.example/orders' },
      }),
    )
    expect(used).toMatchObject({ kind: 'used', said: ['The form is filled in. Nothing was sent.'] })
    expect(connection.server.id).toBe('own')
    expect(connection.config).toMatchObject({
      token_endpoint: 'https://as.example/token',
      client_secret: 'pasted',
      scope: '',
    })
    expect(tools.use.call).toMatchObject({ url: 'https://api.example/orders', method: 'GET' })

    backOf(used)
    expect(connection.server.id).toBe('keycloak')
    expect(connection.config).toBe(config)
    connection.choose('own')
    expect(connection.config).toMatchObject({
      token_endpoint: 'https://mine.example/token',
      client_secret: 'hunter22',
    })
    expect(tools.use.call.url).toBe('')
  })

  it('has its key imported and chosen', async () => {
    const { connection, keys, use } = page()
    await use(
      connectionOf({
        config: { token_endpoint: 'https://as.example/token', token_endpoint_auth_method: 'private_key_jwt' },
        key: json(p256.privateKey, { alg: 'ES256', kid: 'k1' }),
      }),
    )
    expect(keys.keys).toHaveLength(1)
    expect(connection.config.assertion.key).toBe(keys.keys[0]?.thumbprint)
  })

  it('whose key can sign with several algorithms waits until one is chosen', async () => {
    const { playground, connection, use } = page()
    const before = connection.config
    const proposal = connectionOf({ config: { client_id: 'm2m' }, key: json(rsa.privateKey) })
    const used = await use(proposal)
    expect(used).toMatchObject({ kind: 'not-used', algs: expect.arrayContaining(['RS512']) as unknown })
    expect(connection.config).toBe(before)
    expect(await usePasted(playground, proposal, { alg: 'RS512', where: '' })).toMatchObject({ kind: 'used' })
    expect(playground.keys.keys[0]?.alg).toBe('RS512')
  })

  it('whose key is none is filled in without it, and says so', async () => {
    const { use } = page()
    const used = await use(connectionOf({ config: { client_id: 'm2m' }, key: '{"kty":"EC"}' }))
    expect(JSON.stringify(used)).toContain('The key is not imported')
  })

  it('is not filled in over what was typed while its key was read', async () => {
    const { connection, use } = page()
    const using = use(
      connectionOf({ config: { client_id: 'm2m' }, key: json(p256.privateKey, { alg: 'ES256' }) }),
    )
    connection.edit({ client_id: 'typed' })
    expect(await using).toMatchObject({ kind: 'not-used' })
    expect(connection.config.client_id).toBe('typed')
  })
})

describe('another pasted text', () => {
  it('a call of an API: its token is at hand, and both are put back', async () => {
    const { atHand, tools, use } = page()
    const before = tools.use.call
    const call = { ...emptyApiCall, url: 'https://api.example/', method: 'POST', body: '{}' }
    const used = await use({ kind: 'call', name: '', call, token: 'opaque' })
    expect(tools.use.call).toMatchObject(call)
    expect(atHand.pasted).toBe('opaque')
    backOf(used)
    expect(tools.use.call).toEqual(before)
    expect(atHand.pasted).toBe('')
  })

  it('a token is at hand', async () => {
    const { atHand, use } = page()
    backOf(await use(textOf('token', 'opaque')))
    expect(atHand.pasted).toBe('')
    await use(textOf('token', 'opaque'))
    expect(atHand.pasted).toBe('opaque')
  })

  it('a private key is in the ring until it is put back', async () => {
    const { keys, use } = page()
    const used = await use(textOf('private-key', json(p256.privateKey, { alg: 'ES256' })))
    expect(keys.keys).toHaveLength(1)
    backOf(used)
    expect(keys.keys).toHaveLength(0)
    expect(await use(textOf('private-key', 'none'))).toMatchObject({ kind: 'not-used' })
  })

  it('public keys are what a token is verified with', async () => {
    const { tools, use } = page()
    const used = await use(textOf('public-keys', '{"keys":[]}'))
    expect([tools.keys.pasted, tools.keys.origin]).toEqual(['{"keys":[]}', 'pasted'])
    backOf(used)
    expect([tools.keys.pasted, tools.keys.origin]).toEqual(['', 'server'])
  })

  it('a URL is what the server is found by, without the client of another one', async () => {
    const { connection, use } = page()
    await use(textOf('url', 'https://api.example/mcp'))
    expect(connection.server.id).toBe('own')
    expect(connection.config).toMatchObject({
      discovery: 'https://api.example/mcp',
      token_endpoint: '',
      client_id: '',
    })
  })

  it('metadata are used, or what is wrong with them is said', async () => {
    const { playground, connection, use } = page()
    connection.choose('own')
    const issuer = 'https://as.example'
    const metadata = JSON.stringify({ issuer, token_endpoint: `${issuer}/token` })
    expect(await use(textOf('metadata', metadata))).toMatchObject({ kind: 'used' })
    expect(playground.discovery?.record?.pasted).not.toBeNull()
    expect(await use(textOf('metadata', '{}'))).toMatchObject({ kind: 'not-used' })
  })

  it('connections are in the picker', async () => {
    const { connection, use } = page()
    const list = [{ id: 'x', name: 'Shop', server: 'own', config: { scope: 'read' } }]
    expect(await use(textOf('connections', exportConnections(list)))).toMatchObject({ kind: 'used' })
    expect(connection.servers.map(({ name }) => name)).toContain('Shop')
    expect(await use(textOf('connections', '{}'))).toMatchObject({ kind: 'not-used' })
  })
})
