import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { asString, member } from '../../json/value.ts'
import { decode } from './decode.ts'
import * as rfcExamples from '../../../../tests/vectors/jwt/rfc-examples.ts'

const encode = (text: string) => Buffer.from(text).toString('base64url')
const jwt = (header: string, claims: string, signature = 'c2ln') =>
  `${encode(header)}.${encode(claims)}.${signature}`

function jws(token: string) {
  const decoded = decode(token)
  if (decoded.kind !== 'jws') throw new Error(JSON.stringify(decoded))
  return decoded
}

describe('the examples of the RFCs', () => {
  test.each([
    ['RFC 7515 A.1 and RFC 7519 3.1 (HS256)', rfcExamples.hs256, 32],
    ['RFC 7515 A.2 (RS256)', rfcExamples.rs256, 256],
    ['RFC 7515 A.3 (ES256)', rfcExamples.es256, 64],
  ])('%s', (_, { token, header }, signatureLength) => {
    const decoded = jws(token)
    expect([decoded.header.json, decoded.payload.json]).toEqual([header, rfcExamples.joe])
    expect(decoded.signature.bytes?.length).toBe(signatureLength)
    expect([decoded.unsecured, decoded.nested, decoded.problems]).toEqual([false, null, []])
    expect([...decoded.header.problems, ...decoded.payload.problems, ...decoded.signature.problems]).toEqual(
      [],
    )
    expect(member(decoded.payload.value, 'exp')).toEqual({ kind: 'number', source: '1300819380' })
  })

  it('RFC 7519 6.1: an Unsecured JWT has "the empty string for its JWS Signature value"', () => {
    const decoded = jws(rfcExamples.unsecured.token)
    expect(decoded).toMatchObject({ unsecured: true, header: { json: '{"alg":"none"}' } })
    expect(decoded.payload.json).toBe(rfcExamples.joe)
    expect(decoded.signature).toEqual({ text: '', bytes: new Uint8Array(), problems: [] })
    expect(decoded.problems).toEqual(['"alg" is "none": it is not signed, and anyone can have written it.'])
  })

  it('RFC 7516 9: "JWEs have five segments separated by four period (\'.\') characters"', () => {
    const decoded = decode(rfcExamples.jwe.token)
    if (decoded.kind !== 'jwe') throw new Error(decoded.kind)
    expect(decoded.header).toMatchObject({ json: rfcExamples.jwe.header, problems: [] })
    expect(decoded.parts.map(({ name, bytes, problems }) => [name, bytes?.length, problems])).toEqual([
      ['JWE Encrypted Key', 256, []],
      ['JWE Initialization Vector', 12, []],
      ['JWE Ciphertext', 63, []],
      ['JWE Authentication Tag', 16, []],
    ])
    expect(decoded.problems).toEqual([])
  })

  it('RFC 9068 3: the claims as printed, white space and all', () => {
    const { header, claims } = rfcExamples.accessToken
    const decoded = jws(jwt(header, claims))
    expect([decoded.header.json, decoded.payload.json]).toEqual([header, claims])
    expect(asString(member(decoded.header.value, 'typ'))).toBe('at+JWT')
    expect(asString(member(decoded.payload.value, 'client_id'))).toBe('s6BhdRkqt3')
  })
})

describe('tokens as servers send them', () => {
  it('SimpleIdServer: scope and aud are arrays', () => {
    const decoded = jws(
      jwt(
        '{"alg":"RS256","kid":"wsFedKid","x5t":"GN698jZCJWNy69P1r05Cwrl4Yw8","typ":"JWT"}',
        '{"aud":["shopApi"],"client_id":"m2m","scope":["read"],"exp":1706342604,"iss":"http://localhost:5001/master"}',
      ),
    )
    expect(member(decoded.payload.value, 'scope')).toMatchObject({
      kind: 'array',
      items: [{ value: 'read' }],
    })
    expect(member(decoded.payload.value, 'aud')).toMatchObject({
      kind: 'array',
      items: [{ value: 'shopApi' }],
    })
    expect([...decoded.problems, ...decoded.payload.problems]).toEqual([])
  })

  it('LemonLDAP::NG: an alg none token of two parts', () => {
    const decoded = jws(`${encode('{"alg":"none"}')}.${encode('{"sub":"x"}')}`)
    expect(decoded.unsecured).toBe(true)
    expect(asString(member(decoded.payload.value, 'sub'))).toBe('x')
    expect(decoded.problems[0]).toMatch(/^It has two parts; a JWS has three/)
  })

  it('SimpleIdServer reference token: opaque', () => {
    expect(decode('6b1e2f0c-9d3b-4c8e-8a57-0f4d2c9be111')).toMatchObject({
      kind: 'opaque',
      why: 'It is a UUID: a reference to a token that the server keeps to itself.',
    })
  })
})

