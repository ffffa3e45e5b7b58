import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exchange, Outcome } from '../../../src/lib/http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { understand } from '../../../src/lib/oauth/token/understand.ts'
import {
  answer,
  rfc6749Issued,
  rfc6749Refused,
  simpleIdServerAnswer,
  simpleIdServerToken,
} from './answers.ts'

const config: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: 'password',
  scope: 'read',
}

const exchange = (outcome: Outcome): Exchange => ({
  id: 1,
  purpose: 'Token request',
  request: {
    method: 'POST',
    url: config.token_endpoint,
    headers: [],
    body: 'scope=read&grant_type=client_credentials&client_id=m2m&client_secret=password',
  },
  startedAt: 0,
  duration: 1,
  serverView: null,
  outcome,
})

const read = (outcome: Outcome, changed: Partial<TokenRequestConfig> = {}) =>
  understand(exchange(outcome), { ...config, ...changed })

const issued = (members: string) => answer(200, `{"access_token":"a","token_type":"Bearer"${members}}`)

describe('RFC 6749 section 5.1', () => {
  it('reads the example, and says that its token_type is unknown to strict clients', async () => {
    const { reading, strict } = await read(answer(200, rfc6749Issued))
    expect(reading).toMatchObject({ kind: 'issued', accessToken: '2YotnFZFEjr1zCsicMWpAA' })
    expect(strict).toMatchObject({ kind: 'rejected', code: 'OAUTH_UNSUPPORTED_OPERATION' })
  })

  it.each([
    [
      '"access_token REQUIRED"',
      answer(200, '{"token_type":"Bearer"}'),
      'nonconforming',
      'OAUTH_INVALID_RESPONSE',
    ],
    ['"token_type REQUIRED"', answer(200, '{"access_token":"a"}'), 'issued', 'OAUTH_INVALID_RESPONSE'],
    [
      '"application/json"',
      answer(200, 'access_token=a&token_type=bearer', 'text/plain'),
      'issued',
      'OAUTH_RESPONSE_IS_NOT_JSON',
    ],
    [
      'a status that is not 200',
      answer(201, '{"access_token":"a","token_type":"Bearer"}'),
      'issued',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
    ],
  ])('%s: read leniently, judged strictly', async (_words, outcome, kind, code) => {
    const { reading, strict } = await read(outcome)
    expect(reading.kind).toBe(kind)
    expect(strict).toMatchObject({ kind: 'rejected', code })
  })

  it('shows a lifetime in a string as it was sent, though the library accepts it', async () => {
    const { checks, strict } = await read(issued(',"expires_in":"3600"'))
    expect(strict).toEqual({ kind: 'accepted' })
    expect(checks).toContainEqual(expect.objectContaining({ result: 'fail', found: 'expires_in "3600"' }))
  })

  it('"The value is case insensitive" for token_type, and shown as sent', async () => {
    const { checks } = await read(answer(200, '{"access_token":"a","token_type":"bEaReR"}'))
    expect(checks).toContainEqual(expect.objectContaining({ result: 'pass', found: 'token_type bEaReR' }))
  })

  it('"The authorization server MUST include the HTTP Cache-Control response header field with a value of no-store"', async () => {
    const outcome = answer(200, '{"access_token":"a","token_type":"Bearer"}')
    const bare =
      outcome.kind === 'response' ? { ...outcome, response: { ...outcome.response, headers: [] } } : outcome
    expect((await read(bare)).checks).toContainEqual(
      expect.objectContaining({ result: 'fail', found: 'Cache-Control: (none)' }),
    )
    expect((await read(outcome)).checks).toContainEqual(
      expect.objectContaining({ result: 'pass', found: 'Cache-Control: no-store' }),
    )
  })

  it('distinguishes the scope granted from the scope asked for', async () => {
    const { checks } = await read(issued(',"scope":"read write"'))
    expect(checks).toContainEqual(
      expect.objectContaining({ result: 'note', found: 'scope "read write", asked for "read"' }),
    )
  })

  it('flags names that come twice', async () => {
    const { checks } = await read(issued(',"expires_in":1,"expires_in":2'))
    expect(checks).toContainEqual(expect.objectContaining({ found: 'expires_in more than once' }))
  })

  it('flags names that look like others, in a refusal too', async () => {
    const found = 'A name contains invisible characters: U+200B in “sc…ope”.'
    for (const outcome of [issued(',"sc\u200Bope":"read"'), answer(400, '{"error":"x","sc\\u200Bope":1}')]) {
      expect((await read(outcome)).checks).toContainEqual(expect.objectContaining({ result: 'warn', found }))
    }
  })
})

