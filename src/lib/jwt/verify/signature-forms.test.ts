import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { base64url, pairs, publicJwk, setOf, stepOf, token } from './jws-testing.ts'
import { secretSource } from './key-source.ts'
import { whyNoSignatureAlg } from './signature-alg.ts'
import { lengthTrouble } from './signature-length.ts'
import { verify } from './verify.ts'

const claims = { iss: 'https://as.example', sub: 'm2m' }
const input = (alg: string) => `${base64url({ alg, kid: 'a' })}.${base64url(claims)}`
const tokenOf = (alg: string, signature: Uint8Array) =>
  `${input(alg)}.${Buffer.from(signature).toString('base64url')}`

const rsa = (text: string) => createSign('sha256').update(text).sign(pairs.rsa.privateKey)
const secret = 'a secret that is longer than 32 bytes'
const hmac = (text: string) => createHmac('sha256', secret).update(text).digest()
const ec = (text: string) =>
  sign('sha256', Buffer.from(text), { key: pairs.p256.privateKey, dsaEncoding: 'ieee-p1363' })
const der = (text: string) => sign('sha256', Buffer.from(text), pairs.p256.privateKey)

const rsaKeys = setOf(publicJwk('rsa', { kid: 'a' }))
const ecKeys = setOf(publicJwk('p256', { kid: 'a' }))
const shared = secretSource(secret)

/** The last step: what became of the signature. */
async function said(text: string, keys: typeof rsaKeys): Promise<string> {
  const { found, result } = stepOf(await verify(text, keys), /signature is that of the key/)
  return `${result}: ${found}`
}

const zero = Buffer.alloc(1)
const [rs, es, hs] = [rsa(input('RS256')), ec(input('ES256')), hmac(input('HS256'))]
const hex = (bytes: Buffer) => Buffer.from(bytes.toString('hex'))
const base64 = (bytes: Buffer) => Buffer.from(bytes.toString('base64'))

describe('RFC 7515 5.2: what the length and the form of a signature say comes before “changed”', () => {
  test.each([
    ['RS256, whole', tokenOf('RS256', rs), rsaKeys, /^pass/],
    [
      'RS256, a zero byte before it',
      tokenOf('RS256', Buffer.concat([zero, rs])),
      rsaKeys,
      /zero byte before it.*has 256 bytes.*Rewritten so, .*verifies it: the signer has to be mended/,
    ],
    [
      'RS256, cut',
      tokenOf('RS256', rs.subarray(0, 200)),
      rsaKeys,
      /It has 200 bytes, and one of RS256 by .*\(2048 bits\) has 256\. Was it cut\?$/,
    ],
    [
      'RS256, one byte short',
      tokenOf('RS256', rs.subarray(0, 255)),
      rsaKeys,
      /It has 255 bytes, .* has 256\. Was it cut\?$/,
    ],
    [
      'RS256, too long',
      tokenOf('RS256', Buffer.concat([rs, zero])),
      rsaKeys,
      /It has 257 bytes, .* has 256\.$/,
    ],
    [
      'RS256, by a longer key',
      tokenOf('RS256', Buffer.alloc(512, 7)),
      rsaKeys,
      /It has 512 bytes, .*\(2048 bits\) has 256\.$/,
    ],
    [
      'RS256, in hexadecimal',
      tokenOf('RS256', hex(rs)),
      rsaKeys,
      /hexadecimal, encoded once more; .*256 bytes.*mended/,
    ],
    ['RS256, in base64 twice', tokenOf('RS256', base64(rs)), rsaKeys, /encoded twice.*mended/],
    [
      'PS256, cut',
      tokenOf('PS256', rs.subarray(0, 128)),
      rsaKeys,
      /It has 128 bytes, .* has 256\. Was it cut\?/,
    ],
    [
      'RS256, of the right length',
      tokenOf('RS256', Buffer.alloc(256, 7)),
      rsaKeys,
      /Header, payload or signature was changed since/,
    ],
    ['ES256, in DER', tokenOf('ES256', der(input('ES256'))), ecKeys, /in DER.*64 bytes.*mended/],
    [
      'ES256, in DER, of another text',
      tokenOf('ES256', der('x')),
      ecKeys,
      /in DER.*\(RFC 7518 section 3\.4\)\.$/,
    ],
    ['ES256, in hexadecimal', tokenOf('ES256', hex(es)), ecKeys, /hexadecimal.*mended/],
    [
      'ES256, a zero byte before it',
      tokenOf('ES256', Buffer.concat([zero, es])),
      ecKeys,
      /zero byte before it.*mended/,
    ],
    [
      'ES256, cut',
      tokenOf('ES256', es.subarray(0, 63)),
      ecKeys,
      /It has 63 bytes, and one of ES256 has 64\. Was it cut\?/,
    ],
    [
      'ES256, as long as one of ES384',
      tokenOf('ES256', Buffer.alloc(96, 7)),
      ecKeys,
      /has 64\. 96 is the length of ES384\.$/,
    ],
    [
      'HS256, 31 bytes',
      tokenOf('HS256', hs.subarray(0, 31)),
      shared,
      /It has 31 bytes, and one of HS256 has 32\. Was it cut\?/,
    ],
    ['HS256, in hexadecimal', tokenOf('HS256', hex(hs)), shared, /hexadecimal.*mended/],
    ['HS256, in base64 twice', tokenOf('HS256', base64(hs)), shared, /encoded twice.*mended/],
    [
      'HS256, as long as one of HS512',
      tokenOf('HS256', Buffer.alloc(64, 7)),
      shared,
      /64 is the length of HS512, ES256, EdDSA/,
    ],
    [
      'HS256, of the right length',
      tokenOf('HS256', Buffer.alloc(32, 7)),
      shared,
      /Header, payload or signature was changed since/,
    ],
  ] as const)('%s', async (_, text, keys, words) => {
    expect(await said(text, keys)).toMatch(words)
  })

  it('RFC 8017 4.1: a signature that a signer wrote as a number lacks the zero it began with', async () => {
    for (let i = 0; i < 5000; i++) {
      const text = `${base64url({ alg: 'RS256', kid: 'a' })}.${base64url({ i })}`
      const signature = rsa(text)
      if (signature[0] !== 0) continue
      const short = `${text}.${signature.subarray(1).toString('base64url')}`
      expect(await said(short, rsaKeys)).toMatch(
        /lacks the zero bytes that it begins with.*256 bytes.*mended/,
      )
      return
    }
    throw new Error('None of 5000 signatures began with zero.')
  })

  it('of keys of two lengths, one that fits says nothing of length', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
    const both = setOf(publicJwk('rsa'), publicKey.export({ format: 'jwk' }))
    const text = `${base64url({ alg: 'RS256' })}.${base64url(claims)}.${Buffer.alloc(384, 7).toString('base64url')}`
    expect(await said(text, both)).toMatch(/was changed since/)
  })

  it('a good token is none of these', async () => {
    expect(await said(token({ alg: 'RS256', kid: 'a' }, claims, pairs.rsa.privateKey), rsaKeys)).toMatch(
      /^pass/,
    )
  })
})

