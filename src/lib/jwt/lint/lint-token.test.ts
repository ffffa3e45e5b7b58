import fc from 'fast-check'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'
import { accessToken } from '../../../../tests/vectors/jwt/rfc-examples.ts'
import { type LintCheck, type LintContext, lintToken } from './lint-token.ts'
import { base64url, cpuMs, token as signedToken } from '../verify/jws-testing.ts'

const now = 1_700_000_000_000
const seconds = now / 1000
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const json = (value: unknown): JsonValue => {
  const parsed = parseJson(JSON.stringify(value))
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.value
}

const context: LintContext = {
  now,
  skew: 0,
  issuer: 'https://as.example',
  typedIssuer: null,
  tokenEndpoint: null,
  audience: null,
  client_id: 'service',
  client_secret: 'K7#pq…long and random',
  requestedScope: 'read',
  requestedResource: [],
  requestedAudience: [],
  response: json({ access_token: '…', token_type: 'Bearer', expires_in: 300, scope: 'read' }),
  noStore: true,
  receivedAt: now,
  thumbprint: null,
}

const header = { alg: 'ES256', typ: 'at+jwt', kid: 'a' }
const claims = {
  iss: 'https://as.example',
  sub: 'service',
  aud: 'https://api.example',
  exp: seconds + 300,
  iat: seconds,
  jti: '1',
  client_id: 'service',
  scope: 'read',
}

const sign = (more: object = {}, moreHeader: object = {}, secret?: string) =>
  signedToken({ ...header, ...moreHeader }, { ...claims, ...more }, secret ?? privateKey)

const check = (text: string, more: Partial<LintContext> = {}) => lintToken(text, { ...context, ...more })

async function one(what: string, text: string, more: Partial<LintContext> = {}): Promise<LintCheck> {
  const { checks } = await check(text, more)
  const found = checks.filter((one) => one.what === what)
  expect(found, what).toHaveLength(1)
  return found[0] as LintCheck
}

/** One rule over several tokens and circumstances: the result, and what it says. */
function rule(
  what: string,
  rows: readonly (readonly [object, Partial<LintContext>, LintCheck['result'], RegExp])[],
) {
  test.each(rows)(`${what}: %j %j`, async (more, circumstances, result, found) => {
    const check = await one(what, sign(more), circumstances)
    expect([check.result, check.found]).toEqual([result, expect.stringMatching(found)])
  })
}

const rfc9068 = { ...context, issuer: 'https://authorization-server.example.com/', now: 1_618_354_090_000 }

