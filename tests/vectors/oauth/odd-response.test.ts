import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/lib/http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { expiresAt } from '../../../src/lib/oauth/response/token-facts.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'
import { answer } from './answers.ts'
import { exchangeOf, now, proofKey, unchosen, understood } from './token-use.ts'

const config: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: 'password',
  scope: 'read write',
}
const signing = { findKey: () => proofKey, now: () => now, nonce: null }
const part = (text: string) => Buffer.from(text).toString('base64url')
const jwt = `${part('{"alg":"HS256"}')}.${part('{"sub":"m2m"}')}.${'q'.repeat(43)}`
const opaque = '9f86d081884c7d659a2feaa0c55ad015'

async function read(outcome: Outcome) {
  const exchange = exchangeOf(await composeTokenRequest(config, signing), outcome)
  return { exchange, ...(await understood(exchange, config, unchosen)) }
}

const bytes = (body: Uint8Array, type = 'application/json'): Outcome => ({
  kind: 'response',
  response: { status: 200, statusText: '', headers: [['content-type', type]], body: new Uint8Array(body) },
})

const plain = `{"access_token":"${opaque}","token_type":"Bearer","expires_in":3600}`

describe('a token response with something around it is read, and said', () => {
  it.each<[body: string, how: string]>([
    [JSON.stringify(plain), 'in a text that is JSON'],
    [`[${plain}]`, 'in a list'],
    [`{"data":${plain}}`, 'under “data”'],
    [
      `<br />\n<b>Warning</b>: session_start() in <b>/a.php</b> on line <b>3</b><br />\n${plain}`,
      'behind other output: “<br /> <b>Warning',
    ],
    [
      `Warning: Undefined variable $x in /var/www/token.php on line 3\n${plain}`,
      'behind other output: “Warning: Und',
    ],
    [`Notice: ${plain}`, 'behind other output: “Notice:'],
    [`)]}'\n${plain}`, 'a guard'],
    [`)]}',\n${plain}`, 'a guard'],
    [`while(1);${plain}`, 'a guard'],
    [`while (true);${plain}`, 'a guard'],
    [`for(;;);${plain}`, 'a guard'],
    [`for (;;) {}${plain}`, 'a guard'],
    [`{}&&${plain}`, 'a guard'],
    [`throw 1; <dont be evil>${plain}`, 'a guard'],
    [`callback(${plain})`, 'as JSONP'],
    [`/**/ jQuery123.cb(${plain});`, 'as JSONP'],
    [`${plain}\n<!-- 12 ms -->`, 'before other output: “<!-- 12 ms'],
    [`${plain}null`, 'before other output: “null'],
    [`${plain}${plain}`, 'before other output'],
    [`\uFEFF\uFEFF${plain}`, 'among invisible characters'],
    [`HTTP/1.1 200 OK\r\n\r\n${plain}`, 'behind other output: “HTTP/1.1 200 OK'],
  ])('%j', async (body, how) => {
    const { reading, checks } = await read(answer(200, body))
    expect(reading).toMatchObject({ kind: 'issued', accessToken: opaque })
    const check = checks.find(({ what }) =>
      what.startsWith('The parameters are the members of a JSON object'),
    )
    expect(check).toMatchObject({ result: 'fail', found: expect.stringContaining(how) as string })
  })

  const wide = (text: string, isBig: boolean) => {
    const little = Buffer.from(text, 'utf16le')
    return isBig ? little.swap16() : little
  }
  it.each<[name: string, body: Uint8Array, found: string]>([
    ['a byte order mark', Buffer.from(`\uFEFF${plain}`), 'byte order mark (U+FEFF)'],
    ['UTF-16LE with a mark', wide(`\uFEFF${plain}`, false), 'utf-16le, with a byte order mark'],
    ['UTF-16BE with a mark', wide(`\uFEFF${plain}`, true), 'utf-16be, with a byte order mark'],
    ['UTF-16LE', wide(plain, false), 'utf-16le'],
    ['UTF-16BE', wide(plain, true), 'utf-16be'],
  ])('%s', async (_name, body, found) => {
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      const { reading, checks } = await read(bytes(body, type))
      expect(reading).toMatchObject({ kind: 'issued', accessToken: opaque })
      expect(checks.find(({ what }) => what.startsWith('JSON is UTF-8'))).toMatchObject({
        result: 'fail',
        found: expect.stringContaining(found) as string,
      })
    }
  })

  it.each([
    '<!doctype html><script>var s = {"access_token":"9f86d081884c7d65"}</script>',
    '<html>{"error":"invalid_client"}',
  ])('but a page for people is a page: %s', async (body) => {
    expect((await read(answer(200, body, 'text/html'))).reading).toMatchObject({ shape: 'html' })
  })

  it.each([`Error: {"error":"invalid_client"}`, `<br />Notice: x<br />{"error":"invalid_client"}`])(
    'a refusal too: %s',
    async (body) => {
      expect((await read(answer(401, body))).reading).toMatchObject({
        kind: 'refused',
        error: { error: 'invalid_client' },
      })
    },
  )
})

