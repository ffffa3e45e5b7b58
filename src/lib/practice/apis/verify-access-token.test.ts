import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { CheckLog } from '../base/check-log.ts'
import { practiceAudience, practiceOrigin } from '../base/origin.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { practiceApis } from './apis.ts'
import { createSigningKeys } from '../signatures/signing-keys.ts'
import { createTokenRecords } from '../base/token-records.ts'
import { tokenRefusal } from './token-refusal.ts'
import { verifyAccessToken } from './verify-access-token.ts'

const [api] = practiceApis
if (!api) throw new Error('There is no API')
const refuse = tokenRefusal(api, ['Bearer'])
const keys = createSigningKeys()
const claims = { iss: practiceOrigin, aud: practiceAudience, sub: 'c', exp: 2000, scope: 'read' }

async function sign(header: object, changed: object, by = keys): Promise<string> {
  const { privateKey, publicJwk } = await by.signingKey('ES256')
  const { kid } = (await keys.signingKey('ES256')).publicJwk
  return new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ alg: publicJwk.alg, typ: 'at+jwt', kid, ...header })
    .sign(privateKey)
}

async function failureOf(token: string, seconds = 1000): Promise<string> {
  const now = () => seconds * 1000
  const context = { checks: new CheckLog(), keys, records: createTokenRecords(now), now }
  return verifyAccessToken(token, [practiceAudience], context, refuse).then(
    () => 'none',
    (error: unknown) => {
      if (!(error instanceof ProtocolError)) throw error
      expect(error.response.headers.get('www-authenticate')).toContain('error="invalid_token"')
      return `${error.rule.what}: ${error.found}`
    },
  )
}

test.each([
  ['its own', {}, {}, 'none'],
  ['another typ', { typ: 'JWT' }, {}, "It is a JWT of type at+jwt: typ is 'JWT'"],
  ['the long form of typ', { typ: 'application/at+jwt' }, {}, 'none'],
  [
    'another issuer',
    {},
    { iss: 'https://a' },
    "The issuer is this authorization server: iss 'https://a', expected 'https://practice.example'",
  ],
  [
    'another audience',
    {},
    { aud: ['b', 'c'] },
    "This API is the audience: aud ['b', 'c'], expected 'https://practice.example/api'",
  ],
  ['one audience of several', {}, { aud: ['b', practiceAudience] }, 'none'],
  [
    'no audience',
    {},
    { aud: undefined },
    "This API is the audience: aud undefined, expected 'https://practice.example/api'",
  ],
  ['expired', {}, { exp: 1000 }, 'It has not expired: The token expired 0 s ago'],
  ['no expiry', {}, { exp: undefined }, 'It has not expired: The token expired 1000 s ago'],
])('a token of %s', async (_name, header, changed, expected) => {
  expect(await failureOf(await sign(header, changed))).toBe(expected)
})

test('a token of another server, an unsigned one, an opaque one', async () => {
  const verifies = 'A key of this issuer signed it: The signature does not verify'
  expect(await failureOf(await sign({}, {}, createSigningKeys()))).toBe(
    `${verifies} (ERR_JWS_SIGNATURE_VERIFICATION_FAILED)`,
  )
  expect(await failureOf(await sign({ kid: 'x' }, {}))).toBe(
    "A key of this issuer signed it: No key of the JWK Set has kid 'x': it was withdrawn, or is not of this issuer",
  )
  const unsigned = `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa(JSON.stringify(claims))}.`
  expect(await failureOf(unsigned)).toContain(verifies)
  const odd = `${btoa('{"alg":"ES256","typ":{"toString":1}}')}.e30.AA`
  expect(await failureOf(odd)).toBe('It is a JWT of type at+jwt: typ is an object')
  expect(await failureOf('opaque')).toBe(
    'It is a JWT of type at+jwt: It is not a JWT: an API that introspects might accept it',
  )
})
