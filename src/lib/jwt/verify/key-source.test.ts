import fc from 'fast-check'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { certificatePem, selfSignedCertificate } from '../../keys/certificate.ts'
import { generateKey } from '../../keys/generate-key.ts'
import { cpuMs, expectVerified, keysOf, pairs, publicJwk, setOf, token } from './jws-testing.ts'
import { readKeys, secretSource } from './key-source.ts'

const pem = (key: KeyObject, type: 'spki' | 'pkcs1' | 'pkcs8' | 'sec1'): string =>
  key.export({ type, format: 'pem' }).toString()
const unreadable = (text: string) => {
  const source = readKeys(text)
  return source.kind === 'unreadable' ? source.message : `read: ${JSON.stringify(source)}`
}
const notesOf = (text: string) => {
  const source = readKeys(text)
  return source.kind === 'set' ? source.notes : [source.kind]
}

const spki = pem(pairs.rsa.publicKey, 'spki')

describe('PEM becomes the JWK that Node makes of it', () => {
  const names = ['rsa', 'p256', 'p384', 'p521', 'ed25519'] as const
  test.each(names)('SubjectPublicKeyInfo: %s', (name) => {
    const [key, ...others] = keysOf(pem(pairs[name].publicKey, 'spki'))
    expect(key?.jwk).toEqual(publicJwk(name))
    expect([key?.kid, key?.alg, key?.use, key?.key_ops, others]).toEqual([null, null, null, null, []])
  })

  it('PKCS#1 RSAPublicKey', () => {
    expect(keysOf(pem(pairs.rsa.publicKey, 'pkcs1'))[0]?.jwk).toEqual(publicJwk('rsa'))
  })

  it('a SubjectPublicKeyInfo marked for RSASSA-PSS with one hash is for that algorithm', () => {
    const pss = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: 'sha384',
      mgf1HashAlgorithm: 'sha384',
    })
    const [key] = keysOf(pem(pss.publicKey, 'spki'))
    expect([key?.kty, key?.alg]).toEqual(['RSA', 'PS384'])
    const any = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    expect(keysOf(pem(any.publicKey, 'spki'))[0]?.alg).toBeNull()
  })

  test.each(['RS256', 'ES384', 'Ed25519'] as const)('X.509 certificate: %s', async (alg) => {
    const key = await generateKey(alg, {})
    const certificate = await selfSignedCertificate(key, { subject: 'a', days: 1, now: Date.now() })
    const text = certificatePem(certificate)
    expect(keysOf(text)[0]?.jwk).toEqual(key.publicJwk)
    expect(notesOf(text)).toEqual([expect.stringContaining('taken from a certificate')])
    // The label is what people copy wrong; the bytes are certain.
    expect(keysOf(text.replaceAll('CERTIFICATE', 'PUBLIC KEY'))[0]?.jwk).toEqual(key.publicJwk)
  })

  it('a request for a certificate', async () => {
    const { Pkcs10CertificateRequestGenerator } = await import('@peculiar/x509')
    const key = await generateKey('ES256', {})
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: 'CN=a',
      keys: { privateKey: key.privateKey, publicKey: key.publicKey },
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    })
    expect(keysOf(request.toString('pem'))[0]?.jwk).toEqual(key.publicJwk)
    expect(notesOf(request.toString('pem'))).toEqual(['The key was taken from a request for a certificate.'])
  })

  test.each([
    ['text around it', `Bag Attributes\n  friendlyName: a\n${spki}\nThat was it.`],
    ['\\n instead of line breaks', spki.replaceAll('\n', '\\n')],
    ['\\r\\n', spki.replaceAll('\n', '\r\n')],
    ['one line', spki.replaceAll('\n', ' ')],
    ['indented', spki.replaceAll('\n', '\n    ')],
    ['in quotes', `'${spki}'`],
    ['in JSON, as older Spring servers give it', JSON.stringify({ alg: 'SHA256withRSA', value: spki })],
    ['dashes of a word processor', spki.replaceAll('-----', '–––––')],
    ['without its END line', spki.replace(/-----END.*/, '')],
    ['the body alone, as Keycloak shows it', spki.replace(/-----.*-----/g, '')],
    ['a byte order mark', `\uFEFF${spki}`],
  ])('with dirt: %s', (_, text) => {
    expect(keysOf(text).map(({ jwk }) => jwk)).toEqual([publicJwk('rsa')])
  })

  it('several blocks are several keys, and the same key twice is one', () => {
    const two = keysOf(spki + pem(pairs.p256.publicKey, 'spki') + pem(pairs.rsa.publicKey, 'pkcs1'))
    expect(two.map(({ kty }) => kty)).toEqual(['RSA', 'EC'])
  })
})

