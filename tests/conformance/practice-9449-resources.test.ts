import { base64url, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import {
  customFetch,
  DPoP,
  isDPoPNonceError,
  protectedResourceRequest,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { practiceApis } from '../../src/lib/practice/apis/apis.ts'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { type Answer, found, practice } from './practice-exchange.ts'
import { type Changes, type Pair, pairFor, signProof } from './practice-proof.ts'

const server = practice()
const greeting = `${practiceOrigin}/api/greeting`

let pair: Pair
let token = ''
beforeAll(async () => {
  pair = await pairFor('ES256')
  token = await boundToken('practice-client')
})

let jtis = 0
const claimsFor = (htm: string, htu: string) => ({ jti: `jti-${++jtis}`, htm, htu, iat: server.seconds() })

async function boundToken(
  client: string,
  by = pair,
  parameters: Record<string, string> = {},
): Promise<string> {
  const dpop = await signProof(by, { claims: claimsFor('POST', `${practiceOrigin}/token`) })
  return server.issue(client, parameters, { dpop })
}

async function hash(access_token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(access_token))
  return base64url.encode(new Uint8Array(digest))
}

interface Use extends Changes {
  readonly path?: string
  readonly token?: string
  readonly by?: Pair
}

/** A proof for the greeting and the token, right in all but what is changed. */
async function proofFor({ path = '/api/greeting', claims, header, by = pair, ...use }: Use): Promise<string> {
  const ath = await hash(use.token ?? token)
  const right = { ...claimsFor('GET', practiceOrigin + path), ath }
  return signProof(by, { claims: { ...right, ...claims }, ...(header && { header }) })
}

async function call(use: Use = {}): Promise<Answer> {
  const authorization = `DPoP ${use.token ?? token}`
  return server.call(use.path ?? '/api/greeting', { authorization, dpop: await proofFor(use) })
}

function expectRefused(answer: Answer, error: string, failed: string | RegExp): void {
  expect(answer.failed).toMatch(failed)
  expect([answer.status, answer.body['error']]).toEqual([401, error])
  const challenge = answer.headers.get('www-authenticate') ?? ''
  expect(challenge).toMatch(
    new RegExp(
      `DPoP realm="practice", error="${error}", error_description="[^"\\\\\\\\]+", scope="read", resource_metadata="[^"]+", algs="[A-Za-z0-9 -]+"$`,
    ),
  )
  // Figure 18: the challenge of the scheme that was used delivers the error, and no other.
  expect(challenge.match(/error=/g)).toHaveLength(1)
}

describe('7.1 The DPoP Authentication Scheme', () => {
  test('the checks, in order', async () => {
    const { status, body, checks } = await call()
    expect([status, body]).toEqual([200, { greeting: 'Hello, practice-client!', scope: 'read' }])
    const jkt = await calculateJwkThumbprint(pair.jwk)
    expect(checks.map(({ what, result, found }) => `${result}: ${what} (${found})`)).toEqual([
      'pass: GET the greeting (GET /api/greeting)',
      `pass: An access token is present (In the Authorization header as DPoP, ${token.length} characters)`,
      'pass: It is a JWT of type at+jwt (typ at+jwt)',
      expect.stringMatching(/^pass: A key of this issuer signed it \(RS256 [\w-]{43}\)$/),
      "pass: The issuer is this authorization server (iss 'https://practice.example')",
      "pass: This API is the audience (aud 'https://practice.example/api')",
      'pass: It has not expired (300 s left)',
      `pass: The token is bound to a key (cnf has jkt ${jkt})`,
      'pass: There is one DPoP header (One value)',
      expect.stringMatching(/^pass: The proof is one JWT \(\d+ characters\)$/),
      "pass: typ is dpop+jwt ('dpop+jwt')",
      'pass: alg is asymmetric and known here (ES256)',
      `pass: jwk is a public key (EC P-256, thumbprint ${jkt})`,
      'pass: The key in jwk signed the proof (ES256)',
      "pass: htm is the method (htm 'GET')",
      "pass: htu is the URL (htu 'https://practice.example/api/greeting')",
      'pass: iat is recent (iat is 0 s ago)',
      `pass: jti names the proof (jti 'jti-${jtis}')`,
      `pass: ath is the hash of the access token (ath '${await hash(token)}')`,
      `pass: The proof was not used before (jti 'jti-${jtis}' is new)`,
      `pass: The proof is by the key of the token (${jkt})`,
      'pass: The token has the scope read (read)',
    ])
  })

  test('"a resource server MUST check that a DPoP proof was also received"', async () => {
    const answer = await server.call('/api/greeting', { authorization: `DPoP ${token}` })
    expectRefused(answer, 'invalid_dpop_proof', 'A DPoP proof is sent: There is no DPoP header')
  })

  test('"check the DPoP proof according to the rules in Section 4.3": ath is the hash of the token that comes with it', async () => {
    const expected = `expected '${await hash(token)}'`
    const rule = 'ath is the hash of the access token'
    expectRefused(
      await call({ claims: { ath: undefined } }),
      'invalid_dpop_proof',
      `${rule}: There is no ath, ${expected}`,
    )
    for (const ath of ['mine', await hash('another'), 5, [await hash(token)]]) {
      const answer = await call({ claims: { ath } })
      expectRefused(answer, 'invalid_dpop_proof', rule)
      expect(answer.failed).toContain(expected)
    }
  })

  test.each([
    [{ claims: { htm: 'POST' } }, "htm is the method: htm is 'POST', expected 'GET'"],
    [{ claims: { htu: `${practiceOrigin}/token` } }, 'htu is the URL: htu is '],
    [{ claims: { htu: `${greeting}/` } }, 'htu is the URL: htu is '],
    [{ claims: { iat: 0 } }, 'iat is recent: iat is '],
    [{ claims: { jti: undefined } }, 'jti names the proof: There is no jti'],
    [{ header: { typ: 'JWT' } }, "typ is dpop+jwt: typ is 'JWT'"],
  ])('the rules of 4.3 hold here too: %j', async (use, failed) => {
    expectRefused(await call(use), 'invalid_dpop_proof', failed)
  })

  test('a proof that was for the token request is for nothing else', async () => {
    const dpop = await signProof(pair, { claims: claimsFor('POST', `${practiceOrigin}/token`) })
    const answer = await server.call('/api/greeting', { authorization: `DPoP ${token}`, dpop })
    expectRefused(answer, 'invalid_dpop_proof', 'htm is the method: ')
  })

  test('"check that the public key of the DPoP proof matches the public key to which the access token is bound"', async () => {
    const thief = await pairFor('ES256')
    const rule = 'The proof is by the key of the token: The proof is by'
    expectRefused(await call({ by: thief }), 'invalid_token', rule)
  })

  test('11.1 a proof is good once, whatever the query', async () => {
    const dpop = await proofFor({})
    const headers = { authorization: `DPoP ${token}`, dpop }
    expect((await server.call('/api/greeting', headers)).status).toBe(200)
    for (const path of ['/api/greeting', '/api/greeting?a=b']) {
      const again = await server.call(path, headers)
      expectRefused(again, 'invalid_dpop_proof', 'The proof was not used before: A replay: ')
    }
  })

  test('a bearer token with the scheme DPoP is refused: nothing binds it', async () => {
    const bearer = await server.issue('practice-client')
    expectRefused(
      await call({ token: bearer }),
      'invalid_token',
      'The token is bound to a key: There is no cnf: it is a bearer token',
    )
  })

  test('the token is judged before the proof', async () => {
    const answer = await server.call('/api/greeting', { authorization: 'DPoP abc', dpop: 'abc' })
    expectRefused(answer, 'invalid_token', 'It is a JWT of type at+jwt: It is not a JWT')
  })

  test('the scheme is case-insensitive, as schemes are', async () => {
    const headers = { authorization: `dpop ${token}`, dpop: await proofFor({}) }
    expect((await server.call('/api/greeting', headers)).status).toBe(200)
  })

  test('403 names the scope in the challenge of the scheme that was used', async () => {
    const write = await boundToken('practice-client', pair, { scope: 'write' })
    const answer = await call({ token: write })
    expect([answer.status, answer.body['error']]).toEqual([403, 'insufficient_scope'])
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="practice", scope="read", [^ ]+, DPoP realm="practice", error="insufficient_scope", .*scope="read", [^ ]+, algs="/,
    )
  })

  test.each(['/api/greeting', '/reports', '/api/introspected', '/api/quiet'])(
    'a bound token is good at %s, with its proof',
    async (path) => {
      const resource = practiceApis.find((api) => api.path === path)?.audience ?? ''
      const bound = await boundToken('practice-client', pair, { resource })
      expect((await call({ path, token: bound })).status).toBe(200)
    },
  )

  test('6.2 "the resource server uses the data of the introspection response to validate the access token binding": an opaque token', async () => {
    const opaque = await boundToken('practice-opaque')
    const path = '/api/introspected'
    expect((await call({ path, token: opaque })).status).toBe(200)
    const thief = await call({ path, token: opaque, by: await pairFor('ES256') })
    expectRefused(thief, 'invalid_token', 'The proof is by the key of the token: ')
    const authorization = `Bearer ${opaque}`
    expect((await server.call(path, { authorization })).body['error']).toBe('invalid_token')
  })
})

