import { describe, expect, it, test } from 'vitest'
import { writePem } from '../encoding/pem.ts'
import { certificatePem, selfSignedCertificate } from './certificate.ts'
import { generateKey } from './generate-key.ts'
import {
  ed25519,
  expectPair,
  imported,
  json,
  jwk,
  label,
  otherP256,
  otherRsa,
  p256,
  pem,
  rsa,
  rsaPem,
} from './import-testing.ts'

const certificate = label('CERTIFICATE', 'MAA=') + '\n'

describe('what copying does to PEM', () => {
  it('line breaks of Windows and of old Macs are those of PEM, too', async () => {
    for (const text of [rsaPem.replaceAll('\n', '\r\n'), rsaPem.replaceAll('\n', '\r')])
      expect((await expectPair(text, rsa.publicKey, 'RS256')).notes).toEqual([])
  })

  it('certificates before and after it, of another key', async () => {
    const { key, notes } = await expectPair(certificate + rsaPem + certificate, rsa.publicKey, 'RS256')
    expect(key.certificate).toBeNull()
    expect(notes).toEqual(['The certificate beside it was left out: it does not hold its public key.'])
  })

  it('its own certificate, in a chain', async () => {
    const made = await generateKey('ES256', { extractable: true })
    const own = await selfSignedCertificate(made, { subject: 'own', days: 1, now: Date.UTC(2026, 0) })
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', made.privateKey)).toString('base64')
    const key = writePem('PRIVATE KEY', pkcs8)
    const result = await imported(certificate + certificatePem(own) + key)
    expect(result.key.certificate).toBe(own)
    expect(result.notes).toEqual(['The certificate beside it was kept.'])
  })

  it('the parameters of the curve before it, as openssl ecparam writes them', async () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
    await expectPair(parameters + pem(p256.privateKey, 'sec1'), p256.publicKey, 'ES256')
  })

  it('another private key after it', async () => {
    const { notes } = await expectPair(rsaPem + pem(otherRsa.privateKey), rsa.publicKey, 'RS256')
    expect(notes).toEqual(['The text has 2 private keys; the first of them was taken.'])
  })
})

describe('what is next to JWKs', () => {
  const ec = jwk(p256.privateKey)
  test.each([
    ['a JWK Set with one private key', JSON.stringify({ keys: [jwk(rsa.publicKey), ec] })],
    ['JSON in a string', JSON.stringify(JSON.stringify(ec))],
    ['a string without its quotes', JSON.stringify(JSON.stringify(ec)).slice(1, -1)],
    [
      'a member of a configuration, as a string',
      JSON.stringify({ clientId: 'a', privateJwk: JSON.stringify(ec) }),
    ],
    ['white space', `\n  ${JSON.stringify(ec, null, 2)}\n`],
  ])('%s', async (_, text) => {
    expect((await expectPair(text, p256.publicKey, 'ES256')).notes).toEqual([])
  })

  it('of several private keys, the first that signs is used and named', async () => {
    const keys = [
      { ...jwk(rsa.privateKey), use: 'enc' },
      jwk(ed25519.publicKey),
      { ...ec, kid: 'the-first' },
      { ...jwk(otherP256.privateKey), kid: 'the-second' },
    ]
    const { key, notes } = await expectPair(JSON.stringify({ keys }), p256.publicKey, 'ES256')
    expect(key.kid).toBe('the-first')
    expect(notes).toEqual(['Of 2 private keys that sign, the first was taken: kid “the-first”.'])
  })

  it('the certificate of x5c is kept when it is of the key', async () => {
    const made = await generateKey('ES256', { extractable: true })
    const own = await selfSignedCertificate(made, { subject: 'own', days: 1, now: Date.UTC(2026, 0) })
    const exported = await crypto.subtle.exportKey('jwk', made.privateKey)
    expect((await imported(JSON.stringify({ ...exported, x5c: [own] }))).key.certificate).toBe(own)
    expect((await imported(json(p256.privateKey, { x5c: [own] }))).key.certificate).toBeNull()
  })
})

describe('a JWK as source text has it', () => {
  const key = JSON.stringify({ ...jwk(rsa.privateKey), alg: 'RS256' })
  test.each([
    ['a raw string of C#', `"""${key}"""`],
    ['the line around it', `    public const string Key = """\n        ${key}\n        """;`],
    ['a verbatim string of C#', `@"${key.replaceAll('"', '""')}"`],
    ['the line around that', `var jwk = @"${key.replaceAll('"', '""')}";`],
    ['an escaped string', `private const string Jwk = "${key.replaceAll('"', '\\"')}";`],
    ['a member of appsettings.json', `"PrivateJwk": "${key.replaceAll('"', '\\"')}",`],
    ['a string of a shell', `JWK='${key}' dotnet run`],
    ['an object of JavaScript', `const key = ${key};`],
  ])('%s', async (_, text) => {
    expect((await expectPair(text, rsa.publicKey, 'RS256')).notes.join()).toContain('Taken off or mended: ')
  })
})
