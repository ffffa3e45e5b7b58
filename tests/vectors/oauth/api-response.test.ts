import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exchange, HeaderList, Outcome } from '../../../src/lib/http/message.ts'
import type { ApiCall } from '../../../src/lib/oauth/config/api-call.ts'
import { challengeIn, demandsApiNonce, readApiResponse } from '../../../src/lib/oauth/api/api-response.ts'
import { answered, challenged, explained, explainedAs, jwt, now, proofKey, stagesOf } from './token-use.ts'

describe('RFC 6750 section 3', () => {
  it('"in response to a protected resource request without authentication": the example', () => {
    const reading = readApiResponse(challenged(401, 'Bearer realm="example"'))
    expect(reading).toMatchObject({
      kind: 'refused',
      status: 401,
      error: null,
      challenges: [{ scheme: 'Bearer', parameters: [['realm', 'example']] }],
    })
  })

  it('"with an authentication attempt using an expired access token": the example', async () => {
    const expired = challenged(
      401,
      'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
    )
    expect(readApiResponse(expired)).toMatchObject({
      kind: 'refused',
      error: {
        error: 'invalid_token',
        error_description: 'The access token expired',
        hints: [],
        error_uri: null,
      },
    })
    const explanation = await explained(expired, { token: jwt({ exp: now / 1000 - 12 }) })
    expect(explanation).toMatchObject({ title: 'The token has expired', certainty: 'likely', causes: [] })
    expect(explanation?.meaning).toContain('it ended 12 s ago')
    expect(explanation?.fixes).toEqual(['Get a new token, and call again.'])
  })

  it('reads an error in the body if the challenge is hidden, and no word of a framework for one', () => {
    const json: HeaderList = [['content-type', 'application/json']]
    expect(readApiResponse(answered(401, json, '{"error":"invalid_token"}'))).toMatchObject({
      error: { error: 'invalid_token' },
    })
    expect(readApiResponse(answered(403, json, '{"error":"Forbidden"}'))).toMatchObject({ error: null })
    expect(readApiResponse(answered(400, json, '{"error":"invalid_request"}')).kind).toBe('refused')
    expect(readApiResponse(answered(400, json, '{"error":"Bad Request"}')).kind).toBe('other')
  })

  it('accepts the error of the scheme that has one', () => {
    const reading = readApiResponse(
      challenged(401, 'Basic realm="x", DPoP error="invalid_token", algs="ES256"'),
    )
    expect(reading).toMatchObject({ error: { error: 'invalid_token' } })
    expect(challengeIn('challenges' in reading ? reading.challenges : [])?.scheme).toBe('DPoP')
  })
})

describe('a success that refuses', () => {
  const said = (body: object) => answered(200, [['content-type', 'application/json']], JSON.stringify(body))
  const graphQl = (message: string, code: string) => said({ errors: [{ message, extensions: { code } }] })

  it.each([
    ['Refused with 200', graphQl('Not authenticated', 'UNAUTHENTICATED')],
    [
      'A rule of the API wants a role or a claim that the token does not have',
      graphQl('Not authorized to read things', 'FORBIDDEN'),
    ],
    ['The token has expired', graphQl('Could not verify JWT: JWTExpired', 'invalid-jwt')],
    [
      'The signature of the token does not verify',
      graphQl('Context creation failed: invalid signature of the token', 'UNAUTHENTICATED'),
    ],
    [
      'The token lacks the scope that the API wants',
      said({ ok: false, error: 'missing_scope', needed: 'chat:write' }),
    ],
    ['The token has expired', said({ ok: false, error: 'token_expired' })],
    ['The API refused: invalid_token', said({ error: 'invalid_token' })],
  ])('%s', async (title, outcome) => {
    expect(readApiResponse(outcome).kind).toBe('refused')
    const told = await explained(outcome)
    expect(told?.title).toContain(title)
    expect(told?.meaning).toContain('as if it were a success')
  })

  it('and an error in it that is about something else is told, and is no refusal', async () => {
    const outcome = graphQl('Cannot query field "things" on type "Query".', 'GRAPHQL_VALIDATION_FAILED')
    expect(readApiResponse(outcome).kind).toBe('accepted')
    expect(await explained(outcome)).toMatchObject({
      title: 'A success by its status, with an error in it',
      observed: [expect.stringContaining('Cannot query field')],
    })
    expect(await explained(said({ errors: [], data: {} }))).toBeNull()
    expect(await explained(said({ ok: true, success: true }))).toBeNull()
  })
})

