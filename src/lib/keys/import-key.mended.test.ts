import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import {
  expectPair,
  imported,
  json,
  jwk,
  label,
  otherRsa,
  p256,
  ed25519,
  pem,
  refused,
  rsa,
} from './import-testing.ts'

const bytes = (text = '') => Buffer.from(text, 'base64url')
const key = jwk(rsa.privateKey)
const ec = jwk(p256.privateKey)
const zeroBefore = (text = '') => Buffer.concat([Buffer.of(0), bytes(text)]).toString('base64url')
const base64 = (text = '') => bytes(text).toString('base64')
const hex = (text = '') => bytes(text).toString('hex')
const decimal = (text = '') => BigInt(`0x${hex(text)}`).toString()

describe('RFC 7518: a private JWK that is not written so is mended as a public one is, and that is said', () => {
  test.each<[string, object, string]>([
    ['6.3.1.1: a sign byte before n', { n: zeroBefore(key.n) }, 'n: a zero byte in front'],
    ['a sign byte before d', { d: zeroBefore(key.d) }, 'd: a zero byte in front'],
    [
      'a sign byte before p and q',
      { p: zeroBefore(key.p), q: zeroBefore(key.q) },
      'p: a zero byte in front; q: a',
    ],
    ['plain base64', { n: base64(key.n), d: base64(key.d) }, 'n: padding, the alphabet of plain base64'],
    ['lines', { n: base64(key.n).replace(/.{64}/g, '$&\n') }, 'n: white space, padding'],
    ['\\n in text', { n: base64(key.n).replace(/.{64}/g, '$&\\n') }, 'n: escapes of a string'],
    ['percent-encoding', { n: `${key.n}%3D%3D` }, 'percent-encoding'],
    ['spaces for +', { n: base64(key.n).replaceAll('+', ' ').replaceAll('/', '_') }, 'n: '],
    ['hexadecimal', { n: hex(key.n), d: hex(key.d) }, 'n: hexadecimal; d: hexadecimal'],
    ['hexadecimal with colons', { n: hex(key.n).replace(/../g, '$&:').slice(0, -1) }, 'n: hexadecimal'],
    ['0x', { n: `0x${hex(key.n)}` }, 'n: hexadecimal'],
    ['digits', { n: decimal(key.n), e: '65537' }, 'n: a decimal number; e: a decimal number'],
    ['a number for e', { e: 65537 }, 'e: a decimal number'],
    ['hexadecimal for e', { e: '010001' }, 'e: hexadecimal'],
    ['four bytes for e', { e: 'AAEAAQ' }, 'e: a zero byte in front'],
    ['bytes in a list', { e: [1, 0, 1] }, 'e: a list of bytes'],
    ['base64 twice', { n: Buffer.from(key.n ?? '').toString('base64url') }, 'n: base64 twice'],
    ['kty in small letters', { kty: 'rsa' }, 'kty: another name'],
  ])('%s', async (_, change, how) => {
    const { notes } = await expectPair(JSON.stringify({ ...key, ...change }), rsa.publicKey, 'RS256')
    expect(notes.join(' ')).toContain(how)
  })

  test.each([
    ['6.2.2.1: 33 bytes of d', { d: zeroBefore(ec.d) }, 'd: a zero byte in front'],
    ['33 bytes of x', { x: zeroBefore(ec.x) }, 'x: a zero byte in front'],
    ['the name of the curve in SEC 2', { crv: 'secp256r1' }, 'crv: another name'],
    ['hexadecimal', { d: hex(ec.d), x: hex(ec.x) }, 'x: hexadecimal; d: hexadecimal'],
  ])('%s', async (_, change, how) => {
    const { notes } = await expectPair(JSON.stringify({ ...ec, ...change }), p256.publicKey, 'ES256')
    expect(notes.join(' ')).toContain(how)
  })

  it('6.2.2.1: 31 bytes of d, whose zero byte was left out', async () => {
    let pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    while (bytes(jwk(pair.privateKey).d)[0] !== 0) pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const own = jwk(pair.privateKey)
    const short = { ...own, d: bytes(own.d).subarray(1).toString('base64url') }
    const { notes } = await expectPair(JSON.stringify(short), pair.publicKey, 'ES256')
    expect(notes).toEqual([
      'In the JWK, d is not written as RFC 7518 wants it, and was mended (d: 1 of 32 bytes missing, filled up with zeros).',
    ])
  })

  it('RFC 8032 5.1.5: the public half behind an Ed25519 key, as NaCl has it', async () => {
    const own = jwk(ed25519.privateKey)
    const d = Buffer.concat([bytes(own.d), bytes(own.x)]).toString('base64url')
    const { notes } = await expectPair(JSON.stringify({ ...own, d }), ed25519.publicKey, 'Ed25519')
    expect(notes.join()).toContain('d: the public half behind it')
  })
})