test.each([
  ['HS256', 31, /It has 31 bytes, and one of HS256 has 32\. Was it cut\?/],
  ['HS256', 33, /It has 33 bytes, and one of HS256 has 32\.$/],
  ['HS512', 32, /32 is the length of HS256\.$/],
  ['ES256', 70, /It has 70 bytes, and one of ES256 has 64\.$/],
  ['ES512', 128, /has 132\. Was it cut\?/],
  ['EdDSA', 63, /has 64\. Was it cut\?/],
  ['RS256', 257, /It has 257 bytes, and one of RS256 is as long as its key.*Was it cut\?/],
  ['RS256', 250, /as long as its key.*Was it cut\?/],
  ['PS512', 3, /as long as its key.*Was it cut\?/],
  ['RS256', 256, null],
  ['RS256', 384, null],
  ['PS256', 128, null],
  ['ES256', 64, null],
  ['unknown', 5, null],
] as const)('before any key is known: %s with %i bytes', (alg, bytes, words) => {
  const trouble = lengthTrouble(alg, bytes)
  if (words === null) expect(trouble).toBeNull()
  else expect(trouble).toMatch(words)
})

describe('RFC 7515 4.1.1: "The alg value is a case-sensitive ASCII string"', () => {
  test.each([
    ['rs256', /case-sensitive: it is “RS256”/],
    ['Hs512', /case-sensitive: it is “HS512”/],
    ['eddsa', /case-sensitive: it is “EdDSA”/],
    ['es256k', /case-sensitive: it is “ES256K”/],
    ['RS-256', /the registered name is “RS256”/],
    ['HMAC-SHA256', /the registered name is “HS256”/],
    ['HmacSHA512', /the registered name is “HS512”/],
    ['SHA256', /the registered name is “HS256”/],
    ['SHA256withRSA', /the registered name is “RS256”/],
    ['SHA256withECDSA', /the registered name is “ES256”/],
    ['RSASSA_PKCS1_V1_5_SHA_256', /the registered name is “RS256”/],
    ['RSASSA_PSS_SHA_384', /the registered name is “PS384”/],
    ['ECDSA_SHA_256', /the registered name is “ES256”/],
    ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', /the registered name is “HS256”/],
    ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', /the registered name is “RS256”/],
    ['Ed-25519', /the registered name is “EdDSA”/],
    ['RSA-OAEP', /protects the key of an encrypted token/],
    ['A128KW', /protects the key of an encrypted token/],
    ['RSA', /No signature algorithm of this name/],
    ['MD5', /No signature algorithm of this name/],
    ['', /No signature algorithm of this name/],
  ])('%s', (alg, words) => {
    expect(whyNoSignatureAlg(alg)).toMatch(words)
  })

  test.each(['RS256', 'PS512', 'ES384', 'HS256', 'EdDSA', 'Ed25519', 'ES256K', 'ML-DSA-65'])(
    '%s is one',
    (alg) => {
      expect(whyNoSignatureAlg(alg)).toBeNull()
    },
  )
})