describe('the whole', () => {
  it('a good token conforms, is usable and fails nowhere', async () => {
    const { usable, profile, checks } = await check(sign())
    expect([usable, profile]).toEqual(['yes', 'conforms'])
    expect(checks.filter(({ result }) => result === 'fail' || result === 'warn')).toEqual([])
  })

  it('each rule has one check, whatever the token, and says something', async () => {
    const whats = (await check(sign())).checks.map(({ what }) => what)
    expect(new Set(whats).size).toBe(whats.length)
    for (const text of [
      '',
      'opaque',
      'a.b.c',
      `${base64url({ alg: 'dir', enc: 'A128GCM' })}..a.b.c`,
      sign({ exp: 'x' }),
    ]) {
      const { checks } = await check(text)
      expect(checks.map(({ what }) => what)).toEqual(whats)
      for (const { found } of checks) expect(found).not.toBe('')
    }
  })

  it('RFC 9068 section 3: the example of the profile conforms to it', async () => {
    const text = `${base64url(accessToken.header)}.${base64url(accessToken.claims)}.AAAA`
    const { profile, checks } = await check(text, rfc9068)
    expect([profile, checks.find(({ what }) => what.startsWith('Its issuer'))?.result]).toEqual([
      'conforms',
      'pass',
    ])
  })

  it('what fails in the profile or the response leaves it usable; anything else does not', async () => {
    expect(await check(sign({ jti: undefined }))).toMatchObject({ usable: 'yes', profile: 'differs' })
    expect(await check(sign(), { noStore: false })).toMatchObject({ usable: 'yes', profile: 'conforms' })
    expect(await check(sign({ exp: seconds - 1 }))).toMatchObject({ usable: 'no', profile: 'conforms' })
    expect(await check(sign(), { issuer: 'https://other.example' })).toMatchObject({ usable: 'no' })
  })

  it('is for lenient APIs alone if issuer, audience or time are warned of', async () => {
    const aside = { typedIssuer: 'https://other.example' }
    for (const [text, more] of [
      [sign({ aud: 'service' }), {}],
      [sign({ iat: seconds + 7200 }), {}],
      [sign(), aside],
    ] as const)
      expect(await check(text, more)).toMatchObject({ usable: 'lenient' })
    expect(await check(sign({ exp: seconds - 1 }), aside)).toMatchObject({ usable: 'no' })
    expect(await check(sign(), { requestedScope: 'read write' })).toMatchObject({ usable: 'yes' })
  })

  it('an opaque token: nothing of the token is shown, and the response is still checked', async () => {
    const response = json({ access_token: 'x', token_type: 'Bearer', scope: 'read', refresh_token: 'r' })
    const { usable, profile, checks } = await check('b8d3b0c7f1a94e7f', { response, noStore: false })
    expect([usable, profile]).toEqual(['unknown', 'not-applicable'])
    expect(checks.filter(({ group }) => group === 'response').map(({ result }) => result)).toEqual([
      'warn',
      'pass',
      'fail',
    ])
    expect(
      checks
        .filter(({ group }) => group === 'time' || group === 'parties')
        .every(({ result }) => result === 'skipped'),
    ).toBe(true)
    expect(checks.find(({ what }) => what === 'The scope is the one asked for')?.result).toBe('pass')
    expect(checks[0]?.found).toContain('opaque: only the server that issued it can tell')
  })

  it('an encrypted token', async () => {
    const { usable, profile, checks } = await check(
      `${base64url({ alg: 'dir', enc: 'A128GCM', typ: 'at+jwt' })}..a.b.c`,
    )
    expect([usable, profile]).toEqual(['unknown', 'hidden'])
    expect(checks[0]?.found).toContain('encrypted')
  })

  it('a token whose claims cannot be read is of no use', async () => {
    const text = `${base64url({ alg: 'ES256' })}.x*.AAAA`
    const { usable, profile } = await check(text)
    expect([usable, profile]).toEqual(['no', 'not-applicable'])
    expect((await one('Header and claims can be read', text)).found).toMatch(
      /^The payload cannot be read\. .*"\*"/,
    )
  })
})

describe('deployed servers: usable, and said to differ', () => {
  it('SimpleIdServer: typ JWT, scope and aud arrays, no sub, no jti', async () => {
    const text = signedToken(
      { alg: 'ES256', kid: 'wsFedKid', x5t: 'GN698jZCJWNy69P1r05Cwrl4Yw8', typ: 'JWT' },
      { ...claims, sub: undefined, jti: undefined, aud: ['shopApi'], scope: ['read'] },
      privateKey,
    )
    const { usable, profile, checks } = await check(text)
    expect([usable, profile]).toEqual(['yes', 'differs'])
    const failed = checks.filter(({ result }) => result === 'fail')
    expect(failed.map(({ group, what }) => `${group}: ${what}`)).toEqual([
      'profile: typ is at+jwt',
      'profile: sub is there, and a string',
      'profile: jti is there, and a string',
      'profile: scope is one string',
    ])
    for (const { found } of failed) expect(found).toMatch(/SimpleIdServer|most APIs accept it/)
    expect(checks.find(({ what }) => what.endsWith('name the same scope'))?.found).toContain('in an array')
  })

  it('HelseID: at+jwt, scope array, 600 s, bound to a key', async () => {
    const jkt = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
    const text = sign({
      scope: ['nhn:test/client-credentials'],
      cnf: { jkt },
      client_amr: 'private_key_jwt',
      exp: seconds + 600,
    })
    const { usable, profile, checks } = await check(text, {
      thumbprint: jkt,
      requestedScope: 'nhn:test/client-credentials',
      response: json({ token_type: 'DPoP', expires_in: 600, scope: 'nhn:test/client-credentials' }),
    })
    expect([usable, profile]).toEqual(['yes', 'differs'])
    expect(checks.filter(({ result }) => result === 'fail').map(({ what }) => what)).toEqual([
      'scope is one string',
    ])
    expect(checks.filter(({ result }) => result === 'warn')).toEqual([])
  })

  it('Keycloak: a service account is no person', async () => {
    const text = sign({
      sub: '0d9e5dcd-8a41-4a4f-9bc4-5a3f4a1f5f7c',
      azp: 'service',
      acr: '1',
      email_verified: false,
      preferred_username: 'service-account-service',
    })
    expect((await one('It is about a client, not about a user', text)).result).toBe('pass')
  })
})

