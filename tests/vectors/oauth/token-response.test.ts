import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeaderList, Outcome } from '../../../src/lib/http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'
import { noPast } from '../../../src/lib/why/refusal/facts/facts.ts'
import type { Known } from '../../../src/lib/why/refusal/refusal.ts'
import {
  answer,
  rfc6749Issued,
  rfc6749Refused,
  simpleIdServerAnswer,
  simpleIdServerToken,
} from './answers.ts'
import { exchangeOf, now, proofKey, stagesOf, unchosen, understood } from './token-use.ts'

const config: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: 'password',
  scope: 'read',
}
const signing = { findKey: () => proofKey, now: () => now, nonce: null }

async function read(outcome: Outcome, changed: Partial<TokenRequestConfig> = {}, known: Partial<Known> = {}) {
  const whole = { ...config, ...changed }
  const request = await composeTokenRequest(whole, signing)
  return understood(exchangeOf(request, outcome), whole, { ...unchosen, ...known })
}

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
    expect(checks).toContainEqual(
      expect.objectContaining({
        result: 'fail',
        found: 'expires_in "3600": it is a string, and must be a number',
      }),
    )
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
    const { checks } = await read(issued(',"scope":"write"'))
    expect(checks).toContainEqual(
      expect.objectContaining({ result: 'note', found: 'scope "write", asked for "read"' }),
    )
  })

  it('default scopes that come along are named, as is required (Keycloak)', async () => {
    const { checks } = await read(issued(',"scope":"read profile email","not-before-policy":0'))
    expect(checks).toContainEqual(
      expect.objectContaining({ result: 'pass', found: 'scope "read profile email", asked for "read"' }),
    )
    expect(checks).toContainEqual(expect.objectContaining({ result: 'pass', found: 'not-before-policy 0' }))
  })

  it('section 3.3: "scope = scope-token *( SP scope-token )": an empty one has no value (Ory Hydra)', async () => {
    const { checks } = await read(issued(',"scope":""'))
    expect(checks.find(({ found }) => found.startsWith('scope ""'))).toMatchObject({
      result: 'warn',
      spec: { label: 'RFC 6749 3.3' },
    })
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
    expect(explanation?.title).toBe('The server refused: invalid_request')
  })

  it.each([
    ['invalid_request', 'possible', 'The client is registered for another client authentication'],
    ['invalid_client', 'possible', 'The secret is wrong'],
    ['invalid_credentials', 'possible', 'The secret is wrong'],
    ['invalid_grant', 'possible', 'No DPoP proof was sent'],
    ['unauthorized_client', 'likely', 'The client may not use the client credentials grant'],
    ['unsupported_grant_type', 'likely', 'The client credentials grant is turned off at this server'],
    ['invalid_scope', 'likely', 'The server refuses the scope'],
    ['scope_invalid', 'likely', 'The server refuses the scope'],
    ['invalid_target', 'likely', 'The server demands to know the API that the token is for'],
    ['access_denied', 'likely', 'A rule of the operator refused the request'],
    ['server_error', 'likely', 'The server stopped in an exception of its own'],
    ['temporarily_unavailable', 'likely', 'The server is overloaded, or starting'],
    ['something_new', 'possible', 'Only the server’s own documentation explains “something_new”'],
    ['constructor', 'possible', 'Only the server’s own documentation explains “constructor”'],
  ])('explains %s in our own words', async (error, certainty, cause) => {
    const { explanation } = await read(
      answer(400, JSON.stringify({ error, error_description: 'server’s words' })),
    )
    expect(explanation?.certainty).toBe(certainty)
    if (certainty === 'likely') expect(explanation?.title).toBe(cause)
    else {
      expect(explanation?.title).toBe(`The server refused: ${error}`)
      expect(explanation?.causes[0]).toBe(cause)
    }
    expect(explanation?.meaning).not.toContain('server’s words')
    expect(explanation?.fixes.length).toBeGreaterThan(0)
    expect(explanation?.spec.length).toBeGreaterThan(0)
    if (error !== 'temporarily_unavailable')
      expect(stagesOf(explanation, 'not reached')).toContain('Token issued')
  })

  it('explains a text that is no code by the status', async () => {
    const { explanation } = await read(answer(400, '{"error":"__proto__"}'))
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'The server refused: __proto__' })
    expect(explanation?.fixes.length).toBeGreaterThan(0)
  })

  it('invalid_scope without a scope: one is demanded', async () => {
    const { explanation } = await read(answer(400, '{"error":"invalid_scope"}'), { scope: '' })
    expect([explanation?.title, ...(explanation?.causes ?? [])]).toContain('The server demands a scope')
    expect(explanation?.fixes).toContain('Enter a scope that the client is allowed.')
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
    expect(awkward.explanation?.causes[0]).toBe('The server does not form-decode the Basic header')
    expect(awkward.explanation?.fixes[0]).toMatchObject({ change: { basic_encoding: 'raw' } })
    const raw = await read(refused, { ...basic, client_secret: 'p%+ :', basic_encoding: 'raw' })
    expect(raw.explanation?.causes[0]).toBe('ID and secret were not form-encoded in the Basic header')
    expect(raw.explanation?.fixes[0]).toMatchObject({ change: { basic_encoding: 'form' } })
    const plain = await read(refused, basic)
    expect(JSON.stringify(plain.explanation)).not.toContain('form-')
    const words = answer(401, '{"error":"invalid_client","error_description":"invalid secret"}')
    const said = await read(words, { ...basic, client_secret: 'p%+ :' })
    expect(said.explanation).toMatchObject({ certainty: 'likely', title: 'The secret is wrong' })
    expect(said.explanation?.causes).toContain('The server does not form-decode the Basic header')
  })

  it('says of a replay that these bytes were sent before, and blames what was signed', async () => {
    const refused = answer(401, '{"error":"invalid_client"}')
    const known = { past: { ...noPast, replayOf: 1, jtiSeen: true } }
    const plain = await read(refused, {}, known)
    expect(JSON.stringify(plain.explanation)).toContain('These very bytes were sent before, as #1.')
    expect(plain.explanation?.certainty).toBe('possible')
    const method = { issuer: 'https://as.example', token_endpoint_auth_method: 'private_key_jwt' } as const
    const signed = await read(refused, method, known)
    expect(signed.explanation).toMatchObject({ certainty: 'likely', title: 'The assertion was used before' })
    expect(signed.explanation?.fixes[0]).toContain('signs a new assertion')
  })
})