describe('RFC 9449 section 7.1', () => {
  it('"rejected because the confirmation of the DPoP binding in the access token failed": the example', async () => {
    const refused = challenged(
      401,
      'DPoP realm="WallyWorld", error="invalid_token", error_description="Invalid DPoP key binding", algs="ES256"',
    )
    const call = { presentation: 'dpop' } as const
    const explanation = await explained(refused, { call, token: jwt({ cnf: { jkt: 'abc' } }) })
    expect(explanation).toMatchObject({
      certainty: 'likely',
      title: 'The token is bound to another key than the proof’s',
      meaning: `cnf.jkt of the token is abc, and the key of the proof is ${proofKey.thumbprint}.`,
      observed: ['The proof has another key than the one in cnf.jkt.'],
    })
  })

  it('"WWW-Authenticate: DPoP realm="WallyWorld", algs="ES256 PS256"", after a Bearer token', async () => {
    const wants = challenged(401, 'DPoP realm="WallyWorld", algs="ES256 PS256"')
    const unbound = await explained(wants)
    expect(unbound).toMatchObject({
      certainty: 'likely',
      title: 'The API wants the token under another scheme',
      meaning: 'The API asks for DPoP, and Bearer was sent.',
    })
    expect(unbound?.fixes).toMatchObject([
      { change: { dpop: { on: true } } },
      { call: { presentation: 'dpop' } },
    ])
    const bound = await explained(wants, { token: jwt({ cnf: { jkt: 'abc' } }) })
    expect(bound?.fixes).toEqual([
      { text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } },
    ])
  })
})

describe('RFC 9449 section 7.2', () => {
  it('"a client MAY send a DPoP-bound access token using the Bearer scheme upon receipt of a WWW-Authenticate: Bearer challenge"', async () => {
    const explanation = await explained(challenged(401, 'Bearer realm="x"'), {
      call: { presentation: 'dpop' },
    })
    expect(explanation).toMatchObject({
      certainty: 'likely',
      title: 'The API wants the token under another scheme',
    })
    expect(explanation?.fixes[0]).toMatchObject({ call: { presentation: 'bearer' } })
    expect(explanation?.spec.map(({ label }) => label)).toContain('RFC 9449 7.2')
  })
})

describe('RFC 9449 section 9', () => {
  const proof = (claims: object) => jwt(claims, { typ: 'dpop+jwt', alg: 'ES256' })
  const exchange = (outcome: Outcome, headers: HeaderList = [['DPoP', proof({})]]): Exchange => ({
    id: 1,
    purpose: '',
    request: { method: 'GET', url: 'https://api.example/', headers, body: null },
    startedAt: 0,
    duration: 0,
    serverView: null,
    outcome,
  })
  const nonce = ['dpop-nonce', 'n-1'] as const
  const challenge = [
    'www-authenticate',
    'DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"',
  ] as const

  it('"responds to the request with [...] the error parameter set to use_dpop_nonce and a DPoP-Nonce": the retry is due', () => {
    expect(demandsApiNonce(exchange(answered(401, [challenge, nonce])))).toBe(true)
    expect(demandsApiNonce(exchange(answered(401, [challenge])))).toBe(false)
    expect(demandsApiNonce(exchange(answered(401, [challenge, nonce]), []))).toBe(false)
    expect(demandsApiNonce(exchange(answered(200, [nonce])))).toBe(false)
    expect(
      demandsApiNonce(exchange(answered(401, [['www-authenticate', 'DPoP error="invalid_token"'], nonce]))),
    ).toBe(false)
    expect(demandsApiNonce(exchange({ kind: 'opaque-redirect' }))).toBe(false)
  })

  it('is due too if CORS exposes the nonce and hides the challenge, unless the proof had that nonce', () => {
    expect(demandsApiNonce(exchange(answered(401, [nonce])))).toBe(true)
    expect(demandsApiNonce(exchange(answered(401, [nonce]), [['DPoP', proof({ nonce: 'n-1' })]]))).toBe(false)
    expect(demandsApiNonce(exchange(answered(403, [nonce])))).toBe(false)
  })

  it('cannot be done if the nonce is hidden, and that is said', async () => {
    const call = { presentation: 'dpop' } as const
    const hidden = await explained(answered(401, [challenge]), { call })
    expect(hidden).toMatchObject({
      certainty: 'certain',
      title: 'The API asks for a nonce in the proof, and the page cannot read it',
      causes: [],
    })
    expect(JSON.stringify(hidden?.fixes)).toContain('Access-Control-Expose-Headers: DPoP-Nonce')
    expect(hidden?.fixes).toContainEqual(expect.objectContaining({ relay: 'https://api.example' }))
    const given = await explained(answered(401, [challenge, nonce]), { call })
    expect(given).toMatchObject({
      certainty: 'certain',
      title: 'The API asks for its nonce in the proof',
      fixes: ['Call again: the next proof has the nonce.'],
    })
    const without = await explained(answered(401, [challenge, nonce]))
    expect(without?.title).toBe('No DPoP proof was sent')
    expect(without?.fixes).toMatchObject([{ call: { presentation: 'dpop' } }])
  })
})