describe('time', () => {
  rule('It has not expired', [
    [{}, {}, 'pass', /^exp is in 5 min \(2023-11-14T22:18:20Z\)\.$/],
    [{ exp: seconds }, {}, 'fail', /^exp is now/],
    [{ exp: seconds - 12 }, {}, 'fail', /^exp is 12 s ago/],
    [{ exp: undefined }, {}, 'fail', /no exp: it never expires/],
    [{ exp: '1700000300' }, {}, 'fail', /exp is “1700000300”, and not a number/],
    [{ exp: null }, {}, 'fail', /exp is null/],
    [{ exp: now + 300_000 }, {}, 'warn', /as milliseconds, it is in 5 min/],
    [{ exp: 1e300 }, {}, 'warn', /thousands of years/],
  ])

  it('by the server’s clock: a skew either way changes the verdict, and is said', async () => {
    const late = await one('It has not expired', sign({ exp: seconds + 10 }), { skew: 20 })
    expect([late.result, late.found]).toEqual([
      'fail',
      expect.stringContaining('which is 20 s ahead of this machine’s'),
    ])
    const early = await one('It has not expired', sign({ exp: seconds - 10 }), { skew: -20 })
    expect([early.result, early.found]).toEqual(['pass', expect.stringContaining('20 s behind')])
  })

  rule('It may be used already', [
    [{}, {}, 'skipped', /no nbf/],
    [{ nbf: seconds }, {}, 'pass', /now/],
    [{ nbf: seconds + 5 }, {}, 'warn', /without leeway/],
    [{ nbf: seconds + 60 }, {}, 'fail', /in 1 min/],
    [{ nbf: seconds + 60 }, { skew: 60 }, 'pass', /60 s ahead/],
    [{ nbf: 'x' }, {}, 'fail', /not a number/],
  ])
  rule('It was issued in the past', [
    [{}, {}, 'pass', /iat is now/],
    [{ iat: undefined }, {}, 'skipped', /no iat/],
    [{ iat: seconds + 9 }, {}, 'pass', /in 9 s/],
    [{ iat: seconds + 100 }, {}, 'warn', /clocks differ/],
    [{ iat: seconds + 100 }, { skew: 100 }, 'pass', /ahead/],
    [{ iat: [1] }, {}, 'fail', /iat is \[1\]/],
    [
      { iat: seconds + 100 },
      { skew: 100, tokenEndpoint: 'http://localhost:9/token' },
      'warn',
      /100 s ahead.*has the same clock.*refuses the token for that long/,
    ],
    [
      { iat: seconds - 100 },
      { skew: -100, tokenEndpoint: 'http://127.0.0.1:9/token' },
      'warn',
      /100 s behind.*has the same clock/,
    ],
    [{ iat: seconds + 100 }, { skew: 100, tokenEndpoint: 'https://as.example/token' }, 'pass', /ahead/],
  ])
  rule('Its times are in seconds', [
    [{}, {}, 'pass', /./],
    [{ exp: now }, {}, 'fail', /^exp: milliseconds/],
    [{ iat: now }, {}, 'warn', /^iat: milliseconds/],
    [{ exp: now, nbf: now, auth_time: now }, {}, 'fail', /^exp, nbf, auth_time/],
  ])
  rule('It is short-lived', [
    [{}, {}, 'pass', /300 s/],
    [{ exp: seconds + 86_400 }, {}, 'pass', /86400 s/],
    [{ exp: seconds + 86_401 }, {}, 'warn', /whoever finds it/],
    [{ exp: seconds + 30 * 86_400 }, {}, 'warn', /30 days/],
    [{ exp: seconds + 30 * 86_400 + 1 }, {}, 'warn', /30 days/],
    [{ iat: undefined, exp: seconds + 90_000 }, {}, 'warn', /90000 s/],
    [{ iat: undefined }, { receivedAt: null }, 'skipped', /from when on/],
    [{ exp: seconds - 5 }, {}, 'warn', /expires 5 s before it begins/],
    [{ exp: undefined }, {}, 'skipped', /./],
  ])
  rule('expires_in says what exp says', [
    [{}, {}, 'pass', /expires_in is 300 s; on arrival, the token had 300 s left/],
    [{ exp: seconds + 291 }, {}, 'pass', /291/],
    [{ exp: seconds + 60 }, {}, 'warn', /uses the token after it has expired/],
    [{ exp: seconds + 3600 }, {}, 'warn', /asks again earlier/],
    [{}, { receivedAt: null }, 'skipped', /./],
    [{}, { response: json({ token_type: 'Bearer' }) }, 'skipped', /./],
    [{}, { response: null }, 'skipped', /./],
    [{}, { response: json({ expires_in: '300' }) }, 'pass', /300/],
    [{}, { response: json({ expires_in: 'soon' }) }, 'warn', /“soon”: it is no number/],
    [{ exp: seconds + 360 }, { skew: 60 }, 'pass', /./],
  ])
})

