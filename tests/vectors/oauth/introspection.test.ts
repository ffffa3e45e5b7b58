import fc from 'fast-check'
import { readToken } from '../../../src/lib/oauth/response/read-response.ts'
import { describe, expect, it } from 'vitest'
import { formatRequest, textOf } from '../../../src/lib/http/format.ts'
import type { HeaderList, HttpResponse, Outcome } from '../../../src/lib/http/message.ts'
import { compareClaims } from '../../../src/lib/oauth/operations/compare-claims.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { explainIntrospection } from '../../../src/lib/oauth/operations/explain-introspection.ts'
import {
  composeIntrospectionRequest,
  readIntrospection,
} from '../../../src/lib/oauth/operations/introspection.ts'
import { judgeIntrospection } from '../../../src/lib/oauth/response/strict-verdict.ts'
import { claimsOf, decode } from '../../../src/lib/jwt/decode/decode.ts'
import { tokenFacts } from '../../../src/lib/oauth/response/token-facts.ts'
import type { Past } from '../../../src/lib/why/refusal/facts/facts.ts'
import type { TokenOperation } from '../../../src/lib/oauth/config/token-operation.ts'
import { answer, simpleIdServerToken } from './answers.ts'
import { answered, exchangeOf, jwt, now, stagesOf, unchosen } from './token-use.ts'

const endpoint = 'https://server.example.com/introspect'
const ofApis = 'Introspection asks for the credentials of an API, not for those of a client'
const signing = { findKey: () => undefined, now: () => now, nonce: null }

async function compose(config: Partial<TokenRequestConfig>, token: string, options: TokenOperation = {}) {
  const whole = { ...emptyConfig, client_id: 's6BhdRkqt3', client_secret: 'gX1fBat3bV', ...config }
  const request = await composeIntrospectionRequest(endpoint, token, whole, signing, options)
  // Outside browsers oauth4webapi names itself in User-Agent; in a page it leaves that to the browser.
  const headers = request.headers.filter(([name]) => name !== 'user-agent')
  return textOf(formatRequest({ ...request, headers }))
}

async function explained(
  outcome: Outcome,
  config: Partial<TokenRequestConfig> = {},
  token = 'opaque',
  past: Partial<Past> = {},
) {
  const issuer = 'https://server.example.com/'
  const whole = { ...emptyConfig, client_id: 'm2m', client_secret: 'password', issuer, ...config }
  const request = await composeIntrospectionRequest(endpoint, token, whole, signing, { hint: true })
  const facts = tokenFacts(readToken(token), now)
  return explainIntrospection(readIntrospection(outcome), exchangeOf(request, outcome), whole, facts, {
    ...unchosen,
    past: { ...unchosen.past, ...past },
  })
}
const responseOf = (outcome: Outcome): HttpResponse => {
  if (outcome.kind !== 'response') throw new Error(outcome.kind)
  return outcome.response
}

/** RFC 7662 section 2.2, its example of an active token. */
const rfc7662Active = `{
  "active": true,
  "client_id": "l238j323ds-23ij4",
  "username": "jdoe",
  "scope": "read write dolphin",
  "sub": "Z5O3upPC88QrAjx00dis",
  "aud": "https://protected.example.net/resource",
  "iss": "https://server.example.com/",
  "exp": 1419356238,
  "iat": 1419350238,
  "extension_field": "twenty-seven"
}`

describe('RFC 7662 section 2.1', () => {
  it('leaves the client out for an endpoint that looks at none', async () => {
    for (const token_endpoint_auth_method of ['client_secret_basic', 'client_secret_post', 'none'] as const) {
      const sent = await compose({ token_endpoint_auth_method }, 'mF_9.B5f-4.1JqM', { anonymous: true })
      expect(sent).toMatch(/\r\n\r\ntoken=mF_9\.B5f-4\.1JqM$/)
      expect(sent).not.toMatch(/authorization|s6BhdRkqt3|gX1fBat3bV/i)
    }
  })

  it('"The following is a non-normative example request with a token type hint"', async () => {
    const message = await compose({ token_endpoint_auth_method: 'client_secret_basic' }, 'mF_9.B5f-4.1JqM', {
      hint: true,
    })
    expect(message).toBe(
      'POST /introspect HTTP/1.1\r\n' +
        'accept: application/json\r\n' +
        'authorization: Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW\r\n' +
        'content-type: application/x-www-form-urlencoded\r\n' +
        '\r\n' +
        'token=mF_9.B5f-4.1JqM&token_type_hint=access_token',
    )
  })

  it('authenticates as at the token endpoint, and sends nothing else of its request', async () => {
    const dpop = { ...emptyConfig.dpop, on: true }
    const extra = { name: 'x', value: 'y', on: true }
    const message = await compose(
      { scope: 'read', resource: ['urn:a'], dpop, parameters: [extra], headers: [extra] },
      'abc',
    )
    expect(message.split('\r\n\r\n')[1]).toBe('token=abc&client_id=s6BhdRkqt3&client_secret=gX1fBat3bV')
    expect(message).not.toMatch(/dpop|scope|x: y/i)
  })

  it('accepts another hint, to see what the server makes of it', async () => {
    expect(await compose({}, 'abc', { hint: 'bad' })).toContain('token=abc&token_type_hint=bad&')
    expect(await compose({}, 'abc', { hint: '' })).not.toContain('hint')
  })

  it('signs an assertion with the audience as configured', async () => {
    const config: Partial<TokenRequestConfig> = {
      token_endpoint: 'https://server.example.com/token',
      token_endpoint_auth_method: 'client_secret_jwt',
      client_secret: 'a-secret-of-32-bytes-for-HS256--',
      assertion: { ...emptyConfig.assertion, aud: 'token_endpoint' },
    }
    const body = new URLSearchParams((await compose(config, 'abc')).split('\r\n\r\n')[1])
    expect(body.get('token')).toBe('abc')
    const payload = body.get('client_assertion')?.split('.')[1] ?? ''
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      aud: 'https://server.example.com/token',
      iat: now / 1000,
    })
  })
})

