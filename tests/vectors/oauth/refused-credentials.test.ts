import { describe, expect, it } from 'vitest'
import type { Fix } from '../../../src/lib/explanation/explanation.ts'
import {
  type AssertionConfig,
  type DpopConfig,
  emptyConfig,
  type TokenRequestConfig,
} from '../../../src/lib/oauth/config/config.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'
import { answer } from './answers.ts'
import { exchangeOf, now, proofKey, unchosen, understood } from './token-use.ts'

const signing = { findKey: () => proofKey, now: () => now, nonce: null }

async function refused(error: string, change: Partial<TokenRequestConfig>, words = '') {
  const config = {
    ...emptyConfig,
    issuer: 'https://as.example',
    token_endpoint: 'https://as.example/token',
    client_id: 'm2m',
    client_secret: 'a-secret-of-32-bytes-for-HS256--',
    scope: 'read',
    ...change,
  }
  const body = { error, ...(words === '' ? {} : { error_description: words }) }
  const outcome = answer(401, JSON.stringify(body))
  const exchange = exchangeOf(await composeTokenRequest(config, signing), outcome)
  const { explanation } = await understood(exchange, config, unchosen)
  if (!explanation) throw new Error('nothing is said')
  return explanation
}

const changes = (fixes: readonly Fix[]) =>
  fixes.flatMap((fix) => (typeof fix !== 'string' && 'change' in fix ? [fix.change] : []))

describe('RFC 7523 section 3: an assertion that is refused without a reason', () => {
  const signed = (assertion: Partial<AssertionConfig>, change: Partial<TokenRequestConfig> = {}) =>
    refused('invalid_client', {
      token_endpoint_auth_method: 'private_key_jwt',
      ...change,
      assertion: { ...emptyConfig.assertion, ...assertion },
    })

  it('as most clients make it shows nothing by itself', async () => {
    for (const assertion of [
      {},
      { header: '{"cty": "x"}', payload: '{"tenant": 1}' },
      { nbf: false },
      { typ: 'JWT' as const },
    ])
      expect(await signed(assertion)).toMatchObject({
        certainty: 'possible',
        title: 'The server refused: invalid_client',
      })
  })

  it.each<[string, Partial<AssertionConfig>, Partial<TokenRequestConfig>, string]>([
    [
      'sub of another',
      { payload: '{"sub": "other"}' },
      {},
      'iss and sub of the assertion are not both the client ID',
    ],
    [
      'aud of another',
      { aud: 'custom', custom_aud: 'https://b.example' },
      {},
      'The assertion is for another server',
    ],
    ['a clock behind', {}, { clock_skew: -600 }, 'The assertion has expired'],
    ['a long lifetime', { lifetime: 3600 }, {}, 'The assertion is valid for longer than the server allows'],
  ])('shows %s, which comes first', async (_what, assertion, change, cause) => {
    const explanation = await signed(assertion, change)
    expect([explanation.certainty === 'possible' ? explanation.causes[0] : explanation.title]).toEqual([
      cause,
    ])
    expect(explanation.observed?.length).toBeGreaterThan(0)
  })

  it('is undone in one click, and nothing else is lost', async () => {
    expect(changes((await signed({ lifetime: 3600 })).fixes)).toContainEqual({ assertion: { lifetime: 60 } })
    expect(changes((await signed({}, { clock_skew: -600 })).fixes)).toContainEqual({ clock_skew: 0 })
    const custom = await signed({ aud: 'custom', custom_aud: 'https://b.example' })
    expect(changes(custom.fixes)).toContainEqual({ assertion: { aud: 'issuer' } })
  })
})

describe('RFC 9449 section 4.3: a proof that is refused', () => {
  const proved = (words: string, dpop: Partial<DpopConfig> = {}) =>
    refused('invalid_dpop_proof', { dpop: { ...emptyConfig.dpop, on: true, ...dpop } }, words)

  it.each([
    ['DPoP proof htu mismatch', 'The proof is for another URL'],
    [
      'the htu parameter must be equals to https://localhost:5001/master/token',
      'The proof is for another URL',
    ],
    ['the alg PS256 is not supported', 'The server does not accept the algorithm of the proof'],
    ['DPoP proof JWT Replay detected', 'The proof was used before'],
    ['DPoP proof iat is not recent enough', 'The proof is too old for the server, or of the future'],
    ['DPoP is expired', 'The server demands an exp in the proof'],
    ['DPoP proof must have an exp', 'The server demands an exp in the proof'],
  ])('“%s”: what the words point at comes first', async (words, title) => {
    expect(await proved(words)).toMatchObject({ certainty: 'likely', title })
  })

  it('in words that say nothing: what the code leaves', async () => {
    const explanation = await proved('no')
    expect(explanation).toMatchObject({
      certainty: 'possible',
      title: 'The server refused: invalid_dpop_proof',
    })
    expect(explanation.causes.length).toBeGreaterThan(3)
  })

  it('has an end offered only if it has none', async () => {
    expect(changes((await proved('DPoP is expired')).fixes)).toContainEqual({ dpop: { lifetime: 200 } })
    const ended = await proved('DPoP is expired', { lifetime: 200 })
    expect(ended.title).not.toBe('The server demands an exp in the proof')
    expect(changes(ended.fixes)).not.toContainEqual({ dpop: { lifetime: 200 } })
  })

  it('names what the user has put into it, with the way back', async () => {
    const explanation = await proved('', { payload: '{"htu": "https://a.example"}' })
    expect(explanation).toMatchObject({ certainty: 'likely', title: 'The proof is for another URL' })
    expect(changes(explanation.fixes)).toContainEqual({ dpop: { payload: '' } })
  })
})
