import {
  calculateJwkThumbprint,
  CompactSign,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose'
import {
  ClientSecretJwt,
  clientCredentialsGrantRequest,
  customFetch,
  PrivateKeyJwt,
  processClientCredentialsResponse,
  type ClientAuth,
} from 'oauth4webapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { practiceClients } from '../../src/lib/practice/clients/clients.ts'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { found, practice, type Answer } from './practice-exchange.ts'

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const tokenEndpoint = `${practiceOrigin}/token`
const server = practice()

const secretClient = 'practice-secret-jwt'
const secret = practiceClients.find(({ client_id }) => client_id === secretClient)?.client_secret ?? ''
const secretBytes = new TextEncoder().encode(secret)

let jtis = 0
const claimsOf = (client_id: string): JWTPayload => ({
  iss: client_id,
  sub: client_id,
  aud: practiceOrigin,
  exp: server.seconds() + 60,
  iat: server.seconds(),
  jti: `jti-${++jtis}`,
})

interface Changes {
  readonly claims?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  readonly parameters?: Record<string, string>
}

const send = (client_assertion: string, parameters: Record<string, string> = {}) =>
  server.token({ client_assertion_type: jwtBearer, client_assertion, ...parameters })

/** By `client_secret_jwt`, right in all but what is changed. A claim that is `undefined` is left out. */
async function bySecret({ claims, header, parameters }: Changes = {}, key = secretBytes): Promise<Answer> {
  const protectedHeader: JWTHeaderParameters = { alg: 'HS256', typ: 'client-authentication+jwt', ...header }
  const payload = { ...claimsOf(secretClient), ...claims }
  return send(await new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key), parameters)
}

interface Registered {
  readonly client_id: string
  readonly jwk: JWK
  readonly privateKey: CryptoKey
}

async function registered(alg: string, attributes: JWK = {}): Promise<Registered> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), ...attributes }
  const { body } = await server.register({
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [jwk] },
  })
  return { client_id: body['client_id'] as string, jwk, privateKey }
}

/** By `private_key_jwt`, right in all but what is changed. */
async function byKey(client: Registered, { claims, header, parameters }: Changes = {}): Promise<Answer> {
  const protectedHeader: JWTHeaderParameters = { alg: 'ES256', typ: 'client-authentication+jwt', ...header }
  const payload = { ...claimsOf(client.client_id), ...claims }
  return send(
    await new SignJWT(payload).setProtectedHeader(protectedHeader).sign(client.privateKey),
    parameters,
  )
}

/** Every failure looks the same from outside, and says in the list of checks what it was. */
function expectRefused(answer: Answer, failed: string): void {
  expect(answer.failed).toBe(failed)
  expect(answer.status).toBe(401)
  expect(answer.body).toEqual({ error: 'invalid_client', error_description: 'Client authentication failed' })
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
}

let client: Registered
beforeAll(async () => {
  client = await registered('ES256', { kid: 'mine' })
})