describe('parties', () => {
  const what = 'Its issuer is the authorization server'
  rule(what, [
    [{}, {}, 'pass', /as in the metadata/],
    [{}, { issuer: null }, 'skipped', /No metadata/],
    [{ iss: 7 }, { issuer: null }, 'fail', /iss is 7, and not a string/],
    [{ iss: undefined }, { issuer: null }, 'skipped', /Nothing is there/],
    [{}, { issuer: null, typedIssuer: 'https://as.example' }, 'pass', /as in Connection/],
    [{}, { typedIssuer: 'https://as.example' }, 'pass', /as in the metadata\.$/],
    [{ iss: undefined }, { issuer: null, typedIssuer: 'https://as.example' }, 'fail', /no iss/],
    [{}, { issuer: null, tokenEndpoint: 'https://as.example/token' }, 'pass', /begins with it/],
    [
      { iss: 'https://as.example/a' },
      { issuer: null, tokenEndpoint: 'https://as.example/t' },
      'skipped',
      /origin/,
    ],
    [{ iss: 'joe' }, { issuer: null, tokenEndpoint: 'https://as.example/t' }, 'skipped', /No metadata/],
    [{ iss: undefined }, {}, 'fail', /no iss/],
    [{ iss: ['https://as.example'] }, {}, 'fail', /not a string/],
    [{ iss: 'https://as.example/' }, {}, 'fail', /The token has a slash at the end/],
    [{}, { issuer: 'https://as.example/' }, 'fail', /slash at the end is missing/],
    [{ iss: 'http://as.example' }, {}, 'fail', /The scheme is http:, perhaps because a proxy/],
    [{ iss: 'https://as.example:8443' }, {}, 'fail', /port is another/],
    [{ iss: 'https://as.example:443' }, {}, 'fail', /same URL, written differently/],
    [{ iss: 'https://other.example' }, {}, 'fail', /Another host/],
    [{ iss: 'https://as.example/a' }, { issuer: 'https://as.example/b' }, 'fail', /another realm or tenant/],
    [{ iss: 'https://as.example/A' }, { issuer: 'https://as.example/a' }, 'fail', /upper and lower case/],
    [{ iss: 'joe' }, {}, 'fail', /nothing in common/],
  ])
  rule('It says which API it is for', [
    [{}, {}, 'pass', /aud is “https:\/\/api.example”/],
    [{ aud: ['a'] }, {}, 'pass', /aud is \[“a”\]/],
    [{ aud: ['a', 'b'] }, {}, 'warn', /“a”, “b”. Each of them/],
    [{ aud: [] }, {}, 'warn', /empty array: it names no API.*Ory Hydra/],
    [{ aud: undefined }, {}, 'warn', /no aud/],
    [{ aud: undefined, iss: 'https://kc.example/realms/lab' }, {}, 'warn', /Add mapper/],
    [{ aud: 'service' }, {}, 'warn', /this client itself, and no API.*Spring/],
    [{ aud: ['service'] }, {}, 'warn', /this client itself/],
    [{ aud: 'service' }, { client_id: '' }, 'pass', /aud is “service”/],
    [{ aud: 'account' }, {}, 'pass', /aud is “account”/],
    [{ aud: 7 }, {}, 'fail', /neither a string/],
    [{ aud: ['a', 1] }, {}, 'fail', /neither a string/],
  ])
  rule('It is for the API it is meant for', [
    [{}, {}, 'skipped', /Neither/],
    [{}, { audience: 'https://api.example' }, 'pass', /is in aud/],
    [{ aud: ['a', 'b'] }, { audience: 'b' }, 'pass', /is in aud/],
    [{}, { audience: 'https://api.example/' }, 'fail', /“https:\/\/api.example\/” is expected. aud is/],
    [{ aud: undefined }, { audience: 'a' }, 'fail', /It names none/],
    [{}, { requestedResource: ['https://api.example'] }, 'pass', /as asked for with resource/],
    [{ aud: ['a', 'b'] }, { requestedResource: ['a', 'b'] }, 'pass', /“a”, “b”/],
    [{}, { requestedResource: ['https://other.example'] }, 'warn', /may put a name of its own/],
    [{}, { requestedAudience: ['https://api.example'] }, 'pass', /as asked for with audience/],
    [
      { aud: ['sid2'] },
      { requestedAudience: ['a'] },
      'warn',
      /^audience asked for “a”\. aud is “sid2”\..*zitadel/,
    ],
    [
      { aud: ['a'] },
      { requestedAudience: ['a'], requestedResource: ['b'] },
      'warn',
      /^resource asked for “b”\. aud is “a”/,
    ],
  ])
  rule('It was issued to this client', [
    [{}, {}, 'pass', /client_id is “service”/],
    [{ client_id: 'other' }, {}, 'warn', /“other”, and this client is “service”/],
    [{ client_id: undefined, azp: 'service' }, {}, 'pass', /azp/],
    [{ client_id: undefined, cid: 'service' }, {}, 'pass', /cid/],
    [{ client_id: undefined }, {}, 'skipped', /does not say/],
    [{}, { client_id: '' }, 'skipped', /no client ID/],
  ])
  rule('sub and jti are strings', [
    [{}, {}, 'pass', /./],
    [{ sub: undefined, jti: undefined }, {}, 'pass', /./],
    [{ sub: 7 }, {}, 'fail', /^sub is 7: not a string\. PyJWT/],
    [{ sub: null, jti: 1 }, {}, 'fail', /^sub is null, and jti is 1/],
  ])
  rule('It is about a client, not about a user', [
    [{}, {}, 'pass', /sub is the client itself/],
    [{ sub: undefined }, {}, 'pass', /no sub/],
    [{ sub: 'f3a1' }, {}, 'pass', /sub is “f3a1”/],
    [{ sub: 'jo@example.com' }, {}, 'warn', /sub looks like an email address/],
    [{ auth_time: 1, email: 'jo@example.com' }, {}, 'warn', /^email, auth_time: that speaks of a user/],
    [{ email: null }, {}, 'pass', /./],
  ])
})

