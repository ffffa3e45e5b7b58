import { describe, expect, it } from 'vitest'
import type { Explanation, Fix } from '../../../src/lib/explanation/explanation.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'
import { noPast, type Past } from '../../../src/lib/why/refusal/facts/facts.ts'
import { answer } from './answers.ts'
import { exchangeOf, now, proofKey, stagesOf, unchosen, understood } from './token-use.ts'

const signing = { findKey: () => proofKey, now: () => now, nonce: null }
const config: TokenRequestConfig = {
  ...emptyConfig,
  issuer: 'https://as.example',
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: 'a-secret-of-32-bytes-for-HS256--',
  scope: 'read',
}

/** As an unknown server refuses that configuration, with those words. */
async function refused(
  changed: Partial<TokenRequestConfig>,
  error = 'invalid_client',
  words = 'client authentication failed',
  past: Partial<Past> = {},
): Promise<Explanation> {
  const whole = { ...config, ...changed }
  const outcome = answer(
    error === 'invalid_client' ? 401 : 400,
    JSON.stringify({ error, error_description: words }),
  )
  const exchange = exchangeOf(await composeTokenRequest(whole, signing), outcome)
  const { explanation } = await understood(exchange, whole, { ...unchosen, past: { ...noPast, ...past } })
  if (!explanation) throw new Error('Nothing is explained.')
  return explanation
}

const changes = (fixes: readonly Fix[]) =>
  fixes.flatMap((fix) => (typeof fix === 'object' && 'change' in fix ? [fix.change] : []))
const assertion = emptyConfig.assertion
const byKey = { token_endpoint_auth_method: 'private_key_jwt' } as const
const bySecret = { token_endpoint_auth_method: 'client_secret_jwt' } as const

describe('an assertion that is refused without a reason', () => {
  it('signed with the secret: that first', async () => {
    const { certainty, causes, fixes } = await refused(bySecret)
    expect(certainty).toBe('possible')
    expect(causes[0]).toBe('The signature of the assertion does not verify with the client’s secret')
    expect(fixes[0]).toBe('Enter the secret that the server has for this client.')
  })

  it.each([
    ['with a key', byKey, 'key'],
    ['with the secret, which has no kid', bySecret, 'none'],
  ] as const)(
    'signed %s: a kid that was typed comes first, and one click undoes it',
    async (_, method, kid) => {
      const typed = await refused({
        ...method,
        assertion: { ...assertion, kid: 'custom', custom_kid: 'nobody' },
      })
      expect(typed.causes[0]).toBe('The server has no key to verify the assertion with')
      expect(typed.observed).toContain('kid of the assertion was typed: “nobody”.')
      expect(typed.fixes[0]).toMatchObject({ change: { assertion: { kid } } })
      const own = await refused(method)
      expect(own.causes[0]).not.toBe(typed.causes[0])
      expect(own.observed).toEqual([])
    },
  )

  it('a jti that was left out comes first, of an assertion that is fine otherwise', async () => {
    const { causes, fixes } = await refused({
      ...byKey,
      assertion: { ...assertion, payload: '{"jti":null}' },
    })
    expect(causes[0]).toBe('The assertion has no jti')
    expect(fixes[0]).toContain('More header and payload members')
  })

  it('a secret is offered in its place only if the server speaks of one', async () => {
    const weaker = { token_endpoint_auth_method: 'client_secret_post' }
    expect(changes((await refused(byKey)).fixes)).not.toContainEqual(weaker)
    const spoken = await refused(byKey, 'invalid_client', 'Bad client credentials')
    expect(changes(spoken.fixes)).toContainEqual(weaker)
  })
})

describe('a certificate', () => {
  it.each(['tls_client_auth', 'self_signed_tls_client_auth'] as const)(
    '%s: no page can show one, and a secret is not asked for',
    async (token_endpoint_auth_method) => {
      for (const words of ['client authentication failed', 'Client authentication is required']) {
        const explanation = await refused({ token_endpoint_auth_method }, 'invalid_client', words)
        expect(explanation).toMatchObject({ title: 'No certificate was shown', certainty: 'likely' })
        expect(explanation.fixes[0]).toMatchObject({ copy: 'request' })
        expect(JSON.stringify([explanation.fixes, explanation.ladder])).not.toMatch(/secret/i)
        expect(stagesOf(explanation, 'stopped here')).toEqual(['Client authentication method right'])
      }
    },
  )
})

describe('the same bytes again', () => {
  const past = { replayOf: 1, jtiSeen: true, worked: { id: 1, since: [] } }

  it('that were accepted before: nothing else can be wrong in them', async () => {
    const explanation = await refused(byKey, 'invalid_client', '', past)
    expect(explanation).toMatchObject({ title: 'The assertion was used before', causes: [] })
    expect(explanation.fixes).toHaveLength(1)
    const before = await refused(byKey, 'invalid_client', '', { ...past, worked: null })
    expect(before.causes).not.toEqual([])
  })

  it('that carry nothing that serves once: all remains', async () => {
    const { certainty, causes } = await refused({}, 'invalid_client', '', { ...past, jtiSeen: false })
    expect(certainty).toBe('possible')
    expect(causes).toContain('The secret is wrong')
  })
})

describe('several resources', () => {
  const resource = ['https://a.example', 'https://b.example']

  it('words of one at a time name the cause, and one click asks for either', async () => {
    const explanation = await refused({ resource }, 'invalid_target', 'only a single resource is supported')
    expect(explanation).toMatchObject({
      title: 'The server accepts one resource at a time',
      certainty: 'likely',
    })
    expect(changes(explanation.fixes)).toEqual(resource.map((one) => ({ resource: [one] })))
  })

  it('without words they are the first suspect, and one alone is none', async () => {
    const [first] = (await refused({ resource }, 'invalid_target', '')).causes
    expect(first).toBe('The server accepts one resource at a time')
    const one = await refused({ resource: resource.slice(0, 1) }, 'invalid_target', 'one resource at a time')
    expect(JSON.stringify(one)).not.toContain('The server accepts one resource at a time')
  })
})

it('a code of the server’s own may come from any stage', async () => {
  const explanation = await refused({}, 'something_new', '')
  expect(explanation.causes[0]).toBe('Only the server’s own documentation explains “something_new”')
  expect(stagesOf(explanation, 'stopped here')).toEqual([])
})
