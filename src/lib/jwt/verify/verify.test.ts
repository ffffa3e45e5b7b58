import fc from 'fast-check'
import { compactVerify, createLocalJWKSet } from 'jose'
import { describe, expect, it, test } from 'vitest'
import { base64url, cpuMs, expectVerified, pairs, publicJwk, setOf, stepOf, token } from './jws-testing.ts'
import { readKeys, secretSource, type KeySource } from './key-source.ts'
import { verify, type Verification } from './verify.ts'

const claims = { iss: 'https://as.example', exp: 2e9 }
const rs256 = (header: object = {}, alg = 'RS256') => token({ alg, ...header }, claims, pairs.rsa.privateKey)

async function refused(text: string, source: KeySource, what: RegExp) {
  const verification = await verify(text, source)
  expect(verification.verdict, JSON.stringify(verification.steps)).toBe('failed')
  const step = stepOf(verification, what)
  expect(step.result).toBe('fail')
  return step
}
const choice = /A key fits/
const signature = /The signature/

describe('verifies what Node signs', () => {
  const { rsa, p256, p384, p521, ed25519 } = pairs
  test.each([
    ['RS256', rsa],
    ['RS384', rsa],
    ['RS512', rsa],
    ['PS256', rsa],
    ['PS384', rsa],
    ['PS512', rsa],
    ['ES256', p256],
    ['ES384', p384],
    ['ES512', p521],
    ['EdDSA', ed25519],
    ['Ed25519', ed25519],
  ])('%s, by JWK, JWK Set and PEM', async (alg, { privateKey, publicKey }) => {
    const jwk = publicKey.export({ format: 'jwk' })
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const text = token({ alg, kid: 'a' }, claims, privateKey)
    const { steps } = await expectVerified(text, setOf({ ...jwk, kid: 'a', alg, use: 'sig' }))
    expect(steps.map(({ what, result }) => `${result}: ${what}`)).toEqual([
      'pass: It is a signed token (JWS)',
      'pass: Its algorithm protects it',
      'pass: It demands nothing that is unknown',
      'pass: There are keys to verify with',
      'pass: A key fits the token',
      'pass: The signature is that of the key',
    ])
    await expectVerified(text, readKeys(JSON.stringify(jwk)))
    await expectVerified(text, readKeys(pem))
  })

  test.each(['HS256', 'HS384', 'HS512'])('%s, by secret and JWK', async (alg) => {
    const text = token({ alg }, claims, 'correct horse battery staple, päss')
    const { steps } = await expectVerified(text, secretSource('correct horse battery staple, päss'))
    expect(steps[1]).toMatchObject({
      result: 'warn',
      found: expect.stringContaining('can also write one') as string,
    })
    await expectVerified(text, setOf({ kty: 'oct', k: base64url('correct horse battery staple, päss') }))
    expect((await verify(text, secretSource('another'))).verdict).toBe('failed')
  })

  it('a secret that is base64 or hexadecimal of its bytes', async () => {
    const bytes = Buffer.from('000102030405060708090a0b0c0d0e0ffbff', 'hex')
    const text = token({ alg: 'HS256' }, claims, bytes)
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      const verification = await expectVerified(text, secretSource(bytes.toString(encoding)))
      expect(stepOf(verification, signature).found).toMatch(/the secret, decoded from (?:base64|hexadecimal)/)
    }
  })

  it('RFC 9864 2.2: EdDSA and Ed25519 are names of one algorithm, in the token and in the key', async () => {
    for (const alg of ['EdDSA', 'Ed25519']) {
      const text = token({ alg }, claims, pairs.ed25519.privateKey)
      for (const own of ['EdDSA', 'Ed25519'])
        await expectVerified(text, setOf(publicJwk('ed25519', { alg: own })))
    }
  })

  it('ML-DSA, if the platform has it; if not, that says nothing about the token', async () => {
    const jwk = { kty: 'AKP', alg: 'ML-DSA-44', kid: 'a', pub: Buffer.alloc(1312).toString('base64url') }
    const text = `${base64url({ alg: 'ML-DSA-44', kid: 'a' })}.${base64url(claims)}.${Buffer.alloc(2420).toString('base64url')}`
    const has = await crypto.subtle.generateKey({ name: 'ML-DSA-44' }, false, ['sign']).then(
      () => true,
      () => false,
    )
    const verification = await verify(text, setOf(jwk))
    expect(verification.verdict).toBe(has ? 'failed' : 'unchecked')
    if (!has) {
      expect(stepOf(verification, signature)).toMatchObject({
        result: 'skipped',
        found: 'This browser does not have ML-DSA-44. That says nothing about the token.',
      })
    }
  })
})

