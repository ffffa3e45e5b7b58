import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { text as textFrom } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { formatRelayedRequest } from '../../src/lib/http/format-relayed.ts'
import { textOf } from '../../src/lib/http/format.ts'
import type { HttpRequest } from '../../src/lib/http/message.ts'
import type { RelayAnswer, RelayRequest } from '../../src/lib/http/relay-message.ts'
import { makeCertificates } from '../../tests/servers/certificates.ts'
import { listenOnLoopback } from '../../tests/servers/loopback.ts'
import { closedPort, listenForSockets } from '../../tests/servers/sockets.ts'
import { startWireServer, type WireServer } from '../../tests/servers/wire-server.ts'
import type { Resolve } from './checked-lookup.ts'
import { createRelay } from './relay.ts'

const certificates = makeCertificates()

const closing: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function wireServer(answer: string | Buffer | null): Promise<WireServer> {
  const server = await startWireServer(answer)
  closing.push(() => server.close())
  return server
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

async function startRelay(origins: readonly string[], resolve?: Resolve) {
  const listener = await listenOnLoopback()
  const refusals: string[] = []
  const onRefusal = (why: string) => refusals.push(why)
  listener.serve(createRelay({ origins, onRefusal, ...(resolve && { resolve }) }))
  closing.push(() => listener.close())
  return { ...listener, refusals }
}

/** Asks as the page does, with whatever of it is to be different. */
async function ask(
  relay: { port: number },
  request: Partial<RelayRequest> | Buffer,
  headers: Record<string, string | undefined> = {},
  method = 'POST',
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; answer: RelayAnswer }> {
  const own = `localhost:${relay.port}`
  const usual = {
    Host: own,
    Origin: `http://${own}`,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
  }
  const fields: Record<string, string | undefined> = { ...usual, ...headers }
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined)
  const body = Buffer.isBuffer(request)
    ? request
    : JSON.stringify({ method: 'POST', headers: [], body: 'a=1', ...request })
  return new Promise((resolve, reject) => {
    const asked = httpRequest({
      host: '127.0.0.1',
      port: relay.port,
      path: '/relay',
      method,
      headers: Object.fromEntries(sent) as Record<string, string>,
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({
          status: response.statusCode,
          headers: response.headers,
          // What comes before the last line is how far a response had come.
          answer: JSON.parse(text.split('\n').at(-1) ?? '') as RelayAnswer,
        })
      })
    })
    // Node frames no body of OPTIONS.
    asked.end(method === 'OPTIONS' ? undefined : body)
  })
}

const text = (base64: string) => Buffer.from(base64, 'base64').toString('latin1')

describe('an allowed host', () => {
  it('gets exactly the headers given, in order and with repeats, and host, connection and content-length', async () => {
    const server = await wireServer(ok)
    const relay = await startRelay([server.origin])
    await ask(relay, {
      url: `${server.origin}/realms/a%20b/token?x=1#here`,
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8'],
        ['X-Twice', '1'],
        ['authorization', 'Basic bTJtOg=='],
        ['X-Twice', '2'],
      ],
      body: 'scope=æ€',
    })
    expect(server.received()).toBe(
      'POST /realms/a%20b/token?x=1 HTTP/1.1\r\n' +
        `host: 127.0.0.1:${server.port}\r\n` +
        'connection: close\r\n' +
        'Content-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n' +
        'X-Twice: 1\r\n' +
        'authorization: Basic bTJtOg==\r\n' +
        'X-Twice: 2\r\n' +
        'content-length: 11\r\n' +
        '\r\n' +
        'scope=æ€',
    )
  })

  it.each<Omit<HttpRequest, 'url'>>([
    { method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'a=æ' },
    { method: 'POST', headers: [], body: null },
    { method: 'GET', headers: [['accept', '*/*']], body: null },
    { method: 'DELETE', headers: [], body: null },
    { method: 'PUT', headers: [], body: '' },
    { method: 'OPTIONS', headers: [], body: null },
  ])('gets $method with body $body as the page shows it', async (asked) => {
    const server = await wireServer(ok)
    const relay = await startRelay([server.origin])
    const request = { ...asked, url: `${server.origin}/a?b=c` }
    await ask(relay, request)
    const shown = formatRelayedRequest(request, { annotations: { fields: {}, parameters: {} } })
    expect(server.received()).toBe(textOf(shown))
  })

  it('learns nothing of the page, whose own request has much more', async () => {
    const server = await wireServer(ok)
    const relay = await startRelay([server.origin])
    await ask(
      relay,
      { method: 'GET', url: `${server.origin}/jwks`, body: null },
      { Cookie: 'session=1', 'User-Agent': 'UA/1', Referer: relay.origin, 'Accept-Language': 'nb' },
    )
    expect(server.received()).toBe(
      `GET /jwks HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: close\r\n\r\n`,
    )
  })

  it('has every header of its response passed on, and every byte', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0a])
    const head =
      'HTTP/1.1 401 Go Away\r\nWWW-Authenticate: Basic realm="a"\r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\n' +
      'www-authenticate: DPoP algs="ES256"\r\nContent-Length: 6\r\n\r\n'
    const server = await wireServer(Buffer.concat([Buffer.from(head), bytes]))
    const relay = await startRelay([server.origin])
    const { status, headers, answer } = await ask(relay, { url: `${server.origin}/token` })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(answer).toEqual({
      kind: 'response',
      status: 401,
      statusText: 'Go Away',
      headers: [
        ['WWW-Authenticate', 'Basic realm="a"'],
        ['set-cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['www-authenticate', 'DPoP algs="ES256"'],
        ['Content-Length', '6'],
      ],
      body: bytes.toString('base64'),
    })
  })

  it('may redirect, and is not followed', async () => {
    const elsewhere = await wireServer(ok)
    const server = await wireServer(
      `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${elsewhere.origin}/token\r\nContent-Length: 4\r\n\r\nthis`,
    )
    const relay = await startRelay([server.origin, elsewhere.origin])
    const { status, answer } = await ask(relay, { url: `${server.origin}/token` })
    expect(status).toBe(200)
    expect(answer).toMatchObject({ kind: 'redirect', status: 307, location: `${elsewhere.origin}/token` })
    expect(answer.kind === 'redirect' && text(answer.body)).toBe('this')
    expect(elsewhere.received()).toBe('')
  })

  it('does not see its body decoded', async () => {
    const server = await wireServer(
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nraw',
    )
    const relay = await startRelay([server.origin])
    const { answer } = await ask(relay, { url: server.origin })
    expect(answer.kind === 'response' && text(answer.body)).toBe('raw')
  })
})

