import { describe, expect, it } from 'vitest'
import { jsonResponse, tokenExchange } from '../har/exchange-testing.ts'
import type { Recorded } from '../har/recorded.ts'
import type { HeaderList, HttpRequest, Outcome } from '../http/message.ts'
import { mask } from '../http/redact.ts'
import { maskEntries } from './mask-entries.ts'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJtMm0ifQ.c2lnbmF0dXJl'

/** One exchange with these in place of its own, masked. */
function masked(change: { request?: Partial<HttpRequest>; outcome?: Outcome; also?: readonly string[] }) {
  const exchange = tokenExchange()
  const request = { ...exchange.exchange.request, ...change.request }
  const recorded = tokenExchange({ request, ...(change.outcome && { outcome: change.outcome }) })
  const { entries, places } = maskEntries([recorded], change.also)
  const [entry] = entries
  if (!entry) throw new Error('No entry')
  return { ...entry.exchange, places }
}

const bodyOf = (outcome: Outcome): string =>
  outcome.kind === 'response' ? new TextDecoder().decode(outcome.response.body) : outcome.kind

describe('a header field', () => {
  it.each([
    ['Authorization', 'Basic bTJtOnMzY3IzdA==', `Basic ${mask}`],
    ['authorization', `Bearer ${jwt}`, `Bearer ${mask}`],
    ['Authorization', 'DPoP abc', `DPoP ${mask}`],
    ['Authorization', 'Custom abc def', mask],
    ['DPoP', jwt, mask],
    ['Cookie', 'sid=1; theme=dark', `sid=${mask}; theme=${mask}`],
    ['Mcp-Session-Id', '12', mask],
    ['X-Api-Key', 'k', mask],
    ['X-Trace', 'no secret', 'no secret'],
    ['DPoP-Nonce', 'nonce-1', 'nonce-1'],
  ])('of a request: %s: %s', (name, value, expected) => {
    expect(masked({ request: { headers: [[name, value]] } }).request.headers).toEqual([[name, expected]])
  })

  it.each([
    ['Set-Cookie', 'sid=abc; Path=/; HttpOnly', `sid=${mask}; Path=/; HttpOnly`],
    [
      'WWW-Authenticate',
      'DPoP algs="ES256", error="use_dpop_nonce"',
      'DPoP algs="ES256", error="use_dpop_nonce"',
    ],
    ['WWW-Authenticate', 'Bearer error="invalid_token"', 'Bearer error="invalid_token"'],
    [
      'Location',
      `https://a.example/?access_token=abc&state=1`,
      `https://a.example/?access_token=${mask}&state=1`,
    ],
    ['Location', `https://a.example/#id_token=${jwt}`, `https://a.example/#id_token=${mask}`],
  ])('of a response: %s: %s', (name, value, expected) => {
    const headers: HeaderList = [[name, value]]
    const outcome: Outcome = {
      kind: 'response',
      response: { status: 302, statusText: '', headers, body: new Uint8Array() },
    }
    expect(masked({ outcome }).outcome).toMatchObject({ response: { headers: [[name, expected]] } })
  })
})

describe('a request', () => {
  it.each([
    ['client_id=m2m&client_secret=s', `client_id=m2m&client_secret=${mask}`],
    ['client_secret=a%3Bb;c,d', `client_secret=${mask}`],
    [
      'client_assertion_type=urn%3Aietf&client_assertion=x',
      `client_assertion_type=urn%3Aietf&client_assertion=${mask}`,
    ],
    ['token=abc&token_type_hint=access_token', `token=${mask}&token_type_hint=access_token`],
    ['grant_type=client_credentials&scope=read', 'grant_type=client_credentials&scope=read'],
    ['client%5Fsecret=s', `client%5Fsecret=${mask}`],
  ])('has no secret in its form: %s', (body, expected) => {
    expect(masked({ request: { body } }).request.body).toBe(expected)
  })

  it('has none in its URL, which stays one', () => {
    const url = `https://id.example/a/hunter2-99/b?token=${jwt}&api_key=k&x=1`
    expect(masked({ request: { url }, also: ['hunter2-99'] }).request.url).toBe(
      'https://id.example/a/********/b?token=********&api_key=********&x=1',
    )
    const host = 'https://s3cr3t-host.example/'
    expect(masked({ request: { url: host }, also: ['s3cr3t-host'] }).request.url).toBe(
      'https://********.example/',
    )
  })
})