describe('RFC 7515 appendix D: choosing the key, never the first', () => {
  const a = publicJwk('rsa', { kid: 'a', use: 'sig', alg: 'RS256' })
  const b = publicJwk('otherRsa', { kid: 'b', use: 'sig', alg: 'RS256' })

  it('by kid, wherever it is', async () => {
    for (const source of [setOf(a, b), setOf(b, a)]) {
      const verification = await expectVerified(rs256({ kid: 'a' }), source)
      expect(stepOf(verification, choice).found).toBe(
        'The token names the key “a”. Key “a” (RSA, RS256, sig) fits RS256.',
      )
    }
  })

  it('no key has the kid: those that there are, and to fetch them again', async () => {
    const step = await refused(rs256({ kid: 'c' }), setOf(b, { ...b, kid: 'd' }), choice)
    expect(step).toMatchObject({ remedy: 'fetch-again', spec: { label: 'RFC 7515 appendix D' } })
    expect(step.found).toBe(
      'The token names the key “c”. No key here has that kid; there are key “b” (RSA, RS256, sig); key “d” (RSA, RS256, sig). Servers change their keys: fetch them again, and look whether they are those of this token’s issuer.',
    )
  })

  it('no key has the kid, yet one of them signed it: it only has another name', async () => {
    const step = await refused(rs256({ kid: 'c' }), setOf(b, a), choice)
    expect(step.found).toContain('Yet key “a” verifies the signature: only the name is wrong')
  })

  it('a kid in another case is another kid', async () => {
    await refused(rs256({ kid: 'A' }), setOf(a), choice)
  })

  it('of a key with the right kid, another signed: tampered, or a key of the same name', async () => {
    const step = await refused(rs256({ kid: 'b' }), setOf(a, b), signature)
    expect(step.found).toBe(
      'It does not verify with key “b”. Header, payload or signature was changed since, or another key made it.',
    )
    expect(step.remedy).toBe('fetch-again')
  })

  it('RFC 7517 4.2: a key for encryption is not used, even under the right name', async () => {
    const step = await refused(rs256({ kid: 'a' }), setOf({ ...a, use: 'enc', alg: 'RSA-OAEP' }), choice)
    expect(step.found).toBe('The token names the key “a”. Key “a” is for encryption (use: enc).')
    const other = await refused(rs256({ kid: 'a' }), setOf({ ...a, use: 'tls' }), choice)
    expect(other.found).toContain('is not for signatures (use: tls)')
  })

  it('Keycloak lists a key for encryption first', async () => {
    const enc = { ...b, kid: 'e', use: 'enc', alg: 'RSA-OAEP' }
    await expectVerified(rs256({ kid: 'a' }), setOf(enc, a))
    const verification = await expectVerified(rs256(), setOf(enc, a))
    expect(stepOf(verification, choice).found).toBe(
      'The token names no key (no kid). Key “a” (RSA, RS256, sig) fits RS256.',
    )
  })

  it('RFC 7517 4.3: key_ops without verify', async () => {
    const step = await refused(rs256({ kid: 'a' }), setOf({ ...a, key_ops: ['encrypt', 'wrapKey'] }), choice)
    expect(step.found).toContain('is not for verifying (key_ops: encrypt, wrapKey)')
    await expectVerified(rs256({ kid: 'a' }), setOf({ ...a, key_ops: ['verify'] }))
  })

  it('RFC 7517 4.3: an empty key_ops says nothing, and use decides', async () => {
    const verification = await expectVerified(rs256({ kid: 'a' }), setOf(b, { ...a, key_ops: [] }))
    const step = stepOf(verification, choice)
    expect(step).toMatchObject({ result: 'warn', spec: { label: 'RFC 7517 4.3' } })
    expect(step.found).toContain('An empty key_ops says nothing, so use decides.')
    const enc = await refused(rs256({ kid: 'a' }), setOf({ ...a, use: 'enc', key_ops: [] }), choice)
    expect(enc.found).toContain('is for encryption (use: enc)')
    expect(
      stepOf(await expectVerified(rs256({ kid: 'a' }), setOf({ ...b, key_ops: [] }, a)), choice),
    ).toMatchObject({ result: 'pass' })
  })

  it('WebCrypto and jose refuse a key whose key_ops is empty, as is said', async () => {
    const jwk = { ...a, key_ops: [] }
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    await expect(crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify'])).rejects.toThrow()
    const find = createLocalJWKSet({ keys: [{ ...jwk, kty: 'RSA' }] })
    await expect(compactVerify(rs256({ kid: 'a' }), find)).rejects.toThrow()
  })

  it('RFC 7517 4.4: the alg of the key is another than that of the token', async () => {
    const step = await refused(rs256({ kid: 'a' }, 'PS256'), setOf(a), choice)
    expect(step.found).toContain('Key “a” is for RS256 (its alg), and the token says PS256.')
  })

  test.each([
    ['RSA key for ES256', 'ES256', 'rsa', 'is an RSA key, and ES256 needs a key on P-256 (EC)'],
    ['P-384 key for ES256', 'ES256', 'p384', 'is a key on P-384 (EC), and ES256 needs a key on P-256 (EC)'],
    ['EC key for RS256', 'RS256', 'p256', 'is a key on P-256 (EC), and RS256 needs an RSA key'],
    ['EC key for EdDSA', 'EdDSA', 'p256', 'and EdDSA needs a key on Ed25519 (OKP)'],
    ['Ed25519 key for ML-DSA', 'ML-DSA-65', 'ed25519', 'and ML-DSA-65 needs an ML-DSA key (AKP)'],
  ] as const)('%s', async (_, alg, name, why) => {
    const text = `${base64url({ alg, kid: 'a' })}.${base64url(claims)}.${Buffer.alloc(64, 1).toString('base64url')}`
    expect((await refused(text, setOf(publicJwk(name, { kid: 'a' })), choice)).found).toContain(why)
  })

  it('a secret instead of a public key', async () => {
    const step = await refused(rs256(), setOf({ kty: 'oct', k: 'AAAA' }), choice)
    expect(step.found).toContain('is a shared secret, and RS256 needs an RSA key')
  })

  it('a key that lacks a parameter, and one that the browser refuses', async () => {
    const step = await refused(rs256({ kid: 'a' }), setOf({ ...a, e: undefined }), choice)
    expect(step.found).toContain('Key “a” is incomplete: it has no e.')
    const point = publicJwk('p256', { kid: 'a', x: publicJwk('p256').y })
    const es256 = token({ alg: 'ES256', kid: 'a' }, claims, pairs.p256.privateKey)
    expect((await refused(es256, setOf(point), signature)).found).toContain(
      'could not be verified with key “a”',
    )
  })

  it('RFC 7518 3.3: "A key of size 2048 bits or larger MUST be used with these algorithms"', async () => {
    const small = { kty: 'RSA', kid: 'a', e: 'AQAB', n: Buffer.alloc(128, 0xff).toString('base64url') }
    const step = await refused(rs256({ kid: 'a' }), setOf(small), choice)
    expect(step.found).toMatch(
      /^The token names the key “a”. Key “a” cannot be used. This RSA key has 1024 bits/,
    )
  })

  it('without kid, every key that fits is tried, and that is said', async () => {
    const nameless = [publicJwk('otherRsa'), publicJwk('p256'), publicJwk('rsa')]
    const verification = await expectVerified(rs256(), setOf(...nameless))
    expect(stepOf(verification, choice)).toMatchObject({
      result: 'warn',
      found:
        'The token names no key (no kid). 2 keys fit RS256, and each is tried: the key without kid (RSA); the key without kid (RSA).',
    })
    expect(stepOf(verification, signature).found).toContain('It is number 2 of those that were tried.')
    const step = await refused(rs256(), setOf(b, { ...b, kid: 'c' }), signature)
    expect(step.found).toContain('It verifies with none of the 2 keys that were tried.')
  })

  it('without kid and nothing fits: what each key is', async () => {
    const step = await refused(rs256(), setOf(publicJwk('p256', { kid: 'p' }), { ...a, use: 'enc' }), choice)
    expect(step.found).toMatch(/no kid\)\. Key “p” is a key on P-256 \(EC\), .*\. Key “a” is for encryption/)
  })

  it('two keys of the same kid: each is tried', async () => {
    await expectVerified(rs256({ kid: 'a' }), setOf({ ...b, kid: 'a' }, a))
  })

  it('a pasted key without kid may be the one that is named', async () => {
    const pem = pairs.rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const verification = await expectVerified(rs256({ kid: 'z' }), readKeys(pem))
    expect(stepOf(verification, choice)).toMatchObject({
      result: 'warn',
      found: 'The token names the key “z”. What there is has no kid to compare: the key without kid (RSA).',
    })
  })

  it('an empty set', async () => {
    expect(await refused(rs256(), setOf(), choice)).toMatchObject({
      found: expect.stringMatching(/^There is no key in the set\. .*fetch them again/) as string,
      remedy: 'fetch-again',
    })
  })
})

