import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  der,
  ed25519,
  expectPair,
  imported,
  importing,
  json,
  jwk,
  label,
  otherP256,
  otherRsa,
  p256,
  pem,
  refused,
  rsa,
  rsaPem,
} from './import-testing.ts'
import { rsaAlgs } from './key-kinds.ts'

describe('formats', () => {
  test.each([
    ['PKCS#8 of RSA', pem(rsa.privateKey), rsa.publicKey, 'RS256', 'PEM (PKCS#8)'],
    ['PKCS#1', pem(rsa.privateKey, 'pkcs1'), rsa.publicKey, 'PS256', 'PEM (PKCS#1)'],
    ['PKCS#8 of EC', pem(p256.privateKey), p256.publicKey, 'ES256', 'PEM (PKCS#8)'],
    ['SEC1', pem(p256.privateKey, 'sec1'), p256.publicKey, 'ES256', 'PEM (SEC1)'],
    ['PKCS#8 of Ed25519', pem(ed25519.privateKey), ed25519.publicKey, 'Ed25519', 'PEM (PKCS#8)'],
    ['base64 of PKCS#8 alone', der(rsa.privateKey), rsa.publicKey, 'RS256', 'base64 (PKCS#8)'],
    ['base64 of PKCS#1 alone', der(rsa.privateKey, 'pkcs1'), rsa.publicKey, 'RS256', 'base64 (PKCS#1)'],
    ['base64 of SEC1 alone', der(p256.privateKey, 'sec1'), p256.publicKey, 'ES256', 'base64 (SEC1)'],
    ['JWK of RSA', json(rsa.privateKey), rsa.publicKey, 'RS256', 'JWK'],
    ['JWK of EC', json(p256.privateKey), p256.publicKey, 'ES256', 'JWK'],
    ['JWK of Ed25519', json(ed25519.privateKey), ed25519.publicKey, 'Ed25519', 'JWK'],
  ] as const)('%s', async (_, text, publicKey, alg, format) => {
    const { key, notes } = await expectPair(text, publicKey, alg)
    expect(key.origin).toBe(`Imported from ${format}`)
    expect(key.kid).toBe(key.thumbprint)
    expect(key.certificate).toBeNull()
    expect(notes).toEqual([])
  })

  it('a label that names another format does not matter', async () => {
    const mislabelled = pem(rsa.privateKey, 'pkcs1').replaceAll('RSA PRIVATE', 'PRIVATE')
    await expectPair(mislabelled, rsa.publicKey, 'RS256')
  })

  it('the private half cannot be exported unless that is asked for; the public half always can', async () => {
    const { key } = await imported(pem(p256.privateKey))
    expect([key.privateKey.extractable, key.publicKey.extractable]).toEqual([false, true])
    expect(key.privateKey.usages).toEqual(['sign'])
    const open = await importing(json(p256.privateKey), null, { extractable: true })
    expect(open.ok && open.key.privateKey.extractable).toBe(true)
  })
})

describe('key_ops, RFC 7517 section 4.3', () => {
  it('an empty list says nothing, which is said', async () => {
    const { key, notes } = await expectPair(
      json(p256.privateKey, { use: 'sig', key_ops: [] }),
      p256.publicKey,
      'ES256',
    )
    expect(key.privateKey.usages).toEqual(['sign'])
    expect(notes).toEqual([expect.stringContaining('WebCrypto and jose refuse such a key')])
    expect((await refused(json(p256.privateKey, { use: 'enc', key_ops: [] }))).message).toContain('“use”')
  })
})

