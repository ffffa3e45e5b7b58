import {
  calculateJwkThumbprint,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose'
import {
  ClientSecretBasic,
  clientCredentialsGrantRequest,
  customFetch,
  DPoP,
  isDPoPNonceError,
  processClientCredentialsResponse,
  type Client,
} from 'oauth4webapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { found, practice, type Answer } from './practice-exchange.ts'
import { pairFor, signProof, type Changes, type Pair } from './practice-proof.ts'

const url = `${practiceOrigin}/token`
const server = practice()

let pair: Pair
beforeAll(async () => {
  pair = await pairFor('ES256')
})

let jtis = 0
const claimsNow = (): JWTPayload => ({ jti: `jti-${++jtis}`, htm: 'POST', htu: url, iat: server.seconds() })

/** A proof for the token endpoint, right in all but what is changed. What is `undefined` is left out. */
const proof = ({ claims, header }: Changes = {}, by = pair): Promise<string> =>
  signProof(by, { claims: { ...claimsNow(), ...claims }, ...(header && { header }) })

const bearer = { client_id: 'practice-client', client_secret: 'practice-secret' }
const bound = { client_id: 'practice-dpop', client_secret: 'practice-secret-dpop' }
const send = (dpop: string, client = bearer) => server.token({ ...client, scope: 'read' }, { dpop })
const sendProof = async (changes: Changes = {}) => send(await proof(changes))

function expectRefused(answer: Answer, failed: string | RegExp, error = 'invalid_dpop_proof'): void {
  expect(answer.failed).toMatch(failed)
  expect([answer.status, answer.body['error']]).toEqual([400, error])
  expect(answer.body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
}

describe('4.3 Checking DPoP Proofs', () => {
  test('the checks, in order', async () => {
    const { checks } = await sendProof()
    const from = checks.findIndex(({ what }) => what === 'There is one DPoP header')
    const jkt = await calculateJwkThumbprint(pair.jwk)
    expect(checks.slice(from, -2).map(({ what, result, found }) => `${result}: ${what} (${found})`)).toEqual([
      'pass: There is one DPoP header (One value)',
      expect.stringMatching(/^pass: The proof is one JWT \(\d+ characters\)$/),
      "pass: typ is dpop+jwt ('dpop+jwt')",
      'pass: alg is asymmetric and known here (ES256)',
      `pass: jwk is a public key (EC P-256, thumbprint ${jkt})`,
      'pass: The key in jwk signed the proof (ES256)',
      "pass: htm is the method (htm 'POST')",
      "pass: htu is the URL (htu 'https://practice.example/token')",
      'pass: iat is recent (iat is 0 s ago)',
      `pass: jti names the proof (jti 'jti-${jtis}')`,
      `pass: The proof was not used before (jti 'jti-${jtis}' is new)`,
    ])
  })

  test('1. "There is not more than one DPoP HTTP request header field."', async () => {
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
    for (const value of [await proof(), await proof()]) headers.append('DPoP', value)
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...bearer }).toString()
    const answer = await server.ask(new Request(url, { method: 'POST', headers, body }))
    expectRefused(answer, 'There is one DPoP header: There are 2 values')
  })

  test.each([
    ['', 'The proof is one JWT: It has 1 parts; a signed JWT has 3'],
    ['a.b', 'The proof is one JWT: It has 2 parts'],
    ['W10.W10.W10', 'The proof is one JWT: Its header is not a JSON object'],
    [`e30.e30.${'A'.repeat(16 * 1024)}`, 'The proof is one JWT: It has 16392 characters'],
  ])('2. "is a single and well-formed JWT": %.30s', async (value, failed) => {
    expectRefused(await send(value), failed)
  })

  test.each([
    ['jti', 'jti names the proof: There is no jti'],
    ['htm', "htm is the method: There is no htm, expected 'POST'"],
    ['htu', "htu is the URL: There is no htu, expected 'https://practice.example/token'"],
    ['iat', 'iat is recent: There is no iat, expected a number of seconds'],
  ])('3. "All required claims per Section 4.2 are contained in the JWT.": %s', async (name, failed) => {
    expectRefused(await sendProof({ claims: { [name]: undefined } }), failed)
  })

  test.each([['JWT'], ['at+jwt'], [undefined]])(
    '4. "The typ JOSE Header Parameter has the value dpop+jwt": not %s',
    async (typ) => {
      expectRefused(await sendProof({ header: { typ } }), 'typ is dpop+jwt: typ is ')
    },
  )

  test('5. "indicates a registered asymmetric digital signature algorithm, is not none"', async () => {
    const [, claims = ''] = new UnsecuredJWT(claimsNow()).encode().split('.')
    const none = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk: pair.jwk })).toString(
      'base64url',
    )
    expectRefused(
      await send(`${none}.${claims}.`),
      "alg is asymmetric and known here: alg is 'none', expected one of",
    )
    const mac = await new SignJWT(claimsNow())
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk: pair.jwk })
      .sign(new TextEncoder().encode('x'.repeat(32)))
    expectRefused(await send(mac), "alg is asymmetric and known here: alg is 'HS256', expected one of")
    expectRefused(
      await send(await proof({ header: { jwk: (await pairFor('ES384')).jwk } })),
      'jwk is a public key: A key of type EC P-384 does not fit alg ES256',
    )
  })

  test.each(['RS256', 'PS384', 'ES512', 'Ed25519', 'EdDSA'])('5. %s is supported', async (alg) => {
    const other = await pairFor(alg)
    expect((await send(await proof({ header: { alg, jwk: other.jwk } }, other))).status).toBe(200)
  })

  test('6. "The JWT signature verifies with the public key contained in the jwk JOSE Header Parameter."', async () => {
    const rule = 'The key in jwk signed the proof: The signature does not verify'
    expectRefused(await sendProof({ header: { jwk: (await pairFor('ES256')).jwk } }), rule)
    const [header = '', , signature = ''] = (await proof()).split('.')
    const tampered = Buffer.from(JSON.stringify(claimsNow())).toString('base64url')
    expectRefused(await send(`${header}.${tampered}.${signature}`), rule)
  })

  test('7. "The jwk JOSE Header Parameter does not contain a private key.", and it is not repeated', async () => {
    const { d = '', ...others } = await exportJWK(pair.privateKey)
    const answer = await sendProof({ header: { jwk: { ...others, d } } })
    expectRefused(answer, 'jwk is a public key: It has the private member d; only the public key is wanted')
    expect(JSON.stringify([answer.body, answer.checks])).not.toContain(d)
    const symmetric = await sendProof({ header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } })
    expectRefused(symmetric, 'jwk is a public key: It has the private member k')
  })

  test.each([
    [undefined, 'There is no jwk'],
    ['text', "It is 'text', not a JSON object"],
    [{ kty: 'oct' }, "A key of type 'oct' verifies no signature here"],
    [{ kty: 'EC', crv: 'P-256' }, 'This browser cannot use it'],
    [
      { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' },
      "A key of type 'EC secp256k1' verifies no signature here",
    ],
    [{ kty: { toString: 1 } }, "A key of type '' verifies no signature here"],
    [{ kty: 'RSA', n: `v${'A'.repeat(170)}`, e: 'AQAB' }, 'It has 1024 bits; an RSA key needs 2048'],
  ])('7. jwk %j', async (jwk, why) => {
    expect((await sendProof({ header: { jwk } })).failed).toContain(`jwk is a public key: ${why}`)
  })

  test('8. "The htm claim matches the HTTP method of the current request."', async () => {
    expectRefused(
      await sendProof({ claims: { htm: 'GET' } }),
      "htm is the method: htm is 'GET', expected 'POST'",
    )
    expectRefused(
      await sendProof({ claims: { htm: 'post' } }),
      "htm is the method: htm is 'post', expected 'POST'",
    )
  })

  test.each([
    'https://practice.example/token?a=b#c',
    'HTTPS://PRACTICE.EXAMPLE:443/token',
    'https://practice.example/a/../token',
    'https://practice.example/%74oken',
  ])('9. "ignoring any query and fragment parts" and after normalization: %s', async (htu) => {
    expect((await sendProof({ claims: { htu } })).status).toBe(200)
  })

  test.each([
    'https://practice.example/Token',
    'https://practice.example/token/',
    'http://practice.example/token',
    'https://practice.example:8443/token',
    'https://user@practice.example/token',
    '/token',
    ['https://practice.example/token'],
  ])('9. "The htu claim matches the HTTP URI value for the HTTP request": not %s', async (htu) => {
    const answer = await sendProof({ claims: { htu } })
    expectRefused(answer, /^htu is the URL: htu is .*, expected 'https:\/\/practice\.example\/token'$/)
  })

  test('11. "The creation time of the JWT ... is within an acceptable window": 300 s back, 10 s ahead', async () => {
    const now = server.seconds()
    expect((await sendProof({ claims: { iat: now - 300 } })).status).toBe(200)
    expect((await sendProof({ claims: { iat: now + 10 } })).status).toBe(200)
    const window = 'it may be 300 s old and 10 s ahead'
    expectRefused(
      await sendProof({ claims: { iat: now - 301 } }),
      `iat is recent: iat is 301 s ago; ${window}`,
    )
    expectRefused(await sendProof({ claims: { iat: now + 11 } }), `iat is recent: iat is in 11 s; ${window}`)
    expectRefused(
      await sendProof({ claims: { iat: String(now) } }),
      `iat is recent: iat is '${now}', expected a number`,
    )
  })

  test('4.2 an exp is "not part of RFC 9449" and decides nothing', async () => {
    const answer = await sendProof({ claims: { exp: server.seconds() - 1000 } })
    expect(answer.status).toBe(200)
    expect(found(answer, 'exp is no claim of a proof')).toBe('note: Not part of RFC 9449, ignored')
  })
})

