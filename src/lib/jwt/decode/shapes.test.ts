import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { inflate } from './compression.ts'
import { decode, type Decoded } from './decode.ts'

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const bytes = (data: Uint8Array) => Buffer.from(data).toString('base64url')

const header = encode({ alg: 'RS256', typ: 'JWT' })
const claims = { iss: 'https://as.example', sub: 'm2m', exp: 1_800_000_000 }
const payload = encode(claims)
const signature = 'c2lnbmF0dXJl'
const token = `${header}.${payload}.${signature}`
const jweHeader = encode({ alg: 'dir', enc: 'A128GCM' })

/** The kind, and all that is said. */
function said(text: string): string {
  const decoded = decode(text)
  if (decoded.kind === 'opaque') return `opaque: ${decoded.why}`
  const problems = [...decoded.header.problems, ...(decoded.kind === 'jws' ? decoded.payload.problems : [])]
  return `${decoded.kind}: ${[...decoded.problems, ...problems].join(' ')}`
}

describe('a token of which something was left out is cut, and no other kind', () => {
  test.each([
    [`${header}.${payload}...`, /^jws: It is cut: “\.\.\.” at its end/],
    [`${header}.${payload}....`, /^jws: It is cut: “\.\.\.\.” at its end/],
    [`${header}.${payload}.…`, /^jws: It is cut: “…” at its end/],
    [`${header}.${payload.slice(0, 12)}…`, /^jws: It is cut: “…” at its end/],
    [`${header}.${payload.slice(0, 12)}...`, /^jws: It is cut: “\.\.\.” at its end/],
    [`${header}.${payload.slice(0, 9)}...${signature}`, /^jws: It is cut: “\.\.\.” in it/],
    [`${header}.${payload}.c2ln...dXJl`, /^jws: It is cut: “\.\.\.” in it/],
    [`${header}.${payload}.[signature]`, /^jws: It is cut: “\[signature\]” at its end/],
    [`${header}.${payload}.<redacted>`, /^jws: It is cut: “<redacted>” at its end/],
    [`${header}.${payload}.***`, /^jws: It is cut: “\*\*\*” at its end/],
    [`${header}....`, /^jws: It is cut/],
    [`${header}…`, /^jws: It is cut/],
    [`${jweHeader}..aXY.Y2lwaGVy…`, /^jwe: It is cut: “…” at its end was/],
    ['eyJ...abc', /^opaque: It is cut: “\.\.\.” in it/],
    ['eyJhbGciOiJSUzI1NiIsInR5cCI6...', /^opaque: It is cut/],
    ['eyJhbGci…', /^opaque: It is cut/],
    ['eyJhbGci[...]dXJl', /^opaque: It is cut: “\[\.\.\.\]” in it/],
    ['eyJhbGci(truncated)', /^opaque: It is cut: “\(truncated\)”/],
    ['header.payload...', /^opaque: It is cut/],
    ['00D5g000001abcd!AQ0AQ***', /^opaque: It is cut: “\*\*\*”/],
    ['6f1d…9b2c', /^opaque: It is cut: “…” in it/],
  ])('%s', (text, words) => {
    expect(said(text)).toMatch(words)
  })

  test.each([
    ['eyJ...abc', false],
    ['eyJhbGciOiJSUzI1NiJ9', false],
    ['undefined', false],
    ['{{token}}', false],
    ['"6f1d9b2c-0000-4000-8000-000000000000"', false],
    ['‘any-opaque-token’', false],
    ['any-opaque-token,', false],
    ['{"access_token":"x"}', false],
    ['6f1d9b2c-0000-4000-8000-000000000000', true],
    ['ory_at_x.y', true],
    ['any-opaque-token', true],
  ])('%s: a part of a token, or none, is called no whole one', (text, isWhole) => {
    expect(decode(text)).toMatchObject({ kind: 'opaque', isWhole })
  })

  it('RFC 7518 4.5: "the JWE Encrypted Key value is the empty octet sequence" - two dots cut nothing', () => {
    expect(said(`${jweHeader}..aXY.Y2lwaGVy.dGFn`)).toBe('jwe: ')
    expect(said(`${jweHeader}...Y2lwaGVy.dGFn`)).toBe('jwe: ')
  })

  it('what is left of a signature is not said to be missing', () => {
    expect(said(`${header}.${payload}...`)).not.toMatch(/Was it cut|two parts|no signature/)
  })
})

describe('RFC 7515 7.1: another number of parts', () => {
  test.each([
    [`${header}.${payload}`, /^jws: It has two parts.*The signature after the payload is missing/],
    [
      `${payload}.${signature}`,
      /^jws: Its first part has “iss”, “sub”, “exp”, which are claims: it is a payload/,
    ],
    [`.${payload}.${signature}`, /^jws: .*It is empty/],
    [`${header}.${payload}.`, /^jws: It has no signature, though its "alg" asks for one/],
    [`${token}.`, /^jws: It has 4 parts.*A dot too many at its end/],
    [`${token}.${signature}`, /^jws: It has 4 parts/],
    [
      `${header}.${payload}.${signature}${header}.${payload}.${signature}`,
      /^jws: It has 5 parts.*a second token/,
    ],
    [`${token}.${token}`, /^jws: It has 6 parts/],
    [`${token}.${token}.x`, /^jws: It has more than six parts/],
    [`${header}.a.b.c.d`, /^jwe: Its header has no "enc"/],
  ])('%s', (text, words) => {
    expect(said(text)).toMatch(words)
    const decoded = decode(text)
    expect(decoded.kind === 'jws' && decoded.broken !== null).toBe(/parts|first part/.test(said(text)))
  })

  it('three parts are whole', () => {
    expect(said(token)).toBe('jws: ')
  })
})