describe('nothing can be said', () => {
  const unchecked = async (text: string, source: KeySource) => {
    const verification = await verify(text, source)
    expect(verification.verdict).toBe('unchecked')
    return verification
  }

  it('the keys cannot be read', async () => {
    const verification = await unchecked(rs256(), readKeys('changeit'))
    expect(stepOf(verification, /There are keys/)).toMatchObject({ result: 'fail', remedy: 'paste' })
    expect(stepOf(await unchecked(rs256(), secretSource('')), /There are keys/).found).toBe(
      'The secret is empty.',
    )
  })

  test.each(['', '2YotnFZFEjr1zCsicMWpAA', 'b8d3b0c7f1a94e7f', 'a.b.c', '{"payload":""}'])(
    'an opaque token: %j',
    async (text) => {
      const { steps } = await unchecked(text, setOf(publicJwk('rsa')))
      expect(steps).toHaveLength(1)
      expect(steps[0]).toMatchObject({
        result: 'skipped',
        found: expect.stringContaining('no signature') as string,
      })
    },
  )

  test.each(['ES256K', 'Ed448'])('no browser has %s', async (alg) => {
    const text = `${base64url({ alg })}.${base64url(claims)}.AAAA`
    expect(stepOf(await unchecked(text, setOf(publicJwk('rsa'))), /algorithm/).found).toContain(
      `cannot verify ${alg}`,
    )
  })
})