describe('7.2 Compatibility with the Bearer Authentication Scheme', () => {
  const algs = /algs="RS256 [A-Z0-9a-z -]*ES256 [A-Z0-9a-z -]*"$/

  test('"MUST reject a DPoP-bound access token received as a bearer token per [RFC6750]", with a proof or without', async () => {
    for (const dpop of [{}, { dpop: await proofFor({}) }]) {
      const answer = await server.call('/api/greeting', { authorization: `Bearer ${token}`, ...dpop })
      expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_token'])
      expect(answer.failed).toBe(
        'The token is not bound to a key: It has cnf with jkt: it is no bearer token',
      )
    }
  })

  test('"If no authentication information has been included with the request, then the challenges SHOULD NOT include an error code"', async () => {
    const { status, headers, body } = await server.call('/api/greeting', {})
    expect([status, body]).toEqual([401, {}])
    expect(headers.get('www-authenticate')).toMatch(
      /^Bearer realm="practice", scope="read", [^ ]+, DPoP realm="practice", scope="read", [^ ]+, algs=/,
    )
    expect(headers.get('www-authenticate')).toMatch(algs)
  })

  test('"the corresponding challenge SHOULD be used to deliver error information"', async () => {
    const { headers } = await server.call('/api/greeting', { authorization: 'Bearer wrong' })
    expect(headers.get('www-authenticate')).toMatch(
      /^Bearer realm="practice", error="invalid_token", error_description="[^"]+", scope="read", [^ ]+, DPoP realm="practice", scope="read", [^ ]+, algs=/,
    )
  })

  test('"Otherwise, both Bearer and DPoP challenges MAY be used to deliver error information": both schemes at once', async () => {
    const authorization = `Bearer ${token}, DPoP ${token}`
    const answer = await server.call('/api/greeting', { authorization })
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request'])
    expect(answer.failed).toBe('The token is sent with one scheme: There is one with each of Bearer and DPoP')
    expect(answer.headers.get('www-authenticate')?.match(/error="invalid_request"/g)).toHaveLength(2)
  })

  test('a proof with a bearer token that is bound to nothing is not checked', async () => {
    const authorization = `Bearer ${await server.issue('practice-client')}`
    const answer = await server.call('/api/greeting', { authorization, dpop: 'nonsense' })
    expect([answer.status, found(answer, 'A DPoP proof is sent')]).toEqual([
      200,
      'note: Not looked at: the token came as Bearer',
    ])
  })
})

