import fc from 'fast-check'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { base64url, cpuMs, setOf, token as signedToken } from '../verify/jws-testing.ts'
import { decide } from './resource-server.ts'
import type { Requirements } from './presented.ts'
import { type Verification, verify } from '../verify/verify.ts'

const now = 1_700_000_000_000
const seconds = now / 1000
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keys = setOf(publicKey.export({ format: 'jwk' }))

const requirements: Requirements = {
  issuer: 'https://as.example',
  audience: 'https://api.example',
  scope: 'read',
  scheme: 'Bearer',
}
const claims = {
  iss: 'https://as.example',
  sub: 'service',
  aud: 'https://api.example',
  exp: seconds + 300,
  iat: seconds,
  jti: '1',
  client_id: 'service',
  scope: 'read write',
}
const sign = (more: object = {}, header: object = {}) =>
  signedToken({ alg: 'ES256', typ: 'at+jwt', ...header }, { ...claims, ...more }, privateKey)

const decided = (
  text: string | null,
  more: Partial<Requirements> = {},
  verification: Verification | null = null,
) => decide(text, { ...requirements, ...more }, { verification, now, tolerance: 0 })

const challengeOf = ({ response: { headers } }: ReturnType<typeof decide>) =>
  headers.find(([name]) => name === 'WWW-Authenticate')?.[1]
const failedOf = ({ checks }: ReturnType<typeof decide>) => checks.find(({ result }) => result === 'fail')

describe('a token that is good', () => {
  it('is let in, step by step', async () => {
    const text = sign()
    const { checks, response } = decided(text, {}, await verify(text, keys))
    expect(checks.map(({ what, result }) => `${result}: ${what}`)).toEqual([
      'pass: The request brings a token',
      'pass: The Authorization field is well-formed',
      'pass: It is a JWT access token',
      'pass: A key of the issuer signed it',
      'pass: The issuer is the one it trusts',
      'pass: It is the audience',
      'pass: It is good now',
      'pass: The scheme fits how it is bound',
      'pass: Its scope is enough',
    ])
    expect(response).toEqual({
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ['Cache-Control', 'no-store'],
      ],
      body: '{"access":"granted"}',
    })
  })

  it('if nothing is demanded, nothing is checked, and that is said', () => {
    const { checks, response } = decided(sign({ iss: 1, aud: 1, scope: 1 }), {
      issuer: '',
      audience: '',
      scope: '',
    })
    expect(response.status).toBe(200)
    expect(checks.filter(({ result }) => result === 'skipped').map(({ found }) => found)).toEqual([
      'It was not verified here. What follows assumes that it is good.',
      'No issuer is demanded.',
      'No audience is demanded.',
      'No scope is demanded.',
    ])
  })

  it('as deployed servers send it: typ JWT, scope and aud arrays', () => {
    const { checks, response } = decided(
      sign({ aud: ['https://api.example', 'b'], scope: ['read'] }, { typ: 'JWT' }),
    )
    expect([response.status, checks[2]?.result, checks[2]?.found]).toEqual([
      200,
      'warn',
      expect.stringContaining('refuses it here'),
    ])
    expect(decided(sign({ scope: undefined, scp: 'read' }, { typ: undefined })).response.status).toBe(200)
  })
})

