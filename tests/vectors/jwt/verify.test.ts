import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { readKeys, secretSource } from '../../../src/lib/jwt/verify/key-source.ts'
import { verify, type Verification } from '../../../src/lib/jwt/verify/verify.ts'
import { ed25519 } from '../keys/rfc-keys.ts'
import * as more from './jws-examples.ts'
import { es256, hs256, jwe, rs256, unsecured } from './rfc-examples.ts'

const sourceOf = (...keys: readonly object[]) => readKeys(JSON.stringify({ keys }))
const ed = { token: `${ed25519.signingInput}.${ed25519.signature}`, key: ed25519.jwk }

const signed: readonly (readonly [
  name: string,
  example: { readonly token: string; readonly key: object },
])[] = [
  ['RFC 7515 A.1, HS256', hs256],
  ['RFC 7515 A.2, RS256', rs256],
  ['RFC 7515 A.3, ES256', es256],
  ['RFC 7515 A.4, ES512', more.es512],
  ['RFC 7520 4.1, RS256', more.rsaV15],
  ['RFC 7520 4.2, PS384', more.rsaPss],
  ['RFC 7520 4.3, ES512', more.ecdsa],
  ['RFC 7520 4.4, HS256', more.hmac],
  ['RFC 7520 4.6, HS256 without kid', more.withoutKid],
  ['RFC 7520 4.8, RS256 without kid', more.firstOfThree],
  ['RFC 8037 A.4 and A.5, EdDSA', ed],
]

const all = sourceOf(
  hs256.key,
  rs256.key,
  es256.key,
  more.es512.key,
  more.bilboRsa,
  more.bilboEc,
  more.symmetric,
  { ...ed.key, d: undefined },
)

const failing = ({ steps }: Verification) => steps.find(({ result }) => result === 'fail')

async function refusal(token: string, key: object) {
  const verification = await verify(token, sourceOf(key))
  expect(verification.verdict).toBe('failed')
  return failing(verification)
}

describe.each(signed)('%s', (_, { token, key }) => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const flip = (text: string, at: number) =>
    text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1)
  const alg = (JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string }).alg

  it('verifies with its key', async () => {
    const { verdict, steps } = await verify(token, sourceOf(key))
    expect(verdict).toBe('verified')
    expect(steps.map(({ result }) => result === 'fail' || result === 'skipped')).toEqual(Array(6).fill(false))
  })

  it('verifies with its key among all the others', async () => {
    const { verdict, steps } = await verify(token, all)
    expect([verdict, steps.at(-1)?.result]).toEqual(['verified', 'pass'])
  })

  it('does not verify with all the others', async () => {
    const others = all.kind === 'set' ? all.keys.filter(({ jwk }) => !sameKey(jwk, key)) : []
    const { verdict } = await verify(token, { kind: 'set', keys: others, notes: [] })
    expect([others.length, verdict]).toEqual([7, 'failed'])
  })

  test.each([
    ['the middle of the payload', [header, flip(payload, payload.length >> 1), signature]],
    ['the beginning of the payload', [header, flip(payload, 0), signature]],
    ['the beginning of the signature', [header, payload, flip(signature, 1)]],
    ['the middle of the signature', [header, payload, flip(signature, signature.length >> 1)]],
  ])('tampered: %s', async (_where, parts) => {
    const step = await refusal(parts.join('.'), key)
    expect(step?.what).toBe('The signature is that of the key')
    expect(step?.found).toMatch(/was changed since, or another key made it/)
  })

  it('tampered: each character of the header, one at a time', async () => {
    for (let at = 0; at < header.length; at++) {
      const { verdict } = await verify([flip(header, at), payload, signature].join('.'), sourceOf(key))
      expect(verdict, `at ${at}`).not.toBe('verified')
    }
  })

  it('tampered: whitespace in the header that means nothing', async () => {
    const json = Buffer.from(header, 'base64url').toString().replace('{', '{ ')
    const step = await refusal([Buffer.from(json).toString('base64url'), payload, signature].join('.'), key)
    expect(step?.what).toBe('The signature is that of the key')
  })

  test.each(['HS256', 'HS512', 'RS256', 'RS512', 'PS256', 'PS384', 'ES256', 'ES512', 'EdDSA', 'ML-DSA-44'])(
    'the header says %s',
    async (other) => {
      const parsed = JSON.parse(Buffer.from(header, 'base64url').toString()) as object
      const changed = Buffer.from(JSON.stringify({ ...parsed, alg: other })).toString('base64url')
      const token = [changed, payload, signature].join('.')
      if (changed === header) return
      const step = await refusal(token, key)
      const sameKind = other.startsWith(alg.slice(0, 2)) || (/^[RP]S/.test(other) && /^[RP]S/.test(alg))
      // It is tried only if the key could have made such a signature.
      if (!sameKind) expect(step?.what).toBe('A key fits the token')
    },
  )

  it('the header says none', async () => {
    for (const none of ['none', 'None', 'NONE', 'nOnE']) {
      const changed = Buffer.from(JSON.stringify({ alg: none })).toString('base64url')
      for (const rest of ['', signature]) {
        const step = await refusal([changed, payload, rest].join('.'), key)
        expect(step?.found).toMatch(/nothing protects the token/)
      }
    }
  })

  it('the signature was cut', async () => {
    for (const cut of [1, 2, 3, 4, 10, signature.length - 2]) {
      const step = await refusal([header, payload, signature.slice(0, -cut)].join('.'), key)
      expect(step?.what, `by ${cut}`).toMatch(/^(?:The signature is that of the key|It is a signed token)/)
    }
    const gone = await refusal([header, payload, ''].join('.'), key)
    expect(gone?.found).toContain('It has no signature')
    const short = await refusal([header, payload].join('.'), key)
    expect(short?.found).toContain('It has two parts')
  })

  it('something follows the signature', async () => {
    for (const more of ['.', '.x', '~', ' ', '\n', '=', 'AAAA'])
      expect((await refusal(token + more, key))?.result).toBe('fail')
  })
})

