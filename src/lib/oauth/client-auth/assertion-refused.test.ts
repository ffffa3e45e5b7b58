import { describe, expect, it } from 'vitest'
import { assertionFixes, assertionOddities } from './assertion-refused.ts'
import { type AssertionConfig, emptyConfig, type TokenRequestConfig } from '../config/config.ts'

const config = (
  change: Partial<TokenRequestConfig>,
  assertion: Partial<AssertionConfig> = {},
): TokenRequestConfig => ({
  ...emptyConfig,
  discovery: 'https://as.example',
  token_endpoint_auth_method: 'private_key_jwt',
  ...change,
  assertion: { ...emptyConfig.assertion, ...assertion },
})
const causes = (...of: Parameters<typeof config>) =>
  assertionOddities(config(...of))
    .map(({ cause }) => cause)
    .join(' ')

describe('assertionOddities', () => {
  it('has nothing to say of an assertion as most clients make it', () => {
    expect(causes({}, { header: '{"cty": "x"}', payload: '{"tenant": 1}', kid: 'none', nbf: false })).toBe('')
    expect(causes({}, { payload: 'not JSON' })).toBe('')
  })

  it.each([
    [{}, { payload: '{"jti": null, "tenant": 1}' }, 'made here: jti, which is left out.'],
    [{}, { header: '{"typ": "at+jwt"}', payload: '{"sub": "other"}' }, 'made here: typ, sub.'],
    [{}, { aud: 'custom', custom_aud: 'https://b.example' }, 'aud was typed, https://b.example:'],
    [{ clock_skew: -600 }, {}, 'A clock skew of -600 s is set'],
    [{}, { kid: 'custom', custom_kid: 'nobody' }, 'kid was typed, nobody:'],
    [
      { token_endpoint_auth_method: 'client_secret_jwt' },
      { kid: 'custom', custom_kid: 'nobody' },
      'A kid is sent, and a secret has none',
    ],
    [{}, { lifetime: 3600 }, 'It lives 3600 s'],
  ] as const)('names what is out in %o %o', (change, assertion, cause) => {
    expect(causes(change, assertion)).toContain(cause)
    expect(assertionOddities(config(change, assertion))).toHaveLength(1)
  })

  it('undoes it in one click, and loses nothing else', () => {
    const odd = config({ clock_skew: 60 }, { kid: 'custom', custom_kid: 'nobody', typ: 'JWT' })
    expect(assertionOddities(odd).map(({ fix }) => fix)).toEqual([
      { text: 'Clock skew: 0 s', change: { clock_skew: 0 } },
      { text: 'kid: the key’s own', change: { assertion: { kid: 'key' } } },
    ])
  })
})

describe('assertionFixes', () => {
  it('offers the issuer as the audience only if it is known', () => {
    const texts = (discovery: string) =>
      assertionFixes(config({ discovery }, { aud: 'custom' })).map((fix) =>
        typeof fix === 'string' ? fix : fix.text,
      )
    expect(texts('https://as.example')).toEqual(['aud: issuer', 'aud: token endpoint', 'typ: JWT'])
    expect(texts('')).toEqual(['aud: token endpoint', 'typ: JWT'])
  })
})
