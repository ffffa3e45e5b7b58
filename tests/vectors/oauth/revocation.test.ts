import fc from 'fast-check'
import { readToken } from '../../../src/lib/oauth/response/read-response.ts'
import { describe, expect, it } from 'vitest'
import { formatRequest, textOf } from '../../../src/lib/http/format.ts'
import type { HttpResponse, Outcome } from '../../../src/lib/http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { explainRevocation } from '../../../src/lib/oauth/operations/explain-revocation.ts'
import { judgeRevocation } from '../../../src/lib/oauth/response/strict-verdict.ts'
import { composeRevocationRequest, readRevocation } from '../../../src/lib/oauth/operations/revocation.ts'
import { tokenFacts } from '../../../src/lib/oauth/response/token-facts.ts'
import { answer } from './answers.ts'
import { answered, exchangeOf, jwt, now, stagesOf, unchosen } from './token-use.ts'

const endpoint = 'https://server.example.com/revoke'
const signing = { findKey: () => undefined, now: () => now, nonce: null }

async function explained(
  outcome: Outcome,
  config: Partial<TokenRequestConfig> = {},
  token = 'opaque',
  { owner = null, later = null }: { owner?: string | null; later?: boolean | null } = {},
) {
  const whole = { ...emptyConfig, client_id: 'm2m', client_secret: 'password', ...config }
  const request = await composeRevocationRequest(endpoint, token, whole, signing, { hint: true })
  const facts = tokenFacts(readToken(token), now, null, owner)
  return explainRevocation(
    readRevocation(outcome),
    exchangeOf(request, outcome),
    whole,
    facts,
    unchosen,
    later,
  )
}
const responseOf = (outcome: Outcome): HttpResponse => {
  if (outcome.kind !== 'response') throw new Error(outcome.kind)
  return outcome.response
}

describe('RFC 7009 section 2.1', () => {
  it('"For example, a client may request the revocation of a refresh token with the following request"', async () => {
    const config = {
      ...emptyConfig,
      token_endpoint_auth_method: 'client_secret_basic',
      client_id: 's6BhdRkqt3',
      client_secret: 'gX1fBat3bV',
    } as const
    const request = await composeRevocationRequest(endpoint, '45ghiukldjahdnhzdauz', config, signing, {
      hint: 'refresh_token',
    })
    const headers = request.headers.filter(([name]) => name !== 'user-agent')
    expect(textOf(formatRequest({ ...request, headers }))).toBe(
      'POST /revoke HTTP/1.1\r\n' +
        'authorization: Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW\r\n' +
        'content-type: application/x-www-form-urlencoded\r\n' +
        '\r\n' +
        'token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token',
    )
  })

  it('is SimpleIdServer’s: everything in the body', async () => {
    const config = { ...emptyConfig, client_id: 'm2m', client_secret: 'password' }
    const sid = 'https://localhost:5001/master/token/revoke'
    const request = await composeRevocationRequest(sid, 'abc', config, signing, { hint: true })
    expect(request.url).toBe(sid)
    expect(request.body).toBe('token=abc&token_type_hint=access_token&client_id=m2m&client_secret=password')
  })
})

describe('RFC 7009 section 2.2', () => {
  it('"responds with HTTP status code 200 if the token has been revoked successfully or if the client submitted an invalid token"', async () => {
    const outcome = answered(200)
    expect(readRevocation(outcome)).toMatchObject({ kind: 'accepted', status: 200 })
    expect((await explained(outcome)).meaning).toContain('It responds the same for a token it never knew.')
    expect(await judgeRevocation(responseOf(outcome))).toEqual({ kind: 'accepted' })
  })

  it('"The content of the response body is ignored by the client"', () => {
    expect(readRevocation(answer(200, '{"ok":true}')).kind).toBe('accepted')
    expect(readRevocation(answered(200, [], 'done')).kind).toBe('accepted')
    expect(readRevocation(answered(200, [['content-type', 'text/html']], '<html>')).kind).toBe(
      'nonconforming',
    )
    expect(readRevocation(answer(200, '{"error":"invalid_client"}')).kind).toBe('refused')
  })

  it('a body without content is right, whatever its type (django-oauth-toolkit)', async () => {
    const outcome = answered(200, [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-length', '0'],
    ])
    expect(readRevocation(outcome).kind).toBe('accepted')
    expect(readRevocation(answered(200, [['content-type', 'text/html']], '\n')).kind).toBe('accepted')
    expect(await judgeRevocation(responseOf(outcome))).toEqual({ kind: 'accepted' })
  })

  it('200 with an error is a refusal (Keycloak of a token it never knew)', () => {
    const body = '{"error":"invalid_token","error_description":"Invalid token"}'
    expect(readRevocation(answer(200, body))).toMatchObject({
      kind: 'refused',
      error: { error: 'invalid_token' },
    })
  })

  it('introspection afterwards has the last word', async () => {
    const active = await explained(answered(200), {}, jwt({ client_id: 'm2m' }), { later: true })
    expect(active).toMatchObject({
      certainty: 'certain',
      title: expect.stringContaining('still active') as string,
    })
    expect(active.causes.join()).not.toContain('refuses it from now on')
    expect(await explained(answered(200), {}, 'opaque', { later: false })).toMatchObject({
      title: 'The token is revoked',
    })
  })

  it('accepts a 204 as a success, and says that strict clients do not', async () => {
    const outcome = answered(204)
    expect(readRevocation(outcome)).toMatchObject({ kind: 'accepted', status: 204 })
    expect((await explained(outcome)).meaning).toContain('the standard has 200')
    expect((await explained(answered(200))).meaning).not.toContain('the standard has 200')
    expect(await judgeRevocation(responseOf(outcome))).toMatchObject({
      kind: 'rejected',
      code: 'OAUTH_RESPONSE_IS_NOT_CONFORM',
    })
  })
})

