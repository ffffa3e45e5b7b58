import { describe, expect, it, test } from 'vitest'
import { certificatePem, certificateThumbprint, selfSignedCertificate } from '../../keys/certificate.ts'
import { generateKey } from '../../keys/generate-key.ts'
import { base64url, setOf, stepOf } from './jws-testing.ts'
import { readKeys, type KeySource } from './key-source.ts'
import { verify } from './verify.ts'

const key = await generateKey('ES256', {})
const other = await generateKey('ES256', {})
const ofKey = await selfSignedCertificate(key, { subject: 'a', days: 1, now: Date.now() })
const ofOther = await selfSignedCertificate(other, { subject: 'b', days: 1, now: Date.now() })
const sha1 = async (der: string, encoding: 'base64url' | 'hex' | 'base64' = 'base64url') =>
  Buffer.from(await crypto.subtle.digest('SHA-1', Buffer.from(der, 'base64'))).toString(encoding)
const s256 = await certificateThumbprint(ofKey)
const x5t = await sha1(ofKey)
const [inHex, inBase64] = [await sha1(ofKey, 'hex'), await sha1(ofKey, 'base64')]

async function token(header: object): Promise<string> {
  const input = `${base64url({ alg: 'ES256', ...header })}.${base64url({ iss: 'a' })}`
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, Buffer.from(input))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}
const own = key.publicJwk
const foreign = other.publicJwk
const chosen = async (header: object, source: KeySource) => {
  const verification = await verify(await token(header), source)
  return { verdict: verification.verdict, ...stepOf(verification, /A key fits/) }
}

describe('RFC 7515 4.1.7 and 4.1.8: a token that names its key by a certificate', () => {
  test.each<[string, object, object]>([
    ['x5t, as the key says', { x5t }, { x5t }],
    ['x5t, of the certificate in x5c', { x5t }, { x5c: [ofKey] }],
    ['x5t#S256, as the key says', { 'x5t#S256': s256 }, { 'x5t#S256': s256 }],
    ['x5t#S256, of the certificate in x5c', { 'x5t#S256': s256 }, { x5c: [ofKey] }],
    ['x5t in hexadecimal', { x5t: inHex }, { x5t }],
    ['x5t in plain base64', { x5t: inBase64 }, { x5t }],
    ['x5t that is the kid of the key, as with Microsoft', { x5t }, { kid: x5t }],
  ])('%s', async (_, header, of) => {
    const source = setOf({ ...foreign, kid: 'b', x5c: [ofOther] }, { kid: 'a', ...own, ...of })
    const { verdict, result, found } = await chosen(header, source)
    expect([verdict, result]).toEqual(['verified', 'pass'])
    expect(found).toMatch(
      /^The token names no kid, but a certificate \(x5t(?:#S256)? “[\w+/=-]+”\)\. That of key “/,
    )
  })

  it('of PEM, the certificate itself', async () => {
    const source = readKeys(certificatePem(ofOther) + certificatePem(ofKey))
    expect(await chosen({ x5t }, source)).toMatchObject({ verdict: 'verified', result: 'pass' })
  })

  it('no key has it: those that there are, and that one of them verifies it all the same', async () => {
    const others = setOf({ ...foreign, kid: 'b', x5c: [ofOther] })
    const none = await chosen({ x5t }, others)
    expect(none).toMatchObject({ verdict: 'failed', remedy: 'fetch-again' })
    expect(none.found).toMatch(
      /No key here has that certificate; there is key “b” \(EC, P-256\)\. Servers change/,
    )
    const renamed = setOf({ ...own, kid: 'a', x5t: 'AAAA' })
    expect((await chosen({ x5t }, renamed)).found).toContain('Yet key “a” verifies the signature')
  })

  it('no key names a certificate: each that fits is tried, and that is said', async () => {
    const { verdict, result, found } = await chosen(
      { x5t },
      setOf({ ...foreign, kid: 'b' }, { ...own, kid: 'a' }),
    )
    expect([verdict, result]).toEqual(['verified', 'warn'])
    expect(found).toContain('names no certificate to compare')
  })

  it('its key is not for this algorithm', async () => {
    const { found } = await chosen({ x5t }, setOf({ ...own, kid: 'a', use: 'enc', x5t }))
    expect(found).toContain('is the same, but it is for encryption (use: enc)')
  })

  it('a kid decides, and if no key has it, the certificate', async () => {
    const source = setOf({ ...own, kid: 'a', x5t }, { ...foreign, kid: 'b' })
    expect((await chosen({ kid: 'a', x5t: 'AAAA' }, source)).found).toContain('The token names the key “a”')
    const { verdict, result, found } = await chosen({ kid: 'c', x5t }, source)
    expect([verdict, result]).toEqual(['verified', 'warn'])
    expect(found).toContain('“c”, which no key here is called. Its x5t is that of key “a”')
    expect(await chosen({ kid: 'c', x5t: 'AAAA' }, source)).toMatchObject({ verdict: 'failed' })
  })
})
