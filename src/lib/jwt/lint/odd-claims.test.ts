import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { contextOfPasted } from '../../oauth/token/lint-context.ts'
import { decide } from '../resource-server/resource-server.ts'
import { base64url, token } from '../verify/jws-testing.ts'
import { lintToken } from './lint-token.ts'

const now = 1_796_000_000_000
const s = now / 1000
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const claims = {
  iss: 'https://as.example',
  sub: 'm2m',
  aud: 'https://api.example',
  exp: s + 300,
  iat: s,
  jti: '1',
  client_id: 'm2m',
}

const signed = (more: object) => token({ alg: 'ES256', typ: 'at+jwt' }, { ...claims, ...more }, privateKey)

async function look(what: string, text: string) {
  const { checks, usable } = await lintToken(text, contextOfPasted(now))
  const check = checks.find((one) => one.what === what)
  return { usable, said: `${check?.result}: ${check?.found}` }
}

describe('RFC 7519 4.1: claims of another type than they must have', () => {
  const issuer = 'Its issuer is the authorization server'
  const audience = 'It says which API it is for'
  const strings = 'sub and jti are strings'
  const nulls = 'No claim is null'

  test.each([
    [
      issuer,
      { iss: ['https://as.example'] },
      'no',
      /^fail: iss is \[“https:\/\/as\.example”\], and not a string/,
    ],
    [issuer, { iss: null }, 'no', /^fail: iss is null, and not a string/],
    [issuer, { iss: { url: 'x' } }, 'no', /^fail: iss is an object, and not a string/],
    [issuer, { iss: 1 }, 'no', /^fail: iss is 1, and not a string/],
    [issuer, { iss: '' }, 'no', /^fail: iss is empty/],
    [issuer, { iss: undefined }, 'yes', /^skipped: iss is missing/],
    [audience, { aud: { api: true } }, 'no', /^fail: aud is an object, and neither a string/],
    [audience, { aud: null }, 'no', /^fail: aud is null/],
    [audience, { aud: [['a']] }, 'no', /^fail: aud is \[an array\]/],
    [audience, { aud: true }, 'no', /^fail: aud is true/],
    [audience, { aud: '' }, 'lenient', /^warn: aud is an empty text: that names no API/],
    [audience, { aud: ['a', ''] }, 'lenient', /^warn: aud has an empty text/],
    [
      audience,
      { aud: 'a b' },
      'lenient',
      /^warn: aud has “a b” as one name\. Several audiences are an array/,
    ],
    [audience, { aud: ['a,b'] }, 'lenient', /^warn: aud has “a,b” as one name/],
    [strings, { sub: '' }, 'yes', /^warn: sub is empty, and so nobody is named/],
    [strings, { jti: '' }, 'yes', /^warn: jti is empty, and so no token can be told apart/],
    [strings, { sub: '', jti: '' }, 'yes', /^warn: sub and jti are empty/],
    [strings, { jti: 5 }, 'no', /^fail: jti is 5: not a string/],
    [strings, { sub: null }, 'no', /^fail: sub is null: not a string/],
    [strings, { sub: ['a'] }, 'no', /^fail: sub is \[“a”\]: not a string/],
    [nulls, { azp: null, sid: null }, 'yes', /^note: “azp”, “sid”: null\. A reader that expects text/],
    [nulls, {}, 'yes', /^pass/],
  ])('%s: %j', async (what, more, usable, words) => {
    const found = await look(what, signed(more))
    expect(found.said).toMatch(words)
    expect(found.usable).toBe(usable)
  })

  it('a claim of the client that is null does not hide the one that names it', async () => {
    const { said } = await look('It was issued to this client', signed({ client_id: null, azp: 'm2m' }))
    expect(said).toBe('skipped: There is no client ID to compare it with.')
    const { checks } = await lintToken(signed({ client_id: null, azp: 'm2m' }), {
      ...contextOfPasted(now),
      client_id: 'm2m',
    })
    expect(checks.find(({ what }) => what === 'It was issued to this client')?.found).toBe('azp is “m2m”.')
  })
})