describe('what is wrong is said, and what can be shown is shown', () => {
  const header = '{"alg":"RS256"}'

  test.each([
    ['no alg', jwt('{"typ":"JWT"}', '{}'), 'Its header has no "alg", which RFC 7515 requires.'],
    ['alg is no string', jwt('{"alg":1}', '{}'), 'The "alg" in its header is not a string.'],
    [
      'cut after the payload',
      jwt(header, '{}', ''),
      'It has no signature, though its "alg" asks for one. Was it cut?',
    ],
    [
      'four parts',
      `${jwt(header, '{}')}.x`,
      'It has 4 parts; a JWS has exactly three, and an encrypted token (JWE) five. A dot too many at its end, or a second token after it?',
    ],
    [
      'RFC 7519 6: none with a signature',
      jwt('{"alg":"none"}', '{}'),
      '"alg" is "none", yet it has a signature, which must be empty.',
    ],
    [
      'RFC 7515 4.1.1: "The "alg" value is a case-sensitive ASCII string"',
      jwt('{"alg":"nOnE"}', '{}', ''),
      '"alg" is case-sensitive: only "none" is registered, other spellings of it are used to trick verifiers.',
    ],
    [
      'SD-JWT',
      `${jwt(header, '{}')}~WyJhIl0~`,
      'It is a selective disclosure JWT (SD-JWT): the disclosures after the first "~" are not shown.',
    ],
  ])('%s', (_, token, problem) => {
    expect(jws(token).problems).toContain(problem)
  })

  test.each([
    ['big integers', '{"n":12345678901234567890}', /^12345678901234567890 is beyond the numbers/],
    [
      'RFC 7519 4: "The Claim Names within a JWT Claims Set MUST be unique"',
      '{"a":1,"a":2}',
      /^The name "a" appears more/,
    ],
    ['not an object', '[1]', /^It is JSON, but an array and not an object\.$/],
    ['not JSON', '{"a":}', /^It is not JSON: Expected a value, but there is "}"\. \(Line 1, column 6\.\)$/],
    ['empty', '', /^It is empty\.$/],
    ['a byte order mark', '\uFEFF{}', /^The text begins with a byte order mark\.$/],
  ])('payload: %s', (_, claims, problem) => {
    const { payload } = jws(jwt(header, claims))
    expect(payload.json).toBe(claims)
    expect(payload.problems).toEqual([expect.stringMatching(problem)])
  })

  it('payload: not UTF-8, the claims are still readable', () => {
    const latin1 = Buffer.from('{"name":"Bjørn"}', 'latin1').toString('base64url')
    const { payload } = jws(`${encode(header)}.${latin1}.c2ln`)
    expect([payload.json, asString(member(payload.value, 'name'))]).toEqual([null, 'Bj\uFFFDrn'])
    expect(payload.problems).toEqual(['It is not UTF-8: the byte 0xF8 at offset 11 does not belong there.'])
  })

  it('payload: bad base64url, the header is still shown', () => {
    const decoded = jws(`${encode(header)}.e*.c2ln`)
    expect(decoded.header.json).toBe(header)
    expect(decoded.payload).toMatchObject({ text: 'e*', bytes: null, json: null, value: null })
    expect(decoded.payload.problems).toHaveLength(1)
  })

  it('header: not JSON, the claims are still shown', () => {
    const decoded = jws(`x${encode(header)}.${encode('{"a":1}')}.c2ln`)
    expect(decoded.header.problems.length).toBeGreaterThan(0)
    expect(decoded.payload.value?.kind).toBe('object')
  })

  it('plain base64 with padding is read and named', () => {
    const { payload } = jws(`${encode(header)}.${btoa('{"a":"~~~?"}')}.c2ln`)
    expect(payload.json).toBe('{"a":"~~~?"}')
  })

  it('RFC 7516 4.1.2: the "enc" Header Parameter "MUST be present and MUST be understood"', () => {
    expect(decode(`${encode(header)}.a.b.c.d`)).toMatchObject({
      kind: 'jwe',
      problems: ['Its header has no "enc", which RFC 7516 requires.'],
    })
    expect(decode(`${encode('{"alg":"dir","enc":"A128GCM"}')}..b`)).toMatchObject({
      kind: 'jwe',
      problems: ['It does not have five parts, as every JWE does.'],
    })
  })

  it('RFC 7519 5.2: "the value MUST be "JWT", to indicate that a Nested JWT is carried in this JWT"', () => {
    const inner = jwt(header, '{"sub":"inner"}')
    const outer = jws(jwt('{"alg":"RS256","cty":"JWT"}', inner))
    expect(outer.payload).toMatchObject({ json: inner, value: null, problems: [] })
    expect(outer.nested).toEqual(decode(inner))
    let deep = inner
    for (let i = 0; i < 50; i++) deep = jwt('{"alg":"none","cty":"jwt"}', deep.slice(0, 1000), '')
    expect(decode(deep).kind).toBe('jws')
  })
})

