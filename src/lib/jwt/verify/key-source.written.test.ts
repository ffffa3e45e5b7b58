import { describe, expect, it, test } from 'vitest'
import { certificatePem, selfSignedCertificate } from '../../keys/certificate.ts'
import { generateKey } from '../../keys/generate-key.ts'
import { readKeySetAnswer } from './key-set-response.ts'
import { expectVerified, keysOf, pairs, publicJwk, setOf, token } from './jws-testing.ts'
import { readKeys } from './key-source.ts'

const spki = pairs.rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const bare = spki.replace(/-----.*-----|\n/g, '')
const rsa = publicJwk('rsa')
const { n = '', e = '' } = rsa
const point = publicJwk('p256')
const bytes = (text = '') => Buffer.from(text, 'base64url')
const base64 = (text: string) => bytes(text).toString('base64')
const hex = (text = '') => bytes(text).toString('hex')
const encoded = (text: string) => Buffer.from(text).toString('base64')
const set = JSON.stringify({ keys: [{ ...rsa, kid: 'a' }] })

const answerTo = (text: string) => {
  const response = { status: 200, statusText: '', headers: [], body: new TextEncoder().encode(text) }
  const read = readKeySetAnswer({ kind: 'response', response })
  if (!read.ok || read.source.kind !== 'set') throw new Error(read.ok ? 'no set' : read.explanation.meaning)
  return read.source
}
const notesOf = (text: string) => {
  const source = readKeys(text)
  return source.kind === 'set' ? source.notes.join(' ') : 'none'
}
const unreadable = (text: string) => {
  const source = readKeys(text)
  return source.kind === 'unreadable' ? source.message : source.kind
}