describe('2.2 Using JWTs for Client Authentication', () => {
  test('the checks, in order', async () => {
    const { status, body, checks } = await bySecret()
    expect([status, body['token_type']]).toEqual([200, 'Bearer'])
    const jti = `jti-${jtis}`
    expect(checks.slice(3, -4).map(({ what, result, found }) => `${result}: ${what} (${found})`)).toEqual([
      'pass: One client authentication method (a client assertion)',
      `pass: client_assertion_type is jwt-bearer (${jwtBearer})`,
      expect.stringMatching(
        /^pass: client_assertion is one JWT \(\d+ characters, 2 header parameters, 6 claims\)$/,
      ),
      'pass: The client is registered (practice-secret-jwt)',
      'pass: The client authenticates the way it is registered (client_secret_jwt)',
      'pass: alg fits the method (HS256, for client_secret_jwt)',
      "pass: typ is one of client assertions ('client-authentication+jwt')",
      "pass: iss is the client (iss 'practice-secret-jwt')",
      "pass: sub is the client (sub 'practice-secret-jwt')",
      "pass: aud is this server (aud 'https://practice.example')",
      'pass: The assertion has not expired (60 s left)',
      'pass: The assertion is short-lived (60 s)',
      'pass: nbf and iat are not in the future (iat is 0 s ago)',
      `pass: jti names the assertion (jti '${jti}')`,
      'pass: The client signed the assertion (HS256 with its secret)',
      `pass: The assertion was not used before (jti '${jti}' is new)`,
    ])
  })

  test('"The value of the "client_assertion_type" is "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"."', async () => {
    const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'
    expectRefused(
      await bySecret({ parameters: { client_assertion_type: saml } }),
      `client_assertion_type is jwt-bearer: It is '${saml}', expected ${jwtBearer}`,
    )
    expectRefused(
      await server.token({ client_assertion: 'x' }),
      `client_assertion_type is jwt-bearer: There is none, expected ${jwtBearer}`,
    )
  })

  test.each([
    ['', 'There is no client_assertion'],
    ['opaque', 'It has 1 parts; a signed JWT has 3'],
    ['a.b.c.d.e', 'It has 5 parts: it is encrypted, and should be signed only'],
    ['%.e30.', 'Its header is not a JSON object in base64url'],
    ['e30.W10.', 'Its payload is not a JSON object in base64url'],
    [`e30.e30.${'A'.repeat(16 * 1024)}`, 'It has 16392 characters; 16384 is the most'],
    [`${btoa('{"crit":["b64"],"b64":false}')}.e30.`, 'Its crit demands extensions, and this server has none'],
  ])(
    '"client_assertion ... contains a single JWT. It MUST NOT contain more than one JWT.": %.40s',
    async (jwt, why) => {
      expectRefused(await send(jwt), `client_assertion is one JWT: ${why}`)
    },
  )

  test('RFC 7521 4.2: "the value of the "client_id" parameter MUST identify the same client as is identified by the client assertion"', async () => {
    const same = await bySecret({ parameters: { client_id: secretClient } })
    expect([same.status, found(same, 'client_id names the client of the assertion')]).toEqual([
      200,
      'pass: practice-secret-jwt',
    ])
    expectRefused(
      await bySecret({ parameters: { client_id: 'practice-client' } }),
      "client_id names the client of the assertion: client_id is 'practice-client', and 'practice-secret-jwt' authenticates",
    )
  })

  test('an assertion and another method are two methods', async () => {
    const { status, body, failed } = await bySecret({ parameters: { client_secret: secret } })
    expect([status, body['error']]).toEqual([400, 'invalid_request'])
    expect(failed).toContain('client_secret_post and a client assertion')
  })

  test('RFC 6749 2.3.1: an assertion "MUST NOT be included in the request URI" either', async () => {
    const { status, failed } = await server.token(
      {},
      {},
      `?client_assertion=x&client_assertion_type=${jwtBearer}`,
    )
    expect(status).toBe(400)
    expect(failed).toContain('Found in the query: client_assertion, client_assertion_type')
  })

  test('a client is known by its subject, and authenticates the way it is registered', async () => {
    const nobody = { iss: 'nobody', sub: 'nobody' }
    expectRefused(
      await bySecret({ claims: nobody }),
      "The client is registered: No client is called 'nobody'",
    )
    const other = { iss: 'practice-client', sub: 'practice-client' }
    expectRefused(
      await bySecret({ claims: other }),
      'The client authenticates the way it is registered: a client assertion, but it is registered for client_secret_basic or client_secret_post',
    )
    const { failed } = await server.token({ client_id: secretClient, client_secret: secret })
    expect(failed).toBe(
      'The client authenticates the way it is registered: client_secret_post, but it is registered for client_secret_jwt',
    )
  })
})

