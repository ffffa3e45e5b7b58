import { describe, expect, it, vi } from 'vitest'
import type { HttpRequest, Transport } from '../lib/http/message.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type * as TokenRequest from '../lib/oauth/token/token-request.ts'
import { saveConnection } from '../lib/saved/saved-connections.ts'
import { savedServerId } from '../lib/saved/saved-server.ts'
import { toStored } from '../lib/saved/stored-config.ts'
import type { Connection } from './connection.svelte.ts'
import { bareEnvironment, eventually } from './base/environment-testing.ts'
import { Playground } from './playground.svelte.ts'

/** Something that waits until it is let go, or fails. */
function gate() {
  let open: () => void = () => undefined
  let fail: (error: Error) => void = () => undefined
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  // It may fail before anything waits for it.
  passed.catch(() => undefined)
  return { passed, open, fail }
}

interface Slow {
  /** What the checks that are loaded on demand wait for. */
  readonly checks?: Promise<void>
  /** What the composition of a request for this scope waits for. */
  readonly scopes?: Readonly<Record<string, Promise<void>>>
}

/** A page with the practice server's values, after its first preview. */
async function open({ checks, scopes = {} }: Slow) {
  const composed: string[] = []
  vi.doMock('../lib/oauth/check/check-more.ts', async (original) => {
    const actual = await original<object>()
    await checks
    return actual
  })
  vi.doMock('../lib/oauth/token/token-request.ts', async (original) => {
    const { composeTokenRequest } = await original<typeof TokenRequest>()
    const slowly: typeof composeTokenRequest = async (config, signing) => {
      composed.push(config.scope)
      await scopes[config.scope]
      return composeTokenRequest(config, signing)
    }
    return { composeTokenRequest: slowly }
  })
  const requests: HttpRequest[] = []
  const transport: Transport = (request) => {
    requests.push(request)
    const outcome = { kind: 'failure', name: 'TypeError', message: '', partial: null } as const
    return Promise.resolve({ outcome, serverView: null })
  }
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport,
    localIssuer: 'http://localhost:9001',
  })
  const { connection } = playground
  await expectPreview(connection, 'read')
  return { playground, connection, composed, requests }
}

const scopeOf = (request: HttpRequest | null) => new URLSearchParams(request?.body ?? '').get('scope')

const expectPreview = (connection: Connection, scope: string | null) =>
  eventually(() => {
    expect(scopeOf(connection.preview)).toBe(scope)
  })

/** All that waits for nothing has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

/** Asks for something besides the scope, which the checks on demand are for. */
const more: Partial<TokenRequestConfig> = { scope: 'more', audience: 'urn:api' }

describe('while the checks that a configuration needs are on their way', () => {
  it('it is not sendable, and nothing is composed or sent of it', async () => {
    const checks = gate()
    const { playground, connection, composed, requests } = await open({ checks: checks.passed })
    connection.edit(more)
    await playground.send()
    await settled()
    expect(connection.sendable).toBe(false)
    expect(composed).toEqual(['read'])
    expect(requests).toEqual([])

    checks.open()
    await expectPreview(connection, 'more')
    expect(connection.sendable).toBe(true)
    await playground.send()
    expect(requests.map(scopeOf)).toEqual(['more'])
  })

  it('what they find then is in the way', async () => {
    const checks = gate()
    const { playground, connection, composed, requests } = await open({ checks: checks.passed })
    connection.edit({ ...more, headers: [{ name: 'Accept', value: '*/*', on: true }] })
    expect(connection.problems).toEqual([])
    checks.open()
    await expectPreview(connection, null)
    expect(connection.problems).toMatchObject([{ field: 'headers', level: 'error' }])
    expect(connection.sendable).toBe(false)
    await playground.send()
    expect(composed).toEqual(['read'])
    expect(requests).toEqual([])
  })

  it('one that does not need them is sendable, and stays the one that is shown', async () => {
    const checks = gate()
    const { connection, composed } = await open({ checks: checks.passed })
    connection.edit(more)
    connection.edit({ scope: 'plain', audience: '' })
    expect(connection.sendable).toBe(true)
    await expectPreview(connection, 'plain')
    checks.open()
    await eventually(() => {
      expect(composed).toContain('more')
    })
    await settled()
    expect(scopeOf(connection.preview)).toBe('plain')
  })

  it('and if they do not come, it says so and stays as it is', async () => {
    const checks = gate()
    const { connection, composed } = await open({ checks: checks.passed })
    connection.edit(more)
    checks.fail(new Error('No network'))
    await expectPreview(connection, null)
    expect(connection.trouble).not.toBeNull()
    expect(connection.sendable).toBe(false)
    expect(composed).toEqual(['read'])
  })
})

