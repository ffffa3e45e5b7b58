import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { headerValue } from '../../../src/lib/http/message.ts'
import { generateKey } from '../../../src/lib/keys/generate-key.ts'
import { type Key, keyAlgs } from '../../../src/lib/keys/key.ts'
import { selfSignedCertificate } from '../../../src/lib/keys/certificate.ts'
import {
  type AssertionConfig,
  emptyConfig,
  type TokenRequestConfig,
} from '../../../src/lib/oauth/config/config.ts'
import { writeOrganisation } from '../../../src/lib/servers/records/helseid/organisation.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'

const now = 1_700_000_000_000
const iat = now / 1000
let key: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
})

type Change = Partial<Omit<TokenRequestConfig, 'assertion'>> & {
  readonly assertion?: Partial<AssertionConfig>
}

async function parameters(change: Change, signer = key): Promise<URLSearchParams> {
  const config: TokenRequestConfig = {
    ...emptyConfig,
    discovery: 'https://as.example',
    token_endpoint: 'https://as.example/token',
    client_id: 'c',
    token_endpoint_auth_method: 'private_key_jwt',
    ...change,
    assertion: { ...emptyConfig.assertion, key: signer.thumbprint, ...change.assertion },
  }
  const request = await composeTokenRequest(config, {
    findKey: (thumbprint) => (thumbprint === signer.thumbprint ? signer : undefined),
    now: () => now,
    nonce: null,
  })
  return new URLSearchParams(request.body ?? '')
}

const assertion = async (change: Change, signer = key) =>
  (await parameters(change, signer)).get('client_assertion') ?? ''

describe('RFC 7523 section 2.2', () => {
  it('"client_assertion_type [...] is urn:ietf:params:oauth:client-assertion-type:jwt-bearer" and the value of client_assertion one JWT', async () => {
    const sent = await parameters({ scope: 'read' })
    expect([...sent.keys()]).toEqual([
      'scope',
      'grant_type',
      'client_id',
      'client_assertion_type',
      'client_assertion',
    ])
    expect(sent.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(sent.getAll('client_assertion')).toHaveLength(1)
  })
})

describe('RFC 7523 section 3', () => {
  it('"The JWT MUST contain" iss, sub, aud and exp; for client authentication sub is the client_id', async () => {
    const jwt = await assertion({})
    const { jti, ...claims } = decodeJwt(jwt)
    expect(claims).toEqual({ iss: 'c', sub: 'c', aud: 'https://as.example', iat, nbf: iat, exp: iat + 60 })
    expect(jti).toMatch(/^[\w-]{16,}$/)
    expect(decodeProtectedHeader(jwt)).toEqual({
      alg: 'ES256',
      typ: 'client-authentication+jwt',
      kid: key.thumbprint,
    })
  })

  it('signs anew each time, with another jti', async () => {
    const [one, other] = await Promise.all([assertion({}), assertion({})])
    expect(decodeJwt(one).jti).not.toBe(decodeJwt(other).jti)
  })

  it.each([
    [{ aud: 'issuer' }, 'https://as.example'],
    [{ aud: 'token_endpoint' }, 'https://as.example/token'],
    [{ aud: 'both' }, ['https://as.example', 'https://as.example/token']],
    [{ aud: 'custom', custom_aud: 'urn:x' }, 'urn:x'],
  ] as const)('aud %o', async (change, aud) => {
    expect(decodeJwt(await assertion({ assertion: change })).aud).toEqual(aud)
  })

  it('accepts the issuer of the metadata before the one that was typed, and none of a discovery path', async () => {
    const typed = { discovery: 'https://as.example/.well-known/openid-configuration' }
    expect(decodeJwt(await assertion(typed)).aud).toBe('https://as.example')
    expect(decodeJwt(await assertion({ ...typed, issuer: 'https://as.example/' })).aud).toBe(
      'https://as.example/',
    )
  })

  it('adds the clock skew to all times', async () => {
    const { iat: skewed, nbf, exp } = decodeJwt(await assertion({ clock_skew: -120 }))
    expect([skewed, nbf, exp]).toEqual([iat - 120, iat - 120, iat - 60])
  })

  it('leaves out what is switched off, and accepts the user’s own members over those made here', async () => {
    const jwt = await assertion({
      assertion: {
        typ: '',
        kid: 'none',
        nbf: false,
        lifetime: 10,
        header: '{"cty":"x","alg":"EdDSA"}',
        payload: '{"jti":null,"aud":["a","b"],"deep":{"n":1}}',
      },
    })
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'EdDSA', cty: 'x' })
    expect(decodeJwt(jwt)).toEqual({
      iss: 'c',
      sub: 'c',
      aud: ['a', 'b'],
      iat,
      exp: iat + 10,
      deep: { n: 1 },
    })
  })

  it.each([
    ['a kid of its own', { named: true, kid: 'mine' }, 'mine', 'key'],
    ['none, and none is made up', { named: false }, undefined, 'key'],
    ['none, and its thumbprint is asked for', { named: false }, 'thumbprint', 'thumbprint'],
  ] as const)('kid of a key that has %s', async (_what, parts, kid, choice) => {
    const signer = { ...key, ...parts }
    const jwt = await assertion({ assertion: { kid: choice } }, signer)
    expect(decodeProtectedHeader(jwt).kid).toBe(kid === 'thumbprint' ? key.thumbprint : kid)
  })

  it('names the key in the proof as it does in the assertion, if one key signs both', async () => {
    const signer = { ...key, named: true, kid: 'mine' }
    const proofOf = async (change: Change) => {
      const config = { ...emptyConfig, token_endpoint: 'https://as.example/token', client_id: 'c', ...change }
      const request = await composeTokenRequest(
        { ...config, assertion: { ...emptyConfig.assertion, key: key.thumbprint, ...change.assertion } },
        { findKey: () => signer, now: () => now, nonce: null },
      )
      return decodeProtectedHeader(headerValue(request.headers, 'dpop') ?? '').kid
    }
    const dpop = { ...emptyConfig.dpop, on: true }
    const both = {
      discovery: 'https://as.example',
      token_endpoint_auth_method: 'private_key_jwt',
      dpop,
    } as const
    expect(await proofOf(both)).toBe('mine')
    expect(await proofOf({ ...both, assertion: { kid: 'none' } })).toBeUndefined()
    const secret = { client_secret: 's', token_endpoint_auth_method: 'client_secret_post' } as const
    expect(await proofOf({ ...secret, dpop: { ...dpop, key: key.thumbprint } })).toBeUndefined()
  })

  it('names another kid when asked to', async () => {
    const jwt = await assertion({ assertion: { kid: 'custom', custom_kid: 'k-1' } })
    expect(decodeProtectedHeader(jwt).kid).toBe('k-1')
  })

  it.each(keyAlgs.filter((alg) => !alg.startsWith('ML-')))('%s verifies with the public key', async (alg) => {
    const signer = await generateKey(alg, {})
    const { protectedHeader } = await jwtVerify(await assertion({}, signer), signer.publicKey, {
      currentDate: new Date(now),
    })
    expect(protectedHeader.alg).toBe(alg)
  })

  it.each(['HS256', 'HS384', 'HS512'] as const)(
    '%s verifies with the bytes of the secret',
    async (secret_alg) => {
      const client_secret = 'ü and fifty more characters so that it is long enough for HS512'
      const jwt = await assertion({
        token_endpoint_auth_method: 'client_secret_jwt',
        client_secret,
        assertion: { secret_alg },
      })
      const secret = new TextEncoder().encode(client_secret)
      const { protectedHeader } = await jwtVerify(jwt, secret, { currentDate: new Date(now) })
      expect(protectedHeader).toEqual({ alg: secret_alg, typ: 'client-authentication+jwt' })
    },
  )
})