describe('RFC 7518 3.4: "the octet sequence representing R and S ... concatenated", and not DER', () => {
  test.each([
    ['RFC 7515 A.3', es256],
    ['RFC 7515 A.4', more.es512],
    ['RFC 7520 4.3', more.ecdsa],
  ])('%s, its signature in DER', async (_, { token, key }) => {
    const raw = Buffer.from(token.split('.')[2] ?? '', 'base64url')
    const halves = [raw.subarray(0, raw.length / 2), raw.subarray(raw.length / 2)]
    const integers = halves.map((half) => {
      const bare = half.subarray(half.findIndex((byte) => byte !== 0))
      const content = (bare[0] ?? 0) < 0x80 ? bare : Buffer.concat([Buffer.of(0), bare])
      return Buffer.concat([Buffer.of(2, content.length), content])
    })
    const content = Buffer.concat(integers)
    const head =
      content.length < 0x80 ? Buffer.of(0x30, content.length) : Buffer.of(0x30, 0x81, content.length)
    const der = Buffer.concat([head, content]).toString('base64url')
    const step = await refusal(token.slice(0, token.lastIndexOf('.') + 1) + der, key)
    expect(step?.found).toContain(
      `It is in DER, as in certificates; a JWS has R and S side by side, ${raw.length} bytes`,
    )
    expect(step?.found).toMatch(/Rewritten so, .* verifies it: the signer has to be mended\.$/)
    const step2 = await refusal(token.replace(/\.[\w-]{4}/, '.AAAA').replace(/[^.]*$/, der), key)
    expect(step2?.found).toContain('It is in DER')
    expect(step2?.found).not.toContain('Rewritten so')
  })
})

function sameKey(jwk: Readonly<Record<string, string>>, key: object): boolean {
  return Object.entries(jwk).every(([name, value]) => (key as Record<string, unknown>)[name] === value)
}