describe('RFC 6750 3.1: the exact response', () => {
  it('"If the request lacks any authentication information ... the resource server SHOULD NOT include an error code"', () => {
    for (const none of [null, '']) {
      expect(decided(none).response).toEqual({
        status: 401,
        headers: [
          ['WWW-Authenticate', 'Bearer realm="https://api.example"'],
          ['Cache-Control', 'no-store'],
        ],
        body: '',
      })
    }
  })

  test.each(['a b', 'a\nb', ' a', 'ä', 'a=b', '<x>'])(
    'invalid_request "SHOULD respond with the HTTP 400": %j',
    (text) => {
      const decision = decided(text)
      expect(decision.response.status).toBe(400)
      expect(challengeOf(decision)).toBe(
        'Bearer realm="https://api.example", error="invalid_request", error_description="The Authorization field is malformed"',
      )
    },
  )

  test.each([
    ['expired', { exp: seconds }, {}, 'The access token expired'],
    ['no exp', { exp: undefined }, {}, 'The expiration time is missing'],
    ['exp is text', { exp: '2000000000' }, {}, 'The expiration time is missing'],
    ['not yet', { nbf: seconds + 1 }, {}, 'The access token is not valid yet'],
    ['nbf is text', { nbf: 'x' }, {}, 'The access token is malformed'],
    ['issuer', { iss: 'https://as.example/' }, {}, 'The issuer is not trusted'],
    ['no issuer', { iss: undefined }, {}, 'The issuer is not trusted'],
    ['audience', { aud: 'https://other.example' }, {}, 'The audience is another'],
    ['no audience', { aud: undefined }, {}, 'The audience is another'],
    ['another kind', {}, { typ: 'dpop+jwt' }, 'The JWT is not an access token'],
    ['bound', { cnf: { jkt: 'x' } }, {}, 'The access token is bound to a key'],
  ])('invalid_token "SHOULD respond with the HTTP 401": %s', (_, more, header, description) => {
    const decision = decided(sign(more, header))
    expect(decision.response).toEqual({
      status: 401,
      headers: [
        [
          'WWW-Authenticate',
          `Bearer realm="https://api.example", error="invalid_token", error_description="${description}"`,
        ],
        ['Cache-Control', 'no-store'],
      ],
      body: '',
    })
  })

  it('insufficient_scope "SHOULD respond with the HTTP 403 (Forbidden)" and "MAY include the scope attribute"', () => {
    for (const scope of ['write', undefined, [], 'reader', 'READ']) {
      const decision = decided(sign({ scope }), { scope: 'read admin' })
      expect(decision.response.status).toBe(403)
      expect(challengeOf(decision)).toBe(
        'Bearer realm="https://api.example", error="insufficient_scope", error_description="The request needs more scope than the access token has", scope="read admin"',
      )
    }
    expect(failedOf(decided(sign(), { scope: 'read admin' }))?.found).toBe(
      'scope has “read”, “write”. Missing: “admin”.',
    )
  })

  it('what comes after the refusal is not reached', () => {
    const { checks } = decided(sign({ exp: seconds - 1, scope: '' }))
    expect(checks.slice(-3).map(({ result }) => result)).toEqual(['fail', 'skipped', 'skipped'])
    expect(checks.at(-1)?.found).toBe('Not reached: the request is refused.')
  })

  it('tolerance is leeway for clocks, in seconds, at both ends', () => {
    const withLeeway = (text: string, tolerance: number) =>
      decide(text, requirements, { verification: null, now, tolerance }).response.status
    expect([30, 31].map((tolerance) => withLeeway(sign({ exp: seconds - 30 }), tolerance))).toEqual([
      401, 200,
    ])
    expect([29, 30].map((tolerance) => withLeeway(sign({ nbf: seconds + 30 }), tolerance))).toEqual([
      401, 200,
    ])
  })
})

describe('RFC 9068 4: "The resource server MUST validate the signature"', () => {
  it('refuses what does not verify, and says why', async () => {
    const text = sign()
    const forged = text.replace(/\.[^.]+\./, `.${base64url({ ...claims, scope: 'admin' })}.`)
    const decision = decided(forged, {}, await verify(forged, keys))
    expect([decision.response.status, failedOf(decision)?.found]).toEqual([
      401,
      expect.stringContaining('was changed since, or another key made it'),
    ])
    expect(challengeOf(decision)).toContain('error_description="The signature is not valid"')
  })

  it('"MUST reject any JWT in which the value of alg is none", verified or not', async () => {
    const text = `${base64url({ alg: 'none', typ: 'at+jwt' })}.${base64url(claims)}.`
    for (const verification of [null, await verify(text, keys)]) {
      const decision = decided(text, {}, verification)
      expect([decision.response.status, challengeOf(decision)]).toEqual([
        401,
        expect.stringContaining('is not signed'),
      ])
    }
  })

  it('what could not be verified counts as good, and that is said', async () => {
    const text = sign()
    const { checks, response } = decided(text, {}, await verify(text, { kind: 'secret', secret: '' }))
    expect([response.status, checks[3]?.result, checks[3]?.found]).toEqual([
      200,
      'skipped',
      expect.stringMatching(/^It could not be verified here: .*secret.* an API must not\.$/),
    ])
  })

  test.each([
    ['opaque', 'b8d3b0c7f1a94e7f', 'The access token is not a JWT'],
    [
      'encrypted',
      `${base64url({ alg: 'dir', enc: 'A128GCM' })}..a.b.c`,
      'The access token cannot be decrypted',
    ],
    ['unreadable', `${base64url({ alg: 'ES256' })}.e30x.AAAA`, 'The access token is malformed'],
  ])('%s', (_, text, description) => {
    expect(challengeOf(decided(text))).toContain(`error="invalid_token", error_description="${description}"`)
  })
})