describe('RFC 7515 section 4.1.8', () => {
  it('x5t#S256 is the thumbprint of the key’s certificate', async () => {
    const certificate = await selfSignedCertificate(key, { subject: 'x', days: 1, now })
    const jwt = await assertion({ assertion: { x5t: true } }, { ...key, certificate })
    const der = Buffer.from(certificate, 'base64')
    const hash = await crypto.subtle.digest('SHA-256', der)
    expect(decodeProtectedHeader(jwt)['x5t#S256']).toBe(Buffer.from(hash).toString('base64url'))
  })
})

describe('HelseID’s client assertion', () => {
  const helseId = (payload: string): Change => ({
    client_id: 'helseid-sample-client-credentials-for-multitenant-app',
    discovery: 'https://helseid-sts.test.nhn.no',
    token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token',
    assertion: { lifetime: 10, payload },
  })

  it('is the one of the sample: multi-tenant, parent and child', async () => {
    const signer = await generateKey('RS512', {})
    const payload = writeOrganisation('', { tenancy: 'multi', parent: '999977774', child: '999977776' })
    const jwt = await assertion(helseId(payload), signer)
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS512', typ: 'client-authentication+jwt' })
    const { jti, ...claims } = decodeJwt(jwt)
    expect(jti).toBeTruthy()
    expect(claims).toEqual({
      iss: 'helseid-sample-client-credentials-for-multitenant-app',
      sub: 'helseid-sample-client-credentials-for-multitenant-app',
      aud: 'https://helseid-sts.test.nhn.no',
      exp: 1700000010,
      iat: 1700000000,
      nbf: 1700000000,
      assertion_details: {
        type: 'helseid_authorization',
        practitioner_role: {
          organization: {
            identifier: { system: 'urn:oid:1.0.6523', type: 'ENH', value: 'NO:ORGNR:999977774:999977776' },
          },
        },
      },
    })
  })

  it('has no claim without organisation numbers', async () => {
    expect(decodeJwt(await assertion(helseId('')))['assertion_details']).toBeUndefined()
  })
})