describe('RFC 9449 section 8', () => {
  const dpop = { ...emptyConfig.dpop, on: true }
  const asking = (headers: HeaderList = []): Outcome => {
    const outcome = answer(400, '{"error":"use_dpop_nonce"}')
    if (outcome.kind !== 'response') return outcome
    const { response } = outcome
    return { ...outcome, response: { ...response, headers: [...response.headers, ...headers] } }
  }

  it('"use_dpop_nonce" asks: with a nonce to use, with one that is hidden, and without a proof', async () => {
    const given = await read(asking([['dpop-nonce', 'n']]), { dpop })
    expect(given.explanation).toMatchObject({
      certainty: 'certain',
      title: 'The server asks for its nonce in the proof',
      causes: [],
      observed: ['The response has the nonce to use, in DPoP-Nonce.'],
    })
    const hidden = await read(asking(), { dpop })
    expect(hidden.explanation).toMatchObject({
      certainty: 'certain',
      title: 'The server asks for a nonce that this page cannot read',
    })
    expect(hidden.explanation?.fixes).toContainEqual(expect.objectContaining({ relay: 'https://as.example' }))
    const without = await read(asking())
    expect(without.explanation).toMatchObject({
      title: 'No DPoP proof was sent',
      fixes: [{ change: { dpop: { on: true } } }],
    })
  })

  it('"invalid_dpop_proof" is of the proof, and of nothing that only an API wants', async () => {
    const { explanation } = await read(answer(400, '{"error":"invalid_dpop_proof"}'), { dpop })
    expect(stagesOf(explanation, 'stopped here')).toEqual(['DPoP proof valid'])
    expect(JSON.stringify(explanation)).not.toMatch(/\bath\b|cnf|API/)
    const { explanation: without } = await read(answer(400, '{"error":"invalid_request"}'))
    expect(without?.causes.join()).not.toContain('DPoP header is no JWT')
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
    ['cut JSON', answer(200, '{"access_token":"ab'), 'broken-json', 'JSON that breaks off'],
    ['JSON with a comma too many', answer(200, '{"access_token":"ab",}'), 'broken-json', 'Broken JSON'],
    [
      'a token that is a number',
      answer(200, '{"access_token":12,"token_type":"Bearer"}'),
      'no-token',
      'access_token is no text',
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

  it.each([
    ['JSON', '{"status":"error","msg":"Incorrect client secret for application: demo","data":null}'],
    ['XML', '<response><status>error</status><message>Incorrect client secret</message></response>'],
    ['text', 'error: invalid client_secret'],
  ])('a refusal inside a 200 is one, in %s without any code', async (_, body) => {
    const { explanation } = await read(answer(200, body, 'text/plain'))
    expect(explanation).toMatchObject({ title: 'The secret is wrong', says: { who: 'server' } })
    expect(explanation?.meaning).toContain('as if it were a success')
  })

  it('a success without a token is no refusal, whatever it says', async () => {
    const { explanation } = await read(
      answer(200, '{"status":"ok","message":"Invalid client secret is rare"}'),
    )
    expect(explanation).toMatchObject({ title: 'JSON without an access_token (status 200)' })
    expect(explanation?.says).toBeUndefined()
  })

  it('XML is named, and its words are the server’s', async () => {
    const body =
      '<fault><faultstring>Failed to resolve API Key variable request.formparam.client_id</faultstring></fault>'
    const { reading, explanation } = await read(answer(500, body, 'text/xml'))
    expect(reading).toMatchObject({ shape: 'xml' })
    expect(explanation?.meaning).toContain('It came as XML instead of JSON (status 500).')
    expect(explanation?.says?.words).toBe('Failed to resolve API Key variable request.formparam.client_id')
  })

  it('the status in words, next to the status, is no code', async () => {
    const body = '{"message":"Route POST:/oauth/token not found","error":"Not Found","statusCode":404}'
    const { reading, explanation } = await read(answer(404, body))
    expect(reading).toMatchObject({ shape: 'no-error' })
    expect(explanation).toMatchObject({
      title: 'The server has nothing at this path',
      says: { words: 'Route POST:/oauth/token not found' },
    })
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
