import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { exchange } from './exchange.ts'
import type { Arriving, HttpRequest, HttpResponse } from './message.ts'
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

interface How {
  readonly timeout?: number
  readonly cancel?: AbortSignal
  readonly arriving?: Arriving
}

const send = (
  request: HttpRequest,
  { timeout = 5000, cancel = new AbortController().signal, arriving }: How = {},
) =>
  exchange(request, {
    id: 1,
    purpose: 'Token request',
    transport: fetchTransport(fetch),
    clock: { now: () => 1_700_000_000_000, monotonic: () => performance.now() },
    timeout,
    cancel,
    ...(arriving && { arriving }),
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

const stream = { 'content-type': 'text/event-stream; charset=utf-8' }
const textOf = ({ body }: HttpResponse) => new TextDecoder().decode(body)

describe('a response that goes on', () => {
  it('is seen while it comes: the headers first, then each piece', async () => {
    const come: string[] = []
    const more: (() => void)[] = []
    const request = await serve((_request, response) => {
      response.writeHead(200, stream).flushHeaders()
      more.push(
        () => response.write('data: 1\n\n'),
        () => response.end('data: 2\n\n'),
      )
    })
    const { outcome } = await send(request, {
      arriving: (soFar) => {
        come.push(`${soFar().status} ${textOf(soFar())}`)
        more.shift()?.()
      },
    })
    expect(come).toEqual(['200 ', '200 data: 1\n\n', '200 data: 1\n\ndata: 2\n\n'])
    expect(outcome).toMatchObject({ kind: 'response', response: { status: 200 } })
    expect(outcome).not.toHaveProperty('ended')
  })

  it.each(['data: 1\n\n', ''])(
    'that is a stream of events is a response when it is stopped: %j',
    async (sent) => {
      const cancel = new AbortController()
      const request = await serve((_request, response) => {
        response.writeHead(200, stream).flushHeaders()
        response.write(sent)
      })
      const { outcome } = await send(request, {
        cancel: cancel.signal,
        arriving: (soFar) => {
          if (textOf(soFar()) === sent) cancel.abort()
        },
      })
      expect(outcome).toMatchObject({ kind: 'response', ended: 'person', response: { status: 200 } })
      expect(outcome.kind === 'response' && textOf(outcome.response)).toBe(sent)
    },
  )

  it('that is a stream of events is a response when the time is over, and anything else is not', async () => {
    const open = (type: string) => (_request: unknown, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': type }).write('data: 1\n\n')
    }
    const late = await send(await serve(open('text/event-stream')), { timeout: 200 })
    expect(late.outcome).toMatchObject({ kind: 'response', ended: 'timeout' })
    server?.closeAllConnections()
    const json = await send(await serve(open('application/json')), { timeout: 200 })
    expect(json.outcome).toMatchObject({ kind: 'aborted', by: 'timeout', partial: { status: 200 } })
  })

  it('that breaks off is a failure, with what had come', async () => {
    const request = await serve((_request, response) => {
      response.writeHead(200, stream).write('data: 1\n\nda', () => response.destroy())
    })
    const { outcome } = await send(request)
    expect(outcome).toMatchObject({ kind: 'failure', partial: { status: 200 } })
  })

  it('is held to the bound of any body', async () => {
    const request = await serve((_request, response) => {
      const piece = `: ${'x'.repeat(1024 * 1024)}\n`
      const write = (): unknown =>
        !response.destroyed && (response.write(piece) ? setImmediate(write) : response.once('drain', write))
      response.writeHead(200, stream)
      write()
    })
    const { outcome } = await send(request, { timeout: 20_000 })
    expect(outcome).toMatchObject({ kind: 'response', ended: 'size' })
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