describe('whoever is not the page', () => {
  const foreign = async (headers: Record<string, string | undefined>, method?: string) => {
    const server = await wireServer(ok)
    const relay = await startRelay([server.origin])
    const result = await ask(relay, { url: `${server.origin}/token` }, headers, method)
    expect(result.status).toBe(403)
    expect(result.headers).not.toHaveProperty('access-control-allow-origin')
    expect(server.received()).toBe('')
    expect(relay.refusals).toHaveLength(1)
    return result.answer
  }
  const refused = (why: unknown) => ({ kind: 'refused', why })

  it.each(['https://evil.example', 'null', 'http://localhost:9', 'http://127.0.0.1'])(
    'is refused: Origin %s',
    async (Origin) => {
      expect(await foreign({ Origin })).toEqual(refused(expect.stringContaining('Origin has to be')))
    },
  )

  it('is refused without an Origin', async () => {
    expect(await foreign({ Origin: undefined })).toEqual(refused(expect.stringContaining('no Origin')))
  })

  it('is refused by a name made to resolve here (DNS rebinding)', async () => {
    const answer = await foreign({ Host: 'evil.example:4290', Origin: 'http://evil.example:4290' })
    expect(answer).toEqual(refused(expect.stringContaining('Host has to be')))
  })

  it('is refused with a second Host, which a server must not accept (RFC 9112 section 3.2)', async () => {
    const relay = await startRelay(['http://listed.example'])
    const own = `localhost:${relay.port}`
    const socket = connect(relay.port, '127.0.0.1')
    closing.push(() => socket.destroy())
    socket.write(
      `POST /relay HTTP/1.1\r\nHost: ${own}\r\nHost: evil.example\r\nOrigin: http://${own}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    )
    expect(await textFrom(socket)).toMatch(/^HTTP\/1.1 403 [^]*Host has to be there once/)
  })

  it('is refused at the right name with another port', async () => {
    const answer = await foreign({ Host: 'localhost:1', Origin: 'http://localhost:1' })
    expect(answer).toEqual(refused(expect.stringContaining('Host has to be')))
  })

  it('is refused under one loopback name asking another', async () => {
    const server = await wireServer(ok)
    const relay = await startRelay([server.origin])
    const asIp = { Host: `127.0.0.1:${relay.port}` }
    expect(await ask(relay, { url: server.origin }, asIp)).toMatchObject({ status: 403 })
    const own = { ...asIp, Origin: `http://127.0.0.1:${relay.port}` }
    expect(await ask(relay, { url: server.origin }, own)).toMatchObject({ status: 200 })
  })

  it.each(['cross-site', 'same-site', 'none'])('is refused: Sec-Fetch-Site %s', async (site) => {
    expect(await foreign({ 'Sec-Fetch-Site': site })).toEqual(
      refused(expect.stringContaining('Sec-Fetch-Site')),
    )
  })

  it('is refused with what a plain form could send', async () => {
    expect(await foreign({ 'Content-Type': 'text/plain' })).toEqual(
      refused(expect.stringContaining('Content-Type')),
    )
  })

  it('is refused with another method', async () => {
    expect(await foreign({}, 'PUT')).toEqual(refused('The relay is asked by POST.'))
  })

  it('gets no leave from a preflight', async () => {
    expect(
      await foreign({ Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }, 'OPTIONS'),
    ).toMatchObject({ kind: 'refused' })
  })
})

describe('a request of the page', () => {
  const refusal = async (change: Partial<RelayRequest>, origins?: readonly string[]) => {
    const server = await wireServer(ok)
    const relay = await startRelay(origins ?? [server.origin])
    const { status, answer } = await ask(relay, { url: `${server.origin}/token`, ...change })
    expect(server.received()).toBe('')
    expect(status).toBe(403)
    return answer.kind === 'refused' ? answer.why : answer
  }

  it('is refused to a host that is not listed', async () => {
    expect(await refusal({}, ['https://listed.example'])).toContain('is not among the hosts')
  })

  it.each([
    ['http://127.0.0.1:1/', 'not among the hosts'],
    ['https://127.0.0.1/', 'not among the hosts'],
    ['file:///etc/passwd', 'none of http and https'],
    ['blob:http://listed.example/1', 'none of http and https'],
    ['nonsense', 'cannot be read'],
  ])('is refused to %s', async (url, why) => {
    expect(await refusal({ url }, ['http://listed.example'])).toContain(why)
  })

  it('is refused to metadata, even if somebody listed it', async () => {
    expect(await refusal({ url: 'http://169.254.169.254/latest' }, ['http://169.254.169.254'])).toContain(
      'credentials',
    )
    expect(await refusal({ url: 'http://[::ffff:a9fe:a9fe]/' }, ['http://[::ffff:a9fe:a9fe]'])).toContain(
      'credentials',
    )
  })

  it.each(['CONNECT', 'TRACE', 'post', 'QUERY'])('is refused with method %s', async (method) => {
    expect(await refusal({ method })).toContain('The method has to be one of')
  })

  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'Connection',
    'Cookie',
    'Origin',
    'Proxy-Authorization',
  ])('is refused with the header %s', async (name) => {
    expect(await refusal({ headers: [[name, '1']] })).toContain(`The header ${name} cannot be sent`)
  })

  it('is refused with credentials in the URL', async () => {
    const server = await wireServer(ok)
    const url = server.origin.replace('http://', 'http://me:secret@')
    expect(await refusal({ url }, [server.origin])).toContain('user name')
  })

  it.each([
    ['no JSON', 'nonsense'],
    ['a list', '[]'],
    ['no headers', '{"method":"GET","url":"http://x","body":null}'],
    ['a header of three', '{"method":"GET","url":"http://x","body":null,"headers":[["a","b","c"]]}'],
    ['no number of milliseconds', '{"method":"GET","url":"http://x","body":null,"headers":[],"timeout":"1"}'],
  ])('is refused if it is %s', async (_what, json) => {
    const { status, answer } = await ask(await startRelay([]), Buffer.from(json))
    expect(status).toBe(403)
    expect(answer).toMatchObject({ kind: 'refused' })
  })

  it('is refused over 1 MiB', async () => {
    expect(await refusal({ body: 'x'.repeat(1024 * 1024) })).toBe('The request is larger than 1 MiB.')
  })

  it('fails with a header no message may have, and sends nothing', async () => {
    const server = await wireServer(ok)
    const relay = await startRelay([server.origin])
    const { answer } = await ask(relay, { url: server.origin, headers: [['x', 'a\r\nHost: b']] })
    expect(answer).toMatchObject({ kind: 'failure', code: 'UND_ERR_INVALID_ARG' })
    expect(server.received()).toBe('')
  })
})