describe('5 DPoP Access Token Request', () => {
  test('"A token_type of DPoP MUST be included in the access token response", and 6.1 the token has cnf.jkt', async () => {
    const { body, checks } = await sendProof()
    const jkt = await calculateJwkThumbprint(pair.jwk)
    expect(body['token_type']).toBe('DPoP')
    expect(decodeJwt(body['access_token'] as string)['cnf']).toEqual({ jkt })
    expect(checks.at(-1)?.found).toBe(`A JWT signed with RS256, valid for 300 s, bound to the key ${jkt}`)
  })

  test('a token asked for without a proof is a bearer token', async () => {
    const { body } = await server.token(bearer)
    expect(body['token_type']).toBe('Bearer')
    expect(decodeJwt(body['access_token'] as string)).not.toHaveProperty('cnf')
  })

  test('5.2 "If the value is true, the authorization server MUST reject token requests from the client that do not contain the DPoP header."', async () => {
    const answer = await server.token(bound)
    expectRefused(
      answer,
      'A DPoP proof is sent: A DPoP proof is required: practice-dpop is registered with dpop_bound_access_tokens',
    )
    expect(answer.body['error_description']).toBe('A DPoP proof is required')
  })

  test('a proof does not authenticate the client: its secret is still checked, and first', async () => {
    const { status, failed } = await send(await proof(), { ...bound, client_secret: 'wrong' })
    expect([status, failed]).toEqual([401, 'The secret matches: It is another secret'])
  })
})