describe('scope', () => {
  const noScope = json({ token_type: 'Bearer' })
  rule('The scope is the one asked for', [
    [{}, {}, 'pass', /The response grants: “read”/],
    [{}, { requestedScope: 'read write' }, 'warn', /Not granted: “write”/],
    [{}, { requestedScope: null }, 'pass', /the server chose/],
    [{}, { response: json({ scope: 'read admin' }) }, 'note', /Not asked for: “admin”.*Default scopes/],
    [{}, { response: json({ scope: '' }) }, 'warn', /grants: none.*Not granted: “read”/],
    [
      {},
      { response: json({ scope: 'read,write' }), requestedScope: 'read write' },
      'pass',
      /“read”, “write”\. Spaces should separate them/,
    ],
    [{}, { response: json({ scope: 'a,b' }), requestedScope: 'a,b' }, 'pass', /grants: “a,b”\.$/],
    [
      { scope: 'orders' },
      { response: null, requestedScope: 'api://x/orders' },
      'warn',
      /“api:\/\/x\/orders” came back as “orders”/,
    ],
    [{ scope: 'READ' }, { response: null }, 'warn', /“read” came back as “READ”/],
    [{ scope: ['read'] }, { response: null }, 'pass', /an array, as SimpleIdServer/],
    [{ scope: undefined, scp: ['read'] }, { response: null }, 'pass', /The token has in scp: “read”/],
    [{ scope: undefined }, { response: noScope }, 'skipped', /should be the one asked for/],
    [{ scope: undefined }, { response: noScope, requestedScope: ' ' }, 'warn', /looks for a scope refuses/],
    [
      { scope: undefined, realm_access: { roles: ['a'] } },
      { response: noScope, requestedScope: null },
      'skipped',
      /It has realm_access/,
    ],
    [
      { scope: undefined, scp: [] },
      { response: json({ scope: '' }), requestedScope: null },
      'warn',
      /no scope at all, and most APIs will refuse/,
    ],
  ])
  rule('The response and the token name the same scope', [
    [{}, {}, 'pass', /^The token has “read”\.$/],
    [{ scope: ['read'] }, {}, 'pass', /in an array/],
    [{}, { response: noScope }, 'pass', /which means: as asked for/],
    [{ scope: 'read write' }, { response: noScope }, 'warn', /then the response must name it/],
    [{ scope: 'read write' }, {}, 'warn', /Not asked for: “write”. The response says “read”/],
    [{ scope: 'write' }, { response: json({ scope: 'read' }) }, 'warn', /It lacks “read”/],
    [
      {},
      { response: json({ scope: ['read'] }) },
      'warn',
      /scope in the response is \[“read”\], and not a string/,
    ],
    [{}, { response: null }, 'skipped', /./],
    [{ scope: undefined }, {}, 'skipped', /./],
  ])
})

