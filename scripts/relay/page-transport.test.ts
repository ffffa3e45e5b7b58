import type { Socket } from 'node:net'
import { decodeJwt } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { relayTransport } from '../../src/browser/relay-transport.ts'
import { type Arriving, headerValue, type HttpRequest, type Transport } from '../../src/lib/http/message.ts'
import { generateKey } from '../../src/lib/keys/generate-key.ts'
import { emptyConfig } from '../../src/lib/oauth/config/config.ts'
import { understand } from '../../src/lib/oauth/token/understand.ts'
import { composeTokenRequest } from '../../src/lib/oauth/token/token-request.ts'
import { listenOnLoopback } from '../../tests/servers/loopback.ts'
import { closedPort, listenForSockets } from '../../tests/servers/sockets.ts'
import { startWireServer, type WireServer } from '../../tests/servers/wire-server.ts'
import { createRelay } from './relay.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function wireServer(answer: string | null): Promise<WireServer> {
  const server = await startWireServer(answer)
  closing.push(() => server.close())
  return server
}

/** The transport of a page that is served together with a relay to those origins. */
async function pageBeside(...origins: string[]): Promise<Transport> {
  const listener = await listenOnLoopback()
  listener.serve(createRelay({ origins }))
  closing.push(() => listener.close())
  return relayTransport((input, init) =>
    // What a browser adds by itself.
    fetch(new URL(input as string, `${listener.origin}/`), {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), Origin: listener.origin },
    }),
  )
}

const send = (
  transport: Transport,
  url: string,
  signal = new AbortController().signal,
  arriving?: Arriving,
) => transport({ method: 'POST', url, headers: [['X-A', '1']], body: 'a=1' }, signal, arriving)

