import { X509Certificate } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { certificatePem, certificateThumbprint, selfSignedCertificate } from './certificate.ts'
import { generateKey } from './generate-key.ts'

const options = { subject: 'my client', days: 365, now: Date.UTC(2026, 0, 31, 12) }

const read = (base64Der: string) => new X509Certificate(Buffer.from(base64Der, 'base64'))

test.each([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
] as const)('%s: signed by the key it holds', async (alg) => {
  const key = await generateKey(alg, {})
  const certificate = read(await selfSignedCertificate(key, options))
  expect(certificate.publicKey.export({ format: 'jwk' })).toEqual(key.publicJwk)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.issuer).toBe(certificate.subject)
  expect(certificate.ca).toBe(false)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
})

it('is valid from five minutes ago, for slow clocks, until so many days from now', async () => {
  const key = await generateKey('ES256', {})
  const { validFrom, validTo } = read(await selfSignedCertificate(key, options))
  expect([validFrom, validTo]).toEqual(['Jan 31 11:55:00 2026 GMT', 'Jan 31 12:00:00 2027 GMT'])
  // RFC 5280 section 4.1.2.5: "dates in 2050 or later MUST be encoded as GeneralizedTime".
  const long = read(await selfSignedCertificate(key, { ...options, days: 36_500 }))
  expect(long.validTo).toBe('Jan  7 12:00:00 2126 GMT')
  await expect(selfSignedCertificate(key, { ...options, days: 0 })).rejects.toThrow(RangeError)
  await expect(selfSignedCertificate(key, { ...options, days: Infinity })).rejects.toThrow(RangeError)
})

describe('the common name', () => {
  const names = [
    'a,O=b',
    'a+O=b',
    '"quoted"',
    '#04024869',
    'back\\slash',
    ' a ',
    'Zoë 🔑',
    'urn:client?a=b;c',
    'CN=CN',
  ]
  test.each(names)('%j stays one, as it is', async (subject) => {
    const key = await generateKey('ES256', {})
    const certificate = read(await selfSignedCertificate(key, { ...options, subject }))
    expect(certificate.toLegacyObject().subject).toEqual({ CN: subject })
  })

  it('ends after 64 characters, the most that RFC 5280 appendix A.1 allows', async () => {
    const key = await generateKey('ES256', {})
    const certificate = await selfSignedCertificate(key, { ...options, subject: '🔑'.repeat(65) })
    expect(read(certificate).toLegacyObject().subject).toEqual({ CN: '🔑'.repeat(64) })
  })
})

it('PEM and thumbprint are those of Node', async () => {
  const base64Der = await selfSignedCertificate(await generateKey('ES256', {}), options)
  const certificate = read(base64Der)
  expect(certificatePem(base64Der)).toBe(certificate.toString())
  const fingerprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex')
  expect(await certificateThumbprint(base64Der)).toBe(fingerprint.toString('base64url'))
})