describe('what is no token at all, or one of another kind', () => {
  test.each([
    ['undefined', /a variable has no text/],
    ['null', /a variable has no text/],
    ['[object Object]', /a variable has no text/],
    ['{{access_token}}', /a placeholder/],
    ['${ACCESS_TOKEN}', /a placeholder/],
    ['$TOKEN', /a placeholder/],
    ['<your_token>', /a placeholder/],
    ['YOUR_ACCESS_TOKEN', /a placeholder/],
    ['ghs_16C7e42F292c6912E7710c838347Ae178B4a', /of GitHub/],
    ['00D5g000001abcd!AQ0AQPz.T4Yk6gC_Gs', /of Salesforce/],
    ['1//0gLpQ2vB3c', /refresh token of Google/],
    [`${'0A1B2C3D'.repeat(8)}-1`, /reference token of Duende/],
    ['PHNhbWxwOlJlc3BvbnNlPg', /XML in base64/],
  ])('%s', (text, words) => {
    expect(said(text)).toMatch(words)
    expect(decode(text).kind).toBe('opaque')
  })
})

describe('RFC 7519 5.2: "in this case, the value MUST be JWT"', () => {
  const nested = (text: string): Decoded | null => {
    const decoded = decode(text)
    return decoded.kind === 'jws' ? decoded.nested : null
  }
  const outer = (cty: string | undefined, content: string) =>
    `${encode({ alg: 'RS256', cty })}.${encode(content)}.${signature}`

  it.each([
    ['JWT', token],
    ['jwt', token],
    ['application/jwt', token],
    ['JWT', `${token}\n`],
    ['JWT', JSON.stringify(token)],
    [undefined, token],
    ['at+jwt', token],
  ])('cty %s', (cty, content) => {
    expect(nested(outer(cty, content))).toEqual(decode(token))
  })

  it('of a token in a token, without a word of it, that is said', () => {
    expect(said(outer(undefined, token))).toMatch(/no "cty": "JWT"/)
    expect(said(outer('JWT', token))).toBe('jws: ')
  })

  it('an encrypted one is one too', () => {
    expect(nested(outer('JWT', `${jweHeader}..aXY.Y2lwaGVy.dGFn`))?.kind).toBe('jwe')
  })

  it('text without dots is none', () => {
    expect(nested(outer(undefined, 'hello'))).toBeNull()
    expect(nested(outer(undefined, JSON.stringify('hello')))).toBeNull()
  })
})

describe('RFC 7516 4.1.3: "Use of this Header Parameter is OPTIONAL" in a JWE, and a JWS has none', () => {
  const text = JSON.stringify(claims)
  const of = (content: Uint8Array, zip?: unknown) => {
    const decoded = decode(`${encode({ alg: 'ES256', zip })}.${bytes(content)}.${signature}`)
    if (decoded.kind !== 'jws') throw new Error(decoded.kind)
    return decoded
  }

  it.each([
    [
      'DEF',
      deflateRawSync(text),
      'deflate-raw',
      /^It is compressed \(zip: DEF\)\. zip is registered for encrypted/,
    ],
    ['DEF', deflateSync(text), 'deflate', /zip: DEF/],
    ['GZIP', gzipSync(text), 'gzip', /zip: GZIP/],
    [undefined, gzipSync(text), 'gzip', /compressed \(gzip\), and no zip in the header says so/],
    [undefined, deflateSync(text), 'deflate', /no zip in the header/],
  ] as const)('zip %s: it is inflated, and the deviation is said', async (zip, content, format, words) => {
    const { compression, payload } = of(content, zip)
    expect(compression).toBe(format)
    expect(payload.problems).toEqual([expect.stringMatching(words)])
    const inflated = await inflate(payload.bytes ?? new Uint8Array(), format)
    expect(inflated).toMatchObject({
      kind: 'inflated',
      bytes: text.length,
      part: { json: text, problems: [] },
    })
  })

  it('of a payload that is as it should be, zip is odd alone', () => {
    const { compression, payload } = of(Buffer.from(text), 'DEF')
    expect([compression, payload.problems]).toEqual([
      null,
      ['The header has zip, and the payload is not compressed.'],
    ])
    expect(of(Buffer.from(text)).payload.problems).toEqual([])
  })

  it('a bomb is not inflated beyond what a token may have', async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
    expect(await inflate(new Uint8Array(bomb), 'deflate-raw')).toEqual({
      kind: 'too-long',
      limit: 256 * 1024,
    })
  })

  it('what does not inflate is damaged', async () => {
    const content = deflateRawSync(text)
    expect(await inflate(new Uint8Array(content.subarray(0, -4)), 'deflate-raw')).toEqual({ kind: 'damaged' })
    expect(await inflate(new Uint8Array([0xff, 1, 2]), 'deflate-raw')).toEqual({ kind: 'damaged' })
  })

  it('bytes that are no text are there all the same', () => {
    const { payload, compression } = of(new Uint8Array([0xff, 1, 2, 3]))
    expect([compression, payload.bytes?.length, payload.problems.length]).toEqual([null, 4, 2])
  })
})