describe('3 JWT Format and Processing Requirements', () => {
  test('1. "The JWT MUST contain an "iss" (issuer) claim": iss != sub is refused', async () => {
    const rule = 'iss is the client'
    expectRefused(
      await bySecret({ claims: { iss: 'somebody' } }),
      `${rule}: iss is 'somebody', expected 'practice-secret-jwt'`,
    )
    expectRefused(
      await bySecret({ claims: { iss: undefined } }),
      `${rule}: There is no iss, expected 'practice-secret-jwt'`,
    )
  })

  test('2. "For client authentication, the subject MUST be the "client_id" of the OAuth client."', async () => {
    const rule = 'sub is the client'
    expectRefused(
      await bySecret({ claims: { sub: undefined } }),
      `${rule}: There is no sub, expected 'practice-secret-jwt'`,
    )
    const odd = { sub: ['practice-secret-jwt'] }
    expectRefused(
      await bySecret({ claims: odd }),
      `${rule}: sub is ['practice-secret-jwt'], expected 'practice-secret-jwt'`,
    )
    expectRefused(
      await bySecret({ claims: { iss: undefined, sub: undefined }, parameters: { client_id: secretClient } }),
      "iss is the client: There is no iss, expected 'practice-secret-jwt'",
    )
    expectRefused(
      await bySecret({ claims: { iss: undefined, sub: undefined } }),
      'The client is registered: There is no client_id',
    )
  })

  test.each([
    ['https://practice.example', "pass: aud 'https://practice.example'"],
    [[practiceOrigin], "note: aud is ['https://practice.example']; the coming revision of RFC 7523 wants"],
    [tokenEndpoint, "note: aud is 'https://practice.example/token'; the coming revision"],
    [
      ['https://other.example', tokenEndpoint],
      "note: aud is ['https://other.example', 'https://practice.example/token']",
    ],
  ])(
    '3. "The token endpoint URL ... MAY be used as a value for an "aud" element": %s',
    async (aud, check) => {
      const answer = await bySecret({ claims: { aud } })
      expect(answer.status).toBe(200)
      expect(found(answer, 'aud is this server')).toContain(check)
    },
  )

  test.each([
    ['https://other.example', "aud is 'https://other.example'"],
    ['https://practice.example/', "aud is 'https://practice.example/'"],
    [['https://a.example', 'https://b.example'], "aud is ['https://a.example', 'https://b.example']"],
    [[], 'aud is []'],
    [undefined, 'There is no aud'],
  ])(
    '3. "MUST reject any JWT that does not contain its own identity as the intended audience": %s',
    async (aud, why) => {
      expectRefused(
        await bySecret({ claims: { aud } }),
        `aud is this server: ${why}, expected 'https://practice.example'`,
      )
    },
  )

  test('4. "MUST reject any JWT with an expiration time that has passed"', async () => {
    const now = server.seconds()
    const rule = 'The assertion has not expired'
    expectRefused(
      await bySecret({ claims: { exp: now - 30 } }),
      `${rule}: It expired 30 s ago: exp ${now - 30}, now ${now}`,
    )
    expectRefused(
      await bySecret({ claims: { exp: now } }),
      `${rule}: It expired 0 s ago: exp ${now}, now ${now}`,
    )
    expect((await bySecret({ claims: { exp: now + 1 } })).status).toBe(200)
    expectRefused(await bySecret({ claims: { exp: undefined } }), `${rule}: There is no exp`)
    const text = { exp: String(now + 60) }
    expectRefused(
      await bySecret({ claims: text }),
      `${rule}: exp is '${now + 60}', expected a number of seconds`,
    )
  })

  test('4. "may reject JWTs with an "exp" claim value that is unreasonably far in the future": over 300 s', async () => {
    const now = server.seconds()
    const rule = 'The assertion is short-lived'
    expect((await bySecret({ claims: { exp: now + 300 } })).status).toBe(200)
    const tooLong = `${rule}: It lives 301 s, too long: this server accepts 300 s at most`
    expectRefused(await bySecret({ claims: { exp: now + 301 } }), tooLong)
    expectRefused(await bySecret({ claims: { exp: now + 301, iat: undefined } }), tooLong)
    expectRefused(await bySecret({ claims: { exp: now + 1, iat: now - 300 } }), tooLong)
  })

  test('5. and 6. "nbf ... identifies the time before which the token MUST NOT be accepted for processing"', async () => {
    const now = server.seconds()
    const rule = 'nbf and iat are not in the future'
    expectRefused(
      await bySecret({ claims: { nbf: now + 11 } }),
      `${rule}: nbf is in 11 s, iat is 0 s ago; 10 s ahead is tolerated`,
    )
    expectRefused(
      await bySecret({ claims: { iat: now + 11, exp: now + 60 } }),
      `${rule}: iat is in 11 s; 10 s ahead is tolerated`,
    )
    expect((await bySecret({ claims: { nbf: now + 10, iat: now + 10, exp: now + 310 } })).status).toBe(200)
    const neither = await bySecret({ claims: { iat: undefined } })
    expect(found(neither, rule)).toBe('pass: There is neither')
    expectRefused(
      await bySecret({ claims: { nbf: 'soon' } }),
      `${rule}: nbf is 'soon', expected a number of seconds`,
    )
  })

  test('7. "MAY ensure that JWTs are not replayed by maintaining the set of used "jti" values"', async () => {
    const rule = 'The assertion was not used before'
    const once = { jti: 'only-once', exp: server.seconds() + 60 }
    expect((await bySecret({ claims: once })).status).toBe(200)
    server.pass(3)
    expectRefused(await bySecret({ claims: once }), `${rule}: A replay: jti 'only-once' was used 3 s ago`)
    expect((await byKey(client, { claims: once })).status, 'of another client').toBe(200)
    server.pass(57)
    const later = await bySecret({ claims: { ...once, exp: server.seconds() + 60 } })
    expect(later.status, 'forgotten with the assertion that had it').toBe(200)
  })

  test('7. whoever cannot sign cannot use up a jti', async () => {
    const claims = { jti: 'of-the-client' }
    expect((await bySecret({ claims }, new TextEncoder().encode('x'.repeat(64)))).status).toBe(401)
    expect((await bySecret({ claims })).status).toBe(200)
  })

  test.each([
    [undefined, 'There is no jti, by which a replay would be noticed'],
    ['', "jti is '', expected a text"],
    [7, 'jti is 7, expected a text'],
    ['x'.repeat(257), 'jti has 257 characters; 256 is the most'],
  ])('7. here a jti is demanded, of a size that can be kept: %.10s', async (jti, why) => {
    expectRefused(await bySecret({ claims: { jti } }), `jti names the assertion: ${why}`)
  })

  test('9. "MUST reject JWTs with an invalid signature or MAC": the wrong secret', async () => {
    const wrong = new TextEncoder().encode(`${secret} `)
    expectRefused(
      await bySecret({}, wrong),
      'The client signed the assertion: The signature does not verify with its secret (HS256)',
    )
  })

  test.each(['HS256', 'HS384', 'HS512'])('9. client_secret_jwt with %s', async (alg) => {
    expect(found(await bySecret({ header: { alg } }), 'The client signed the assertion')).toBe(
      `pass: ${alg} with its secret`,
    )
  })

  test('9. tampered with, or without a signature at all', async () => {
    const jwt = await new SignJWT(claimsOf(client.client_id))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(client.privateKey)
    const [header = '', , signature = ''] = jwt.split('.')
    const forged = Buffer.from(JSON.stringify(claimsOf(client.client_id))).toString('base64url')
    const rule = 'The client signed the assertion'
    expectRefused(
      await send(`${header}.${forged}.${signature}`),
      `${rule}: The signature does not verify with 'mine' (EC P-256)`,
    )
    expect((await send(`${header}.${forged}.`)).failed).toContain(rule)
    expect((await send(`${header}.${forged}.%`)).failed).toContain(`${rule}: The signature cannot be checked`)
  })

  test('10. alg none is refused for every method, as RFC 8725 3.2 requires', async () => {
    for (const client_id of [secretClient, client.client_id]) {
      const { failed, status } = await send(new UnsecuredJWT(claimsOf(client_id)).encode())
      expect(status).toBe(401)
      expect(failed).toContain("alg fits the method: alg is 'none': nobody signed it; ")
    }
  })

  test('10. a MAC made with the public key is no signature: HS256 of a client with a key', async () => {
    const publicKey = new TextEncoder().encode(JSON.stringify(client.jwk))
    const jwt = await new SignJWT(claimsOf(client.client_id))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(publicKey)
    expectRefused(
      await send(jwt),
      "alg fits the method: alg is 'HS256'; private_key_jwt accepts RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, Ed25519, EdDSA, ML-DSA-44, ML-DSA-65, ML-DSA-87",
    )
    const es256 = await new SignJWT(claimsOf(secretClient))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(client.privateKey)
    expectRefused(
      await send(es256),
      "alg fits the method: alg is 'ES256'; client_secret_jwt accepts HS256, HS384, HS512",
    )
  })

  test.each([
    ['client-authentication+jwt', 'pass'],
    ['application/client-authentication+jwt', 'pass'],
    ['JWT', 'note'],
    [undefined, 'note'],
  ])('10. RFC 7519 5.1 typ: %s', async (typ, result) => {
    const { status, checks } = await bySecret({ header: { typ } })
    expect(status).toBe(200)
    expect(checks.find(({ what }) => what.startsWith('typ'))?.result).toBe(result)
  })

  test.each(['at+jwt', 'dpop+jwt', 5])(
    '10. a JWT of another type is no client assertion: %s',
    async (typ) => {
      const { failed, status } = await bySecret({ header: { typ } })
      expect(status).toBe(401)
      expect(failed).toContain('typ is one of client assertions: typ is ')
    },
  )

  test('header and claims of any shape are refused and break nothing', async () => {
    const evil = { toString: 'x', valueOf: 5 }
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const header of [{ alg: evil }, { alg: 'HS256', typ: evil }, { alg: 'HS256', kid: evil }]) {
      const { status } = await send(`${encoded(header)}.${encoded(claimsOf(secretClient))}.AA`)
      expect(status).toBe(401)
    }
    for (const name of ['iss', 'aud', 'exp', 'iat', 'nbf', 'jti']) {
      for (const value of [evil, [[evil]], null, 1e308, true]) {
        const { status } = await bySecret({ claims: { [name]: value } })
        expect([200, 401]).toContain(status)
      }
    }
  })
})