describe('RFC 7515 5.2: what is refused before any key is tried', () => {
  const keys = setOf(publicJwk('rsa'))
  const withHeader = (header: unknown) => `${base64url(header)}.${base64url(claims)}.AAAA`

  test.each([
    [{ typ: 'JWT' }, /no alg, which is required/],
    [{ alg: 5 }, /alg in the header is not a string/],
    [{ alg: 'rs256' }, /case-sensitive: it is “RS256”/],
    [{ alg: 'RSA-OAEP' }, /signs nothing/],
    [{ alg: 'XX1' }, /No signature algorithm of this name is known/],
    [{ alg: 'constructor' }, /No signature algorithm of this name/],
    [{ alg: '' }, /No signature algorithm of this name/],
  ])('alg: %j', async (header, found) => {
    expect((await refused(withHeader(header), keys, /algorithm/)).found).toMatch(found)
  })

  test.each([
    [{ crit: ['exp'] }, /crit demands exp\. Whoever does not understand/],
    [{ crit: ['b64', 'http://example.com/x'], b64: true }, /demands http:\/\/example\.com\/x/],
    [{ crit: [] }, /not an array of names, or is empty/],
    [{ crit: 'exp' }, /not an array of names/],
    [{ crit: [1] }, /not an array of names/],
    [{ crit: ['b64'] }, /demands b64, which the header does not have/],
    [{ crit: ['b64'], b64: false }, /b64 is not true/],
    [{ b64: false }, /b64 is not true/],
    [{ b64: 'true' }, /b64 is not true/],
  ])(
    '4.1.11: "If any of the listed extension Header Parameters are not understood and supported by the recipient, then the JWS is invalid": %j',
    async (more, found) => {
      expect((await refused(rs256(more), keys, /demands nothing/)).found).toMatch(found)
    },
  )

  it('b64: true changes nothing', async () => {
    await expectVerified(rs256({ b64: true, crit: ['b64'] }), keys)
    await expectVerified(rs256({ b64: true }), keys)
  })

  it('4.1.4: "Its value MUST be a case-sensitive string"', async () => {
    expect((await refused(rs256({ kid: 7 }), keys, /signed token/)).found).toContain(
      'kid in its header is not a string',
    )
  })

  it('base64url to the letter: what a lenient reader would mend is refused', async () => {
    const [header = '', payload = '', rest = ''] = rs256().split('.')
    for (const parts of [
      [`${header}=`, payload, rest],
      [header, `${payload}\n`, rest],
      [header, payload, rest.slice(0, -1) + '+'],
      [header, payload, `${rest} `],
      [header, payload, rest, ''],
      [header, payload, `${rest}~`],
      [header, payload],
      [`${header.slice(0, 8)}*`, payload, rest],
      [header.slice(0, -3), payload, rest],
    ])
      await refused(parts.join('.'), keys, /signed token/)
  })

  it('a name twice in the header is said, and not refused', async () => {
    const header = '{"alg":"none","alg":"HS256"}'
    const text = token({ alg: 'HS256' }, claims, 'x').replace(/^[^.]+/, base64url(header))
    const { steps } = await verify(text, secretSource('x'))
    expect(steps[0]).toMatchObject({
      result: 'warn',
      found: expect.stringContaining('appears twice') as string,
    })
  })

  it('every line is there, those that were not reached too', async () => {
    const { steps } = await verify(withHeader({ alg: 'XX1' }), keys)
    expect(steps.map(({ result }) => result)).toEqual([
      'pass',
      'fail',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ])
  })
})