describe('RFC 7662 section 2.2', () => {
  it('"The following is a non-normative example response": active', async () => {
    const outcome = answer(200, rfc7662Active)
    expect(readIntrospection(outcome).kind).toBe('active')
    // Its exp is of 2014: only by then nothing is odd.
    expect((await explained(outcome))?.title).toBe('The server calls the token active, and its exp is over')
    expect(await explained(answer(200, rfc7662Active.replace('1419356238', '4102444800')))).toBeNull()
    expect(await judgeIntrospection(responseOf(outcome), emptyConfig)).toEqual({ kind: 'accepted' })
  })

  it('"a token that has been revoked or is otherwise invalid": not active, and no reason', async () => {
    const outcome = answer(200, '{\n  "active": false\n}')
    expect(readIntrospection(outcome).kind).toBe('inactive')
    expect(await explained(outcome)).toMatchObject({
      title: 'The token is not active',
      certainty: 'possible',
    })
    expect(await judgeIntrospection(responseOf(outcome), emptyConfig)).toEqual({ kind: 'accepted' })
  })

  it('a client that is not in aud may not ask: also of a token that nobody can read (Keycloak, zitadel)', async () => {
    const outcome = answer(200, '{"active":false}')
    expect((await explained(outcome))?.causes[0]).toMatch(/^This client may not ask.*cannot be read here/)
    const known = await explained(answer(200, '{"active":false,"exp":1704067500}'))
    expect(known?.causes[0]).toMatch(/^The server knows the token, as it tells its exp/)
  })

  it('what was revoked in this tab and is active all the same is said', async () => {
    expect(await explained(answer(200, rfc7662Active), {}, 'opaque', { revoked: true })).toMatchObject({
      title: 'The token is active, though it was revoked in this tab',
    })
    const inactive = await explained(answer(200, '{"active":false}'), {}, jwt({ aud: 'm2m' }), {
      revoked: true,
    })
    expect(JSON.stringify(inactive)).not.toContain('keeps no record')
  })

  it('finds the reason in the token if that has one', async () => {
    const outcome = answer(200, '{"active":false}')
    const expired = await explained(outcome, {}, jwt({ exp: now / 1000 - 120, iss: 'https://other.example' }))
    expect(expired?.certainty).toBe('likely')
    expect(expired?.causes[0]).toBe('The token expired 2 min ago, by this machine’s clock.')
    expect(expired?.causes[1]).toContain('https://other.example')
    const keycloak = await explained(outcome, {}, jwt({ exp: now / 1000 + 60, aud: 'account' }))
    expect(keycloak?.causes[0]).toContain('newer Keycloak')
    expect((await explained(outcome, {}, jwt({ aud: ['m2m'] })))?.causes.join()).not.toContain('Keycloak')
  })

  it('reads what is boolean in words, and says what a strict client makes of it', async () => {
    const outcome = answer(200, '{"active":"True","sub":"x"}')
    expect(readIntrospection(outcome).kind).toBe('active')
    expect(await judgeIntrospection(responseOf(outcome), emptyConfig)).toMatchObject({
      kind: 'rejected',
      code: 'OAUTH_INVALID_RESPONSE',
    })
  })

  it.each<[string, Outcome, string]>([
    ['HTML', answered(200, [['content-type', 'text/html']], '<!doctype html>'), 'A web page'],
    ['nothing', answered(200), 'An empty response'],
    ['404', answered(404, [], 'no'), 'Text'],
  ])('%s is no introspection', async (_what, outcome, came) => {
    expect(readIntrospection(outcome).kind).toBe('nonconforming')
    expect((await explained(outcome))?.title).toMatch(new RegExp(`^${came} instead of an introspection`))
  })
})

