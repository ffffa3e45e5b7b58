import { describe, expect, it } from 'vitest'
import type { Key } from '../../keys/key.ts'
import { checkAssertion } from './check-assertion.ts'
import { checkDpop } from './check-more.ts'
import { emptyConfig, type AssertionConfig, type TokenRequestConfig } from '../config/config.ts'

const key = { thumbprint: 'k', certificate: null } as Key
const findKey = (thumbprint: string) => (thumbprint === 'k' ? key : undefined)
const config = (
  change: Partial<Omit<TokenRequestConfig, 'assertion'>>,
  assertion: Partial<AssertionConfig> = {},
): TokenRequestConfig => ({
  ...emptyConfig,
  discovery: 'https://as.example',
  token_endpoint_auth_method: 'private_key_jwt',
  ...change,
  assertion: { ...emptyConfig.assertion, key: 'k', ...assertion },
})
const found = (...of: Parameters<typeof config>) =>
  checkAssertion(config(...of), findKey).map(({ field, level }) => `${field} ${level}`)

describe('checkAssertion', () => {
  it('is content with a key and a known issuer, and has nothing to say if no assertion is sent', () => {
    expect(found({})).toEqual([])
    expect(found({ token_endpoint_auth_method: 'none', discovery: '' }, { key: '', header: '[' })).toEqual([])
  })

  it.each([
    [{}, { key: '' }, 'assertion_key missing'],
    [{}, { key: 'gone' }, 'assertion_key missing'],
    [{ discovery: '' }, {}, 'assertion_aud missing'],
    [{ discovery: '' }, { aud: 'both' }, 'assertion_aud missing'],
    [{}, { aud: 'custom' }, 'assertion_custom_aud missing'],
    [{}, { lifetime: 3600 }, 'assertion_lifetime note'],
    [{}, { x5t: true }, 'assertion_x5t warning'],
    [{}, { header: '[]' }, 'assertion_header error'],
    [{}, { payload: '{' }, 'assertion_payload error'],
    [{}, { payload: '{"account": 12345678901234567890}' }, 'assertion_payload warning'],
    [{ token_endpoint_auth_method: 'client_secret_jwt' }, {}, 'client_secret missing'],
    [
      { token_endpoint_auth_method: 'client_secret_jwt', client_secret: 'short' },
      {},
      'client_secret warning',
    ],
  ] as const)('%o %o: %s', (change, assertion, problem) => {
    expect(found(change, assertion)).toEqual([problem])
  })

  it('needs no issuer for the token endpoint as audience', () => {
    expect(found({ discovery: '' }, { aud: 'token_endpoint' })).toEqual([])
  })

  it('RFC 7518 section 3.2: "A key of the same size as the hash output [...] or larger MUST be used"', () => {
    const secret = (bytes: number, secret_alg: 'HS256' | 'HS512') =>
      found(
        { token_endpoint_auth_method: 'client_secret_jwt', client_secret: 'x'.repeat(bytes) },
        { secret_alg },
      )
    expect(secret(31, 'HS256')).toEqual(['client_secret warning'])
    expect(secret(32, 'HS256')).toEqual([])
    expect(secret(63, 'HS512')).toEqual(['client_secret warning'])
  })
})

describe('checkDpop', () => {
  const dpop = (change: Partial<TokenRequestConfig['dpop']>, method: 'none' | 'private_key_jwt') =>
    checkDpop(
      config({ token_endpoint_auth_method: method, dpop: { ...emptyConfig.dpop, on: true, ...change } }),
      findKey,
    ).map(({ field, level }) => `${field} ${level}`)

  it('accepts the key of the assertion if there is one, else a key of its own', () => {
    expect(dpop({}, 'private_key_jwt')).toEqual([])
    expect(dpop({}, 'none')).toEqual(['dpop_key missing'])
    expect(dpop({ key: 'k' }, 'none')).toEqual([])
    expect(dpop({ key: 'gone' }, 'private_key_jwt')).toEqual(['dpop_key missing'])
    expect(dpop({ key: 'k', payload: '1' }, 'none')).toEqual(['dpop_payload error'])
  })
})
