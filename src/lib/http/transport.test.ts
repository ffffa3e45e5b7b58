import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { exchange } from './exchange.ts'
import type { HttpRequest } from './message.ts'
import { isPractice } from '../practice/base/origin.ts'
import { switchTransport } from './switch-transport.ts'
import { fetchTransport } from './transport.ts'

/** Real sockets: what a transport makes of them is the point. */
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<HttpRequest> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo
  return { method: 'POST', url: `http://127.0.0.1:${port}/token`, headers: [['accept', 'x/y']], body: 'a=1' }
}

const send = (request: HttpRequest, { timeout = 5000, cancel = new AbortController().signal } = {}) =>
  exchange(request, {
    id: 1,
    purpose: 'Token request',
    transport: fetchTransport(fetch),
    clock: { now: () => 1_700_000_000_000, monotonic: () => performance.now() },
    timeout,
    cancel,
  })

describe('exchange over fetchTransport', () => {
  it('hands over the body byte for byte, with status, reason and fields', async () => {
    const body = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x00, 0xff])
    const request = await serve((_request, response) => {
      response.writeHead(418, 'I’m'.replace('’', ' '), { 'x-b': '1', 'cache-control': 'no-store' }).end(body)
    })
    const { outcome, startedAt } = await send(request)
    expect(startedAt).toBe(1_700_000_000_000)
    expect(outcome).toMatchObject({ kind: 'response', response: { status: 418, statusText: 'I m' } })
    expect(outcome.kind === 'response' && Buffer.from(outcome.response.body).equals(body)).toBe(true)
    expect(outcome.kind === 'response' && outcome.response.headers).toContainEqual([
      'cache-control',
      'no-store',
    ])
  })

  it('sends what the request says and nothing of its own choosing', async () => {
    let seen = ''
    const request = await serve((incoming, response) => {
      seen = `${incoming.method ?? ''} ${incoming.headers.accept ?? ''} ${incoming.headers.cookie ?? 'no cookie'}`
      response.end()
    })
    await send(request)
    expect(seen).toBe('POST x/y no cookie')
  })

  it('asks the platform for nothing to ride along and no redirect to be followed', async () => {
    let asked: RequestInit | undefined
    const fake: typeof fetch = (_url, init) => {
      asked = init
      return Promise.resolve(new Response())
    }
    const request = { method: 'POST', url: 'https://as.example/token', headers: [], body: '' }
    await fetchTransport(fake)(request, new AbortController().signal)
    expect(asked).toMatchObject({
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    })
  })

  it('stops reading past 16 MiB, and keeps what had arrived', async () => {
    const request = await serve((_request, response) => {
      response.writeHead(200).end(Buffer.alloc(17 * 1024 * 1024, 'x'))
    })
    const { outcome } = await send(request, { timeout: 30_000 })
    expect(outcome).toMatchObject({ kind: 'aborted', by: 'size', partial: { status: 200 } })
    expect(outcome.kind === 'aborted' && outcome.partial?.body.length).toBeGreaterThan(16 * 1024 * 1024)
  })

  it('a transport that cannot even start makes no exchange', async () => {
    const transport = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
    const request = { method: 'POST', url: 'https://as.example/token', headers: [], body: '' }
    const making = exchange(request, {
      id: 1,
      purpose: 'Token request',
      transport,
      clock: { now: () => 0, monotonic: () => 0 },
      timeout: 1000,
      cancel: new AbortController().signal,
    })
    await expect(making).rejects.toThrow('dynamically imported module')
  })

  it('gives up at the deadline', async () => {
    const request = await serve(() => undefined)
    expect((await send(request, { timeout: 50 })).outcome).toEqual({
      kind: 'aborted',
      by: 'timeout',
      partial: null,
    })
  })

  it('gives up at the user’s word, and keeps what had arrived', async () => {
    const cancel = new AbortController()
    const request = await serve((_request, response) => {
      response.writeHead(200).write('so far')
      setTimeout(() => {
        cancel.abort()
      }, 50)
    })
    const { outcome } = await send(request, { cancel: cancel.signal })
    expect(outcome).toMatchObject({ kind: 'aborted', by: 'person', partial: { status: 200 } })
  })

  it('distinguishes a body that breaks off from a response that never came', async () => {
    const request = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"access_', () => response.destroy())
    })
    expect((await send(request)).outcome).toMatchObject({ kind: 'failure', partial: { status: 200 } })
    server?.close()
    server?.closeAllConnections()
    expect((await send(request)).outcome).toMatchObject({ kind: 'failure', name: 'TypeError', partial: null })
  })
})

describe('switchTransport', () => {
  it('asks the servers of the page for their own origins only, and loads them only then', async () => {
    const asked: string[] = []
    const named = (name: string) => () => {
      asked.push(name)
      return Promise.resolve({ outcome: { kind: 'opaque-redirect' } as const, serverView: null })
    }
    const load = () => {
      asked.push('load')
      return Promise.resolve(named('practice'))
    }
    const transport = switchTransport(() => Promise.resolve(named('network')), {
      serves: isPractice,
      load,
    })
    const to = (url: string) =>
      transport({ method: 'GET', url, headers: [], body: null }, new AbortController().signal)
    await to('https://practice.example.evil/token')
    await to('https://helseid.practice.example:444/connect/token')
    await to('https://practice.example/token')
    await to('https://simpleidserver.practice.example/master/token')
    expect(asked).toEqual(['network', 'network', 'load', 'practice', 'load', 'practice'])
  })
})