describe('RFC 7662 section 2.2, and what servers have in its place', () => {
  const over = now / 1000 - 60
  const ahead = now / 1000 + 60

  it.each<[status: number, body: string, kind: string, title: string | null]>([
    [
      400,
      '{"error":"invalid_token"}',
      'inactive',
      'The token is not active, which the server says by an error',
    ],
    [
      404,
      '{"error":"token_not_found"}',
      'inactive',
      'The token is not active, which the server says by an error',
    ],
    [
      200,
      '{"error":"expired_token"}',
      'inactive',
      'The token is not active, which the server says by an error',
    ],
    [200, '{"active":false,"error":"token_expired"}', 'inactive', 'The token is not active'],
    [401, '{"error":"invalid_token"}', 'refused', 'The server refused: invalid_token'],
    [401, '{"error":"invalid_client"}', 'refused', 'The server refused: invalid_client'],
    [403, '{"error":"access_denied"}', 'refused', 'The server refused: access_denied'],
    [500, '{"error":"invalid_token"}', 'refused', 'The server does not know the token, or cannot read it'],
    [200, '{}', 'nonconforming', 'A response without active'],
    [200, '{"sub":"x"}', 'nonconforming', 'A response without active'],
    [200, '{"active":null}', 'nonconforming', 'A response without active'],
    [200, '{"active":"true"}', 'active', 'The token is active, by a value that is neither true nor false'],
    [200, '{"active":1}', 'active', 'The token is active, by a value that is neither true nor false'],
    [200, '{"active":0}', 'inactive', 'The token is not active'],
    [
      200,
      `{"active":true,"exp":${over}}`,
      'active',
      'The server calls the token active, and its exp is over',
    ],
    [
      200,
      `{"active":true,"exp":${over * 1000}}`,
      'active',
      'The server calls the token active, and its exp is over',
    ],
    [200, `{"active":true,"exp":${ahead * 1000}}`, 'active', null],
    [200, `{"active":true,"exp":${ahead}}`, 'active', null],
    [200, '{"active":true,"username":null}', 'active', null],
    [200, '{"token_introspection":{"active":true}}', 'active', null],
    [200, '{"data":{"active":false}}', 'inactive', 'The token is not active'],
    [200, '[{"active":true}]', 'active', null],
  ])('%i %s: %s', async (status, body, kind, title) => {
    expect(readIntrospection(answer(status, body)).kind).toBe(kind)
    expect((await explained(answer(status, body)))?.title ?? null).toBe(title)
  })

  it('says that an error is no standard way to tell it, with the words of the server', async () => {
    const told = await explained(
      answer(400, '{"error":"invalid_token","error_description":"It has expired"}'),
    )
    expect(told?.meaning).toContain('The standard has status 200 with active: false')
    expect(told?.observed).toEqual(['The server says: “invalid_token: It has expired”.'])
    expect(told?.fixes[0]).toBe('Get a new token, and introspect that.')
  })
})

describe('SimpleIdServer’s introspection', () => {
  it('collapses lists of one to a text: alike', () => {
    const members =
      '{"active":true,"aud":"shopApi","client_id":"m2m","scope":"read","exp":1706342604,"iss":"http://localhost:5001/master"}'
    const read = readIntrospection(answer(200, members))
    if (read.kind !== 'active') throw new Error(read.kind)
    const compared = compareClaims(claimsOf(decode(simpleIdServerToken)), read.members)
    expect(compared.map(({ name, same }) => [name, same])).toEqual([
      ['aud', 'alike'],
      ['client_id', true],
      ['scope', 'alike'],
      ['exp', true],
      ['iss', true],
    ])
  })
})

