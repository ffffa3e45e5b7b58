import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mask } from '../http/redact.ts'
import { anyRecorded, jsonResponse, tokenExchange, versions } from './exchange-testing.ts'
import { harBounds, readHar } from './read-har.ts'
import { toHar } from './to-har.ts'

/** A file of another program, with these members in place of those of an entry that is in order. */
function foreign(entry: object, log: object = {}): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      entries: [{ ...base, ...entry }],
      ...log,
    },
  })
}

const request = {
  method: 'POST',
  url: 'https://id.example/token',
  headers: [{ name: 'content-type', value: 'application/x-www-form-urlencoded' }],
  postData: { mimeType: '', text: 'grant_type=client_credentials' },
}
const response = {
  status: 200,
  statusText: 'OK',
  headers: [],
  content: { size: 2, mimeType: '', text: '{}' },
}
const base = { startedDateTime: '2026-01-02T03:04:05.000Z', time: 7, request, response }

const entriesOf = (text: string) => {
  const read = readHar(text)
  if (!read.ok) throw new Error(read.why)
  return read.entries
}
const first = (text: string) => {
  const [entry] = entriesOf(text)
  if (!entry) throw new Error('No entry')
  return entry
}

describe('what toHar wrote', () => {
  it('has the same messages when it is read, whatever they are', () => {
    fc.assert(
      fc.property(anyRecorded, (recorded) => {
        const { exchange, about } = recorded
        const read = first(JSON.stringify(toHar([recorded], versions)))
        expect(read.exchange).toMatchObject({
          request: { ...exchange.request, url: exchange.request.url.replace(/#.*$/, '') },
          outcome: exchange.outcome,
          startedAt: exchange.startedAt,
          duration: exchange.duration,
          via: 'file',
        })
        expect(read.about).toBe(about)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps masked values as they are, and what the page wrote of the configuration', () => {
    const sent = {
      ...tokenExchange().exchange.request,
      headers: [['Authorization', `Basic ${mask}`] as const],
    }
    const read = first(JSON.stringify(toHar([tokenExchange({ request: sent })], versions)))
    expect(read.exchange.request.headers).toEqual([['Authorization', `Basic ${mask}`]])
    expect(read.written.client_id).toBe('m2m')
    expect(read.exchange.purpose).toBe('Token request')
  })
})

describe('the file of another program', () => {
  it('is read without members that only this page writes', () => {
    const own = {
      about: 'keys',
      purpose: 'Something else',
      outcome: { kind: 'opaque' },
      configuration: { client_id: 'x' },
    }
    const read = first(foreign({ _playground: own }))
    expect(read).toMatchObject({ about: 'token', written: {}, exchange: { purpose: 'Token request' } })
    expect(read.exchange.outcome.kind).toBe('response')
  })

  it.each<readonly [what: string, entry: object, about: string]>([
    ['a token request', {}, 'token'],
    [
      'metadata',
      { request: { method: 'GET', url: 'https://id.example/.well-known/openid-configuration' } },
      'metadata',
    ],
    [
      'keys',
      {
        request: { method: 'GET', url: 'https://id.example/certs' },
        response: { ...response, content: { text: '{"keys":[]}' } },
      },
      'keys',
    ],
    [
      'an introspection',
      {
        request: { ...request, url: 'https://id.example/x', postData: { text: 'token=abc' } },
        response: { ...response, content: { text: '{"active":false}' } },
      },
      'introspection',
    ],
    [
      'a revocation',
      { request: { ...request, url: 'https://id.example/revoke', postData: { text: 'token=abc' } } },
      'revocation',
    ],
    [
      'a registration',
      {
        request: {
          ...request,
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          postData: { text: '{"grant_types":["client_credentials"]}' },
        },
      },
      'registration',
    ],
    ['the call of an API', { request: { method: 'GET', url: 'https://api.example/orders' } }, 'api'],
  ])('has %s', (_what, entry, about) => {
    expect(first(foreign(entry)).about).toBe(about)
  })

  it('has its header fields without pseudo-header fields, in order, repeats kept', () => {
    const headers = [':authority', 'a', 'b', 'a', 'no name'].map((name) => ({ name, value: '1' }))
    expect(first(foreign({ request: { ...request, headers } })).exchange.request.headers).toEqual([
      ['a', '1'],
      ['b', '1'],
      ['a', '1'],
    ])
  })

  it('has a form that is in parameters alone, as Charles writes it', () => {
    const params = [
      { name: 'grant_type', value: 'client_credentials' },
      { name: 'scope', value: 'a b&c' },
    ]
    const read = first(foreign({ request: { ...request, postData: { mimeType: '', params } } }))
    expect(read.exchange.request.body).toBe('grant_type=client_credentials&scope=a+b%26c')
  })

  it('has a body in base64', () => {
    const content = { size: 3, mimeType: 'image/png', text: '/wAB', encoding: 'base64' }
    expect(first(foreign({ response: { ...response, content } })).exchange.outcome).toMatchObject({
      response: { body: Uint8Array.of(0xff, 0, 1) },
    })
  })

  it('has text in the charset that its header field names', () => {
    const headers = [{ name: 'content-type', value: 'text/plain; charset=iso-8859-1' }]
    const content = { size: 1, mimeType: '', text: 'é' }
    expect(first(foreign({ response: { ...response, headers, content } })).exchange.outcome).toMatchObject({
      response: { body: Uint8Array.of(0xe9) },
    })
  })

  it('has no response if the status is 0, with the reason that Chrome gives', () => {
    const outcome = first(foreign({ response: { ...response, status: 0, _error: 'net::ERR_FAILED' } }))
      .exchange.outcome
    expect(outcome).toEqual({ kind: 'failure', name: 'Error', message: 'net::ERR_FAILED', partial: null })
  })

  it.each([
    ['that is not there', { size: 12 }],
    ['in base64 that is none', { size: 12, text: '%%%', encoding: 'base64' }],
    ['in an encoding that is not known', { size: 12, text: 'x', encoding: 'zstd' }],
  ])('has an incomplete response if it has a body %s, and the page says so', (_what, content) => {
    const read = readHar(foreign({ response: { ...response, content } }))
    expect(read).toMatchObject({
      ok: true,
      ignored: ['1 entry: the file does not have the body of the response.'],
      entries: [{ exchange: { outcome: { kind: 'failure', partial: { status: 200 } } } }],
    })
  })

  it('is sorted by time, and numbered', () => {
    const entries = ['2026-01-02T00:00:02Z', '2026-01-02T00:00:01+00:00'].map((startedDateTime) => ({
      ...base,
      startedDateTime,
    }))
    expect(
      entriesOf(foreign({}, { entries })).map(({ exchange }) => [exchange.id, exchange.startedAt]),
    ).toEqual([
      [1, Date.UTC(2026, 0, 2, 0, 0, 1)],
      [2, Date.UTC(2026, 0, 2, 0, 0, 2)],
    ])
  })
})

describe('a hostile file', () => {
  it.each([
    ['no JSON', '<html>', /^This is no HAR file\. Not JSON/],
    ['no object', '[]', /no member log/],
    ['no log', '{"log":[]}', /no member log/],
    ['no entries', '{"log":{"entries":{}}}', /no member log with entries/],
    ['members of a prototype', '{"__proto__":{"log":{"entries":[]}}}', /no member log/],
    ['another version', foreign({}, { version: '2.0\u202E' }), /version 2\.0\[U\+202E\]/],
    ['nothing to show', foreign({}, { entries: [] }), /no exchange that the page can show/],
    ['a text that is too long', ' '.repeat(harBounds.text + 1), /too long: at most 8 MB/],
    ['200,000 levels', `{"log":{"entries":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`, /no exchange/],
  ])('is refused: %s', (_what, text, why) => {
    const read = readHar(text)
    expect(read.ok ? '' : read.why).toMatch(why)
  })

  it.each([
    ['javascript:alert(1)', /no http: or https: URL/],
    ['file:///etc/passwd', /no http: or https: URL/],
    ['//id.example/', /no http: or https: URL/],
    ['https://', /no http: or https: URL/],
  ])('has no exchange with the URL %s', (url, why) => {
    const read = readHar(foreign({}, { entries: [base, { ...base, request: { ...request, url } }] }))
    expect(read.ok && read.entries.length).toBe(1)
    expect(read.ok && read.ignored.join()).toMatch(why)
  })

  it('has no exchange with a method that breaks a line', () => {
    const read = readHar(foreign({ request: { ...request, method: 'GET / HTTP/1.1\r\nX: y' } }))
    expect(read).toMatchObject({ ok: false })
  })

  it('has no members but its own', () => {
    const entry = '{"__proto__":{"request":{"method":"GET","url":"https://id.example/"}}}'
    expect(readHar(`{"log":{"entries":[${entry}]}}`)).toMatchObject({ ok: false })
    const polluting = foreign({
      ['__proto__']: { polluted: true },
      constructor: { prototype: { polluted: true } },
    })
    expect(readHar(polluting).ok).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('has at most a thousand exchanges read', () => {
    const entries = Array.from({ length: harBounds.entries + 5 }, () => base)
    const read = readHar(foreign({}, { entries }))
    expect(read).toMatchObject({
      ok: true,
      ignored: ['The file has 1005 exchanges. The first 1000 are read.'],
    })
    expect(read.ok && read.entries.length).toBe(1000)
  })

  it('does not make it throw, whatever its members are', () => {
    const junk = fc.anything({ withNullPrototype: true, maxDepth: 3 })
    fc.assert(
      fc.property(
        fc.record({
          request: fc.oneof(junk, fc.record({ method: junk, url: junk, headers: junk, postData: junk })),
        }),
        fc.oneof(junk, fc.record({ status: fc.oneof(junk, fc.constant(200)), headers: junk, content: junk })),
        fc.record({ startedDateTime: junk, time: junk, _playground: junk }),
        ({ request: sent }, received, others) => {
          const log = {
            creator: { name: 'Client Credentials Playground' },
            entries: [{ ...others, request: sent, response: received }, base],
          }
          const text = JSON.stringify({ log }, (_name, value: unknown) =>
            typeof value === 'bigint' ? 1 : value,
          )
          const read = readHar(text)
          expect(read.ok && read.entries.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

it('a response of this page that another tool rewrote is what its messages say', () => {
  const har = toHar([tokenExchange({ outcome: jsonResponse(200, '{"access_token":"a"}') })], versions)
  const rewritten = JSON.stringify({ log: { ...har.log, creator: { name: 'Editor', version: '1' } } })
  expect(first(rewritten)).toMatchObject({ about: 'token', written: {} })
})