test.each([
  [{ auth_time: s, token_use: 'access' }, /^pass: sub is “m2m”, the client itself/],
  [{ auth_time: s, sub: 'm2m@clients' }, /^pass/],
  [{ auth_time: s, sub: '(age!m2m)', subname: 'm2m' }, /^pass/],
  [{ auth_time: 0, sub: 'service' }, /^pass/],
  [{ sub: '1', email: 'robot@project.iam.gserviceaccount.com' }, /^pass/],
  [{ sub: 'robot@project.iam.gserviceaccount.com' }, /^pass/],
  [{ sub: '1', email: '' }, /^pass/],
  [{ sub: '1', email: 'service-account-m2m@placeholder.org' }, /^pass/],
  [{ sub: '1', amr: [] }, /^pass/],
  [{ sub: '1', auth_time: s }, /^warn: auth_time: that speaks of a user/],
  [{ sub: '1', amr: ['pwd'] }, /^warn: amr/],
  [{ email: 'jo@example.com', auth_time: s }, /^warn: email, auth_time/],
  [{ sub: 'jo@example.com' }, /^warn: sub looks like an email address/],
  [{ sub: '1', upn: 'jo' }, /^warn: upn/],
])('RFC 9068 2.2.1: a sign-in is a user’s if the subject is not the client: %j', async (more, words) => {
  expect((await look('It is about a client, not about a user', signed(more))).said).toMatch(words)
})

describe('RFC 7515 4.1.1 and 3.4: alg and the length of the signature', () => {
  const of = (alg: unknown, bytes: number) =>
    `${base64url({ alg, typ: 'at+jwt' })}.${base64url(claims)}.${Buffer.alloc(bytes, 7).toString('base64url')}`

  test.each([
    ['It is signed', of('es256', 64), /^fail: alg is “es256”\. alg is case-sensitive: it is “ES256”/],
    ['It is signed', of('HMAC-SHA256', 32), /^fail: .*the registered name is “HS256”/],
    ['It is signed', of('RSA-OAEP', 256), /^fail: .*signs nothing/],
    ['It is signed', of(['RS256'], 256), /^fail: The header names no algorithm/],
    ['It is signed', of('ES256', 64), /^pass/],
    [
      'Its signature has the length of its algorithm',
      of('HS256', 31),
      /^fail: It has 31 bytes, and one of HS256 has 32/,
    ],
    ['Its signature has the length of its algorithm', of('RS256', 257), /^fail: It has 257 bytes/],
    ['Its signature has the length of its algorithm', of('RS256', 256), /^pass/],
    ['Its signature has the length of its algorithm', of('none', 0), /^skipped/],
  ])('%s', async (what, text, words) => {
    const { said, usable } = await look(what, text)
    expect(said).toMatch(words)
    expect(usable === 'no').toBe(said.startsWith('fail') || text.endsWith('.'))
  })
})

describe('RFC 9068 4: an API says how issuer and audience differ', () => {
  const demands = {
    issuer: 'https://as.example',
    audience: 'https://api.example',
    scope: '',
    scheme: 'Bearer',
  } as const

  test.each([
    [
      { iss: ['https://as.example'] },
      /iss is \[“https:\/\/as\.example”\], and “https:\/\/as\.example” is trusted\. It must be a string/,
    ],
    [{ iss: 'https://as.example/' }, /The token has a slash at the end/],
    [{ iss: 'http://as.example' }, /The scheme is http:/],
    [{ aud: 'https://api.example/' }, /They differ by the slash at the end/],
    [{ aud: ['HTTPS://api.example'] }, /They differ by upper and lower case/],
    [{ aud: 'other' }, /aud is “other”, and this API is “https:\/\/api\.example”\.$/],
    [{ aud: { a: 1 } }, /aud is an object, and neither a string/],
    [{ aud: undefined }, /It names no audience/],
  ])('%j', (more, words) => {
    const { checks, response } = decide(signed(more), demands, { verification: null, now, tolerance: 0 })
    expect([response.status, checks.find(({ result }) => result === 'fail')?.found]).toEqual([
      401,
      expect.stringMatching(words),
    ])
  })
})