describe('RFC 9449 7', () => {
  const bound = { cnf: { jkt: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' } }

  it('7.1: a bound token under the scheme DPoP; the proof is not checked here, and that is said', () => {
    const { checks, response } = decided(sign(bound), { scheme: 'DPoP' })
    expect([response.status, checks[7]?.result, checks[7]?.found]).toEqual([
      200,
      'warn',
      expect.stringContaining('needs a proof of that key'),
    ])
  })

  it('7.1: an unbound token under the scheme DPoP, and no token: the challenge names the scheme and its algorithms', () => {
    expect(challengeOf(decided(sign(), { scheme: 'DPoP' }))).toBe(
      'DPoP realm="https://api.example", error="invalid_token", error_description="The access token is not bound to a key", algs="ES256 ES384 ES512 PS256 RS256 Ed25519"',
    )
    expect(challengeOf(decided(null, { scheme: 'DPoP' }))).toBe(
      'DPoP realm="https://api.example", algs="ES256 ES384 ES512 PS256 RS256 Ed25519"',
    )
  })

  it('7.2: "MUST NOT" be accepted "as a bearer token"', () => {
    expect(failedOf(decided(sign(bound)))).toMatchObject({ spec: { label: 'RFC 9449 7.2' } })
  })

  it('RFC 8705 3: a token bound to a certificate', () => {
    const { checks } = decided(sign({ cnf: { 'x5t#S256': 'x' } }))
    expect(checks[7]).toMatchObject({
      result: 'warn',
      found: expect.stringContaining('client certificate') as string,
    })
  })
})

describe('for any text', () => {
  const objects = fc.dictionary(
    fc.constantFrom('iss', 'aud', 'exp', 'nbf', 'scope', 'cnf', 'typ', 'alg'),
    fc.jsonValue(),
  )
  const tokens = fc
    .tuple(objects, objects)
    .map(([first, second]) => `${base64url({ alg: 'ES256', ...first })}.${base64url(second)}.AAAA`)
  const demands = fc.record<Requirements>({
    issuer: fc.string({ unit: 'binary' }),
    audience: fc.string({ unit: 'binary' }),
    scope: fc.string({ unit: 'binary' }),
    scheme: fc.constantFrom('Bearer', 'DPoP'),
  })

  it('decide never throws, and no field of its response can be broken out of', () => {
    fc.assert(
      fc.property(
        fc.oneof(tokens, fc.string({ unit: 'binary' }), fc.constant(null)),
        demands,
        fc.double(),
        fc.double(),
        (text, demand, at, tolerance) => {
          const decision = decide(text, demand, { verification: null, now: at, tolerance })
          expect(decision.checks).toHaveLength(9)
          const challenge = challengeOf(decision)
          if (decision.response.status !== 200)
            expect(challenge).toMatch(
              /^(?:Bearer|DPoP) (?:[a-z_]+="[\x20-\x21\x23-\x5b\x5d-\x7e]*"(?:, )?)+$/,
            )
        },
      ),
      { numRuns: 1000 },
    )
  })

  test.each([
    [
      '10,000 levels',
      `${base64url({ alg: 'ES256' })}.${base64url('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000))}.AAAA`,
    ],
    ['5 MB', sign({ a: 'x'.repeat(5_000_000) })],
    ['9 MB', 'a'.repeat(9_000_000)],
  ])('bombs: %s in bounded time', (_, text) => {
    const start = cpuMs()
    expect(decided(text).checks).toHaveLength(9)
    expect(cpuMs() - start).toBeLessThan(3000)
  })
})