describe('HelseID’s Sample API', () => {
  const call = { url: 'https://localhost:5081/machine-clients/greetings', presentation: 'dpop' } as const

  it.each([
    [jwt({ aud: 'x' }), 'The token is bound to no key'],
    [jwt({ cnf: { jkt: '' } }), 'The token is bound to another key than the proof’s'],
    [jwt({ cnf: { jkt: 'other' } }), 'The token is bound to another key than the proof’s'],
    ['opaque', 'The token is not a JWT of three parts'],
  ])(
    'says Bearer and invalid_token whatever is wrong: no advice to send a Bearer token comes of it, case %#',
    async (token, title) => {
      const explanation = await explained(challenged(401, 'Bearer error="invalid_token"'), { call, token })
      expect(explanation?.title).toBe(title)
      expect(JSON.stringify(explanation?.fixes)).not.toMatch(/bearer|localhost:5081/i)
    },
  )

  it('names the fault of the token, and none of the proof', async () => {
    const words = 'Bearer error="invalid_token", error_description="The audience \'x\' is invalid"'
    const explanation = await explained(challenged(401, words), {
      call,
      token: jwt({ aud: 'x', cnf: { jkt: '' } }),
    })
    expect(explanation).toMatchObject({ certainty: 'certain', title: 'The token is for another API' })
    expect(explanation?.meaning).toContain('it names x.')
    expect(JSON.stringify(explanation?.fixes)).not.toMatch(/proof|cnf/)
  })

  it('refuses another scope with an empty 403', async () => {
    const explanation = await explained(answered(403), { call })
    expect(explanation).toMatchObject({
      certainty: 'certain',
      title: 'The token lacks the scope that the API wants',
    })
    expect(explanation?.meaning).toContain('nhn:test-public-samplecode/client-credentials')
    expect(stagesOf(explanation, 'passed')).toEqual(
      expect.arrayContaining(['Signature valid', 'Audience right', 'DPoP proof valid']),
    )
  })

  it('has no CORS: the first cause of silence', async () => {
    const outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
    const explanation = await explained(outcome, { call })
    expect(explanation?.causes[0]).toContain('no CORS')
    expect(explanation?.fixes).toContain('Access-Control-Allow-Headers: authorization, dpop')
  })
})

describe('any response', () => {
  it('is read and explained, and nothing throws', async () => {
    const text = fc.string({ unit: 'binary' })
    const challenge = fc.oneof(
      text,
      fc
        .tuple(
          fc.constantFrom('Bearer', 'DPoP', 'Basic', ''),
          fc.constantFrom(
            'invalid_token',
            'insufficient_scope',
            'use_dpop_nonce',
            'invalid_dpop_proof',
            '__proto__',
          ),
          text,
        )
        .map(
          ([scheme, error, words]) =>
            `${scheme} error="${error}", error_description="${words}", scope="${words}"`,
        ),
    )
    const body = fc.oneof(text, fc.json())
    const presentation = fc.constantFrom<ApiCall['presentation'][]>('bearer', 'dpop', 'none', 'broken')
    const token = fc.oneof(
      text,
      fc.json().map((claims) => `e30.${Buffer.from(claims).toString('base64url')}.x`),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 200, max: 599 }),
        challenge,
        body,
        presentation,
        token,
        async (status, value, sent, how, accessToken) => {
          const headers: HeaderList = value === '' ? [] : [['www-authenticate', value]]
          // No browser sends every text that is thought of here.
          const request = {
            method: 'GET',
            url: 'https://api.example/things',
            headers: how === 'none' ? [] : [['authorization', `${how} ${accessToken}`] as const],
            body: null,
          }
          const explanation = await explainedAs(request, answered(status, headers, sent), {
            call: { presentation: how },
            token: accessToken,
          })
          if (status >= 400) expect(explanation?.title).toBeTruthy()
        },
      ),
      { numRuns: 100 },
    )
  })
})
