import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test, vi } from 'vitest'
import { json, jwk, label, lines, p256, pem, refused, rsa, rsaPem } from './import-testing.ts'

const encrypted = (type: 'pkcs1' | 'pkcs8', key = rsa.privateKey) =>
  key.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()

describe('what cannot be used, why, and the command that helps', () => {
  test.each([
    [
      'PKCS#8 behind a passphrase',
      encrypted('pkcs8'),
      /encrypted/,
      'openssl pkcs8 -in key.pem -out plain.pem',
    ],
    [
      'PKCS#1 behind a passphrase',
      encrypted('pkcs1'),
      /encrypted/,
      'openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem',
    ],
    [
      'its base64 alone',
      lines(encrypted('pkcs8')).slice(1, -1).join('\n'),
      /encrypted/,
      'openssl pkcs8 -inform DER -in key.der -out plain.pem',
    ],
    [
      'PuTTY',
      'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none',
      /PuTTY/,
      'puttygen key.ppk -O private-openssh -o plain.pem',
    ],
    [
      'PKCS#7',
      label('PKCS7'),
      /certificates and no private key/,
      'openssl pkcs12 -in key.p12 -nodes -nocerts -out plain.pem',
    ],
    ['PKCS#12', label('PKCS12'), /PKCS#12/, 'openssl pkcs12 -in key.p12 -nodes -nocerts -out plain.pem'],
    [
      'PKCS#12 in base64',
      btoa(`\x30\x26\x02\x01\x03\x30\x21${'\0'.repeat(33)}`),
      /PKCS#12/,
      'openssl pkcs12 -in key.p12 -nodes -nocerts -out plain.pem',
    ],
  ])('%s', async (_, text, message, command) => {
    const refusal = await refused(text)
    expect(refusal.message).toMatch(message)
    expect(refusal.command).toBe(command)
  })

  test.each([
    [
      'a public key',
      rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      /public key: it holds the public half/,
    ],
    [
      'a public key of PKCS#1',
      rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      /public half/,
    ],
    [
      'the base64 of a public key',
      rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      /public half/,
    ],
    ['a public key of OpenSSH', 'ssh-rsa AAAAB3NzaC1yc2E= me@here', /public half/],
    ['a certificate', label('CERTIFICATE'), /certificate: it holds the public half/],
    [
      'a request for one',
      label('CERTIFICATE REQUEST'),
      /request for a certificate: it holds the public half/,
    ],
    ['a public JWK', json(rsa.publicKey), /no “d”: it holds the public half/],
    ['a public JWK Set', JSON.stringify({ keys: [jwk(rsa.publicKey)] }), /public half/],
    ['a shared secret', '{"kty":"oct","k":"c2VjcmV0"}', /shared secret.*client_secret_jwt/],
    ['parameters alone', label('EC PARAMETERS'), /EC PRIVATE KEY/],
    ['an END line alone', 'MAA=\n-----END PRIVATE KEY-----', /BEGIN/],
    ['a JWK of an unknown type', '{"kty":"XYZ","d":"AA"}', /kty “XYZ”/],
    ['a JWK of an unknown curve', '{"kty":"EC","crv":"P-1","x":"AA","y":"AA","d":"AA"}', /“P-1”/],
    ['a JWK for encryption', json(rsa.privateKey, { use: 'enc' }), /“use”/],
    ['a JWK for verifying', json(rsa.privateKey, { key_ops: ['verify'] }), /“key_ops”/],
    [
      'a JWK whose alg is for encryption',
      json(rsa.privateKey, { alg: 'RSA-OAEP' }),
      /“RSA-OAEP”.*RS256, RS384/,
    ],
    ['a JWK whose alg is of another curve', json(p256.privateKey, { alg: 'ES384' }), /“ES384”.*ES256/],
    ['JSON without a JWK', '{"client_id":"a"}', /no JWK/],
    ['JSON that ends too early', json(rsa.privateKey).slice(0, -10), /not JSON: .* \(line 1, column \d+\)/],
    ['PEM that ends too early', lines(rsaPem).slice(0, 9).join('\n'), /incomplete/],
    ['PEM with dots for the rest', label('PRIVATE KEY', 'MIIE...'), /"\."/],
    ['a token', 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', /JWT/],
    ['the name of a file', '/etc/ssl/private/key.pem', /file/],
    ['XML of .NET', '<RSAKeyValue><Modulus/></RSAKeyValue>', /ExportPkcs8PrivateKeyPem/],
    ['nothing', ' \n', /^Paste a private key/],
    ['other words', 'correct horse battery staple', /^This is no private key/],
    ['64 KiB of anything', 'A'.repeat(65_537), /65537 characters/],
  ])('%s', async (_, text, message) => {
    const refusal = await refused(text)
    expect(refusal.message).toMatch(message)
    expect(refusal.command).toBeUndefined()
  })

  const otherKinds = [
    [
      'secp256k1',
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
      /ES256K, which no browser has/,
    ],
    ['P-224', generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).privateKey, /P-224/],
    [
      'brainpool',
      generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).privateKey,
      /1\.3\.36\.3\.3\.2\.8\.1\.1\.7/,
    ],
    ['Ed448', generateKeyPairSync('ed448').privateKey, /Ed448, which no browser has/],
    ['X25519', generateKeyPairSync('x25519').privateKey, /cannot sign/],
    ['X448', generateKeyPairSync('x448').privateKey, /cannot sign/],
    ['DSA', generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey, /DSA/],
    [
      'RSA of 1024 bits',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
      /1024 bits.*at least 2048/,
    ],
    ['RSA of 2047 bits', generateKeyPairSync('rsa', { modulusLength: 2047 }).privateKey, /2047 bits/],
  ] as const
  test.each(otherKinds)('%s', async (_, key, message) => {
    expect((await refused(pem(key), 'RS256')).message).toMatch(message)
  })

  test.each(otherKinds.filter(([name]) => /^(?:secp|Ed|X|RSA)/.test(name)))(
    '%s as a JWK',
    async (_, key, message) => {
      expect((await refused(json(key), 'RS256')).message).toMatch(message)
    },
  )

  it('a curve that is spelt out', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
    for (const type of ['pkcs8', 'sec1'] as const) {
      const { command } = await refused(pem(privateKey, type))
      expect(command).toBe('openssl ec -in key.pem -param_enc named_curve -out plain.pem')
    }
  })
})

it('an algorithm that the browser does not have', async () => {
  const refusing = vi
    .spyOn(crypto.subtle, 'importKey')
    .mockRejectedValue(new DOMException('', 'NotSupportedError'))
  const { message } = await refused('{"kty":"AKP","alg":"ML-DSA-44","pub":"AA","priv":"AA"}')
  expect(message).toBe('This browser does not have ML-DSA-44. Use a key for another algorithm.')
  refusing.mockRestore()
})

it('a page without crypto.subtle', async () => {
  vi.stubGlobal('crypto', {})
  expect((await refused(rsaPem, 'RS256')).message).toMatch('https')
  vi.unstubAllGlobals()
})

it('no message repeats the private half', async () => {
  const secret = jwk(p256.privateKey).d ?? ''
  for (const more of [{ crv: 'P-1' }, { x: 'AA' }, { alg: 'HS256' }, { use: 'enc' }, { y: 1 }]) {
    expect(JSON.stringify(await refused(json(p256.privateKey, more)))).not.toContain(secret)
  }
})