describe('8 Authorization Server-Provided Nonce', () => {
  const rule = 'nonce is one this server gave'
  const use = 'the one to use is in DPoP-Nonce'
  const withNonce = async (nonce: unknown) => send(await proof({ claims: { nonce } }), bound)
  const nonceOf = ({ headers }: Answer) => headers.get('dpop-nonce') ?? ''

  test('"responds to requests that do not include a nonce with an HTTP 400 ... using use_dpop_nonce", and the nonce it gives is good', async () => {
    const first = await withNonce(undefined)
    expectRefused(first, `${rule}: There is no nonce; ${use}`, 'use_dpop_nonce')
    expect(nonceOf(first)).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(first.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
    const second = await withNonce(nonceOf(first))
    expect([second.status, second.body['token_type']]).toEqual([200, 'DPoP'])
    expect(found(second, rule)).toBe(`pass: nonce '${nonceOf(first)}', 120 s left`)
  })

  test('8.2 "including a DPoP-Nonce HTTP header in the HTTP 200 (OK) response": the next one, of a client that needs one', async () => {
    const first = nonceOf(await withNonce(undefined))
    const next = nonceOf(await withNonce(first))
    expect(next).not.toBe('')
    expect(next).not.toBe(first)
    expect((await withNonce(next)).status).toBe(200)
    expect((await withNonce(first)).status, 'still good').toBe(200)
    expect((await sendProof()).headers.has('dpop-nonce')).toBe(false)
  })

  test('"If the nonce claim in the DPoP proof does not exactly match a nonce recently supplied ... MUST reject the request."', async () => {
    const nonce = nonceOf(await withNonce(undefined))
    for (const unknown of ['mine', nonce.toUpperCase(), `${nonce} `, 5, [nonce], { toString: 1 }]) {
      const answer = await withNonce(unknown)
      expectRefused(answer, /^nonce is one this server gave: nonce .* is unknown; /, 'use_dpop_nonce')
      expect(nonceOf(answer)).not.toBe('')
    }
  })

  test('a nonce is good for 120 s, and its age is shown', async () => {
    const nonce = nonceOf(await withNonce(undefined))
    server.pass(119)
    expect((await withNonce(nonce)).status).toBe(200)
    server.pass(4)
    const answer = await withNonce(nonce)
    expectRefused(answer, `${rule}: nonce '${nonce}' expired 3 s ago; ${use}`, 'use_dpop_nonce')
    expect((await withNonce(nonceOf(answer))).status).toBe(200)
  })

  test('a client that needs none may send one: it is not checked', async () => {
    const answer = await sendProof({ claims: { nonce: 'of another server' } })
    expect([answer.status, found(answer, rule)]).toEqual([
      200,
      'note: None is asked for here, so it is not looked at',
    ])
  })
})

describe('11.1 DPoP Proof Replay', () => {
  test('"HTTP requests to the same URI for which the jti value has been seen before would be declined."', async () => {
    const dpop = await proof()
    expect((await send(dpop)).status).toBe(200)
    server.pass(7)
    expectRefused(
      await send(dpop),
      `The proof was not used before: A replay: jti 'jti-${jtis}' was used 7 s ago`,
    )
    server.pass(293)
    expectRefused(await send(dpop), 'A replay: ')
    server.pass(1)
    expectRefused(await send(dpop), 'iat is recent: iat is 301 s ago')
  })

  test('"HTTP requests to the same URI": a query makes no other use of it', async () => {
    const dpop = await proof()
    expect((await send(dpop)).status).toBe(200)
    const again = await server.token({ ...bearer, scope: 'read' }, { dpop }, '?a=b')
    expectRefused(again, 'A replay: ')
  })

  test('a proof refused for its nonce is not used up by that', async () => {
    const dpop = await proof()
    expect((await send(dpop, bound)).body['error']).toBe('use_dpop_nonce')
    expect((await send(dpop)).status).toBe(200)
  })

  test('"should reject DPoP proof JWTs with unnecessarily large jti values"', async () => {
    const answer = await sendProof({ claims: { jti: 'x'.repeat(257) } })
    expectRefused(answer, 'jti names the proof: jti has 257 characters; 256 is the most')
  })
})

test('oauth4webapi gets a bound token, at the second try, and the next at the first', async () => {
  const today = practice(Date.now())
  const as = { issuer: practiceOrigin, token_endpoint: url }
  const client: Client = { client_id: bound.client_id }
  const dpop = DPoP(client, await generateKeyPair('ES256'))
  const statuses: number[] = []
  const token = async () => {
    const response = await clientCredentialsGrantRequest(
      as,
      client,
      ClientSecretBasic(bound.client_secret),
      {},
      {
        DPoP: dpop,
        [customFetch]: (target: string, init: object) => today.fetch(new Request(target, init)),
      },
    )
    statuses.push(response.status)
    return processClientCredentialsResponse(as, client, response)
  }
  const first: unknown = await token().catch((error: unknown) => error)
  expect(isDPoPNonceError(first)).toBe(true)
  for (const { token_type } of [await token(), await token()]) expect(token_type).toBe('dpop')
  expect(statuses).toEqual([400, 200, 200])
})