describe('private_key_jwt: the key', () => {
  const rule = 'The client signed the assertion'

  test.each(['RS256', 'PS512', 'ES384', 'ES512', 'Ed25519'])('%s', async (alg) => {
    const other = await registered(alg)
    const kid = await calculateJwkThumbprint(other.jwk)
    const answer = await byKey(other, { header: { alg } })
    expect([answer.status, found(answer, rule)]).toEqual([200, `pass: ${alg} with key '${kid}'`])
  })

  test('EdDSA is the former name of Ed25519', async () => {
    const other = await registered('Ed25519', { alg: 'Ed25519' })
    expect((await byKey(other, { header: { alg: 'EdDSA' } })).status).toBe(200)
  })

  test('kid selects the key; an unknown one is named with those registered', async () => {
    const mine = await byKey(client, { header: { kid: 'mine' } })
    expect(found(mine, rule)).toBe("pass: ES256 with key 'mine'")
    expectRefused(
      await byKey(client, { header: { kid: 'yours' } }),
      `${rule}: kid 'yours' is not registered; registered: 'mine' (EC P-256)`,
    )
  })

  test('without a kid each registered key that fits alg is tried', async () => {
    const pairs = await Promise.all(['ES256', 'RS256', 'ES256'].map((alg) => generateKeyPair(alg)))
    const keys = await Promise.all(pairs.map(({ publicKey }) => exportJWK(publicKey)))
    const { body } = await server.register({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: keys.map((jwk, index) => ({ ...jwk, kid: `key-${index}` })) },
    })
    const client_id = body['client_id'] as string
    const privateKey = pairs[2]?.privateKey ?? client.privateKey
    const answer = await byKey({ client_id, jwk: {}, privateKey })
    expect([answer.status, found(answer, rule)]).toEqual([200, "pass: ES256 with key 'key-2'"])
    const stranger = await byKey({ client_id, jwk: {}, privateKey: client.privateKey })
    expectRefused(
      stranger,
      `${rule}: The signature does not verify with 'key-0' (EC P-256), 'key-2' (EC P-256)`,
    )
    const es384 = await generateKeyPair('ES384')
    const unfit = await byKey(
      { client_id, jwk: {}, privateKey: es384.privateKey },
      { header: { alg: 'ES384' } },
    )
    expect(unfit.failed).toContain(
      `${rule}: No key that it may be fits alg ES384; registered: 'key-0' (EC P-256), `,
    )
  })

  test('the alg of a registered key is the only one it verifies', async () => {
    const other = await registered('RS256', { alg: 'RS256', kid: 'rsa' })
    const ps256 = { name: 'RSA-PSS', hash: 'SHA-256' }
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', other.privateKey)
    const pss = await crypto.subtle.importKey('pkcs8', pkcs8, ps256, false, ['sign'])
    const answer = await byKey({ ...other, privateKey: pss }, { header: { alg: 'PS256' } })
    expectRefused(answer, `${rule}: No key that it may be fits alg PS256; registered: 'rsa' (RSA)`)
  })

  test('x5t#S256 selects a key if one is registered with it, and is passed over if none is', async () => {
    const other = await registered('ES256', { kid: 'certified', 'x5t#S256': 'thumb' })
    expect((await byKey(other, { header: { 'x5t#S256': 'thumb' } })).status).toBe(200)
    expectRefused(
      await byKey(other, { header: { 'x5t#S256': 'other' } }),
      `${rule}: x5t#S256 'other' is not registered; registered: 'certified' (EC P-256)`,
    )
    expect((await byKey(client, { header: { 'x5t#S256': 'thumb' } })).status).toBe(200)
  })

  test('an unencoded or detached payload is no JWT', async () => {
    const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(claimsOf(client.client_id))))
      .setProtectedHeader({ alg: 'ES256', crit: ['b64'], b64: true })
      .sign(client.privateKey)
    expect((await send(jws)).failed).toContain('crit demands extensions')
  })
})

test('oauth4webapi authenticates with a secret and with a key', async () => {
  const today = practice(Date.now())
  const { publicKey, privateKey } = await generateKeyPair('Ed25519')
  const jwks = { keys: [await exportJWK(publicKey)] }
  const { body } = await today.register({ token_endpoint_auth_method: 'private_key_jwt', jwks })
  const kid = await calculateJwkThumbprint(publicKey)
  const as = { issuer: practiceOrigin, token_endpoint: tokenEndpoint }
  const clients: [string, ClientAuth][] = [
    [secretClient, ClientSecretJwt(secret)],
    [body['client_id'] as string, PrivateKeyJwt({ key: privateKey, kid })],
  ]
  for (const [client_id, authenticate] of clients) {
    const response = await clientCredentialsGrantRequest(
      as,
      { client_id },
      authenticate,
      {},
      {
        [customFetch]: (url: string, init: object) => today.fetch(new Request(url, init)),
      },
    )
    const tokens = await processClientCredentialsResponse(as, { client_id }, response)
    expect(tokens.token_type).toBe('bearer')
  }
})