describe('a private key: its public half is used, and the rest is not kept', () => {
  const { rsa, p256, ed25519 } = pairs
  const secrets = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'priv', 'oth']

  test.each([
    ['JWK RSA', JSON.stringify(rsa.privateKey.export({ format: 'jwk' })), publicJwk('rsa')],
    ['JWK EC', JSON.stringify(p256.privateKey.export({ format: 'jwk' })), publicJwk('p256')],
    ['JWK OKP', JSON.stringify(ed25519.privateKey.export({ format: 'jwk' })), publicJwk('ed25519')],
    [
      'JWK AKP',
      '{"kty":"AKP","alg":"ML-DSA-44","pub":"AAAA","priv":"BBBB"}',
      { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' },
    ],
    ['PKCS#8 RSA', pem(rsa.privateKey, 'pkcs8'), publicJwk('rsa')],
    ['PKCS#1 RSA', pem(rsa.privateKey, 'pkcs1'), publicJwk('rsa')],
    ['PKCS#8 EC', pem(p256.privateKey, 'pkcs8'), publicJwk('p256')],
    ['SEC1 EC', pem(p256.privateKey, 'sec1'), publicJwk('p256')],
  ])('%s', (_, text, jwk) => {
    const source = readKeys(text)
    expect(keysOf(text)[0]?.jwk).toEqual(jwk)
    expect(notesOf(text)).toEqual([expect.stringMatching(/private key\. Only its public half is used/)])
    const kept = JSON.stringify(source)
    for (const name of secrets) expect(kept).not.toContain(`"${name}":`)
    expect(kept).not.toContain('BBBB')
  })

  it('"sign" of a private key is "verify" of its public half', () => {
    const jwk = { ...p256.privateKey.export({ format: 'jwk' }), key_ops: ['sign'] }
    expect(keysOf(JSON.stringify(jwk))[0]?.key_ops).toEqual(['verify'])
    expect(keysOf(JSON.stringify(publicJwk('p256', { key_ops: ['sign'] })))[0]?.key_ops).toEqual(['sign'])
  })

  test.each([
    ['Ed25519 without its public half', pem(ed25519.privateKey, 'pkcs8'), /openssl pkey .* -pubout/],
    [
      'encrypted',
      p256.privateKey
        .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
        .toString(),
      /encrypted.*openssl pkey .* -pubout/,
    ],
    [
      'encrypted in the traditional way',
      rsa.privateKey
        .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
        .toString(),
      /public half of this private key cannot be read/,
    ],
  ])('%s: how to get it', (_, text, message) => {
    expect(unreadable(text)).toMatch(message)
  })
})

describe('RFC 7517', () => {
  it('4: the members that choosing needs, and the parameters alone', () => {
    const jwk = publicJwk('p256', {
      kid: 'a',
      alg: 'ES256',
      use: 'sig',
      key_ops: ['verify'],
      x5t: 'x',
      iss: 'y',
    })
    expect(keysOf(JSON.stringify(jwk))).toEqual([
      {
        kid: 'a',
        kty: 'EC',
        alg: 'ES256',
        use: 'sig',
        key_ops: ['verify'],
        certificate: { x5t: 'x', 'x5t#S256': null, der: null },
        jwk: publicJwk('p256'),
      },
    ])
  })

  it('5: "Implementations SHOULD ignore JWKs within a JWK Set that use "kty" values that are not understood" - they are kept to be named, without parameters', () => {
    expect(keysOf('{"keys":[{"kty":"NEW","kid":"a","z":"1"}]}')).toEqual([
      { kid: 'a', kty: 'NEW', alg: null, use: null, key_ops: null, certificate: null, jwk: { kty: 'NEW' } },
    ])
    expect(notesOf('{"keys":[{"kid":"a"},{"kty":"EC"}]}')).toEqual([
      'A key without kid is incomplete: it has no crv and no x and no y.',
      '1 of 2 entries have no kty, and were left out.',
    ])
  })

  it('a configuration file with a JWK Set inside, also as a string', () => {
    const set = { keys: [publicJwk('p256', { kid: 'a' })] }
    expect(keysOf(JSON.stringify({ client: { jwks: set } }))).toHaveLength(1)
    expect(keysOf(JSON.stringify({ jwks: JSON.stringify(set) }))).toHaveLength(1)
    expect(keysOf(JSON.stringify([publicJwk('p256')]))).toHaveLength(1)
  })

  it('an empty set is a set', () => {
    expect(readKeys('{"keys":[]}')).toEqual({ kind: 'set', keys: [], notes: [] })
  })

  it('4.5: keys with the same kid are both kept, and that is said', () => {
    const source = setOf(publicJwk('p256', { kid: 'a' }), publicJwk('rsa', { kid: 'a' }))
    expect(source).toMatchObject({ notes: ['More than one key is called “a”; each of them is tried.'] })
  })

  it('a kid that is no string is left out, and that is said', () => {
    const source = setOf(publicJwk('p256', { kid: 7 }))
    expect(source).toMatchObject({
      keys: [{ kid: null }],
      notes: ['The kid of a key is not a string, and was left out.'],
    })
  })
})