describe('a listed name', () => {
  const resolving =
    (...addresses: string[]): Resolve =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['::ffff:127.0.0.1'],
    ['93.184.215.14', '127.0.0.1'],
  ])('that resolves to %s is refused, and nothing is connected to', async (...addresses) => {
    const server = await wireServer(ok)
    const origin = `http://auth.example:${server.port}`
    const relay = await startRelay([origin], resolving(...addresses))
    const { status, answer } = await ask(relay, { url: `${origin}/token` })
    expect(status).toBe(403)
    expect(answer).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('auth.example resolves to') as string,
    })
    expect(server.received()).toBe('')
  })

  it('is resolved once: what was checked is what is connected to', async () => {
    const server = await wireServer(ok)
    const origin = `http://app.localhost:${server.port}`
    const asked: string[] = []
    const rebinding: Resolve = (name) => {
      asked.push(name)
      return Promise.resolve([{ address: asked.length > 1 ? '10.0.0.1' : '127.0.0.1', family: 4 }])
    }
    const relay = await startRelay([origin], rebinding)
    expect((await ask(relay, { url: `${origin}/token` })).answer).toMatchObject({ kind: 'response' })
    expect(asked).toEqual(['app.localhost'])
    expect(server.received()).toContain(`host: app.localhost:${server.port}\r\n`)
  })

  it('of this machine has to mean this machine', async () => {
    const relay = await startRelay(['http://localhost:9'], resolving('10.0.0.1'))
    const { answer } = await ask(relay, { url: 'http://localhost:9/' })
    expect(answer).toEqual({
      kind: 'refused',
      why: 'localhost resolves to 10.0.0.1, which is not this machine.',
    })
  })

  it('of this machine is reached as the system resolves it', async () => {
    const server = await wireServer(ok)
    const origin = `http://localhost:${server.port}`
    const { answer } = await ask(await startRelay([origin]), { url: origin })
    expect(answer).toMatchObject({ kind: 'response', status: 200 })
  })

  it('that does not exist is a failure', async () => {
    const resolve: Resolve = () =>
      Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND no.example'), { code: 'ENOTFOUND' }))
    const { answer } = await ask(await startRelay(['http://no.example'], resolve), {
      url: 'http://no.example/',
    })
    expect(answer).toMatchObject({ kind: 'failure', code: 'ENOTFOUND' })
  })
})