describe('a token in another place is one click away', () => {
  it.each<[body: string, title: string, fix: string, token: string]>([
    [
      `{"accessToken":"${opaque}","tokenType":"Bearer"}`,
      'under “accessToken”',
      'Use the token under “accessToken”',
      opaque,
    ],
    [
      `{"AccessToken":"${jwt}","ExpiresIn":3600}`,
      'under “AccessToken”',
      'Use the token under “AccessToken”',
      jwt,
    ],
    [`{"token":"${jwt}"}`, 'under “token”', 'Use the token under “token”', jwt],
    [`{"Token":"Bearer ${jwt}"}`, 'under “Token”', 'Use the token under “Token”', jwt],
    [`{"jwt":"${jwt}"}`, 'under “jwt”', 'Use the token under “jwt”', jwt],
    [`{"auth_token":"${opaque}"}`, 'under “auth_token”', 'Use the token under “auth_token”', opaque],
    [`{"id_token":"${jwt}"}`, 'An ID token, and no access_token', 'Use the token under “id_token”', jwt],
    [
      `{"result":{"accessToken":"${opaque}"},"success":true}`,
      'under “result.accessToken”',
      '“result.accessToken”',
      opaque,
    ],
    [
      `{"tokens":{"access":{"token":"${opaque}"}}}`,
      'under “tokens.access.token”',
      '“tokens.access.token”',
      opaque,
    ],
    [`{"access_token":{"value":"${opaque}"}}`, 'under “access_token.value”', '“access_token.value”', opaque],
    [`{"refresh_token":"${jwt}","accessToken":"${opaque}"}`, 'under “accessToken”', '“accessToken”', opaque],
    [`{"access_token":null,"token":"${opaque}"}`, 'under “token”', '“token”', opaque],
    [
      `{"access_token":"${opaque}","token_type":"Bearer","expires_in":36`,
      'JSON that breaks off',
      '“access_token”',
      opaque,
    ],
    [`{"access_token":"${jwt}"`, 'JSON that breaks off', '“access_token”', jwt],
    [`{'access_token': "x", "access_token":"${opaque}",}`, 'Broken JSON', '“access_token”', opaque],
    [`["${jwt}"`, 'Broken JSON|breaks off', 'Use the token that is in it', jwt],
  ])('%s', async (body, title, fix, token) => {
    const { reading, explanation } = await read(answer(200, body))
    expect(reading.kind).toBe('nonconforming')
    expect(explanation?.title).toMatch(title.includes('|') ? new RegExp(title) : title)
    expect(explanation?.fixes[0]).toMatchObject({ text: expect.stringContaining(fix) as string, token })
  })

  it.each([
    ['{"access_token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWI', 'breaks off within access_token'],
    [`{"data":{"access_token":"${opaque.slice(0, 9)}`, 'breaks off within access_token'],
  ])('a token that is cut is no use: %s', async (body, words) => {
    const { explanation } = await read(answer(200, body))
    expect(explanation?.meaning).toContain(words)
    expect(explanation?.fixes.some((fix) => typeof fix === 'object' && 'token' in fix)).toBe(false)
  })

  it('none is offered in a refusal, or of what is no token', async () => {
    for (const outcome of [
      answer(401, `{"token":"${opaque}"}`),
      answer(200, '{"token":"not found"}'),
      answer(200, '{"csrf_token":"9f86d081884c"}'),
    ])
      expect(JSON.stringify((await read(outcome)).explanation?.fixes)).not.toContain('"token":')
  })
})

