import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRequest, textOf } from '../../../src/lib/http/format.ts'
import type { HttpRequest } from '../../../src/lib/http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'

/** Outside browsers oauth4webapi names itself in User-Agent; in a page it leaves that to the browser. */
const composeAsInBrowser = async (config: Partial<TokenRequestConfig>): Promise<HttpRequest> => {
  const request = await composeTokenRequest(
    { ...emptyConfig, ...config },
    { findKey: () => undefined, now: () => 0, nonce: null },
  )
  return { ...request, headers: request.headers.filter(([name]) => name !== 'user-agent') }
}

const compose = async (config: Partial<TokenRequestConfig>): Promise<string> =>
  textOf(formatRequest(await composeAsInBrowser(config)))

describe('SimpleIdServer’s machine-to-machine tutorial', () => {
  it('sends its four parameters, byte for byte, to its endpoint', async () => {
    const request = await composeAsInBrowser({
      token_endpoint: 'https://localhost:5001/master/token',
      token_endpoint_auth_method: 'client_secret_post',
      client_id: 'm2m',
      client_secret: 'password',
      scope: 'read',
    })
    expect(request.url).toBe('https://localhost:5001/master/token')
    expect(request.body?.split('&').sort()).toEqual([
      'client_id=m2m',
      'client_secret=password',
      'grant_type=client_credentials',
      'scope=read',
    ])
    expect(request.headers).toEqual([
      ['accept', 'application/json'],
      ['content-type', 'application/x-www-form-urlencoded'],
    ])
  })
})

describe('RFC 6749 section 4.4.2', () => {
  it('"The client makes a request to the token endpoint": the example', async () => {
    const message = await compose({
      token_endpoint: 'https://server.example.com/token',
      token_endpoint_auth_method: 'client_secret_basic',
      client_id: 's6BhdRkqt3',
      client_secret: 'gX1fBat3bV',
    })
    expect(message).toBe(
      'POST /token HTTP/1.1\r\n' +
        'accept: application/json\r\n' +
        'authorization: Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW\r\n' +
        'content-type: application/x-www-form-urlencoded\r\n' +
        '\r\n' +
        'grant_type=client_credentials',
    )
  })

  it('leaves an empty scope out: "Parameters sent without a value MUST be treated as if they were omitted"', async () => {
    expect(await compose({ token_endpoint: 'https://a.example/t', client_id: 'c' })).not.toContain('scope')
  })
})

describe('RFC 6749 section 2.3.1', () => {
  it('"The client identifier is encoded using the application/x-www-form-urlencoded encoding algorithm": the example', async () => {
    const message = await compose({
      token_endpoint: 'https://server.example.com/token',
      token_endpoint_auth_method: 'client_secret_basic',
      client_id: 's6BhdRkqt3',
      client_secret: '7Fjfp0ZBr1KtDRbnfVdmIw',
    })
    expect(message).toContain('Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3\r\n')
  })

  it('"The client MAY omit the parameter if the client secret is an empty string"', async () => {
    const message = await compose({ token_endpoint: 'https://a.example/t', client_id: 'c' })
    expect(message.endsWith('grant_type=client_credentials&client_id=c')).toBe(true)
  })

  it('"The client MUST NOT use more than one authentication method in each request"', async () => {
    const config = { token_endpoint: 'https://a.example/t', client_id: 'c', client_secret: 's' }
    const basic = await compose({ ...config, token_endpoint_auth_method: 'client_secret_basic' })
    expect(basic).not.toContain('client_id=')
    const none = await compose({ ...config, token_endpoint_auth_method: 'none' })
    expect(none).not.toContain('authorization')
    expect(none).not.toContain('client_secret')
  })
})

describe('composing, formatting and parsing', () => {
  const text = fc.string({ unit: 'binary' })

  it('gives the same parameters back for any Unicode', async () => {
    await fc.assert(
      fc.asyncProperty(text.filter(Boolean), text, text, async (client_id, client_secret, scope) => {
        const message = await compose({
          token_endpoint: 'https://a.example/t',
          client_id,
          client_secret,
          scope,
        })
        const parsed = Object.fromEntries(new URLSearchParams(message.slice(message.indexOf('\r\n\r\n') + 4)))
        expect(parsed).toEqual({
          ...(scope === '' ? {} : { scope }),
          grant_type: 'client_credentials',
          client_id,
          ...(client_secret === '' ? {} : { client_secret }),
        })
      }),
    )
  })

  it('gives id and secret back out of the Basic header for any Unicode', async () => {
    await fc.assert(
      fc.asyncProperty(text.filter(Boolean), text, async (client_id, client_secret) => {
        for (const basic_encoding of ['form', 'strict'] as const) {
          const message = await compose({
            token_endpoint: 'https://a.example/t',
            token_endpoint_auth_method: 'client_secret_basic',
            basic_encoding,
            client_id,
            client_secret,
          })
          const joined = Buffer.from(/Basic (\S*)/.exec(message)?.[1] ?? '', 'base64').toString()
          const decoded = joined.split(':').map((part) => new URLSearchParams(`x=${part}`).get('x'))
          expect(decoded).toEqual([client_id, client_secret])
        }
      }),
    )
  })
})

describe('what a request may ask for besides the scope', () => {
  const base = { token_endpoint: 'https://a.example/t', client_id: 'c' }
  const body = async (config: Partial<TokenRequestConfig>) =>
    (await composeAsInBrowser({ ...base, ...config })).body
  const entry = (name: string, value: string, on = true) => ({ name, value, on })

  it('RFC 8707 section 2: "Multiple resource parameters MAY be used to indicate that the requested token is intended to be used at multiple resources"', async () => {
    expect(await body({ resource: ['https://a.example/', 'urn:b', ''] })).toBe(
      'resource=https%3A%2F%2Fa.example%2F&resource=urn%3Ab&grant_type=client_credentials&client_id=c',
    )
  })

  it('RFC 9396 section 2: authorization_details "is a JSON-formatted string", without white space, digits kept', async () => {
    const authorization_details = '[\n  {"type": "a b", "n": 12345678901234567890, "m": 1.0}\n]'
    const sent = new URLSearchParams((await body({ authorization_details })) ?? '')
    expect(sent.get('authorization_details')).toBe('[{"type":"a b","n":12345678901234567890,"m":1.0}]')
  })

  it('sends what is not JSON as it is, since that too can be tried', async () => {
    const sent = new URLSearchParams((await body({ authorization_details: ' [ {' })) ?? '')
    expect(sent.get('authorization_details')).toBe(' [ {')
  })

  it('keeps order and repeats of extension parameters, and leaves out what is switched off', async () => {
    const parameters = [
      entry('b', '1'),
      entry('a', '2'),
      entry('b', '3'),
      entry('c', '4', false),
      entry('', '5'),
    ]
    expect(await body({ audience: 'api', parameters })).toBe(
      'audience=api&b=1&a=2&b=3&grant_type=client_credentials&client_id=c',
    )
  })

  it('shows header fields as a browser joins them', async () => {
    const headers = [
      entry('X-A', '1'),
      entry('Traceparent', ' 00 '),
      entry('x-a', '2'),
      entry('X-B', '3', false),
    ]
    expect((await composeAsInBrowser({ ...base, headers })).headers.slice(2)).toEqual([
      ['X-A', '1, 2'],
      ['Traceparent', '00'],
    ])
  })
})
