import { describe, expect, it } from 'vitest'
import { hidesSecret, isSecretName, jsonHidesSecret } from './hides-secret.ts'

describe('isSecretName', () => {
  it.each([
    ...[
      'client_secret',
      'clientSecret',
      'password',
      'passwd',
      'access_token',
      'id_token_hint',
      'client_assertion',
    ],
    ...['Authorization', 'Proxy-Authorization', 'Cookie', 'X-Api-Key', 'apikey', 'Ocp-Apim-Subscription-Key'],
    ...['X-Auth-Token', 'accessKey', 'private_key', 'credentials', 'code', 'sig', 'otp', 'session'],
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    ...['scope', 'resource', 'audience', 'organization', 'tenant', 'Accept', 'X-Correlation-ID', 'keyword'],
    ...[
      'author',
      'design',
      'country_code',
      'creditorName',
      'creditorAccount',
      'instructedAmount',
      'passenger',
    ],
    ...['authorization_details', 'assertion_details', 'client_assertion_type', 'requested_token_type', ''],
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('hidesSecret', () => {
  it.each([
    ['the secret', 'read hunter22'],
    ['a form that was pasted', 'client_secret=shh&scope=read'],
    ['a password alone', ' password=shh'],
    ['a JWT', 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
    ['a URL with a password', 'see https://bob:builder@as.example/token'],
    ['a query with a secret', 'https://as.example/token?client_secret=shh'],
    ['a fragment with a token', 'https://client.example/#access_token=shh'],
  ])('finds %s', (_what, text) => {
    expect(hidesSecret(text, 'hunter22')).toBe(true)
  })

  it.each(['https://as.example:8443/token?tenant=1', 'read write', 'mail@as.example', 'urn:example:a@b', ''])(
    'finds nothing in %j',
    (text) => {
      expect(hidesSecret(text, 'hunter22')).toBe(false)
    },
  )

  it('finds the secret form-encoded and as JSON writes it', () => {
    expect(hidesSecret('https://as.example/token?x=a+%22b%22%2Fc', 'a "b"/c')).toBe(true)
    expect(hidesSecret(JSON.stringify({ x: 'a "b"/c' }), 'a "b"/c')).toBe(true)
  })

  it('finds a short secret as the whole value only', () => {
    expect(hidesSecret('abc', 'abc')).toBe(true)
    expect(hidesSecret('abcd', 'abc')).toBe(false)
    expect(hidesSecret('', '')).toBe(false)
  })
})

describe('jsonHidesSecret', () => {
  it.each([
    ['a member by its name', '{"a":[{"client_secret":"x"}]}'],
    ['a member by its escaped name', '{"p\\u0061ssword":"x"}'],
    ['a member of an unfinished text', '{"password": "x'],
    ['an escaped value', '{"a":"hunt\\u0065r22"}'],
    ['an escaped name', '{"hunt\\u0065r22":1}'],
    ['a URL with a password', '{"a":"https://bob:builder@as.example"}'],
    ['a JWT deep inside', `${'['.repeat(9000)}"eyJhbGciOiJSUzI1NiJ9"${']'.repeat(9000)}`],
  ])('finds %s', (_what, text) => {
    expect(jsonHidesSecret(text, 'hunter22')).toBe(true)
  })

  it.each([
    '',
    '{"assertion_details":{"type":"helseid_authorization","practitioner_role":{"organization":{"identifier":{"system":"urn:oid:1.0.6523","value":"NO:ORGNR:999977774:999977776"}}}}}',
    '[{"type":"payment_initiation","locations":["https://example.com/payments"],"instructedAmount":{"currency":"EUR","amount":"123.50"},"creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"}}]',
    '{"mail":"acct:bob@as.example"}',
  ])('finds nothing in %.40s', (text) => {
    expect(jsonHidesSecret(text, 'hunter22')).toBe(false)
  })

  it('is not held up by long texts', () => {
    for (const piece of ['?', 'key', ':', '"', '\\', '://', '[', 'eyJ'])
      expect(jsonHidesSecret(piece.repeat(200_000), 'hunter22')).toBe(piece === 'eyJ')
  })
})