describe('no response', () => {
  it('because nothing listens', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`
    const { status, answer } = await ask(await startRelay([origin]), { url: origin })
    expect(status).toBe(200)
    expect(answer).toMatchObject({ kind: 'failure', code: 'ECONNREFUSED', partial: null })
  })

  it('in time', async () => {
    const server = await wireServer(null)
    const { answer } = await ask(await startRelay([server.origin]), { url: server.origin, timeout: 50 })
    expect(answer).toEqual({ kind: 'timeout', partial: null })
  })

  it('in time, to its end: what had arrived is given', async () => {
    const origin = await unending('HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 9\r\n\r\nhalf')
    const { answer } = await ask(await startRelay([origin]), { url: origin, timeout: 300 })
    expect(answer).toMatchObject({ kind: 'timeout', partial: { status: 200, body: btoa('half') } })
  })

  it('because it broke off: what had arrived is given', async () => {
    const server = await wireServer('HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 9\r\n\r\nhalf')
    const { answer } = await ask(await startRelay([server.origin]), { url: server.origin })
    expect(answer).toMatchObject({
      kind: 'failure',
      code: 'UND_ERR_SOCKET',
      partial: { status: 200, body: btoa('half') },
    })
  })

  it('over 16 MiB is read to its end', async () => {
    const size = 17 * 1024 * 1024
    const server = await wireServer(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`)
    const { answer } = await ask(await startRelay([server.origin]), { url: server.origin })
    expect(answer).toMatchObject({ kind: 'too-large', partial: { status: 200 } })
  })

  it('is waited for once the page is gone', async () => {
    const server = await wireServer(null)
    const relay = await startRelay([server.origin])
    const own = `localhost:${relay.port}`
    const asked = httpRequest({
      host: '127.0.0.1',
      port: relay.port,
      path: '/relay',
      method: 'POST',
      headers: { Host: own, Origin: `http://${own}`, 'Content-Type': 'application/json' },
    })
    asked.on('error', () => undefined)
    asked.end(JSON.stringify({ method: 'POST', url: server.origin, headers: [], body: 'a=1' }))
    await expect.poll(() => server.received().length).toBeGreaterThan(0)
    asked.destroy()
    await expect.poll(() => server.open()).toBe(0)
  })

  /** Sends that much and then nothing more. */
  async function unending(part: string): Promise<string> {
    const { port, close } = await listenForSockets(
      (socket) => {
        socket.once('data', () => socket.write(part))
      },
      ['127.0.0.1'],
    )
    closing.push(close)
    return `http://127.0.0.1:${port}`
  }
})

describe('a certificate', () => {
  const over = async (which: 'selfSigned' | 'issued' | 'expired' | 'misnamed') => {
    let asked = 0
    const server = createServer((await certificates)[which], (_request, response) => {
      asked += 1
      response.end('ok')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => server.close())
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`
    const { status, answer } = await ask(await startRelay([origin]), { url: origin })
    expect(status).toBe(200)
    expect(asked).toBe(0)
    return answer.kind === 'failure' ? answer : expect.fail(answer.kind)
  }

  it.each([
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['issued', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('of an unknown issuer (%s): how to have it trusted is said', async (which, code) => {
    const failure = await over(which)
    expect(failure.code).toBe(code)
    expect(failure.message).toContain('NODE_EXTRA_CA_CERTS')
    expect(failure.message).toContain('dotnet dev-certs')
  })
})