describe('RFC 7518 6.3.1: n and e however they are written verify all the same, and how is said', () => {
  test.each<[string, object, string]>([
    ['n in plain base64', { n: base64(n) }, 'n: padding, the alphabet of plain base64'],
    ['n in lines', { n: base64(n).replace(/.{64}/g, '$&\r\n') }, 'n: white space'],
    ['n with \\n as text', { n: base64(n).replace(/.{64}/g, '$&\\n') }, 'n: escapes of a string'],
    ['n with spaces for +', { n: base64(n).replace(/\+/g, ' ') }, 'n: '],
    ['n in hexadecimal', { n: hex(n) }, 'n: hexadecimal'],
    ['n with colons', { n: hex(n).replace(/../g, '$&:').slice(0, -1) }, 'n: hexadecimal'],
    ['n with 0x', { n: `0x${hex(n)}` }, 'n: hexadecimal'],
    ['n as bytes', { n: [...bytes(n)] }, 'n: a list of bytes'],
    ['n in base64 twice', { n: encoded(n) }, 'n: base64 twice'],
    ['e as a number', { e: 65537 }, 'e: a decimal number'],
    ['e as digits', { e: '65537' }, 'e: a decimal number'],
    ['e in hexadecimal', { e: '0x10001' }, 'e: hexadecimal'],
    ['e in four bytes', { e: 'AAEAAQ' }, 'e: a zero byte in front'],
    ['e with a line break', { e: `${e}\n` }, 'e: white space'],
    ['kty in small letters', { kty: 'rsa' }, 'kty: another name'],
  ])('%s', async (_, change, how) => {
    const source = setOf({ ...rsa, ...change, kid: 'a' })
    expect(source).toMatchObject({ notes: [expect.stringContaining(how)] })
    await expectVerified(token({ alg: 'RS256', kid: 'a' }, {}, pairs.rsa.privateKey), source)
  })

  it.each([
    ['at the beginning', Buffer.concat([Buffer.of(0xfb), Buffer.alloc(254, 1), Buffer.of(0x0f)])],
    ['at the beginning and inside', Buffer.concat([Buffer.of(0xfb), Buffer.alloc(254, 0xbe), Buffer.of(1)])],
  ])('spaces for + %s', (_, modulus) => {
    const base64 = modulus.toString('base64')
    const read = (text: string) => keysOf(JSON.stringify({ ...rsa, n: text }))[0]?.jwk
    expect(read(base64.replaceAll('+', ' '))).toMatchObject({ n: modulus.toString('base64url') })
    expect(read(` ${base64} `)).toMatchObject({ n: modulus.toString('base64url') })
  })

  it('percent-encoding', () => {
    const text = JSON.stringify({ ...rsa, n: encodeURIComponent(base64(n)) })
    expect(keysOf(text)[0]?.jwk).toEqual(rsa)
    expect(notesOf(text)).toContain('percent-encoding')
  })

  test.each<[string, object, RegExp]>([
    [
      'a character that is none',
      { ...rsa, n: `!${n}` },
      /Key “a” has an n that cannot be read. It contains "!"/,
    ],
    ['n that was cut', { ...rsa, n: n.slice(0, -1) }, /Key “a” has an n whose last character .* it was cut/],
    ['n that is even', { ...rsa, n: `${n.slice(0, -2)}AA` }, /has an n that is even/],
    ['no e', { ...rsa, e: undefined }, /Key “a” is incomplete: it has no e/],
    ['x too long', { ...point, x: `${point.x}AAAA` }, /has 35 bytes in x, and P-256 has 32/],
    ['x too short', { ...point, x: point.x?.slice(0, 32) }, /has 24 bytes in x, and P-256 has 32/],
    ['x of a whole point', { ...point, x: Buffer.alloc(65, 4).toString('base64url') }, /has 65 bytes in x/],
    ['coordinates of another curve', { ...point, crv: 'P-384' }, /has 32 bytes in x, and P-384 has 48/],
    ['Ed25519 of 3 bytes', { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, /has 3 bytes in x, and Ed25519 has 32/],
  ])('what no mending helps is said: %s', (_, jwk, words) => {
    expect(notesOf(JSON.stringify({ ...jwk, kid: 'a' }))).toMatch(words)
  })

  test.each<[string, object, string]>([
    [
      '2 bytes missing',
      { x: Buffer.concat([bytes(point.x).subarray(2)]).toString('base64url') },
      'x: 2 of 32 bytes',
    ],
    ['hexadecimal', { x: hex(point.x) }, 'x: hexadecimal'],
    ['digits', { x: BigInt(`0x${hex(point.x)}`).toString() }, 'x: a decimal number'],
    ['the name of OpenSSL', { crv: 'prime256v1' }, 'crv: another name'],
  ])('6.2.1: a key on a curve: %s', (_, change, how) => {
    expect(notesOf(JSON.stringify({ ...point, ...change }))).toContain(how)
  })
})

describe('RFC 7517 5: what is served in place of a JWK Set is read, and it is said what it is', () => {
  const jwk = { ...rsa, kid: 'a' }
  test.each<[string, string, string | null, RegExp]>([
    ['public_key', JSON.stringify({ public_key: spki }), null, /JSON with keys somewhere inside/],
    [
      'token_key of UAA',
      JSON.stringify({ ...rsa, kid: 'k', alg: 'RS256', value: spki }),
      'k',
      /token_key of UAA.*\/token_keys/,
    ],
    [
      'token_key of UAA without n',
      JSON.stringify({ kty: 'RSA', kid: 'k', value: spki }),
      'k',
      /read from its “value”/,
    ],
    ['older Spring', JSON.stringify({ alg: 'SHA256withRSA', value: spki }), null, /token_key of UAA/],
    [
      'a Keycloak realm',
      JSON.stringify({ realm: 'demo', public_key: bare }),
      null,
      /Keycloak realm.*openid-connect\/certs/,
    ],
    [
      'keys of Keycloak’s admin API',
      JSON.stringify({ keys: [{ kid: 'a', algorithm: 'RS256', publicKey: bare }] }),
      'a',
      /no JWK, but hold a key/,
    ],
    ['entries with PEM', JSON.stringify({ keys: [{ kid: 'a', pem: spki }] }), 'a', /no JWK, but hold a key/],
    ['a map of PEM', JSON.stringify({ k1: spki }), 'k1', /a map from kid to a certificate or key in PEM/],
    ['a map of JWKs', JSON.stringify({ k1: rsa }), 'k1', /a map from kid to a JWK/],
    ['a single JWK', JSON.stringify(jwk), 'a', /a single JWK/],
    ['an object of keys', JSON.stringify({ keys: { a: rsa } }), 'a', /“keys” is an object/],
    ['a text of keys', JSON.stringify({ keys: JSON.stringify([jwk]) }), 'a', /“keys” is a text/],
    ['Keys', JSON.stringify({ Keys: [jwk] }), 'a', /not called “keys” in small letters/],
    [
      'names in capitals',
      JSON.stringify({ Keys: [{ Kty: 'RSA', Kid: 'a', N: n, E: e }] }),
      'a',
      /names in capitals/,
    ],
    ['JSON in a string', JSON.stringify(set), 'a', /JSON in a string/],
    ['base64', encoded(set), 'a', /base64 of keys/],
    [
      'the XML of .NET',
      `<RSAKeyValue><Modulus>${base64(n)}</Modulus><Exponent>${e}</Exponent></RSAKeyValue>`,
      null,
      /XML/,
    ],
    ['JSONP', `callback(${set})`, 'a', /no JSON/],
    ['a guard before it', `)]}',\n${set}`, 'a', /no JSON/],
    ['what curl -i prints', `HTTP/1.1 200 OK\r\nVary: Origin\r\n\r\n${set}`, 'a', /no JSON/],
    ['a comma too many', set.replace(']', ',]'), 'a', /no JSON/],
    ['one JWK a line', `${JSON.stringify(jwk)}\n${JSON.stringify({ ...point, kid: 'b' })}`, 'a', /no JSON/],
    ['single quotes', set.replaceAll('"', "'"), 'a', /no JSON/],
    ['YAML', `keys:\n- kty: RSA\n  kid: a\n  n: ${n}\n  e: ${e}\n`, 'a', /no JSON/],
    [
      'source code',
      spki
        .trim()
        .split('\n')
        .map((line) => `"${line}\\n" +`)
        .join('\n'),
      null,
      /PEM or DER/,
    ],
    ['HTML entities', spki.replaceAll('\n', '&#10;'), null, /HTML entities/],
    ['base64 of PEM', encoded(spki), null, /base64/],
    ['a Secret of Kubernetes', `data:\n  pub.pem: ${encoded(spki)}`, null, /“pub.pem”/],
  ])('%s', (_, text, kid, words) => {
    const source = answerTo(text)
    expect(source.keys[0]).toMatchObject({ kid, kty: 'RSA', jwk: rsa })
    expect(source.notes.join(' ')).toMatch(words)
  })

  it('certificates by kid, as Google and Firebase serve them, open what their names say', async () => {
    const one = await generateKey('RS256', {})
    const other = await generateKey('RS256', {})
    const pemOf = async (key: typeof one) =>
      certificatePem(await selfSignedCertificate(key, { subject: 'a', days: 1, now: Date.now() }))
    const { keys, notes } = answerTo(JSON.stringify({ '0a1b': await pemOf(one), '2c3d': await pemOf(other) }))
    expect(keys.map(({ kid, jwk: { n: modulus } }) => [kid, modulus])).toEqual([
      ['0a1b', one.publicJwk['n']],
      ['2c3d', other.publicJwk['n']],
    ])
    expect(notes.join(' ')).toContain('as Google and Firebase serve it')
  })

  test.each([
    ['{"keys":{}}', /“keys” is an object, and RFC 7517 section 5.1 requires a list/],
    ['{"keys":null}', /“keys” is no list/],
    ['{"keys":"none"}', /“keys” is a text/],
    ['{"keys":[null]}', /one entry, and none is a JWK/],
    ['{"Keys":[]}', /not called “keys” in small letters/],
    ['{}', /This JSON is empty/],
    ['[]', /This JSON is empty/],
    ['null', /a single word/],
    ['{"error":"not_found"}', /The server says: “not_found”/],
    ['{"error":"x","error_description":"No such realm"}', /“x: No such realm”/],
    ['{"error":{"message":"Denied"}}', /“Denied”/],
    ['{"alg":"HMACSHA256","value":"tokenKey"}', /HMAC.*shared secret/],
    ['{"kty":"MAC","alg":"HS256","value":"tokenKey"}', /HMAC.*shared secret/],
    ['<!DOCTYPE html><title>Log in</title>', /page in HTML, titled “Log in”/],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', /XML.*“AccessDenied”/],
    ['Public-Key: (2048 bit)\nModulus:\n    00:b2:c3', /as text, as “openssl -text” prints it/],
    [`ssh-rsa ${encoded('\0\0\0\x07ssh-rsa')}${'A'.repeat(300)} me`, /ssh-keygen -e -m PKCS8/],
    [Buffer.from(`feedfeed00000002${'00'.repeat(60)}`, 'hex').toString('base64'), /keytool -exportcert/],
    [encoded(`\x30\x40\x02\x01\x03\x30\x3b${'\0'.repeat(59)}`), /openssl pkcs12 .* -nokeys/],
  ])('what holds no key: %s', (text, words) => {
    expect(unreadable(text)).toMatch(words)
  })

  it('a server that refuses is quoted', () => {
    const body = new TextEncoder().encode('{"error":"Realm does not exist"}')
    const read = readKeySetAnswer({
      kind: 'response',
      response: { status: 404, statusText: '', headers: [], body },
    })
    expect(read).toMatchObject({
      explanation: {
        meaning: expect.stringMatching(/^The server says: “Realm does not exist”\. .*jwks_uri/) as string,
      },
    })
  })
})

it('RFC 7517 4.7: a JWK without parameters has them in its certificate, and one of another key is said', async () => {
  const key = await generateKey('RS256', {})
  const x5c = [await selfSignedCertificate(key, { subject: 'a', days: 1, now: Date.now() })]
  for (const chain of [x5c, x5c[0], [certificatePem(x5c[0] ?? '')]]) {
    const text = JSON.stringify({ kty: 'RSA', kid: 'a', x5c: chain })
    expect(keysOf(text)[0]?.jwk).toEqual(key.publicJwk)
    expect(notesOf(text)).toContain('read from its certificate (x5c)')
  }
  expect(notesOf(JSON.stringify({ ...rsa, x5c }))).toContain(
    'holds another key, which RFC 7517 section 4.7 forbids',
  )
  expect(notesOf(JSON.stringify({ ...key.publicJwk, x5c }))).toBe('')
})