describe('for any text', () => {
  const sources: readonly KeySource[] = [
    setOf(publicJwk('rsa', { kid: 'a' }), publicJwk('p256'), publicJwk('ed25519')),
    secretSource('x'),
    readKeys('nothing'),
    setOf(),
  ]
  const algs = fc.constantFrom('RS256', 'PS512', 'ES256', 'EdDSA', 'HS256', 'none', 'ML-DSA-44', 'x', 1, null)
  const headers = fc.dictionary(
    fc.constantFrom('alg', 'kid', 'crit', 'b64', 'enc', 'cty', 'typ', 'jwk', '__proto__'),
    fc.oneof(algs, fc.jsonValue()),
  )
  const bytes = fc.uint8Array({ maxLength: 80 }).map((data) => Buffer.from(data).toString('base64url'))
  const tokens = fc
    .tuple(headers, algs, fc.oneof(fc.json(), fc.string()), bytes)
    .map(([header, alg, payload, end]) => `${base64url({ alg, ...header })}.${base64url(payload)}.${end}`)

  test.each([
    ['strings', fc.string({ unit: 'binary' })],
    ['dotted pieces', fc.array(fc.oneof(fc.string(), bytes)).map((parts) => parts.join('.'))],
    ['tokens of anything', tokens],
  ])('verify never rejects: %s', async (_, texts) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom(...sources), async (text, source) => {
        const { verdict, steps } = await verify(text, source)
        expect(verdict).not.toBe('verified')
        expect(steps.length).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
  })

  it('with keys of anything', async () => {
    const values = fc.oneof(
      fc.constantFrom('RSA', 'EC', 'OKP', 'oct', 'P-256', 'Ed25519', 'AQAB'),
      bytes,
      fc.jsonValue(),
    )
    const names = fc.constantFrom('kty', 'kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y', 'k', 'pub', 'd')
    const texts = ['RS256', 'ES256', 'EdDSA', 'HS256'].map(
      (alg) => `${base64url({ alg })}.${base64url(claims)}.AAAA`,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(names, values)),
        fc.constantFrom(...texts),
        async (keys, text) => {
          expect((await verify(text, setOf(...keys))).verdict).not.toBe('verified')
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('JWT bombs', () => {
  const nested = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`c${i}`, i])))
  const long = JSON.stringify({ a: 'x'.repeat(5_000_000) })
  const source = setOf(publicJwk('rsa'))
  const sign = (payload: string) => token({ alg: 'RS256' }, payload, pairs.rsa.privateKey)
  const done = async (text: string): Promise<[Verification['verdict'], boolean]> => {
    const start = cpuMs()
    const { verdict } = await verify(text, source)
    return [verdict, cpuMs() - start < 5000]
  }

  test.each([
    ['10,000 levels in the payload', nested],
    ['100,000 claims', wide],
    ['5 MB', long],
  ])('%s: verified in bounded time', async (_, payload) => {
    expect(await done(sign(payload))).toEqual(['verified', true])
  })

  test.each([
    ['10,000 levels', nested, 'failed'],
    ['100,000 parameters', wide, 'failed'],
    ['5 MB', long, 'failed'],
  ])('%s in the header: refused in bounded time', async (_, header, verdict) => {
    const text = `${base64url(header)}.${base64url(claims)}.AAAA`
    expect(await done(text)).toEqual([verdict, true])
  })

  it('5 MB and 1000 keys: as many are tried as time allows, and that is said', async () => {
    const keys = Array.from({ length: 1000 }, (_, i) => publicJwk('otherRsa', { kid: String(i) }))
    const start = cpuMs()
    const verification = await verify(sign(long), setOf(...keys))
    expect(cpuMs() - start).toBeLessThan(10_000)
    expect(stepOf(verification, signature).found).toMatch(/9\d\d more were not tried: the token is too long/)
  })

  it('more than 8 MiB is not verified, and that is said', async () => {
    const { verdict, steps } = await verify('a'.repeat(8 * 1024 * 1024 + 1), source)
    expect([verdict, steps[0]?.found]).toEqual(['unchecked', expect.stringContaining('up to 8388608')])
  })
})