describe('the algorithm', () => {
  it('is the one a JWK names, whatever was chosen', async () => {
    const { key, notes } = await imported(json(rsa.privateKey, { alg: 'RS512', kid: 'a' }), 'PS256')
    expect([key.alg, key.kid]).toEqual(['RS512', 'a'])
    expect(key.privateKey.algorithm).toMatchObject({ name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-512' } })
    expect(notes).toEqual(['This is a key for RS512; PS256 was not used.'])
  })

  test.each([
    ['P-384', 'ES384'],
    ['P-521', 'ES512'],
  ])('is that of the curve: %s gives %s', async (namedCurve, alg) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    for (const text of [pem(privateKey), pem(privateKey, 'sec1'), json(privateKey)]) {
      const { key } = await imported(text, 'ES256')
      expect(key.alg).toBe(alg)
      expect(key.privateKey.algorithm).toMatchObject({ namedCurve })
    }
  })

  it('of an Ed25519 key may be called EdDSA', async () => {
    expect((await imported(json(ed25519.privateKey, { alg: 'EdDSA' }))).key.alg).toBe('Ed25519')
  })

  test.each([null, 'ES256', 'Ed25519'] as const)('must be chosen for RSA: %s does not fit', async (alg) => {
    for (const text of [rsaPem, json(rsa.privateKey)]) {
      const { message, choices } = await refused(text, alg)
      expect(message).toMatch(/^Choose the algorithm/)
      expect(choices).toEqual(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])
    }
  })

  test.each(rsaAlgs)('%s can be chosen for RSA', async (alg) => {
    expect((await imported(rsaPem, alg)).key.alg).toBe(alg)
  })

  describe('of a key marked for RSASSA-PSS', () => {
    it('is one of PS256, PS384 and PS512', async () => {
      const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
      expect((await refused(pem(privateKey), 'RS256')).choices).toEqual(['PS256', 'PS384', 'PS512'])
      expect((await imported(pem(privateKey), 'PS512')).key.alg).toBe('PS512')
    })

    test.each([
      ['sha256', 'PS256'],
      ['sha384', 'PS384'],
      ['sha512', 'PS512'],
    ])('is that of its hash: %s gives %s', async (hash, alg) => {
      const params = { modulusLength: 2048, hashAlgorithm: hash, mgf1HashAlgorithm: hash }
      const { privateKey } = generateKeyPairSync('rsa-pss', params)
      expect((await imported(pem(privateKey))).key.alg).toBe(alg)
    })

    it('does not exist for SHA-1, which parameters without a hash mean', async () => {
      const params = { modulusLength: 2048, hashAlgorithm: 'sha1', mgf1HashAlgorithm: 'sha1' }
      const { privateKey } = generateKeyPairSync('rsa-pss', params)
      expect((await refused(pem(privateKey))).message).toMatch('SHA-1')
    })
  })
})

describe('halves that do not belong together', () => {
  test.each([
    ['RSA', { ...jwk(rsa.privateKey), n: jwk(otherRsa.publicKey).n }],
    ['EC', { ...jwk(p256.privateKey), d: jwk(otherP256.privateKey).d }],
    ['Ed25519', { ...jwk(ed25519.privateKey), d: jwk(generateKeyPairSync('ed25519').privateKey).d }],
  ])('%s', async (_, mixed) => {
    expect((await refused(JSON.stringify(mixed), 'RS256')).message).toMatch('do not belong together')
  })
})

describe('any text gives a result', () => {
  const gives = async (text: string) => {
    const result = await importing(text, 'RS256')
    expect(result.ok || result.message.length > 0).toBe(true)
  }

  it('of any characters', () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), gives)))

  it('that is JSON', () => fc.assert(fc.asyncProperty(fc.json(), gives)))

  it('that is a JWK of odd members', () => {
    const value = fc.oneof(
      fc.base64String(),
      fc.string(),
      fc.constantFrom('P-256', 'Ed25519', 'AQAB'),
      fc.jsonValue(),
    )
    const names = [
      'crv',
      'x',
      'y',
      'd',
      'n',
      'e',
      'p',
      'q',
      'dp',
      'dq',
      'qi',
      'alg',
      'use',
      'kid',
      'key_ops',
      'x5c',
      'priv',
      'pub',
    ]
    const members = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] })
    const kty = fc.constantFrom('RSA', 'EC', 'OKP', 'AKP', 'oct', 'toString')
    return fc.assert(fc.asyncProperty(kty, members, (kty, jwk) => gives(JSON.stringify({ kty, ...jwk }))))
  })

  it('that is any DER', () => {
    const bytes = fc.uint8Array({ maxLength: 60 })
    const element = fc
      .tuple(fc.constantFrom(0x02, 0x03, 0x04, 0x06, 0x30, 0xa0), bytes)
      .map(([tag, content]) => [tag, content.length, ...content])
    const sequence = fc
      .array(element, { maxLength: 2 })
      .map((parts) => [0x30, parts.flat().length, ...parts.flat()])
    return fc.assert(
      fc.asyncProperty(sequence, (der) => gives(label('PRIVATE KEY', Buffer.from(der).toString('base64')))),
    )
  })

  it('that is a key with a character changed', () => {
    const keys = fc.constantFrom(
      pem(p256.privateKey),
      pem(p256.privateKey, 'sec1'),
      rsaPem,
      json(ed25519.privateKey),
    )
    const change = fc.tuple(keys, fc.nat(2000), fc.string({ maxLength: 2 }))
    return fc.assert(
      fc.asyncProperty(change, ([key, at, characters]) => {
        const index = at % key.length
        return gives(key.slice(0, index) + characters + key.slice(index + 1))
      }),
    )
  })
})