describe('a response body', () => {
  it.each([
    ['{"access_token":"a","token_type":"Bearer"}', `{"access_token":"${mask}","token_type":"Bearer"}`],
    ['{"client\\u005fsecret" : "s\\"x"}', `{"client\\u005fsecret" : "${mask}"}`],
    ['{"token":12.5,"expires_in":3600}', `{"token":"${mask}","expires_in":3600}`],
    ["{'client_secret': 'it'}", `{'client_secret': '${mask}'}`],
    ['{"a":"{\\"refresh_token\\":\\"x\\"}"}', `{"a":"{\\"refresh_token\\":\\"${mask}\\"}"}`],
    ['access_token=abc&token_type=bearer', `access_token=${mask}&token_type=bearer`],
    ['{"kty":"EC","crv":"P-256","x":"AQ","d":"secret"}', `{"kty":"EC","crv":"P-256","x":"AQ","d":"${mask}"}`],
    ['{"d":"a day","k":"1"}', '{"d":"a day","k":"1"}'],
    [
      '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQ","kid":"1"}]}',
      '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQ","kid":"1"}]}',
    ],
    ['-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----.', `${mask}.`],
    ['{"url":"https://me:pw@a.example/"}', `{"url":"https://${mask}@a.example/"}`],
    ['Authorization: Basic bTJtOnMzY3IzdA== was sent', `Authorization: Basic ${mask} was sent`],
    [
      'The Bearer token is missing. Basic authentication failed.',
      'The Bearer token is missing. Basic authentication failed.',
    ],
    [
      '{"code":"invalid_client","error":"invalid_token"}',
      '{"code":"invalid_client","error":"invalid_token"}',
    ],
    [
      '{"token_endpoint":"https://a.example/t","token_endpoint_auth_methods_supported":["none"],"id_token_signed_response_alg":"RS256"}',
      '{"token_endpoint":"https://a.example/t","token_endpoint_auth_methods_supported":["none"],"id_token_signed_response_alg":"RS256"}',
    ],
    [
      `data: {"jsonrpc":"2.0","result":{"token":"x"}}\n\n`,
      `data: {"jsonrpc":"2.0","result":{"token":"${mask}"}}\n\n`,
    ],
    [`a line of a log with ${jwt}, and so on`, `a line of a log with ${mask}, and so on`],
  ])('has none: %s', (body, expected) => {
    expect(bodyOf(masked({ outcome: jsonResponse(200, body) }).outcome)).toBe(expected)
  })

  it('has none in bytes that are no text, nor in UTF-16', () => {
    const secret = 'pässwörd-1'
    const bytes = Uint8Array.of(0xff, 0, ...new TextEncoder().encode(secret), 0xfe)
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF{"x":"${secret}"}`, 'utf16le'))
    for (const [body, expected] of [
      [bytes, Uint8Array.of(0xff, 0, ...new TextEncoder().encode('********'), 0xfe)],
      [utf16, new Uint8Array(Buffer.from('\uFEFF{"x":"********"}', 'utf16le'))],
    ] as const) {
      const outcome: Outcome = {
        kind: 'response',
        response: { status: 200, statusText: '', headers: [], body },
      }
      const read = masked({ outcome, also: [secret] }).outcome
      expect(read.kind === 'response' && read.response.body).toEqual(expected)
    }
  })

  it('has none on the cut', () => {
    const body = `${'x'.repeat(1024 * 1024 - 4)} s3cr3t-of-some-length`
    const hidden = bodyOf(
      masked({ outcome: jsonResponse(200, body), also: ['s3cr3t-of-some-length'] }).outcome,
    )
    expect(hidden.slice(-20)).toBe(`xxxxxxxxxxx ${mask}`)
  })

  it('is masked in a moment, however hostile', () => {
    const long = 300_000
    const bodies = [
      'eyJ',
      '"',
      '\\',
      '{"a":',
      '%25',
      '&amp;',
      '://a:',
      'Bearer a1 ',
      'token=',
      '-----BEGIN PRIVATE KEY',
      '=',
      "'a'",
    ]
    for (const piece of bodies) {
      const outcome = jsonResponse(200, piece.repeat(long / piece.length))
      const started = performance.now()
      masked({ outcome, also: ['s3cr3t-of-some-length'] })
      expect(performance.now() - started, piece).toBeLessThan(6000)
    }
  })
})

describe('what several exchanges have', () => {
  const opaque = 'opaque-T0ken/with+signs='

  it('is masked where it is used, if one of them issued it', () => {
    const issued = tokenExchange({ outcome: jsonResponse(200, JSON.stringify({ access_token: opaque })) })
    const echo = `{"got":"${encodeURIComponent(opaque)}","base64":"${btoa(`x:${opaque}`)}"}`
    const used: Recorded = { ...tokenExchange({ outcome: jsonResponse(200, echo) }), about: 'api' }
    const [, second] = maskEntries([issued, used]).entries
    expect(bodyOf(second?.exchange.outcome ?? { kind: 'opaque' })).toBe(
      `{"got":"${mask}","base64":"${mask}"}`,
    )
  })

  it('is counted, place by place, and masked once', () => {
    const body = 'client_id=m2m&client_secret=s3cr3t-1&x=s3cr3t-1'
    const first = masked({
      request: {
        body,
        headers: [
          ['Authorization', 'Bearer abc'],
          ['Content-Type', 'application/x-www-form-urlencoded'],
        ],
      },
    })
    expect(first.places).toBe(3)
    const again = maskEntries([{ ...tokenExchange(), exchange: first }])
    expect(again.places).toBe(0)
    expect(again.entries[0]?.exchange.request).toEqual(first.request)
  })

  it('is not in the configuration either', () => {
    const recorded = tokenExchange()
    const config = {
      ...recorded.config,
      client_secret: 's3cr3t-1',
      audience: 's3cr3t-1',
      headers: [{ name: 'X-Api-Key', value: 'k', on: true }],
    }
    const [entry] = maskEntries([{ ...recorded, config }]).entries
    expect(entry?.config).toMatchObject({
      client_secret: '',
      audience: mask,
      headers: [{ name: 'X-Api-Key', value: '' }],
    })
  })
})