describe('RFC 7009 section 2.1: "whether the token was issued to the client making the revocation request"', () => {
  it.each([
    ['an opaque token, by its exchange', 'ory_at_abc', 'post'],
    ['a JWT, by its client_id', jwt({ client_id: 'post' }), null],
    ['a JWT, by its azp', jwt({ azp: 'post' }), null],
  ])('Ory Hydra: 200 without effect: %s', async (_, token, owner) => {
    const explanation = await explained(answered(200), {}, token, { owner })
    expect(explanation).toMatchObject({
      title: 'The server said 200 about another client’s token',
      meaning: expect.stringMatching(/issued to post, and m2m asked/) as string,
    })
    expect(JSON.stringify(explanation)).not.toContain('from now on')
    const later = await explained(answered(200), {}, token, { owner, later: true })
    expect(later).toMatchObject({
      certainty: 'certain',
      meaning: expect.stringContaining('had no effect') as string,
    })
  })

  it.each(['invalid_client', 'invalid_grant', 'unauthorized_client'])(
    'Spring and others: 400 %s is no wrong secret',
    async (error) => {
      const explanation = await explained(answer(400, JSON.stringify({ error })), {}, 'x', { owner: 'post' })
      expect(explanation.title).toBe('The server refused: the token is another client’s')
      expect(JSON.stringify(explanation)).not.toContain('Copy the secret')
    },
  )

  it('zitadel: 401 with words that say so; without them, the secret may be wrong', async () => {
    const said = '{"error":"invalid_client","error_description":"token was not issued for this client"}'
    expect((await explained(answer(401, said), {}, 'x', { owner: 'post' })).title).toContain(
      'another client’s',
    )
    expect(
      (await explained(answer(401, '{"error":"invalid_client"}'), {}, 'x', { owner: 'post' })).title,
    ).not.toContain('another client’s')
  })

  it('of its own token, a client is told what it was', async () => {
    expect((await explained(answered(200), {}, 'x', { owner: 'm2m' })).title).toBe(
      'The server accepted the revocation',
    )
  })
})

describe('RFC 7009 section 3', () => {
  it('"self-contained [...] some (currently non-standardized) backend interaction": an API may accept a JWT until exp', async () => {
    const token = jwt({ exp: now / 1000 + 240 })
    expect((await explained(answered(200), {}, token)).causes[0]).toBe(
      'An API that verifies the JWT by itself never asks the server, and goes on accepting it until its exp, in 4 min.',
    )
    expect((await explained(answered(200))).causes.join()).not.toContain('JWT')
  })
})

