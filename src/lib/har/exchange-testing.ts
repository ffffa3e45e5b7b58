import fc from 'fast-check'
import type { Exchange, HttpRequest, HttpResponse, Outcome } from '../http/message.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import type { About, Recorded, Versions } from './recorded.ts'

export const versions: Versions = {
  version: '0.1.0',
  commit: 'abc1234',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  now: Date.UTC(2026, 0, 2, 3, 4, 5),
}

/** Text with whatever a string can hold: lone surrogates, controls, characters that reorder others. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 })
const token = fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,20}$/)
const headers = fc.array(
  fc.tuple(
    fc.oneof(token, fc.constantFrom('Content-Type', 'content-type', 'Set-Cookie', 'Location', 'Cookie')),
    fc.oneof(
      anyText,
      fc.constantFrom(
        'application/x-www-form-urlencoded',
        'application/json; charset=utf-8',
        'text/plain; charset=iso-8859-1',
        'text/html; charset=utf-16',
        'image/png',
        'text/plain; charset=shift_jis',
        'text/plain; charset="nonsense"',
        'sid=1; Path=/',
      ),
    ),
  ),
  { maxLength: 6 },
)
const url = fc
  .tuple(fc.webUrl({ withQueryParameters: true }), fc.webQueryParameters())
  .map(([base, query]) => new URL(`${base}${base.includes('?') ? '&' : '?'}${query}`).href)

const request: fc.Arbitrary<HttpRequest> = fc.record({
  method: fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS'), token),
  url,
  headers,
  body: fc.option(fc.oneof(anyText, fc.webQueryParameters(), fc.json())),
})

const response: fc.Arbitrary<HttpResponse> = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  statusText: anyText,
  headers,
  body: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.oneof(anyText, fc.json()).map((text) => new TextEncoder().encode(text)),
  ),
})

const by = fc.constantFrom('person', 'timeout', 'size')

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('response'), response, ended: by }, { requiredKeys: ['kind', 'response'] }),
  fc.record({ kind: fc.constantFrom('opaque', 'opaque-redirect') }),
  fc.record({ kind: fc.constant('failure'), name: anyText, message: anyText, partial: fc.option(response) }),
  fc.record({ kind: fc.constant('aborted'), by, partial: fc.option(response) }),
)

/** Any exchange at all. */
export const anyRecorded: fc.Arbitrary<Recorded> = fc
  .record({
    id: fc.nat(5000),
    purpose: anyText,
    request,
    startedAt: fc.integer({ min: 0, max: 4e12 }),
    duration: fc.double({ min: 0, max: 1e6, noNaN: true }),
    outcome,
    about: fc.constantFrom<About>('token', 'api', 'metadata', 'keys', 'introspection', 'revocation', 'host'),
    client_id: anyText,
  })
  .map(({ about, client_id, ...exchange }) => ({
    exchange: { ...exchange, serverView: null },
    about,
    config: { ...emptyConfig, client_id },
  }))

/** A token request and its response. */
export const tokenExchange = (change: Partial<Exchange> = {}): Recorded => ({
  about: 'token',
  config: { ...emptyConfig, token_endpoint: 'https://id.example/token', client_id: 'm2m' },
  exchange: {
    id: 3,
    purpose: 'Token request',
    request: {
      method: 'POST',
      url: 'https://id.example/token',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: 'grant_type=client_credentials&client_id=m2m&scope=read',
    },
    startedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    duration: 12.5,
    outcome: jsonResponse(401, '{"error":"invalid_client"}'),
    serverView: null,
    ...change,
  },
})

export const jsonResponse = (status: number, body: string): Outcome => ({
  kind: 'response',
  response: {
    status,
    statusText: '',
    headers: [['content-type', 'application/json']],
    body: new TextEncoder().encode(body),
  },
})