describe('RFC 6749 section 5.2', () => {
  it('reads the example', async () => {
    const { reading, strict, explanation } = await read(answer(400, rfc6749Refused))
    expect(reading).toMatchObject({ kind: 'refused', error: { error: 'invalid_request' } })
    expect(strict).toEqual({ kind: 'refusal' })
    expect(explanation?.title).toContain('invalid_request')
  })

  it.each([
    'invalid_request',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_scope',
    'scope_invalid',
    'invalid_target',
    'server_error',
    'temporarily_unavailable',
    'something_new',
    '__proto__',
  ])('explains %s in our own words', async (error) => {
    const { explanation } = await read(
      answer(400, JSON.stringify({ error, error_description: 'server’s words' })),
    )
    expect(explanation?.title).toContain(error)
    expect(explanation?.meaning).not.toContain('server’s words')
    expect(explanation?.fixes.length).toBeGreaterThan(0)
    expect(explanation?.spec.length).toBeGreaterThan(0)
  })

  it.each([
    ['invalid_request', true],
    ['use_dpop_nonce', true],
    ['access_denied', true],
    ['authorization_pending', true],
    ['slow_down', true],
    ['expired_token', true],
    ['server_error', false],
    ['scope_invalid', false],
    ['something_new', false],
    ['constructor', false],
  ])('%s: whether it is registered (%s) is said in one way', async (error, registered) => {
    const { explanation, checks } = await read(answer(400, JSON.stringify({ error })))
    const what = registered ? 'A registered error code' : 'Not a code registered for a token endpoint'
    expect(checks).toContainEqual(
      expect.objectContaining({ result: registered ? 'pass' : 'note', found: `error ${error}`, what }),
    )
    if (registered) expect(explanation?.meaning).not.toContain('registered')
  })

  it.each(['authorization_pending', 'slow_down', 'expired_token'])(
    'RFC 8628 section 3.5: %s belongs to the device authorization grant',
    async (error) => {
      const { explanation } = await read(answer(400, JSON.stringify({ error })))
      expect(explanation?.meaning).toContain('belongs to the device authorization grant')
      expect(explanation?.spec[0]?.label).toBe('RFC 8628 3.5')
    },
  )

  it('names the encoding first if it makes a difference for this very secret', async () => {
    const refused = answer(401, '{"error":"invalid_client"}')
    const basic = { token_endpoint_auth_method: 'client_secret_basic' } as const
    const awkward = await read(refused, { ...basic, client_secret: 'p%+ :' })
    expect(awkward.explanation?.causes[0]).toContain('does not form-decode')
    const plain = await read(refused, basic)
    expect(plain.explanation?.causes.join()).not.toContain('form-decode')
  })
})

describe('RFC 6749 section 4.4', () => {
  it('"MUST only be used by confidential clients": a token without any proof of the client is a deviation', async () => {
    const outcome = issued('')
    const bare = { ...exchange(outcome).request, body: 'grant_type=client_credentials&client_id=m2m' }
    const rule = expect.objectContaining({
      what: 'A token is issued only to a client that proves itself',
      result: 'fail',
    })
    expect((await understand({ ...exchange(outcome), request: bare }, config)).checks).toContainEqual(rule)
    expect((await read(outcome)).checks).not.toContainEqual(rule)
  })
})

