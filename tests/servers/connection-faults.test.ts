import { Agent, request } from 'undici'
import { describe, expect, it, test, vi } from 'vitest'
import { connectionFaults } from './connection-faults.ts'
import { certificates, type FaultyEndpoint } from './faulty-endpoint.ts'
import type { RecordedRequest } from './fault-server.ts'

const origin = 'http://localhost:7100'
const methods = ['OPTIONS', 'POST', 'GET'] as const
type Method = (typeof methods)[number]

const client = 'grant_type=client_credentials&client_id=m2m&client_secret=hush'

/** Resolvers differ in how they do not know a name. */
const words: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'closed',
  ENOTFOUND: 'no such name',
  EAI_AGAIN: 'no such name',
}

/** What a question of that method comes to: the status and whom it allows, or why there is none. */
async function ask(
  endpoint: string,
  method: Method,
  { ca, patience = 10_000 }: { readonly ca?: string; readonly patience?: number } = {},
): Promise<string> {
  const dispatcher = new Agent({ connect: { ...(ca === undefined ? {} : { ca }) } })
  const fields = {
    OPTIONS: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' },
    POST: { 'Content-Type': 'application/x-www-form-urlencoded' },
    GET: {},
  }
  try {
    const { statusCode, headers, body } = await request(endpoint, {
      dispatcher,
      method,
      headers: { Origin: origin, ...fields[method] },
      body: method === 'POST' ? client : null,
      signal: AbortSignal.timeout(patience),
    })
    await body.dump()
    const allowed = [headers['access-control-allow-origin'] ?? []].flat()
    return [
      statusCode,
      ...allowed.map((value) => (value === origin ? 'allowed' : `allows ${value}`)),
      ...[headers['access-control-allow-headers'] ?? []].flat(),
      ...[headers['cross-origin-resource-policy'] ?? []].flat(),
    ].join(' ')
  } catch (error) {
    const { name, code = name } = error as NodeJS.ErrnoException
    return words[code] ?? (name === 'TimeoutError' ? 'nothing' : code)
  } finally {
    await dispatcher.destroy()
  }
}

const readable = ['204 allowed authorization, content-type', '200 allowed', '405 allowed'] as const
const alike = (what: string) => [what, what, what] as const

