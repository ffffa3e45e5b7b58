import { flushSync } from 'svelte'
import { describe, expect, it, vi } from 'vitest'
import type { HttpRequest, Observation, Transport } from '../lib/http/message.ts'
import { bareEnvironment, eventually } from './base/environment-testing.ts'
import type { Environment } from './base/environment.ts'
import { Playground } from './playground.svelte.ts'

const issued: Observation = {
  serverView: null,
  outcome: {
    kind: 'response',
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['content-type', 'application/json']],
      body: new TextEncoder().encode('{"access_token":"abc","token_type":"Bearer"}'),
    },
  },
}

/** A transport that responds when told to. */
function heldTransport() {
  const requests: HttpRequest[] = []
  let answer: () => void = () => undefined
  const transport: Transport = (request, signal) =>
    new Promise((resolve) => {
      requests.push(request)
      answer = () => {
        resolve(issued)
      }
      signal.addEventListener('abort', () => {
        resolve({ serverView: null, outcome: { kind: 'aborted', by: 'person', partial: null } })
      })
    })
  return {
    transport,
    requests,
    answer: () => {
      answer()
    },
  }
}

function open(transport: Transport = () => Promise.resolve(issued), stored: string | null = null) {
  const written: string[] = []
  const environment: Environment = {
    ...bareEnvironment,
    clock: { now: () => 1_700_000_000_000, monotonic: () => 0 },
    transport,
    store: {
      read: () => stored,
      write: (text) => written.push(text),
      clear: () => undefined,
      follow: () => undefined,
    },
    localIssuer: 'http://localhost:9001',
  }
  return { playground: new Playground(environment), written }
}

describe('Playground', () => {
  it('opens on the practice server with everything filled in', async () => {
    const { playground } = open()
    expect(playground.connection.server.id).toBe('practice')
    expect(playground.connection.sendable).toBe(true)
    await eventually(() => {
      expect(playground.connection.preview?.url).toBe('https://practice.example/token')
    })
  })

  it('keeps the preview in step with what is typed', async () => {
    const { playground } = open()
    for (const scope of ['a', 'ab', 'abc']) playground.connection.edit({ scope })
    await eventually(() => {
      expect(playground.connection.preview?.body).toBe('scope=abc&grant_type=client_credentials')
    })
    playground.connection.edit({ client_id: '' })
    await eventually(() => {
      expect(playground.connection.preview).toBeNull()
    })
  })

  it('sends what the preview shows', async () => {
    const { playground } = open()
    await eventually(() => {
      expect(playground.connection.preview).not.toBeNull()
    })
    const preview = playground.connection.preview
    await playground.send()
    expect(playground.view?.exchange.request).toEqual(preview)
    expect(playground.view?.understanding?.reading.kind).toBe('issued')
  })

  it('has one request under way at a time, and a later edit does not reach it', async () => {
    const held = heldTransport()
    const { playground } = open(held.transport)
    const first = playground.send()
    await eventually(() => {
      expect(held.requests).toHaveLength(1)
    })
    await playground.send()
    playground.connection.edit({ scope: 'write' })
    expect(held.requests).toHaveLength(1)
    held.answer()
    await first
    expect(playground.exchanges.history.entries).toHaveLength(1)
    expect(playground.view?.config.scope).toBe('read')
    expect(playground.view?.exchange.request.body).toContain('scope=read')
    expect(playground.stale).toBe(true)
    expect(playground.sending).toBeNull()
  })

  it('has a token that was just issued at hand, whatever exchange is looked at by now', async () => {
    const held = heldTransport()
    const { playground } = open(held.transport)
    const request = { method: 'GET', url: 'https://as.example/', headers: [], body: '' }
    const asked = playground.ask(request, 'Metadata', 'metadata')
    await eventually(() => {
      expect(held.requests).toHaveLength(1)
    })
    held.answer()
    await asked
    const sent = playground.send()
    await eventually(() => {
      expect(held.requests).toHaveLength(2)
    })
    held.answer()
    // While the token is read, the user opens the other exchange.
    await eventually(() => {
      expect(playground.exchanges.history.entries).toHaveLength(2)
    })
    await Promise.all([playground.openExchange(1), sent])
    expect(playground.view?.exchange.id).toBe(1)
    expect(playground.selected?.exchange.id).toBe(1)
    expect(playground.atHand.issued?.exchange.id).toBe(2)
  })

  it('sends nothing if a part of the page did not load, and says so', async () => {
    const missing = new TypeError('Failed to fetch dynamically imported module: /assets/practice-a.js')
    const { playground } = open(() => Promise.reject(missing))
    await playground.send()
    expect(playground.trouble).toBe(String(missing))
    expect(playground.exchanges.history.entries).toEqual([])
    expect([playground.view, playground.sending]).toEqual([null, null])
    expect(playground.connection.config.client_id).toBe('practice-client')
  })

  it.each([
    ['another issuer was typed', { discovery: 'https://other.example' }],
    ['another server was chosen', 'practice'],
  ])('looks for no server if %s before the code for it was loaded', async (_what, change) => {
    const held = heldTransport()
    const { playground } = open(held.transport)
    const { connection } = playground
    connection.choose('own')
    connection.edit({ discovery: 'https://as.example' })
    const finding = playground.finder.find()
    if (typeof change === 'string') connection.choose(change)
    else connection.edit(change)
    await finding
    expect(held.requests).toEqual([])
  })

  it('is ready again after a cancelled request, which History keeps', async () => {
    const held = heldTransport()
    const { playground } = open(held.transport)
    const sending = playground.send()
    await eventually(() => {
      expect(playground.sending).not.toBeNull()
    })
    playground.cancel()
    await sending
    expect(playground.view?.exchange.outcome).toMatchObject({ kind: 'aborted', by: 'person' })
    expect(playground.exchanges.history.entries).toHaveLength(1)
    const again = playground.send()
    await eventually(() => {
      expect(held.requests).toHaveLength(2)
    })
    held.answer()
    await again
    expect(playground.view?.understanding?.reading.kind).toBe('issued')
  })

  it('shows the request as sent until the form moves on, and again when it is asked for', async () => {
    const { playground } = open()
    expect(playground.moment).toBe('next')
    await playground.send()
    expect(playground.moment).toBe('sent')
    playground.connection.edit({ scope: 'write' })
    flushSync()
    expect(playground.moment).toBe('next')
    playground.look('sent')
    expect(playground.moment).toBe('sent')
    await playground.send()
    const earlier = playground.exchanges.history.entries[1]
    if (!earlier) throw new Error('History lost the first exchange')
    await playground.open(earlier)
    expect(playground.moment).toBe('sent')
    expect(playground.view?.exchange.request.body).toContain('scope=read')
  })

  it('sends nothing while an error is in the way', async () => {
    const transport = vi.fn<Transport>(() => Promise.resolve(issued))
    const { playground } = open(transport)
    playground.connection.edit({ token_endpoint: 'https://user:pw@as.example/token' })
    await playground.send()
    expect(transport).not.toHaveBeenCalled()
  })
})