describe('binding', () => {
  const jkt = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
  const dpop = json({ token_type: 'dpop', scope: 'read' })
  rule('It is bound to the key of the proof', [
    [{}, {}, 'skipped', /No proof/],
    [{ cnf: { jkt } }, { thumbprint: jkt }, 'pass', /thumbprint of the key/],
    [{ cnf: { jkt } }, { thumbprint: 'other' }, 'fail', /cannot be used with that key/],
    [{ cnf: { jkt: 7 } }, { thumbprint: jkt }, 'fail', /./],
    [{}, { thumbprint: jkt }, 'warn', /no cnf.jkt: whoever has it can use it/],
    [{ cnf: { jkt } }, {}, 'warn', /no proof was sent from here/],
    [{ cnf: 'x' }, {}, 'skipped', /./],
  ])
  rule('token_type says how it is bound', [
    [{}, {}, 'pass', /bound to no key/],
    [{ cnf: { jkt } }, { response: dpop }, 'pass', /has a cnf.jkt/],
    [{}, { response: dpop }, 'fail', /no cnf.jkt: an API cannot tell/],
    [{ cnf: { jkt } }, {}, 'fail', /as a bearer token it must be refused/],
    [{ cnf: { 'x5t#S256': 'x' } }, {}, 'pass', /client certificate/],
    [{}, { response: json({}) }, 'warn', /no token_type/],
    [{}, { response: null }, 'skipped', /no token response/],
  ])

  it('of an opaque token the type still shows it', async () => {
    const what = 'token_type says how it is bound'
    expect((await one(what, 'opaque', { thumbprint: jkt })).result).toBe('warn')
    expect((await one(what, 'opaque', { thumbprint: jkt, response: dpop })).result).toBe('pass')
  })
})