const issued = (access_token: string, more: object = {}) =>
  answer(200, JSON.stringify({ access_token, token_type: 'Bearer', ...more }))

describe('what surrounds access_token is a finding, and one click removes it', () => {
  it.each<[value: string, token: string, what: string, section: string]>([
    [`Bearer ${jwt}`, jwt, 'the scheme Bearer', 'RFC 6750 2.1'],
    [`bearer ${opaque}`, opaque, 'the scheme Bearer', 'RFC 6750 2.1'],
    [`DPoP ${jwt}`, jwt, 'the scheme DPoP', 'RFC 6750 2.1'],
    [`"${jwt}"`, jwt, 'quotation marks', 'RFC 6750 2.1'],
    [`"${opaque}"`, opaque, 'quotation marks', 'RFC 6750 2.1'],
    [`'${opaque}'`, opaque, 'quotation marks', 'RFC 6750 2.1'],
    [`${jwt}\n`, jwt, 'white space around the token', 'RFC 6749 appendix A.12'],
    [`${opaque}\r\n`, opaque, 'white space around the token', 'RFC 6749 appendix A.12'],
    [` ${opaque}`, opaque, 'white space around the token', 'RFC 6750 2.1'],
    [`${jwt.slice(0, 30)}\n${jwt.slice(30)}`, jwt, 'white space inside the token', 'RFC 6749 appendix A.12'],
    [`\uFEFF${opaque}`, opaque, 'invisible characters', 'RFC 6749 appendix A.12'],
    [`${opaque}\u0000`, opaque, 'invisible characters', 'RFC 6749 appendix A.12'],
    [`{"token":"${opaque}"}`, opaque, 'the JSON around', 'RFC 6750 2.1'],
    [`access_token=${opaque}&token_type=Bearer`, opaque, 'the parameters around', 'RFC 6750 2.1'],
    [`<${opaque}>`, opaque, 'brackets', 'RFC 6750 2.1'],
    [`${jwt};`, jwt, 'a trailing semicolon', 'RFC 6750 2.1'],
  ])('%j', async (value, token, what, section) => {
    const { reading, explanation, checks } = await read(issued(value))
    expect(reading).toMatchObject({ kind: 'issued', accessToken: value })
    expect(explanation).toMatchObject({
      certainty: 'certain',
      meaning: expect.stringContaining(what) as string,
    })
    expect(explanation?.fixes[0]).toEqual({ text: 'Go on with the cleaned token', token })
    expect(checks.find((check) => check.what.startsWith('access_token is a token'))).toMatchObject({
      result: 'fail',
      found: expect.stringContaining(what) as string,
      spec: { label: section },
    })
  })

  it.each([
    jwt,
    opaque,
    'a',
    '2YotnFZFEjr1zCsicMWpAA',
    'mF_9.B5f-4.1JqM',
    'ya29.a0Af',
    'abc+/==',
    `${jwt}.`,
    'v4.public.eyJkYXRhIjoidGVzdCJ9c2ln',
  ])('nothing surrounds %s', async (value) => {
    const { explanation, checks } = await read(issued(value))
    if (value !== `${jwt}.`) {
      expect(explanation).toBeNull()
      expect(checks.find((check) => check.what.startsWith('access_token is a token'))?.result).toBe('pass')
    }
  })

  it('a character that no header of this kind has is said, and left in', async () => {
    const { checks, explanation } = await read(issued('123|abc'))
    expect(explanation).toBeNull()
    expect(checks.find((check) => check.what.startsWith('access_token is a token'))).toMatchObject({
      result: 'warn',
      found: 'It has “|” in it',
    })
  })

  it.each<[value: string, words: string]>([
    ['error: invalid client_secret', 'access_token has these words in it, and no token.'],
    ['Invalid credentials', 'The server says: “Invalid credentials”'],
    ['undefined', 'what a program writes'],
    ['null', 'what a program writes'],
    ['[object Object]', 'what a program writes'],
    ['{{access_token}}', 'a placeholder'],
    ['eyJhbGciOi...', 'It is cut'],
    ['********', 'It is masked'],
  ])('%s is no token', async (value, words) => {
    const { reading, explanation } = await read(issued(value))
    expect(reading).toMatchObject({ kind: 'nonconforming', shape: 'words' })
    expect(explanation?.meaning).toContain(words)
  })

  it('words that name a cause are read as a refusal’s are', async () => {
    const { explanation } = await read(issued('error: invalid client_secret'))
    expect(explanation?.says?.words).toBe('error: invalid client_secret')
    expect(explanation?.meaning).not.toContain('invalid client_secret')
    expect(`${explanation?.title ?? ''} ${explanation?.causes.join(' ') ?? ''}`).toMatch(/secret/i)
  })
})