it.each([
  ['undefined', 'what a program writes'],
  ['[object Object]', 'what a program writes'],
  ['string', 'what a program writes'],
  ['{{access_token}}', 'a placeholder'],
  ['${TOKEN}', 'a placeholder'],
  ['$TOKEN', 'a placeholder'],
  ['<your token>', 'a placeholder'],
  ['YOUR_ACCESS_TOKEN', 'a placeholder'],
  ['eyJhbGciOi...', 'It is cut'],
  ['eyJhbGciOi…c2ln', 'It is cut'],
  ['abc*****', 'It is cut'],
  ['error: invalid client_secret', 'white space inside'],
])('%s is no token of any server', (token, why) => {
  expect(decode(token)).toMatchObject({ isWhole: false, why: expect.stringContaining(why) as string })
})

describe('opaque tokens', () => {
  test.each([
    ['', 'There is no token.'],
    ['b8d3b0c7f1a94e7f', 'It is hexadecimal: a reference'],
    ['v4.public.eyJkYXRhIjoidGVzdCJ9c2ln', 'It is a PASETO'],
    ['ory_at_abc.def', 'access token of Ory Hydra'],
    ['ory_rt_abc.def', 'refresh token of Ory Hydra'],
    ['ory_ac_abc.def', 'authorization code of Ory Hydra'],
    ['ory_xy_abc.def', 'credential of Ory'],
    ['ya29.a0Af', 'Google'],
    ['{"payload":"","signatures":[]}', 'It is JSON itself'],
    ['eyJhbGciOiJSUzI1NiJ9', 'Was it cut at the first dot?'],
    ['eyJhbGciOiJSUzI1N.e30.c2ln', 'no part of it'],
    ['eyJhbGciOiJSUzI1N.x.c2ln', 'its first part is not whole JSON'],
    ['a.b.c.d.e', 'It has the five parts of an encrypted token (JWE), but'],
    ['a.b.c', 'It has dots as a JWT does'],
    ['MTIz.NDU2.c2ln', 'It has dots as a JWT does'],
    ['2YotnFZFEjr1zCsicMWpAA', 'No part of it is a JSON header'],
  ])('%j', (token, why) => {
    const decoded = decode(token)
    if (decoded.kind === 'jws') expect(decoded.payload.value?.kind).toBe('object')
    else expect(decoded).toMatchObject({ kind: 'opaque', why: expect.stringContaining(why) as string })
  })
})

describe('for any text', () => {
  const pieces = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.json().map(encode), fc.constantFrom('.', '~', '..')),
  )

  test.each([
    ['strings', fc.string({ unit: 'binary' })],
    ['dotted pieces', pieces.map((list) => list.join('.'))],
  ])('decode never throws: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(['jws', 'jwe', 'opaque']).toContain(decode(text).kind)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps every byte of header and claims', () => {
    const objects = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }))
    fc.assert(
      fc.property(objects, fc.nat(3), (claims, indent) => {
        const text = JSON.stringify(claims, null, indent)
        expect(jws(jwt('{"alg":"RS256"}', text)).payload.json).toBe(text)
      }),
    )
  })
})

describe('speed', () => {
  const big = 'x'.repeat(1e6)
  // A quadratic decoder would take longer than a test may.
  test.each([
    ['1 MB claim', jwt('{"alg":"RS256"}', JSON.stringify({ big }))],
    ['1 MB not UTF-8', `${encode('{"alg":"RS256"}')}.${'_'.repeat(1e6)}.c2ln`],
    ['1 MB opaque', big],
    ['1 MB of dots', '.'.repeat(1e6)],
    ['1 MB of dots after a header', `${encode('{"alg":"dir","enc":"A128GCM"}')}${'.'.repeat(1e6)}`],
    ['1 MB of padding', `${encode('{"alg":"RS256"}')}.${'='.repeat(1e6)}x.c2ln`],
  ])('%s', (_, token) => {
    expect(decode(token).kind).toMatch(/jws|jwe|opaque/)
  })
})