describe('safety', () => {
  it('alg none', async () => {
    const text = `${base64url({ alg: 'none', typ: 'at+jwt' })}.${base64url(claims)}.`
    const signed = await one('It is signed', text)
    expect([signed.result, signed.spec?.label]).toEqual(['fail', 'RFC 8725 3.2'])
    expect(await check(text)).toMatchObject({ usable: 'no', profile: 'differs' })
    expect((await one('It is signed', `${base64url({ alg: 'nOnE' })}.${base64url(claims)}.`)).result).toBe(
      'fail',
    )
    expect((await one('It is signed', `${base64url({ alg: 'ES256' })}.${base64url(claims)}.`)).found).toBe(
      'It has no signature.',
    )
  })

  const what = 'Its secret cannot be guessed'
  test.each(['secret', 'password', 'changeit', 'your-256-bit-secret', 'shhhhh'])(
    'RFC 8725 3.5: "Human-memorizable passwords MUST NOT be directly used as the key": %s',
    async (secret) => {
      for (const alg of ['HS256', 'HS384', 'HS512']) {
        const { result, found } = await one(what, sign({}, { alg }, secret))
        expect([result, found]).toEqual([
          'fail',
          `It was made with the secret “${secret}”: anyone who guesses that can forge tokens.`,
        ])
      }
    },
  )

  it('an empty secret, the client’s own, its ID, the issuer; and a typed secret is never repeated', async () => {
    const guess = (secret: string) => one(what, sign({}, { alg: 'HS256' }, secret))
    expect((await guess('')).found).toContain('made with an empty secret')
    expect((await guess('service')).found).toContain('the client ID')
    expect((await guess('https://as.example')).found).toContain('the secret “https://as.example”')
    const own = await guess(context.client_secret)
    expect([own.result, own.found]).toEqual([
      'pass',
      expect.stringContaining('The client’s own secret made it'),
    ])
    const { checks } = await check(sign({}, { alg: 'HS256' }, context.client_secret))
    expect(JSON.stringify(checks)).not.toContain('K7#pq')
  })

  it('a secret that was typed is guessable only if anybody would try it', async () => {
    const weak = sign({}, { alg: 'HS256' }, 'changeit')
    const { checks } = await lintToken(weak, { ...context, client_secret: 'changeit' })
    const guess = checks.find((check) => check.what === what)
    expect([guess?.result, guess?.found]).toEqual([
      'fail',
      expect.stringContaining('this client’s own secret'),
    ])
  })

  it('a good secret passes, and HMAC is warned of; a key pair is not', async () => {
    const text = sign({}, { alg: 'HS256' }, 'U3xW!9f_0pQz…')
    expect((await one(what, text)).result).toBe('pass')
    expect((await one('Who verifies it cannot write it', text)).result).toBe('warn')
    expect((await one(what, sign())).result).toBe('skipped')
    expect((await one('Who verifies it cannot write it', sign())).result).toBe('pass')
    expect(await check(text)).toMatchObject({ usable: 'yes' })
  })

  test.each(['jwk', 'jku', 'x5u', 'x5c'])('RFC 8725 3.10: a header with %s', async (name) => {
    const { result, found } = await one('It brings no key of its own', sign({}, { [name]: 'x' }))
    expect([result, found]).toEqual(['warn', expect.stringContaining(`The header has ${name}:`)])
  })

  test.each([
    ['fail', {}, { typ: 'dpop+jwt' }],
    ['fail', {}, { typ: 'application/client-authentication+jwt' }],
    ['warn', { nonce: 'x' }, { typ: 'JWT' }],
    ['warn', { at_hash: 'x' }, { typ: undefined }],
    ['pass', { nonce: 'x' }, {}],
    ['warn', { aud: ['service'] }, { typ: 'JWT' }],
    ['pass', {}, { typ: 'JWT' }],
    ['pass', {}, { typ: undefined }],
  ])('RFC 8725 3.11: another kind of token: %s %j %j', async (result, more, moreHeader) => {
    expect((await one('It is an access token, and no other kind', sign(more, moreHeader))).result).toBe(
      result,
    )
  })

  it('RFC 7519 4: "The Claim Names within a JWT Claims Set MUST be unique"', async () => {
    const text = `${base64url(header)}.${base64url('{"aud":"a","aud":"b"}')}.AAAA`
    const { result, found } = await one('No name appears twice', text)
    expect([result, found]).toEqual(['warn', expect.stringContaining('“aud” appears more than once')])
  })

  rule('No name has invisible characters', [
    [{}, {}, 'pass', /./],
    [{ 'sc\u200Bope': 'admin' }, {}, 'warn', /^A name contains invisible characters: U\+200B in “sc…ope”\./],
    [{ cnf: { 'jk\u00ADt': 'x' } }, {}, 'warn', /U\+00AD in “jk…t”/],
    [{ name: 'sc\u200Bope', שם: 1 }, {}, 'pass', /./],
  ])

  it('RFC 7519 7.3: header parameters have names too', async () => {
    const text = sign({ 'a\u202Eb': 1 }, { 'ki\u2060d': 'b' })
    const { found } = await one('No name has invisible characters', text)
    expect(found).toContain('Names contain invisible characters: U+2060 in “ki…d”; U+202E in “a…b”.')
  })
})

describe('RFC 9068', () => {
  test.each(['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'])('2.2: %s is REQUIRED', async (name) => {
    for (const value of [undefined, {}, true]) {
      const { checks, profile } = await check(sign({ [name]: value }))
      const { result, spec } = checks.find(({ what }) => what.startsWith(`${name} is there`)) ?? {}
      expect([result, spec?.label, profile]).toEqual(['fail', 'RFC 9068 2.2', 'differs'])
    }
  })

  test.each([
    ['at+jwt', 'pass'],
    ['AT+JWT', 'pass'],
    ['application/at+jwt', 'pass'],
    ['JWT', 'fail'],
    ['Bearer', 'fail'],
    [undefined, 'fail'],
    [['at+jwt'], 'fail'],
  ])('2.1: typ %j', async (typ, result) => {
    expect((await one('typ is at+jwt', sign({}, { typ }))).result).toBe(result)
  })

  it('2.1: signed with a shared secret differs only in what is recommended', async () => {
    const { profile, checks } = await check(sign({}, { alg: 'HS256' }, 'U3xW!9f_0pQz…'))
    expect([profile, checks.find(({ what }) => what === 'It is signed with a private key')?.result]).toEqual([
      'conforms',
      'warn',
    ])
  })

  rule('scope is one string', [
    [{}, {}, 'pass', /“read”/],
    [{ scope: ['read'] }, {}, 'fail', /an array/],
    [{ scope: 7 }, {}, 'fail', /not a string/],
    [{ scope: undefined }, {}, 'warn', /should be there/],
    [{ scope: undefined, scopes: 'read' }, {}, 'warn', /^The scope is in scopes: “read”\./],
    [{ scope: undefined }, { requestedScope: null }, 'skipped', /none was asked for/],
  ])
})