describe('members', () => {
  const found = async (members: object, without: readonly string[] = []) => {
    const all = { access_token: opaque, token_type: 'Bearer', ...members }
    const kept = Object.entries(all).filter(([name]) => !without.includes(name))
    return (await read(answer(200, JSON.stringify(Object.fromEntries(kept))))).checks.map(
      ({ result, found: said }) => `${result}: ${said}`,
    )
  }

  it.each<[members: object, said: string | RegExp]>([
    [{ refresh_token: null }, 'warn: refresh_token null'],
    [{ refresh_token: '' }, 'warn: refresh_token ""'],
    [{ id_token: null, scope: null }, 'warn: id_token null, scope null'],
    [{ expires_in: null, refresh_token: ' ' }, 'warn: expires_in null, refresh_token " "'],
    [{ expires_in: null }, 'note: No expires_in'],
    [
      { expires_in: 1_704_070_800 },
      /fail: expires_in 1704070800: it is a point in time \(2024-01-01T01:00:00Z\)/,
    ],
    [
      { expires_in: 1_704_070_800_000 },
      /fail: expires_in 1704070800000: it is a point in time \(2024-01-01T01:00:00Z\)/,
    ],
    [{ expires_in: 3_600_000 }, /fail: expires_in 3600000: it is in milliseconds/],
    [{ expires_in: 0 }, /warn: expires_in 0: clients say that the token has expired/],
    [{ expires_in: -1 }, /fail: expires_in -1: it is negative/],
    [{ expires_in: '3600' }, /fail: expires_in "3600": it is a string/],
    [{ expires_in: 3599.5 }, /warn: expires_in 3599.5: it is a fraction/],
    [{ expires_in: 1e20 }, /fail: expires_in 100000000000000000000: it is too large/],
    [{ scope: 'read,write' }, /fail: scope "read,write": by commas or the like it is 2 values/],
    [{ scope: 'read, write' }, /fail: scope "read, write"/],
    [{ scope: 'repo;gist' }, /fail: scope "repo;gist"/],
    [{ scope: ['read', 'write'] }, /fail: scope is an array \("read", "write"\)/],
    [{ scope: {} }, /fail: scope \(object\)/],
    [
      { token_type: 'BearerToken' },
      /fail: token_type BearerToken, which is no registered type; Bearer is meant/,
    ],
    [{ token_type: 'JWT' }, /fail: token_type JWT, which is no registered type/],
    [{ token_type: 'bearer_token' }, /fail: token_type bearer_token/],
    [{ token_type: 'bearer ' }, /fail: token_type bearer , with white space around it/],
    [{ token_type: 'mac' }, 'note: token_type mac'],
    [{ token_type: null }, /fail: token_type \(none\)/],
  ])('%j', async (members, said) => {
    const lines = await found(members)
    expect(lines).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said))
  })

  it('that are null or empty are not there: no refresh token is told of', async () => {
    for (const refresh_token of [null, ''])
      expect(await found({ refresh_token })).not.toContainEqual(expect.stringContaining('A refresh_token'))
    expect(await found({ refresh_token: 'x' })).toContain('fail: A refresh_token')
    expect(await found({}, ['token_type'])).toContainEqual(expect.stringMatching(/fail: token_type \(none\)/))
  })

  it.each<[expires_in: unknown, end: number | null]>([
    [3600, 3600],
    ['3600', 3600],
    [3_600_000, 3600],
    [now / 1000 + 3600, 3600],
    [now + 3_600_000, 3600],
    [0, null],
    [-1, null],
    [1e20, null],
    [null, null],
    ['soon', null],
  ])('expires_in %j: the token ends after %j s', async (expires_in, end) => {
    const { exchange, ...understanding } = await read(issued(opaque, { expires_in }))
    expect(expiresAt({ exchange, understanding })).toBe(end === null ? null : now + end * 1000)
  })
})