describe('9 Resource Server-Provided Nonce', () => {
  const path = '/api/bound'
  const rule = 'nonce is one this server gave'

  test('"Resource servers use an HTTP 401 ... with an accompanying WWW-Authenticate: DPoP value and DPoP-Nonce value"', async () => {
    const first = await call({ path })
    expectRefused(first, 'use_dpop_nonce', `${rule}: There is no nonce; the one to use is in DPoP-Nonce`)
    const nonce = first.headers.get('dpop-nonce') ?? ''
    expect(first.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate, DPoP-Nonce')
    const second = await call({ path, claims: { nonce } })
    expect(second.body).toEqual({
      greeting: 'Hello, practice-client!',
      scope: 'read',
      bound_to: await calculateJwkThumbprint(pair.jwk),
    })
    const check = second.checks.find(({ what }) => what === rule)
    expect([check?.result, check?.spec?.label]).toEqual(['pass', 'RFC 9449 9'])
    // 8.2: the next one comes with the response, which is not to be cached.
    const next = second.headers.get('dpop-nonce') ?? ''
    expect(next).not.toBe(nonce)
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect((await call({ path, claims: { nonce: next } })).status).toBe(200)
  })

  test('a nonce that is unknown or expired gets another', async () => {
    const refused = await call({ path, claims: { nonce: 'mine' } })
    expectRefused(refused, 'use_dpop_nonce', `${rule}: nonce 'mine' is unknown`)
    const nonce = refused.headers.get('dpop-nonce') ?? ''
    server.pass(120)
    const expired = await call({ path, claims: { nonce } })
    expectRefused(expired, 'use_dpop_nonce', `${rule}: nonce '${nonce}' expired 0 s ago`)
    expect(expired.headers.get('dpop-nonce')).not.toBe(nonce)
  })

  test('the other APIs ask for none', async () => {
    expect((await call()).headers.get('dpop-nonce')).toBeNull()
  })
})

test('oauth4webapi gets in, at the second try if a nonce is asked for', async () => {
  const today = practice(Date.now())
  const keys = await generateKeyPair('ES256', { extractable: true })
  const handle = DPoP({}, keys)
  const tokenFor = async (by: Pair) => {
    const claims = { jti: 'a', htm: 'POST', htu: `${practiceOrigin}/token`, iat: today.seconds() }
    return today.issue('practice-client', {}, { dpop: await signProof(by, { claims }) })
  }
  const mine = await tokenFor({ jwk: await exportJWK(keys.publicKey), privateKey: keys.privateKey })
  const foreign = await tokenFor(await pairFor('ES256'))
  const get = (access_token: string, path: string) =>
    protectedResourceRequest(access_token, 'GET', new URL(practiceOrigin + path), undefined, undefined, {
      DPoP: handle,
      [customFetch]: (url: string, init: object) => today.fetch(new Request(url, init)),
    })
  expect((await get(mine, '/api/greeting')).status).toBe(200)
  const first: unknown = await get(mine, '/api/bound').catch((error: unknown) => error)
  expect(isDPoPNonceError(first)).toBe(true)
  expect((await get(mine, '/api/bound')).status).toBe(200)
  const refused: unknown = await get(foreign, '/api/greeting').catch((error: unknown) => error)
  if (!(refused instanceof WWWAuthenticateChallengeError)) throw new Error(String(refused))
  expect(refused.cause.map(({ scheme, parameters }) => [scheme, parameters.error])).toEqual([
    ['bearer', undefined],
    ['dpop', 'invalid_token'],
  ])
})