describe('RFC 7662 section 2.3', () => {
  it('"responds with an HTTP 401": with an error or none', async () => {
    const refused = answer(401, '{"error":"invalid_client"}')
    const explanation = await explained(refused)
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'The server refused: invalid_client' })
    expect(explanation?.causes).toEqual(expect.arrayContaining(['The secret is wrong', ofApis]))
    expect(explanation?.fixes).toContainEqual({
      text: 'Send the credentials in the Basic header',
      change: { token_endpoint_auth_method: 'client_secret_basic' },
    })
    expect(await judgeIntrospection(responseOf(refused), emptyConfig)).toEqual({ kind: 'refusal' })
    const bare = await explained(answered(401, [['www-authenticate', 'Bearer']]))
    expect(bare).toMatchObject({ certainty: 'possible', title: 'Refused with 401, without a reason' })
    expect(bare?.causes[0]).toBe(ofApis)
  })

  it.each([
    ['unsupported_token_type', 'likely', 'The server does not support this kind of token'],
    ['unauthorized_client', 'possible', 'The client may not use this endpoint'],
    ['access_denied', 'possible', ofApis],
    ['invalid_request', 'possible', 'The client may not use this endpoint'],
  ])('explains %s', async (error, certainty, cause) => {
    const explanation = await explained(answer(400, JSON.stringify({ error })))
    expect(explanation?.certainty).toBe(certainty)
    if (certainty === 'likely') expect(explanation?.title).toBe(cause)
    else expect(explanation?.causes).toContain(cause)
    expect(JSON.stringify(explanation)).not.toMatch(/client credentials grant|DPoP/)
    expect(stagesOf(explanation, 'passed')).toContain('Path found')
  })

  it('keeps no record of JWTs, and says so (oidc-provider)', async () => {
    const explanation = await explained(answer(400, '{"error":"unsupported_token_type"}'), {}, jwt({}))
    expect(explanation?.meaning).toContain('oidc-provider')
    expect(explanation?.fixes).toContain('Introspect an opaque token.')
    expect(stagesOf(explanation, 'stopped here')).toEqual(['Token found'])
  })

  it('explains a code that is none by its status', async () => {
    const explanation = await explained(answer(400, '{"error":"toString"}'))
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'The server refused: toString' })
    expect(explanation?.fixes.length).toBeGreaterThan(0)
  })
})

describe('RFC 9701', () => {
  const signed = (claims: object) => jwt(claims, { typ: 'token-introspection+jwt', alg: 'RS256' })
  const type: HeaderList = [['content-type', 'application/token-introspection+jwt']]

  it('section 4: "Accept: application/token-introspection+jwt", if it is asked for', async () => {
    expect(await compose({}, 'abc', { jwt: true })).toContain(
      'accept: application/token-introspection+jwt\r\n',
    )
  })

  it('section 5: reads "token_introspection", and lets the library judge the rest', async () => {
    const claims = {
      iss: 'https://server.example.com/',
      aud: 'm2m',
      iat: now / 1000,
      token_introspection: { active: true, sub: 'x' },
    }
    const outcome = answered(200, type, signed(claims))
    const read = readIntrospection(outcome)
    expect(read).toMatchObject({ kind: 'jwt', active: true, decoded: { kind: 'jws' } })
    expect(await explained(outcome)).toBeNull()
    const config = { ...emptyConfig, issuer: 'https://server.example.com/', client_id: 'm2m' }
    expect(await judgeIntrospection(responseOf(outcome), config)).toEqual({ kind: 'accepted' })
    const elsewhere = { ...config, client_id: 'other' }
    expect(await judgeIntrospection(responseOf(outcome), elsewhere)).toMatchObject({ kind: 'rejected' })
  })

  it('explains one that is not active, one without the response, and one that is encrypted', async () => {
    const not = answered(200, type, signed({ token_introspection: { active: false } }))
    expect((await explained(not))?.title).toBe('The token is not active')
    expect((await explained(answered(200, type, signed({ active: true }))))?.title).toContain(
      'without token_introspection',
    )
    const header = Buffer.from('{"alg":"RSA-OAEP","enc":"A256GCM"}').toString('base64url')
    expect((await explained(answered(200, type, `${header}.a.b.c.d`)))?.title).toBe('An encrypted response')
  })
})

describe('no response', () => {
  const failure = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const

  it('may be due to missing CORS at this endpoint alone; the body needs no preflight', async () => {
    const basic = await explained(failure, { token_endpoint_auth_method: 'client_secret_basic' })
    expect(basic?.fixes).toContainEqual(
      expect.objectContaining({ change: { token_endpoint_auth_method: 'client_secret_post' } }),
    )
    expect(basic?.causes.join()).toContain('many servers allow it per endpoint')
    const post = await explained(failure)
    expect(post?.fixes.filter((fix) => typeof fix !== 'string' && 'change' in fix)).toEqual([])
  })
})

it('never throws, whatever comes', async () => {
  const text = fc.string({ unit: 'binary' })
  const token = fc.string({ unit: 'binary', minLength: 1 })
  const body = fc.oneof(
    text,
    fc.json(),
    fc.json().map((claims) => `e30.${Buffer.from(claims).toString('base64url')}.x`),
  )
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 200, max: 599 }), body, token, async (status, sent, accessToken) => {
      const outcome = answered(status, [], sent)
      expect(readIntrospection(outcome).kind).not.toBe('unreachable')
      await expect(explained(outcome, {}, accessToken)).resolves.toBeDefined()
    }),
    { numRuns: 100 },
  )
})