describe('RFC 7009 section 2.2.1', () => {
  it('"If the server responds with HTTP status code 503, the client must assume the token still exists"', async () => {
    const outcome = answered(503, [['retry-after', '120']])
    expect(readRevocation(outcome)).toMatchObject({ kind: 'unavailable', retryAfter: '120' })
    expect((await explained(outcome)).meaning).toBe(
      '503: the token is still good, and the request may be made again later (Retry-After: 120).',
    )
    expect(readRevocation(answer(503, '{"error":"temporarily_unavailable"}')).kind).toBe('unavailable')
    expect((await judgeRevocation(responseOf(outcome))).kind).toBe('rejected')
  })

  it('"unsupported_token_type: The authorization server does not support the revocation of the presented token type"', async () => {
    const error =
      '{"error":"unsupported_token_type","error_description":"Structured JWT Tokens cannot be revoked via the revocation_endpoint"}'
    const outcome = answer(400, error)
    const explanation = await explained(outcome, {}, jwt({}))
    expect(explanation).toMatchObject({
      certainty: 'likely',
      title: 'The server does not support this kind of token',
    })
    expect(explanation.meaning).toContain('oidc-provider')
    expect(explanation.fixes[0]).toContain('short lifetime')
    expect(await judgeRevocation(responseOf(outcome))).toEqual({ kind: 'refusal' })
  })

  it('"unsupported_token_type" of a hint that nobody registered: the hint', async () => {
    const outcome = answer(400, '{"error":"unsupported_token_type"}')
    const config = { ...emptyConfig, client_id: 'm2m', client_secret: 'password' }
    const request = await composeRevocationRequest(endpoint, 'x', config, signing, { hint: 'bad' })
    const facts = tokenFacts(readToken('x'), now)
    expect(
      explainRevocation(readRevocation(outcome), exchangeOf(request, outcome), config, facts, unchosen),
    ).toMatchObject({ certainty: 'likely', title: 'The server does not know this token_type_hint' })
  })

  it.each(['invalid_request', 'unauthorized_client'])(
    'explains %s: the token may be another client’s',
    async (error) => {
      const explanation = await explained(answer(400, JSON.stringify({ error })))
      expect(explanation).toMatchObject({ certainty: 'possible', title: `The server refused: ${error}` })
      expect(explanation.causes[0]).toBe('The token was issued to another client')
      expect(JSON.stringify(explanation)).not.toMatch(/client credentials grant|DPoP/)
    },
  )

  it('explains a code that is none by its status', async () => {
    const explanation = await explained(answer(400, '{"error":"toString"}'))
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'The server refused: toString' })
  })

  it('explains what refuses by its status alone, or is no revocation', async () => {
    const forbidden = await explained(answered(403))
    expect(forbidden).toMatchObject({ certainty: 'possible', title: 'Refused with 403, without a reason' })
    expect(forbidden.causes).toContain('The token was issued to another client')
    expect((await explained(answered(404))).title).toContain('instead of a revocation (status 404)')
    expect((await explained(answered(500))).causes.join()).toContain('may still be good')
  })
})

describe('SimpleIdServer’s revocation', () => {
  const missing = answer(
    400,
    '{\n  "error": "invalid_client",\n  "error_description": "missing client_id"\n}',
  )
  const basic = { token_endpoint_auth_method: 'client_secret_basic' } as const

  it('ignores Basic: the cause and the change of one click', async () => {
    const explanation = await explained(missing, basic)
    expect(explanation).toMatchObject({
      certainty: 'likely',
      title: 'The server ignores the Basic header here',
      causes: [],
      fixes: [
        {
          text: 'Send the credentials in the body (client_secret_post)',
          change: { token_endpoint_auth_method: 'client_secret_post' },
        },
      ],
    })
    expect(explanation.meaning).toContain('from the body only')
    expect(stagesOf(explanation, 'stopped here')).toEqual(['Client authentication method right'])
  })

  it('is not accused if the credentials are in the body', async () => {
    const explanation = await explained(missing)
    expect(explanation.title).toBe('The server found no client ID')
    expect(JSON.stringify(explanation)).not.toContain('from the body only')
  })

  it('is not accused of what other words say', async () => {
    const wrong = answer(401, '{"error":"invalid_client","error_description":"client authentication failed"}')
    const explanation = await explained(wrong, basic)
    expect(explanation.certainty).not.toBe('certain')
    expect(explanation.causes).toContain('The secret is wrong')
  })
})

it('never throws, whatever comes', async () => {
  const text = fc.string({ unit: 'binary' })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 200, max: 599 }),
      fc.oneof(text, fc.json()),
      fc.string({ unit: 'binary', minLength: 1 }),
      async (status, sent, token) => {
        expect((await explained(answered(status, [], sent), {}, token)).title).toBeTruthy()
      },
    ),
    { numRuns: 100 },
  )
})

describe('RFC 7009 section 2.2, and what servers have in its place', () => {
  it.each<[status: number, body: string, kind: string, title: string]>([
    [400, '{"error":"unsupported_token_type"}', 'refused', 'The server does not support this kind of token'],
    [400, '{"error":"invalid_token"}', 'refused', 'The server does not know the token, or cannot read it'],
    [200, '{"error":"invalid_token"}', 'refused', 'The server does not know the token, or cannot read it'],
    [
      200,
      '{"status":"error","message":"Something else"}',
      'refused',
      'Only the server’s own documentation explains the status 200',
    ],
    [200, '{"ok":false}', 'refused', 'Only the server’s own documentation explains the status 200'],
    [200, '{"success":true}', 'accepted', 'The server accepted the revocation'],
    [200, '{}', 'accepted', 'The server accepted the revocation'],
    [204, '', 'accepted', 'The server accepted the revocation'],
  ])('%i %s: %s', async (status, body, kind, title) => {
    const outcome = answered(status, [['content-type', 'application/json']], body)
    expect(readRevocation(outcome).kind).toBe(kind)
    expect((await explained(outcome)).title).toBe(title)
  })

  it('"invalid tokens do not cause an error response": what an error means instead', async () => {
    const told = await explained(answered(400, [], '{"error":"invalid_token"}'))
    expect(told.meaning).toContain('The standard has status 200 for that')
  })
})