describe('Connection', () => {
  it('loses nothing that was typed when another server is shown', () => {
    const { connection } = open().playground
    connection.choose('own')
    connection.edit({ token_endpoint: 'https://as.example/token', client_id: 'mine', client_secret: 'shh' })
    connection.choose('simpleidserver')
    expect(connection.config).toMatchObject({ client_id: 'm2m', client_secret: 'password', scope: 'read' })
    connection.choose('own')
    expect(connection.config).toMatchObject({ client_id: 'mine', client_secret: 'shh' })
  })

  it('knows where npm start put its server', () => {
    const { connection } = open().playground
    connection.choose('local')
    expect(connection.config.token_endpoint).toBe('http://localhost:9001/token')
  })

  it('stores what was typed and never the secret', () => {
    const { playground, written } = open()
    playground.connection.choose('own')
    playground.connection.edit({ client_id: 'mine', client_secret: 'do-not-store-me', scope: 'a b' })
    const { playground: reopened } = open(undefined, written.at(-1) ?? null)
    expect(reopened.connection.config).toMatchObject({ client_id: 'mine', client_secret: '', scope: 'a b' })
    expect(written.join()).not.toContain('do-not-store-me')
  })

  it('fills in the practice secret after a reload, for the practice client only', () => {
    const { playground, written } = open()
    playground.connection.edit({ scope: 'write' })
    expect(open(undefined, written.at(-1) ?? null).playground.connection.config.client_secret).toBe(
      'practice-secret',
    )
    playground.connection.edit({ client_id: 'another' })
    expect(open(undefined, written.at(-1) ?? null).playground.connection.config.client_secret).toBe('')
  })
})
