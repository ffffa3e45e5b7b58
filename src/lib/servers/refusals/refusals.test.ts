import { describe, expect, it } from 'vitest'
import type { RefusalRecord } from '../../why/refusal/record.ts'
import { causeOf } from '../../why/refusal/causes.ts'
import { factsOf, jwt, said } from '../../why/refusal/refusal-testing.ts'
import type { HeaderList } from '../../http/message.ts'
import { explainVerdict, textOf } from '../../why/refusal/explain.ts'
import { findReason } from '../../why/refusal/reason.ts'
import { find } from '../../why/refusal/rows.ts'
import { before, universal } from '../../why/refusal/order.ts'
import { apiRefusals, serverRefusals } from './refusals.ts'

const all: readonly (readonly [string, RefusalRecord])[] = [
  ...Object.entries(serverRefusals),
  ...Object.entries(apiRefusals),
]

describe.each(all)('%s', (_name, record) => {
  it('has no circle in its order, nor with what holds for every server', () => {
    const pairs = [...universal, ...record.order]
    const stages = [...new Set(pairs.flat())]
    expect(stages.filter((stage) => before(pairs, stage).has(stage))).toEqual([])
  })

  it('has no row whose cause was passed at the stage that it stopped at', () => {
    const contradictory = record.rows.filter(({ causes, stage, endpoint = [], passed = [] }) =>
      causes.some((id) => {
        const { stage: own, apiStage } = causeOf(id)
        const at = stage ?? (endpoint.includes('api') ? (apiStage ?? own) : own)
        return passed.includes(at) || passed.some((other) => before(record.order, other).has(at))
      }),
    )
    expect(contradictory.map(({ says, id, causes }) => `${String(says ?? id)}: ${causes.join()}`)).toEqual([])
  })

  it('is certain only of one cause, and names causes once each', () => {
    for (const { causes, certainty } of record.rows) {
      expect(new Set(causes).size).toBe(causes.length)
      expect(causes.length).toBeGreaterThan(0)
      if (certainty === 'certain' && causes.length > 1)
        // What was sent shows which of them it is.
        expect(causes.some((id) => causeOf(id).applies ?? causeOf(id).sign)).toBe(true)
    }
  })

  it('fits no text that it does not know', () => {
    const gibberish = 'xyzzy '.repeat(600)
    for (const words of [said, gibberish])
      expect(record.rows.filter(({ says }) => says?.test(words)).map(({ says }) => String(says))).toEqual([])
  })

  it('has words that are found fast in any text', () => {
    const texts = ['client ', 'scope ', 'not allowed ', "'", '“x', 'The issuer ', 'IDX'].map((one) =>
      one.repeat(600),
    )
    const start = performance.now()
    for (const { says } of record.rows) for (const text of texts) says?.test(text)
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('does no harm: no fix weakens a check that is there for a reason', () => {
    for (const credentials of ['body', 'header', 'assertion'] as const)
      for (const endpoint of ['token', 'api'] as const) {
        const facts = factsOf({ endpoint, credentials, error: 'invalid_client', status: 401 })
        const fixes = Object.values(record.fixes ?? {}).flatMap((told) => told(facts))
        expect(JSON.stringify(fixes)).not.toMatch(
          /ValidateAudience = false|AllowAnyOrigin|ValidateIssuer = false|RequireHttpsMetadata = false(?! only on your own machine)/,
        )
      }
  })
})

describe('the audience that an API wants', () => {
  const aud = {
    endpoint: 'api',
    error: 'invalid_token',
    words: 'The audience is invalid',
    status: 401,
    token: jwt({ iss: 'https://as.example', aud: 'm2m' }),
  } as const
  const offers = (issuer: RefusalRecord | null): readonly string[] =>
    explainVerdict(findReason(factsOf(aud), null, []), factsOf(aud), issuer).fixes.map(textOf)

  it('is asked for by resource, unless the authorization server ignores that', () => {
    expect(offers(null)).toContainEqual(expect.stringMatching(/^Ask for a token with the resource/))
    for (const name of ['keycloak', 'spring', 'hydra', 'zitadel', 'mock-oauth2-server'] as const) {
      const record = serverRefusals[name]
      expect(record, name).toBeDefined()
      expect(offers(record ?? null), name).not.toContainEqual(expect.stringMatching(/with the resource/))
    }
  })

  it('is set by a customizer at Spring', () => {
    expect(offers(serverRefusals['spring'] ?? null)).toContainEqual(
      expect.stringContaining('OAuth2TokenCustomizer<JwtEncodingContext> sets aud'),
    )
  })
})

describe('a role that the token lacks', () => {
  const words = 'The request requires higher privileges than provided by the access token.'
  const recognised = (uri: string) => {
    const challenge = `Bearer error="insufficient_scope", error_description="${words}"${uri}`
    const headers: HeaderList = [['www-authenticate', challenge]]
    return find(factsOf({ endpoint: 'api', status: 403, headers }), null, Object.values(apiRefusals)).record
  }

  it('is known to be Spring’s by the address next to the sentence of the standard, not by that alone', () => {
    const uri = ', error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"'
    expect(recognised(uri)?.name).toBe('Spring Security')
    expect(recognised('')).toBeNull()
  })
})

it('knows Entra ID by its numbers, in whatever language its sentences are', () => {
  const facts = factsOf({
    error: 'invalid_client',
    status: 401,
    words: 'AADSTS7000222: Die Schlüssel sind abgelaufen.',
  })
  const { stage, reasons } = findReason(facts, null, Object.values(serverRefusals))
  expect([stage, reasons[0]?.id]).toEqual(['secret', 'secret-expired'])
})
