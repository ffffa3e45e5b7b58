import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decode } from '../../src/lib/jwt/decode/decode.ts'
import { readKeys } from '../../src/lib/jwt/verify/key-source.ts'
import { verify } from '../../src/lib/jwt/verify/verify.ts'
import type { Captured } from './expectation.ts'
import type { CapturedExchange } from './seen-by-page.ts'

const read = (file: Captured): CapturedExchange[] =>
  JSON.parse(readFileSync(new URL(`captured/${file}.json`, import.meta.url), 'utf8')) as CapturedExchange[]

const bodyOf = ({ response }: CapturedExchange): Record<string, unknown> => {
  try {
    return JSON.parse(response.body) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Whatever a .NET server publishes opens what it signed: `"key_ops": []`, `"x5c": []` and members of its own do no harm. */
describe.each([
  'simpleidserver',
  'openiddict',
  'identityserver4',
  'helseid-client-against-an-imitation',
] as const)('the tokens of %s', (file) => {
  const bodies = read(file)
    .filter(({ response }) => response.status === 200)
    .map(bodyOf)
  const sets = bodies.filter(({ keys }) => Array.isArray(keys)).map((set) => JSON.stringify(set))
  const tokens = bodies
    .flatMap(({ access_token }) => (typeof access_token === 'string' ? [access_token] : []))
    .filter((token) => decode(token).kind === 'jws')

  /** Each token with one of the sets: a file has several set-ups of one server. */
  async function expectVerified(published: readonly string[]): Promise<void> {
    expect(tokens.length).toBeGreaterThan(0)
    for (const token of tokens) {
      const verdicts = await Promise.all(
        published.map(async (set) => (await verify(token, readKeys(set))).verdict),
      )
      expect(verdicts).toContain('verified')
    }
  }

  it('verify with the keys that it published', () => expectVerified(sets))

  it('verify with keys that have members which are null, empty or unknown', () => {
    const members = { key_ops: [], x5c: [], x5t: null, use: null, 'x-vendor': { a: 1 } }
    return expectVerified(
      sets.map((set) => {
        const { keys } = JSON.parse(set) as { keys: object[] }
        return JSON.stringify({ keys: keys.map((key) => ({ ...key, ...members })) })
      }),
    )
  })
})