describe('relayTransport', () => {
  it('passes on what comes of a stream of events, and keeps it when it is stopped', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'
    const sockets: Socket[] = []
    const { port, close } = await listenForSockets((socket) => {
      sockets.push(socket)
      socket.once('data', () => socket.write(head))
    })
    closing.push(close)
    const transport = await pageBeside(`http://127.0.0.1:${port}`)
    const stop = new AbortController()
    const come: string[] = []
    const { outcome, via } = await send(transport, `http://127.0.0.1:${port}/`, stop.signal, (soFar) => {
      const text = new TextDecoder().decode(soFar().body)
      come.push(text)
      if (text === '') sockets[0]?.write('data: \xe6\n\n', 'utf8')
      else if (!text.includes('2')) sockets[0]?.write('data: 2\n\n')
      else stop.abort()
    })
    expect(come).toEqual(['', 'data: \xe6\n\n', 'data: \xe6\n\ndata: 2\n\n'])
    expect(via).toBe('relay')
    expect(outcome).toMatchObject({ kind: 'response', ended: 'person', response: { status: 200 } })
    const body = outcome.kind === 'response' ? outcome.response.body : null
    expect(new TextDecoder().decode(body ?? undefined)).toBe(come.at(-1))
  })

  it('says nothing in between of a response that ends at once', async () => {
    const server = await wireServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    const come: unknown[] = []
    const transport = await pageBeside(server.origin)
    await send(transport, server.origin, undefined, (soFar) => come.push(soFar()))
    expect(come).toEqual([])
  })

  it('gives the response whole, hidden headers and all, and says which way it came', async () => {
    const server = await wireServer(
      'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nDPoP-Nonce: n\r\nContent-Length: 3\r\n\r\n\xe6\xf8\xe5',
    )
    const { outcome, via, serverView } = await send(await pageBeside(server.origin), server.origin)
    expect(via).toBe('relay')
    expect(serverView).toBeNull()
    expect(outcome).toEqual({
      kind: 'response',
      response: {
        status: 401,
        statusText: 'No',
        headers: [
          ['WWW-Authenticate', 'Basic'],
          ['DPoP-Nonce', 'n'],
          ['Content-Length', '3'],
        ],
        body: new TextEncoder().encode('\xe6\xf8\xe5').slice(0, 3),
      },
    })
  })

  it('gives a redirect as the response it is, with where it points', async () => {
    const server = await wireServer('HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n')
    const { outcome } = await send(await pageBeside(server.origin), server.origin)
    expect(outcome).toMatchObject({ kind: 'response', response: { status: 302 } })
    expect(outcome.kind === 'response' && headerValue(outcome.response.headers, 'location')).toBe('/login')
  })

  it('gives a failure in the words of the relay', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`
    const observation = await send(await pageBeside(origin), origin)
    const { outcome, via } = observation
    expect(via).toBe('relay')
    expect(outcome).toMatchObject({ kind: 'failure', name: 'RelayFailure', partial: null })
    expect(outcome.kind === 'failure' && outcome.message).toContain('ECONNREFUSED')
    const request = { method: 'POST', url: origin, headers: [], body: null }
    const exchange = { ...observation, id: 1, purpose: '', request, startedAt: 0, duration: 1 }
    const { explanation } = await understand(exchange, emptyConfig, () => {
      throw new Error('Nothing was refused.')
    })
    expect(explanation).toMatchObject({ title: 'The relay got no response', certainty: 'certain' })
    expect(explanation?.meaning).toContain('ECONNREFUSED')
  })

  it('gives what had arrived of a broken response', async () => {
    const server = await wireServer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
    const { outcome } = await send(await pageBeside(server.origin), server.origin)
    expect(outcome).toMatchObject({
      kind: 'failure',
      partial: { status: 200, body: new TextEncoder().encode('half') },
    })
  })

  it('gives a refusal with its reason', async () => {
    const { outcome } = await send(await pageBeside('https://listed.example'), 'https://other.example/')
    expect(outcome.kind === 'failure' && outcome.message).toMatch(
      /^The relay refused: https:\/\/other.example is not among/,
    )
  })

  it('says when the relay itself is gone', async () => {
    const gone = relayTransport(() => Promise.reject(new TypeError('Failed to fetch')))
    const { outcome } = await send(gone, 'https://a.example/')
    expect(outcome.kind === 'failure' && outcome.message).toContain(
      'Is the program that serves this page still running?',
    )
  })

  it('ends with the user’s Cancel, and so does the connection to the server', async () => {
    const server = await wireServer(null)
    const cancel = new AbortController()
    const sent = send(await pageBeside(server.origin), server.origin, cancel.signal)
    await expect.poll(() => server.received()).toContain('a=1')
    cancel.abort()
    expect((await sent).outcome).toEqual({ kind: 'aborted', by: 'person', partial: null })
    await expect.poll(() => server.open()).toBe(0)
  })
})

describe('what names the server', () => {
  it('stays the server’s: htu of a DPoP proof and aud of a client assertion, signature and all', async () => {
    const server = await wireServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')
    const key = await generateKey('ES256', {})
    const request: HttpRequest = await composeTokenRequest(
      {
        ...emptyConfig,
        token_endpoint: `${server.origin}/token`,
        token_endpoint_auth_method: 'private_key_jwt',
        client_id: 'c',
        assertion: { ...emptyConfig.assertion, aud: 'token_endpoint', key: key.thumbprint },
        dpop: { ...emptyConfig.dpop, on: true, key: key.thumbprint },
      },
      { findKey: () => key, now: Date.now, nonce: null },
    )
    await (
      await pageBeside(server.origin)
    )(request, new AbortController().signal)

    const received = server.received()
    const proof = /\r\nDPoP: (\S+)\r\n/.exec(received)?.[1] ?? ''
    const assertion = /client_assertion=([\w.-]+)/.exec(received)?.[1] ?? ''
    expect(proof).toBe(headerValue(request.headers, 'DPoP'))
    expect(decodeJwt(proof)['htu']).toBe(`${server.origin}/token`)
    expect([decodeJwt(assertion).aud].flat()).toEqual([`${server.origin}/token`])
    expect(received.endsWith(`\r\n\r\n${request.body ?? ''}`)).toBe(true)
    expect(received).not.toMatch(/^(origin|referer|cookie|sec-fetch)/im)
  })
})