describe('a slow composition', () => {
  /** The form moves on while the request for scope `slow` is composed. */
  async function overtake(move: (connection: Connection) => void) {
    const slow = gate()
    const { connection, composed } = await open({ scopes: { slow: slow.passed } })
    connection.edit({ scope: 'slow' })
    await eventually(() => {
      expect(composed).toContain('slow')
    })
    move(connection)
    return { connection, slow }
  }

  it('of an older configuration does not replace a newer one', async () => {
    const { connection, slow } = await overtake((moving) => moving.edit({ scope: 'fast' }))
    await expectPreview(connection, 'fast')
    slow.open()
    await settled()
    expect(scopeOf(connection.preview)).toBe('fast')
  })

  it('does not bring back what an error has taken away', async () => {
    const { connection, slow } = await overtake((moving) => moving.edit({ client_id: '' }))
    await expectPreview(connection, null)
    slow.open()
    await settled()
    expect(connection.preview).toBeNull()
  })

  it('for one server does not replace that for another', async () => {
    const { connection, slow } = await overtake((moving) => moving.choose('simpleidserver'))
    const url = 'https://localhost:5001/master/token'
    await eventually(() => {
      expect(connection.preview?.url).toBe(url)
    })
    slow.open()
    await settled()
    expect(connection.preview?.url).toBe(url)
  })

  it('for another server leaves no request to the one before on screen', async () => {
    const { connection } = await open({})
    expect(connection.preview?.url).toBe('https://practice.example/token')
    connection.choose('simpleidserver')
    expect(connection.preview).toBeNull()
  })

  it('that fails is the trouble of its own configuration, and not of a newer one', async () => {
    const { connection, slow } = await overtake((moving) => moving.edit({ scope: 'fast' }))
    await expectPreview(connection, 'fast')
    slow.fail(new Error('It would not sign'))
    await settled()
    expect(connection.trouble).toBeNull()
    expect(scopeOf(connection.preview)).toBe('fast')
    connection.edit({ scope: 'slow' })
    await expectPreview(connection, null)
    expect(connection.trouble).toBe('Error: It would not sign')
  })
})

describe('choosing a saved connection', () => {
  it('gives what was saved without the secret, which stays where it was typed', async () => {
    const { playground, connection } = await open({})
    const { preferences } = playground
    connection.choose('own')
    const base = connection.config
    connection.edit({ token_endpoint: 'https://as.example/token', client_id: 'mine', scope: 'saved' })
    connection.edit({
      client_secret: 'hunter22',
      parameters: [{ name: 'note', value: 'hunter22', on: true }],
    })
    const typed = connection.config
    const connections = saveConnection([], { name: 'Mine', server: 'own', config: toStored(typed, base) })
    preferences.update(() => ({ connections }))

    connection.choose(connections.map(savedServerId).join())
    expect(connection.server.name).toBe('Mine')
    expect(connection.config).toEqual({
      ...typed,
      client_secret: '',
      parameters: [{ name: 'note', value: '', on: true }],
    })
    await expectPreview(connection, 'saved')
    expect(JSON.stringify(connection.preview)).not.toContain('hunter22')
    connection.choose('own')
    expect(connection.config).toBe(typed)
  })
})

describe('the servers that whoever hosts the page offers', () => {
  const open = (kept: string | null = null) => {
    const store = { ...bareEnvironment.store, read: () => kept }
    return new Playground({ ...bareEnvironment, store }).connection
  }
  const ids = ({ servers }: Connection) => servers.map(({ id }) => id)
  const offered = (connection: Connection) =>
    connection.known.filter(({ id }) => ['keycloak', 'own'].includes(id))

  it('are the picker, and the form begins with the first of them, or the one that is named', () => {
    const [one, other] = [open(), open()]
    one.offer(offered(one), null, false)
    other.offer(offered(other), 'own', false)
    expect(ids(one)).toEqual(['keycloak', 'own'])
    expect([one.server.id, other.server.id]).toEqual(['keycloak', 'own'])
  })

  it.each(['practice', 'hydra'])('leave the server that was chosen before, offered or not: %s', (chosen) => {
    const connection = open(JSON.stringify({ server: chosen }))
    connection.offer(offered(connection), 'own', false)
    expect(connection.server.id).toBe(chosen)
    expect(ids(connection)).toEqual(['keycloak', 'own', chosen])
  })

  it('have one that was chosen before and only they have', () => {
    const connection = open(
      JSON.stringify({ server: 'site-Team', configs: { 'site-Team': { scope: 'mine' } } }),
    )
    const team = connection.known.slice(0, 1).map((server) => ({ ...server, id: 'site-Team' }))
    connection.offer(team, null, false)
    expect(connection.server.id).toBe('site-Team')
    expect(connection.config.scope).toBe('mine')
  })

  it.each<[what: string, act: (connection: Connection) => void, stays: boolean]>([
    ['was chosen', (connection) => connection.choose('practice'), false],
    ['was typed in', (connection) => connection.edit({ scope: 'typed' }), false],
    ['has been asked', () => undefined, true],
  ])('come too late for a form that %s', (_what, act, stays) => {
    const connection = open()
    act(connection)
    const { config } = connection
    connection.offer(offered(connection), 'own', stays)
    expect(connection.server.id).toBe('practice')
    expect(connection.config).toBe(config)
  })
})
