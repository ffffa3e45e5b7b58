import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import schema from '../../../tests/vectors/har/har-1.2.schema.json' with { type: 'json' }
import { bodyLimit } from './body-text.ts'
import { anyRecorded, tokenExchange, versions } from './exchange-testing.ts'
import { readHar } from './read-har.ts'
import { toHar } from './to-har.ts'

const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

/** What the schema of HAR 1.2 says against a file; `null` if nothing. */
function errorsOf(har: unknown): unknown {
  validate(JSON.parse(JSON.stringify(har)))
  return validate.errors ?? null
}

describe('the schema', () => {
  it('rejects what the format does not allow', () => {
    const har = toHar([tokenExchange()], versions)
    const [entry] = har.log.entries
    const withEntry = (change: object) => ({ log: { ...har.log, entries: [{ ...entry, ...change }] } })
    expect(errorsOf(har)).toBeNull()
    expect(errorsOf(withEntry({ startedDateTime: 'yesterday' }))).not.toBeNull()
    expect(errorsOf(withEntry({ time: -1 }))).not.toBeNull()
    expect(errorsOf(withEntry({ request: { ...entry?.request, url: '/token' } }))).not.toBeNull()
    expect(errorsOf(withEntry({ purpose: 'of our own, without an underscore' }))).not.toBeNull()
    expect(errorsOf({ log: { ...har.log, creator: {} } })).not.toBeNull()
  })
})

describe('toHar', () => {
  it('writes what the developer tools read', () => {
    const { log } = toHar([tokenExchange()], versions)
    expect(log).toEqual({
      version: '1.2',
      creator: { name: 'Client Credentials Playground', version: '0.1.0', comment: 'commit abc1234' },
      browser: { name: 'Firefox', version: '140.0', comment: versions.userAgent },
      pages: [],
      entries: [
        {
          startedDateTime: '2026-01-02T03:04:05.000Z',
          time: 12.5,
          request: {
            method: 'POST',
            url: 'https://id.example/token',
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
            queryString: [],
            postData: {
              mimeType: 'application/x-www-form-urlencoded',
              params: [
                { name: 'grant_type', value: 'client_credentials' },
                { name: 'client_id', value: 'm2m' },
                { name: 'scope', value: 'read' },
              ],
              text: 'grant_type=client_credentials&client_id=m2m&scope=read',
            },
            headersSize: -1,
            bodySize: 54,
          },
          response: {
            status: 401,
            statusText: '',
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: [{ name: 'content-type', value: 'application/json' }],
            content: { size: 26, mimeType: 'application/json', text: '{"error":"invalid_client"}' },
            redirectURL: '',
            headersSize: -1,
            bodySize: 26,
          },
          cache: {},
          timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 12.5, receive: 0 },
          _resourceType: 'fetch',
          _playground: {
            number: 3,
            about: 'token',
            purpose: 'Token request',
            outcome: { kind: 'response', has_response: true },
            configuration: { token_endpoint: 'https://id.example/token', client_id: 'm2m' },
          },
        },
      ],
    })
  })

  it('gives a failure status 0 and the reason, as Chrome does', () => {
    const failure = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
    const har = toHar([tokenExchange({ outcome: failure })], versions)
    expect(har.log.entries[0]?.response).toMatchObject({
      status: 0,
      statusText: '',
      content: { size: 0, mimeType: 'x-unknown' },
      _error: 'TypeError: Failed to fetch',
    })
    expect(errorsOf(har)).toBeNull()
  })

  it('lists cookies by name and value', () => {
    const exchange = tokenExchange()
    const outcome = {
      kind: 'response',
      response: {
        status: 200,
        statusText: 'OK',
        headers: [['Set-Cookie', 'sid=a=b; Path=/; HttpOnly'] as const, ['Set-Cookie', 'bare'] as const],
        body: new Uint8Array(),
      },
    } as const
    const request = { ...exchange.exchange.request, headers: [['Cookie', 'a=1; b=2'] as const] }
    const [entry] = toHar([tokenExchange({ outcome, request })], versions).log.entries
    expect(entry?.request.cookies).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ])
    expect(entry?.response.cookies).toEqual([
      { name: 'sid', value: 'a=b' },
      { name: '', value: 'bare' },
    ])
  })

  it('is valid, whatever the exchange, and never throws', () => {
    fc.assert(
      fc.property(fc.array(anyRecorded, { maxLength: 3 }), (entries) => {
        expect(errorsOf(toHar(entries, versions))).toBeNull()
      }),
    )
  })

  it.each([
    ['of text', new Uint8Array(16 * 1024 * 1024).fill(0x61), 'a'],
    ['of letters of two bytes', new TextEncoder().encode('xé'.repeat(6_000_000)), 'x'],
    ['of no text', new Uint8Array(16 * 1024 * 1024).fill(0xff), '/'],
  ])('cuts a body of 16 MiB, and says so: %s', (_what, body, first) => {
    const response = { status: 200, statusText: '', headers: [], body }
    const recorded = tokenExchange({ outcome: { kind: 'response', response } })
    const har = toHar([recorded], versions)
    const content = har.log.entries[0]?.response.content
    expect(errorsOf(har)).toBeNull()
    expect(content?.text?.startsWith(first)).toBe(true)
    expect(content?.text?.length).toBeLessThan(bodyLimit * 1.4)
    expect(content?.size).toBe(body.length)
    expect(content?.comment).toMatch(new RegExp(`^The first \\d+ of ${body.length} bytes\\.$`))
    const read = readHar(JSON.stringify(har))
    expect(read.ok && read.entries[0]?.exchange.outcome).toMatchObject({
      kind: 'failure',
      partial: { status: 200 },
    })
  })

  it('cuts a request body, too', () => {
    const request = { ...tokenExchange().exchange.request, body: 'a=\uD83D\uDE00'.repeat(bodyLimit) }
    const har = toHar([tokenExchange({ request })], versions)
    expect(errorsOf(har)).toBeNull()
    expect(har.log.entries[0]?.request.postData?.comment).toBe(
      `The first ${bodyLimit} of ${4 * bodyLimit} characters.`,
    )
  })
})