describe('RFC 7518: what servers write wrongly is mended, and that is said', () => {
  const { n = '', e = '' } = pairs.rsa.publicKey.export({ format: 'jwk' })
  const point = pairs.p256.publicKey.export({ format: 'jwk' })
  const withSign = Buffer.concat([Buffer.of(0), Buffer.from(n, 'base64url')])

  test.each([
    ['6.3.1.1: a sign byte before the modulus', { kty: 'RSA', n: withSign.toString('base64url'), e }],
    ['plain base64 with padding', { kty: 'RSA', n: Buffer.from(n, 'base64url').toString('base64'), e }],
  ])('%s', async (_, jwk) => {
    const source = setOf({ ...jwk, kid: 'a' })
    expect(source).toMatchObject({ keys: [{ jwk: { n } }] })
    expect(source).toMatchObject({ notes: [expect.stringMatching(/^Key “a”: n is not written as RFC 7518/)] })
    await expectVerified(token({ alg: 'RS256', kid: 'a' }, {}, pairs.rsa.privateKey), source)
  })

  const decimal = (value: string) => BigInt(`0x${Buffer.from(value, 'base64url').toString('hex')}`).toString()

  test.each<[string, (n: string, e: string) => string]>([
    ['n in digits, e a number', (digits, exponent) => `"n":"${digits}","e":${exponent}`],
    ['both in digits', (digits, exponent) => `"n":"${digits}","e":"${exponent}"`],
    ['both numbers', (digits, exponent) => `"n":${digits},"e":${exponent}`],
  ])('6.3.1: a modulus in decimal (home-made in Python): %s', async (_, write) => {
    const source = readKeys(`{"keys":[{"kty":"RSA","kid":"a",${write(decimal(n), decimal(e))}}]}`)
    expect(source).toMatchObject({
      keys: [{ jwk: { n, e } }],
      notes: [expect.stringContaining('n, e is not written')],
    })
    await expectVerified(token({ alg: 'RS256', kid: 'a' }, {}, pairs.rsa.privateKey), source)
  })

  it('RFC 7517 5: keys that are texts (PyJWT’s to_jwk) are keys all the same, and others refuse them', () => {
    const text = JSON.stringify(publicJwk('p256', { kid: 'a' }))
    const source = readKeys(JSON.stringify({ keys: [text, {}] }))
    expect(source).toMatchObject({
      keys: [{ kid: 'a' }],
      notes: [
        '1 of 2 entries have no kty, and were left out.',
        expect.stringMatching(/^1 of 2 entries are texts.*PyJWKClient/),
      ],
    })
  })

  it('6.2.1.2: "The length of this octet string MUST be the full size of a coordinate"', () => {
    const short = Buffer.alloc(31, 7)
    const [key] = keysOf(JSON.stringify({ ...point, x: short.toString('base64url') }))
    expect(Buffer.from(key?.jwk['x'] ?? '', 'base64url')).toEqual(Buffer.concat([Buffer.of(0), short]))
    const long = Buffer.concat([Buffer.of(0), Buffer.from(point.x ?? '', 'base64url')])
    expect(setOf({ ...point, x: long.toString('base64url') })).toMatchObject({
      keys: [{ jwk: { x: point.x } }],
    })
  })
})