describe('responses of real servers', () => {
  it('SimpleIdServer: a token with an unexpected refresh_token', async () => {
    const { reading, strict, checks } = await read(
      answer(200, simpleIdServerAnswer, 'application/json; charset=utf-8'),
    )
    expect(reading).toMatchObject({ kind: 'issued', accessToken: simpleIdServerToken })
    expect(strict).toEqual({ kind: 'accepted' })
    expect(checks).toContainEqual(expect.objectContaining({ result: 'fail', found: 'A refresh_token' }))
  })

  it.each([
    ['bad credentials', 'invalid_client', 'bad client credential'],
    ['no scope', 'invalid_request', 'missing parameter scope'],
    ['a scope it denies', 'invalid_scope', 'unauthorized to scopes : write'],
    ['no grant type', 'invalid_grant', 'bad grant type'],
  ])('SimpleIdServer: %s', async (_case, error, error_description) => {
    const body = JSON.stringify({ error, error_description }, null, 2)
    const { reading, strict } = await read(answer(400, body), { scope: '' })
    expect(reading).toMatchObject({ kind: 'refused', error: { error, error_description } })
    expect(strict).toEqual({ kind: 'refusal' })
  })

  it.each([
    ['an empty 403 (Glewlwyd)', answer(403, '', null), 'empty', 'An empty response (status 403)'],
    ['HTML', answer(200, '<!doctype html><title>Login</title>', 'text/html'), 'html', 'A web page'],
    ['HTML without a type', answer(502, '<html>Bad gateway</html>', null), 'html', 'status 502'],
    [
      'problem+json',
      answer(400, '{"title":"Bad Request"}', 'application/problem+json'),
      'problem',
      'problem document',
    ],
    ['text', answer(500, 'Internal Server Error', 'text/plain'), 'text', 'Text instead'],
    ['a gateway’s JSON', answer(403, '{"message":"Forbidden"}'), 'no-error', 'without an error code'],
    ['an array', answer(200, '[1]'), 'no-object', 'no object'],
    ['cut JSON', answer(200, '{"access_token":"ab'), 'broken-json', 'Broken JSON'],
    [
      'a token that is a number',
      answer(200, '{"access_token":12,"token_type":"Bearer"}'),
      'no-token',
      'without an access_token',
    ],
    [
      'a token in a refusal',
      answer(400, '{"access_token":"a","token_type":"Bearer"}'),
      'no-error',
      'without an error code',
    ],
    ['204', answer(204, '', null), 'empty', 'An empty response'],
    ['NULs', answer(200, '\0\0\0', null), 'binary', 'not text'],
    ['5 MB', answer(200, ' '.repeat(5_000_000)), 'too-large', 'very large'],
  ])('%s is named for what it is', async (_what, outcome, shape, title) => {
    const { reading, explanation } = await read(outcome)
    expect(reading).toMatchObject({ kind: 'nonconforming', shape })
    expect(explanation?.title).toContain(title)
    expect(explanation?.fixes.length).toBeGreaterThan(0)
  })

  it('an error inside a 200 is a refusal, and strict clients cannot read it', async () => {
    const { reading, strict, explanation } = await read(answer(200, '{"error":"invalid_client"}'))
    expect(reading.kind).toBe('refused')
    expect(explanation?.meaning).toContain('status 200')
    expect(strict).toMatchObject({ kind: 'rejected' })
  })

  it('an error with the wrong content type is read by us and not by strict clients', async () => {
    const { reading, strict } = await read(answer(400, '{"error":"invalid_client"}', 'text/html'))
    expect(reading.kind).toBe('refused')
    expect(strict).toMatchObject({ kind: 'rejected', code: 'OAUTH_RESPONSE_IS_NOT_JSON' })
  })
})

describe('no response', () => {
  const response = { status: 200, statusText: 'OK', headers: [], body: new Uint8Array() }
  it.each([
    [{ kind: 'opaque-redirect' } as const, 'redirect'],
    [{ kind: 'aborted', by: 'person', partial: null } as const, 'Cancelled'],
    [{ kind: 'aborted', by: 'timeout', partial: null } as const, 'No response in time'],
    [{ kind: 'aborted', by: 'size', partial: response } as const, 'too large'],
    [
      { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const,
      'no response to this page',
    ],
    [
      { kind: 'failure', name: 'TypeError', message: 'network error', partial: response } as const,
      'broke off',
    ],
  ])('%o has an explanation of its own', async (outcome, title) => {
    const { reading, strict, explanation } = await read(outcome)
    expect(reading.kind).toBe('unreachable')
    expect(strict).toBeNull()
    expect(explanation?.title).toContain(title)
  })

  it('never claims CORS for a failed fetch, and keeps the browser’s words', async () => {
    const outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
    const { explanation } = await read(outcome)
    expect(explanation?.title).not.toContain('CORS')
    expect(explanation?.meaning).toContain('“Failed to fetch”')
  })
})

it('reading never throws, whatever a server responds', async () => {
  const body = fc.oneof(fc.string({ unit: 'binary' }), fc.json())
  const type = fc.oneof(fc.constantFrom('application/json', 'text/html', null), fc.string())
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 200, max: 599 }), body, type, async (status, text, contentType) => {
      const valid = contentType === null || /^[\t\x20-\x7e]*$/.test(contentType)
      await expect(read(answer(status, text, valid ? contentType : null))).resolves.toBeDefined()
    }),
  )
})