describe('what is no signed token', () => {
  it('RFC 7515 A.5: alg none is refused, whatever the keys', async () => {
    for (const source of [all, secretSource('x')]) {
      const verification = await verify(unsecured.token, source)
      expect(verification.verdict).toBe('failed')
      expect(failing(verification)).toMatchObject({
        what: 'Its algorithm protects it',
        found: 'alg is “none”: nothing protects the token, and anyone can have written it.',
        spec: { label: 'RFC 7518 3.6' },
      })
      expect(verification.steps.slice(2).map(({ result }) => result)).toEqual(Array(4).fill('skipped'))
    }
  })

  it('RFC 7515 A.5 in two parts, as LemonLDAP::NG sends it', async () => {
    expect(failing(await verify(unsecured.token.slice(0, -1), all))?.what).toBe('Its algorithm protects it')
  })

  it('RFC 7516 A.1: a JWE has nothing to verify here', async () => {
    expect(await verify(jwe.token, all)).toMatchObject({
      verdict: 'unchecked',
      steps: [{ result: 'skipped', found: expect.stringContaining('It is encrypted (JWE)') as string }],
    })
  })

  it('RFC 7520 4.7: a JWS in the JSON serialization is no access token', async () => {
    const { payload, signature } = JSON.parse(more.contentOnly) as Record<string, string>
    const mac = createHmac('sha256', Buffer.from(more.symmetric.k, 'base64url'))
    // The example itself is as printed.
    expect(mac.update(`.${payload ?? ''}`).digest('base64url')).toBe(signature)
    const { verdict, steps } = await verify(more.contentOnly, all)
    expect([verdict, steps.length, steps[0]?.found]).toEqual([
      'unchecked',
      1,
      expect.stringContaining('It is JSON itself'),
    ])
  })

  it('RFC 7520 4.5: detached content cannot be verified without it, and that is said', async () => {
    const step = await refusal(more.detached.token, more.detached.key)
    expect(step?.found).toContain('The payload is empty: the content was detached')
  })

  it('RFC 7797 7: "JSON Web Tokens MUST NOT use b64 with a false value"', async () => {
    const [header = '', , signature] = more.unencoded.token.split('.')
    const mac = createHmac('sha256', Buffer.from(hs256.key.k, 'base64url'))
    // The example itself is as printed.
    expect(mac.update(`${header}.${more.unencoded.content}`).digest('base64url')).toBe(signature)
    const step = await refusal(more.unencoded.token, hs256.key)
    expect(step).toMatchObject({ what: 'It demands nothing that is unknown', spec: { label: 'RFC 7797 7' } })
    expect(step?.found).toContain('b64')
  })
})

describe('RFC 8725 2.1: key confusion', () => {
  const pem = (body: string) => `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----\n`

  it('a token made with the public key as the secret of an HMAC is refused', async () => {
    const { key } = rs256
    const spki = await crypto.subtle
      .importKey('jwk', key, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, ['verify'])
      .then((publicKey) => crypto.subtle.exportKey('spki', publicKey))
    const der = Buffer.from(spki)
    const text = pem(der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd())
    const input = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${rs256.token.split('.')[1] ?? ''}`
    for (const secret of [text, text.trimEnd(), der, JSON.stringify(key), key.n]) {
      const forged = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      for (const source of [readKeys(text), sourceOf(key), sourceOf({ ...key, alg: 'HS256' })]) {
        const verification = await verify(forged, source)
        expect(verification.verdict).toBe('failed')
        expect(failing(verification)?.found).toMatch(/HS256 needs a shared secret.*key confusion/)
      }
    }
  })

  it('nor is it, if the public key was entered as the secret', async () => {
    const pems = [JSON.stringify(rs256.key), JSON.stringify({ keys: [rs256.key] })]
    for (const secret of pems) {
      const input = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.e30`
      const forged = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      const verification = await verify(forged, secretSource(secret))
      expect(verification.verdict).toBe('failed')
      expect(failing(verification)?.found).toMatch(
        /^What was given as the secret is a key of its own: .*key confusion/,
      )
    }
    const jwk = await verify(hs256.token, secretSource(JSON.stringify(hs256.key)))
    expect(jwk.verdict).toBe('verified')
  })

  it('RFC 7520 4.1 and 4.4: an HMAC that names an RSA key', async () => {
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: more.bilboRsa.kid })).toString('base64url')
    const token = [header, ...more.hmac.token.split('.').slice(1)].join('.')
    const step = await refusal(token, more.bilboRsa)
    expect(step?.found).toMatch(/names the key “bilbo.*is an RSA key.*key confusion/)
  })

  it('a signature whose key is a secret', async () => {
    const step = failing(await verify(more.rsaV15.token, secretSource('password')))
    expect(step).toMatchObject({
      what: 'A key fits the token',
      found: 'The token says RS256, which needs a public key, and what there is is a shared secret.',
      remedy: 'paste',
    })
  })
})