describe('response', () => {
  rule('There is no refresh token', [
    [{}, {}, 'pass', /./],
    [{}, { response: json({ refresh_token: 'x' }) }, 'warn', /should not come with this grant/],
    [{}, { response: json({ refresh_token: null }) }, 'pass', /./],
    [{}, { response: json({ refresh_token: ' ' }) }, 'pass', /./],
    [{}, { response: null }, 'skipped', /./],
  ])
  rule('There is no ID token', [
    [{}, { response: json({ id_token: 'x' }) }, 'warn', /nobody does/],
    [{}, { response: json({ id_token: '' }) }, 'pass', /./],
  ])
  rule('The response must not be stored', [
    [{}, { noStore: true }, 'pass', /./],
    [{}, { noStore: false }, 'fail', /does not say no-store/],
    [{}, { noStore: null }, 'skipped', /./],
  ])
})

describe('for any text', () => {
  const names = fc.constantFrom(
    'iss',
    'aud',
    'exp',
    'nbf',
    'iat',
    'scope',
    'scp',
    'cnf',
    'sub',
    'client_id',
    'typ',
    'alg',
    '__proto__',
  )
  const objects = fc.dictionary(
    names,
    fc.oneof(fc.jsonValue(), fc.double().map(String), fc.constant(1e308), fc.constant(-1e308)),
  )
  const tokens = fc
    .tuple(objects, objects, fc.base64String())
    .map(([first, second, end]) => `${base64url({ alg: 'HS256', ...first })}.${base64url(second)}.${end}`)
  const contexts = fc.record<LintContext>({
    now: fc.oneof(fc.integer(), fc.double()),
    skew: fc.oneof(fc.integer(), fc.double()),
    issuer: fc.option(fc.string()),
    typedIssuer: fc.option(fc.string()),
    tokenEndpoint: fc.option(fc.oneof(fc.string(), fc.webUrl())),
    audience: fc.option(fc.string()),
    client_id: fc.string(),
    client_secret: fc.string(),
    requestedScope: fc.option(fc.string()),
    requestedResource: fc.array(fc.string()),
    requestedAudience: fc.array(fc.string()),
    response: fc.option(fc.jsonValue().map(json)),
    noStore: fc.option(fc.boolean()),
    receivedAt: fc.option(fc.double()),
    thumbprint: fc.option(fc.string()),
  })

  test.each([
    ['strings', fc.string({ unit: 'binary' })],
    ['tokens of anything', tokens],
  ])('lintToken never rejects: %s', async (_, texts) => {
    await fc.assert(
      fc.asyncProperty(texts, contexts, async (text, any) => {
        const { checks } = await lintToken(text, any)
        expect(checks.length).toBeGreaterThan(20)
      }),
      { numRuns: 300 },
    )
  })

  const claimsOf = (text: string) => `${base64url({ alg: 'HS256' })}.${base64url(text)}.${'A'.repeat(43)}`
  test.each([
    ['10,000 levels', claimsOf(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), 'no'],
    [
      '100,000 claims',
      claimsOf(
        JSON.stringify({
          ...claims,
          ...Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`c${i}`, i])),
        }),
      ),
      'yes',
    ],
    [
      '100,000 claims of one name',
      claimsOf(
        `{${'"aud":"a",'.repeat(100_000)}"exp":${seconds + 9},"iat":${seconds},"iss":"https://as.example"}`,
      ),
      'yes',
    ],
    [
      '100,000 audiences',
      claimsOf(JSON.stringify({ ...claims, aud: Array.from({ length: 100_000 }, (_, i) => `a${i}`) })),
      'lenient',
    ],
    [
      '100,000 scope values',
      claimsOf(
        JSON.stringify({ ...claims, scope: Array.from({ length: 100_000 }, (_, i) => `s${i}`).join(' ') }),
      ),
      'yes',
    ],
    ['5 MB', claimsOf(JSON.stringify({ ...claims, a: 'x'.repeat(5_000_000) })), 'yes'],
    ['5 MB of dots', '.'.repeat(5_000_000), 'unknown'],
    ['9 MB', 'a'.repeat(9_000_000), 'unknown'],
  ])('bombs: %s in bounded time', async (_, text, usable) => {
    const start = cpuMs()
    expect(await check(text)).toMatchObject({ usable })
    expect(cpuMs() - start).toBeLessThan(5000)
  })
})