describe('RFC 7518 6.3.2: what an RSA key may leave out, and browsers do not let it, is computed', () => {
  const crt = ['p', 'q', 'dp', 'dq', 'qi'] as const
  test.each<[readonly (typeof crt)[number][]]>([
    [crt],
    [['dp', 'dq', 'qi']],
    [['qi']],
    [['p']],
    [['q', 'dp']],
  ])('without %j', async (names) => {
    const left = Object.fromEntries(Object.entries(key).filter(([name]) => !names.includes(name as 'p')))
    const { notes } = await expectPair(JSON.stringify(left), rsa.publicKey, 'RS256')
    expect(notes).toEqual([
      `The JWK has no ${names.join(', ')}, without which no browser imports an RSA key; this page computed what is missing.`,
    ])
  })

  it('WebCrypto imports no RSA key without them', async () => {
    const { kty, n, e, d } = key
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const bare = { kty, n, e, d } as JsonWebKey
    await expect(crypto.subtle.importKey('jwk', bare, algorithm, false, ['sign'])).rejects.toThrow('keyData')
  })

  it('not of an n, e and d that do not belong together', async () => {
    const { kty, n, e } = key
    const { message, command } = await refused(JSON.stringify({ kty, n, e, d: key.n?.slice(0, 40) }))
    expect(message).toContain('do not belong together')
    expect(command).toBeUndefined()
    const other = await refused(JSON.stringify({ kty, n, e, d: jwk(otherRsa.privateKey).d }))
    expect(other.message).toContain('do not belong together')
    expect(other.command).toBe('openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem')
  })

  it('a word in place of d is none, though it is base64url', async () => {
    const { message } = await refused(json(rsa.privateKey, { d: 'REDACTED' }))
    expect(message).toContain('6 bytes in d are too few')
  })

  it('6.3.2.7: a key of three primes MUST NOT be used by who does not support it', async () => {
    const { message } = await refused(json(rsa.privateKey, { oth: [{ r: 'AQ', d: 'AQ', t: 'AQ' }] }))
    expect(message).toContain('more than two primes')
    const der = Buffer.from(pem(rsa.privateKey, 'pkcs1').replace(/-----.*-----/g, ''), 'base64')
    const others = Buffer.concat([
      der.subarray(0, 4),
      Buffer.of(2, 1, 1),
      der.subarray(7),
      Buffer.of(0x30, 0),
    ])
    others.writeUInt16BE(others.length - 4, 2)
    expect((await refused(label('RSA PRIVATE KEY', others.toString('base64')))).message).toContain(
      'two primes',
    )
    expect((await imported(json(rsa.privateKey, { oth: [] }), 'RS256')).notes).toEqual([])
  })
})

describe('what no mending helps', () => {
  test.each<[string, object, RegExp]>([
    ['x of 3 bytes', { ...ec, x: 'AAAA' }, /has 3 bytes in x, and P-256 has 32/],
    [
      'd of 34 bytes',
      { ...ec, d: Buffer.alloc(34, 7).toString('base64url') },
      /has 34 bytes in d, and P-256 has 32/,
    ],
    [
      'd of 31 bytes on Ed25519',
      { ...jwk(ed25519.privateKey), d: 'A'.repeat(42) },
      /has 31 bytes in d, and Ed25519 has 32/,
    ],
    [
      'a character that base64url does not have',
      { ...key, n: `!${key.n}` },
      /n that cannot be read. It contains "!"/,
    ],
    ['n that was cut', { ...key, n: `${key.n?.slice(0, -4)}AAAA` }, /n that is even/],
    ['e of 1', { ...key, e: 'AQ' }, /e that is even or 1/],
    ['no n', { ...key, n: undefined }, /lacks .*: n\. They are in the public half/],
    ['no y', { ...ec, y: undefined }, /lacks .*: y\. They are in the public half/],
    ['no kty', { ...ec, kty: undefined }, /members of a key and no “kty”/],
  ])('%s', async (_, text, message) => {
    expect((await refused(JSON.stringify(text), 'RS256')).message).toMatch(message)
  })
})