describe('what is no key, and what to do instead', () => {
  test.each([
    ['', /nothing here/],
    ['  \n ', /nothing here/],
    ['https://as.example/jwks', /This is a URL/],
    [token({ alg: 'HS256' }, {}, 'x'), /a JWT or another token/],
    ['ssh-rsa AAAAB3NzaC1yc2E me@here', /ssh-keygen -e -m PKCS8/],
    ['<RSAKeyValue><Modulus>', /ExportSubjectPublicKeyInfoPem/],
    ['./key.pem', /name of a file/],
    ['changeit', /A shared secret is entered as a secret/],
    ['{"issuer":"https://a","jwks_uri":"https://a/jwks"}', /metadata. Its keys are at https:\/\/a\/jwks/],
    ['{"a":1}', /nothing in it has a “kty”/],
    ['{"keys":[', /not JSON: Expected a value.*Line 1, column 10/],
    ['-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', /damaged or incomplete/],
    ['-----BEGIN PUBLIC KEY-----\n%%%%\n-----END PUBLIC KEY-----', /base64 does not have/],
    [pem(generateKeyPairSync('ed448').publicKey, 'spki'), /Ed448/],
    [pem(generateKeyPairSync('x25519').publicKey, 'spki'), /ECDH/],
    [pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey, 'spki'), /secp256k1/],
    [
      generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
        .publicKey.export({ type: 'spki', format: 'pem' })
        .toString(),
      /spells its curve out/,
    ],
  ])('%s', (text, message) => {
    expect(unreadable(text)).toMatch(message)
  })

  it('a compressed point', () => {
    const der = pairs.p256.publicKey.export({ type: 'spki', format: 'der' })
    const start = der.length - 65
    const point = Buffer.concat([Buffer.of(2), der.subarray(start + 1, start + 33)])
    const identifier = der.subarray(2, start - 3)
    const body = Buffer.concat([identifier, Buffer.of(3, point.length + 1, 0), point])
    const text = Buffer.concat([Buffer.of(0x30, body.length), body]).toString('base64')
    expect(unreadable(`-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----`)).toMatch(/compressed/)
  })

  it('is bounded: 1 MiB of text, 1000 keys', () => {
    expect(unreadable(' '.repeat(1024 * 1024 + 1))).toMatch(/1048577 characters; up to 1048576/)
    const many = (count: number) =>
      JSON.stringify({ keys: Array.from({ length: count }, (_, i) => ({ kty: 'EC', kid: String(i) })) })
    expect(keysOf(many(1000))).toHaveLength(1000)
    expect(unreadable(many(1001))).toMatch(/up to 1000/)
    const body = spki.replace(/-----.*-----/g, '').trim()
    expect(unreadable(`-----BEGIN PUBLIC KEY-----\n${body}\n`.repeat(1500))).toMatch(/up to 1000/)
  })
})

it('a secret is kept as it is', () => {
  expect(secretSource(' päss ')).toEqual({ kind: 'secret', secret: ' päss ' })
})

describe('for any text', () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((data) => Buffer.from(data).toString('base64'))
  const blocks = bytes.map((body) => `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`)
  const names = fc.constantFrom(
    'kty',
    'kid',
    'use',
    'alg',
    'key_ops',
    'keys',
    'n',
    'e',
    'crv',
    'x',
    'y',
    'd',
    'k',
  )
  const values = fc.oneof(
    fc.constantFrom('RSA', 'EC', 'OKP', 'AKP', 'oct', 'P-256'),
    fc.jsonValue(),
    fc.string(),
  )
  const jwks = fc.array(fc.dictionary(names, values)).map((keys) => JSON.stringify({ keys }))
  const der = spki.replace(/-----.*-----|\s/g, '')
  const damaged = fc.tuple(fc.nat(der.length - 1), fc.nat(255)).map(([at, byte]) => {
    const data = Buffer.from(der, 'base64')
    data[at % data.length] = byte
    return `-----BEGIN PUBLIC KEY-----\n${data.toString('base64')}`
  })

  test.each([
    ['strings', fc.string({ unit: 'binary' })],
    ['JSON', fc.json()],
    ['JWK Sets of anything', jwks],
    ['PEM of anything', blocks],
    ['a public key with one byte changed', damaged],
  ])('readKeys never throws: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(['set', 'unreadable']).toContain(readKeys(text).kind)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['spaces', ' '.repeat(1e6) + 'x'],
    ['quotes', "'".repeat(1e6)],
    ['brackets', '['.repeat(1e6)],
    ['dashes', '-'.repeat(1e6)],
    ['boundaries', '-----BEGIN A-----'.repeat(6e4)],
    ['base64', 'A'.repeat(1e6)],
    ['DER that nests', Buffer.from('3080'.repeat(3e5), 'hex').toString('base64')],
    ['a set of sets', `{"keys":[${'{"keys":[]},'.repeat(8e4)}{}]}`],
  ])('is quick about 1 MB of %s', (_, text) => {
    const start = cpuMs()
    readKeys(text)
    expect(cpuMs() - start).toBeLessThan(3000)
  })
})