/** By the name of the row: what an OPTIONS, a POST with a client and a GET come to, in this order. */
const observed: Readonly<Record<string, readonly [options: string, post: string, get: string]>> = {
  'nothing wrong': readable,
  'port closed': alike('ECONNREFUSED'),
  'port closed, over https:': alike('ECONNREFUSED'),
  'no CORS at all': ['204', '200', '405'],
  'CORS on OPTIONS only': [readable[0], '200', '405'],
  'CORS on 200 only, and a client that is refused': [readable[0], '401', '405'],
  'CORS on 200 only, and a client that is refused after it got a token': [readable[0], '200 allowed', '405'],
  'OPTIONS gets 401': ['401', readable[1], readable[2]],
  'OPTIONS gets 404': ['404', readable[1], readable[2]],
  'OPTIONS gets 405': ['405', readable[1], readable[2]],
  'OPTIONS gets 401 and CORS': ['401 allowed', readable[1], readable[2]],
  'OPTIONS is redirected to a login': ['302 allowed', readable[1], readable[2]],
  'Access-Control-Allow-Headers lacks authorization': ['204 allowed content-type', readable[1], readable[2]],
  'OPTIONS never gets a response': ['nothing', readable[1], readable[2]],
  'Access-Control-Allow-Origin of another origin': [
    '204 allows https://elsewhere.example',
    '200 allows https://elsewhere.example',
    '405 allows https://elsewhere.example',
  ],
  'Access-Control-Allow-Origin twice, on responses': [
    readable[0],
    '200 allowed allowed',
    '405 allowed allowed',
  ],
  'a page of 404, without CORS': alike('404'),
  '302, with CORS': [readable[0], '302 allowed', '302 allowed'],
  '302, without CORS': alike('302'),
  '307 from http: to https:, without CORS, its certificate not trusted': alike('307'),
  'a certificate that is self-signed': alike('DEPTH_ZERO_SELF_SIGNED_CERT'),
  'a certificate of an unknown authority': alike('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  'a certificate that has expired': alike('CERT_HAS_EXPIRED'),
  'a certificate for another name': alike('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  'a certificate that is trusted': alike('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  'https: to a port of http:, with CORS': alike('ERR_SSL_WRONG_VERSION_NUMBER'),
  'https: to a port of http:, without CORS': alike('ERR_SSL_WRONG_VERSION_NUMBER'),
  'http: to a port of https: that closes': alike('closed'),
  'http: to a port of https: that closes, its certificate trusted': alike('closed'),
  'http: to a port of https: that responds with 400': alike('400'),
  'http: to a port of https: that responds with 400, its certificate trusted': alike('400'),
  'reset on accept': alike('ECONNRESET'),
  'reset after the request': alike('ECONNRESET'),
  'empty reply': alike('closed'),
  'accepts and never responds': alike('nothing'),
  'responds to a GET, and never a POST': [readable[0], 'nothing', readable[2]],
  'responds to a GET, and resets a POST': [readable[0], 'ECONNRESET', readable[2]],
  'Cross-Origin-Resource-Policy: same-origin, without CORS': [
    '204 same-origin',
    '200 same-origin',
    '405 same-origin',
  ],
  'Cross-Origin-Resource-Policy: same-origin, with CORS that lacks authorization': [
    '204 allowed content-type',
    '200 allowed same-origin',
    '405 allowed same-origin',
  ],
  'a port that browsers block': alike('ECONNREFUSED'),
  'a name that does not resolve': alike('no such name'),
  'on ::1 only, asked at 127.0.0.1': alike('ECONNREFUSED'),
  'on 127.0.0.1 only, asked at [::1]': alike('ECONNREFUSED'),
}

const fault = (name: string) => {
  const found = connectionFaults.find((each) => each.name === name)
  if (!found) throw new Error(`no fault is called ${name}`)
  return found
}

async function during<T>(name: string, use: (endpoint: FaultyEndpoint) => Promise<T>): Promise<T> {
  const endpoint = await fault(name).start()
  try {
    return await use(endpoint)
  } finally {
    await endpoint.close()
  }
}

describe('each fault is what its name says', () => {
  test.each(connectionFaults.map(({ name }) => name))('%s', async (name) => {
    await during(name, async ({ endpoint }) => {
      const expected = observed[name] ?? alike('a row of its own')
      for (const [index, method] of methods.entries()) {
        // Only silence has to be waited for.
        const patience = expected[index] === 'nothing' ? 300 : 10_000
        expect(await ask(endpoint, method, { patience }), method).toBe(expected[index])
      }
    })
  })

  it('has a name of its own', () => {
    expect(Object.keys(observed)).toHaveLength(connectionFaults.length)
  })

  it('of a certificate: it is that which is wrong once its authority is known', async () => {
    const { authority } = await certificates()
    const answers = ['of an unknown authority', 'that has expired', 'for another name'].map((what) =>
      during(`a certificate ${what}`, ({ endpoint }) => ask(endpoint, 'GET', { ca: authority })),
    )
    expect(await Promise.all(answers)).toEqual([
      '405 allowed',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ])
  })

  it('of a client that is refused after it got a token: it comes with the second', async () => {
    await during(
      'CORS on 200 only, and a client that is refused after it got a token',
      async ({ endpoint }) => {
        expect([await ask(endpoint, 'POST'), await ask(endpoint, 'POST')]).toEqual(['200 allowed', '401'])
      },
    )
  })

  it('of a redirect: it leads to a page that no page may read', async () => {
    await during('302, with CORS', async ({ endpoint }) => {
      expect(await ask(endpoint.replace('/token', '/login'), 'GET')).toBe('200')
    })
  })

  it('of the other address: the server is there', async () => {
    const at = (name: string, from: string, to: string) =>
      during(name, ({ endpoint }) => ask(endpoint.replace(from, to), 'GET'))
    expect(await at('on ::1 only, asked at 127.0.0.1', '127.0.0.1', '[::1]')).toBe('405 allowed')
    expect(await at('on 127.0.0.1 only, asked at [::1]', '[::1]', '127.0.0.1')).toBe('405 allowed')
  })

  it('of the other scheme: the port speaks it', async () => {
    const { selfSigned } = await certificates()
    const other = async (name: string, from: string, to: string) =>
      during(name, ({ endpoint }) => ask(endpoint.replace(from, to), 'GET', { ca: selfSigned.cert }))
    expect(await other('https: to a port of http:, with CORS', 'https:', 'http:')).toBe('405 allowed')
    expect(await other('https: to a port of http:, without CORS', 'https:', 'http:')).toBe('405')
    expect(await other('http: to a port of https: that closes', 'http:', 'https:')).toBe('405 allowed')
    expect(await other('http: to a port of https: that responds with 400', 'http:', 'https:')).toBe(
      '405 allowed',
    )
  })
})

const text = ({ method, url, headers, body }: RecordedRequest): string =>
  `${method} ${url}\n${headers.map((field) => field.join(': ')).join('\n')}\n\n${body.toString('latin1')}`

describe('records', () => {
  const withHeader = {
    Authorization: 'Basic bTJtOmh1c2g=',
    'Content-Type': 'application/x-www-form-urlencoded',
  }
  /** What of a POST with its secret in the header and the body is on record. */
  const recordedOf = (name: string) =>
    during(name, async ({ endpoint, records }) => {
      const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
      const options = { dispatcher, method: 'POST', headers: withHeader, body: client } as const
      const sent = request(endpoint, options).catch(() => null)
      const recorded = vi.waitFor(() => expect(records).not.toEqual([]), { timeout: 10_000 })
      await Promise.race([sent, recorded])
      await dispatcher.destroy()
      return records.map(text)
    })
  const everything = /^POST \/token\n[^]*authorization: Basic bTJtOmh1c2g=\n[^]*client_secret=hush$/i

  it.each([
    'nothing wrong',
    'a certificate that is self-signed',
    'http: to a port of https: that closes',
    'http: to a port of https: that responds with 400',
    'reset after the request',
    'empty reply',
    'accepts and never responds',
  ])('the request with its whole body: %s', async (name) => {
    expect(await recordedOf(name)).toEqual([expect.stringMatching(everything)])
  })

  it('what is no HTTP at all', async () => {
    const [hello = ''] = await recordedOf('https: to a port of http:, with CORS')
    // A record of a handshake, version 3.x. RFC 8446 section 5.1
    expect(hello.startsWith(' \n\n\n\u0016\u0003')).toBe(true)
  })

  it('nothing if it resets before anything is read', async () => {
    expect(await recordedOf('reset on accept')).toEqual([])
  })
})
