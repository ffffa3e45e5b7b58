import { describe, expect, it } from 'vitest'
import type { Captured } from './expectation.ts'
import { type Counts, countsOf, refusals, scoresOf } from './refusals.ts'

/** `VERBOSE=1 npx vitest run tests/vectors/refusals.test.ts` prints the counts, and what is not right, line by line. */
const verbose = process.env['VERBOSE'] !== undefined

/** With the server's record, and as one that nothing is known of. */
type Ways<T> = Readonly<Record<'known' | 'unknown', T>>

/** At least so many are right, those included of which the page sees no response. */
const right: Readonly<Record<Captured, Ways<number>>> = {
  simpleidserver: { known: 163, unknown: 162 },
  openiddict: { known: 128, unknown: 128 },
  identityserver4: { known: 162, unknown: 161 },
  keycloak: { known: 244, unknown: 245 },
  'aspnet-api': { known: 79, unknown: 79 },
  'helseid-sample-api': { known: 59, unknown: 59 },
  'helseid-client-against-an-imitation': { known: 29, unknown: 29 },
  'spring-authorization-server': { known: 154, unknown: 153 },
  'spring-resource-server': { known: 82, unknown: 82 },
  'mock-oauth2-server': { known: 25, unknown: 25 },
  'ory-hydra': { known: 135, unknown: 135 },
  'zitadel-oidc': { known: 49, unknown: 47 },
  'django-oauth-toolkit': { known: 73, unknown: 71 },
  fastapi: { known: 64, unknown: 64 },
  nginx: { known: 22, unknown: 22 },
  mcp: { known: 127, unknown: 127 },
}

/** Those whose rest is not listed line by line yet. */
const counted: readonly Captured[] = ['keycloak', 'spring-authorization-server', 'mock-oauth2-server']

const origin80 = 'vague 80 CORS: preflight, Origin null'
const unseen4 = [
  // Find has tried that place already.
  'vague 75 RFC 8414 place',
  'vague 122 discovery, RFC 8414 insertion',
  'wrong 101 CORS: preflight, token',
  origin80,
  origin80,
]

/** A page of the origin null is told first that no list holds it. */
const nullOfSpring = 'vague 147 token, origin null'

/** All that are not right. */
const notRight: Readonly<Partial<Record<Captured, Ways<readonly string[]>>>> = {
  simpleidserver: {
    // The realm may have slashes in it, as a base URL may.
    known: ['vague 174 cross-origin: 404 wrong path'],
    unknown: ['vague 55 authorization_details not JSON', 'vague 174 cross-origin: 404 wrong path'],
  },
  identityserver4: {
    // A page of the origin null learns that no list can hold it; a 400 that was pasted does not say what it responds to.
    known: unseen4,
    unknown: ['wrong 23 client without AllowedScopes, no scope', ...unseen4],
  },
  'zitadel-oidc': {
    known: [],
    // A bare code, whose list of causes has the secret and the assertion in it.
    unknown: [
      'wrong 15 private_key_jwt (client_assertion), service',
      'wrong 16 private_key_jwt with client_id in the body',
    ],
  },
  'spring-authorization-server': {
    known: [nullOfSpring],
    // openid is a scope for users as a rule; Spring has it as any other.
    unknown: ['vague 8 scope openid', nullOfSpring],
  },
  'helseid-sample-api': {
    // It has no token, and no CORS: which of the two comes first is open.
    known: ['vague 51 401 with Origin (CORS?)'],
    unknown: ['vague 51 401 with Origin (CORS?)'],
  },
  'django-oauth-toolkit': {
    known: [],
    // a.b.c is no JWT, and that may be the reason; a scope that is empty is one that is missing at HelseID.
    unknown: ['wrong 20 private_key_jwt', 'vague 15 empty scope'],
  },
  nginx: {
    // A refusal without CORS looks the same: what was typed may have changed since.
    known: ['wrong 16 rate limit: second, 429'],
    unknown: ['wrong 16 rate limit: second, 429'],
  },
}

const inWords = ({ right, vague, wrong, unseen }: Counts): string =>
  `right ${right}, vague ${vague}, wrong ${wrong}, unseen ${unseen}`

describe.each(Object.keys(refusals) as Captured[])('refusals of %s', (file) => {
  it.each(['known', 'unknown'] as const)('with its record: %s', async (way) => {
    const scores = await scoresOf(file, way === 'known')
    const others = scores.filter(({ score }) => score === 'vague' || score === 'wrong')
    if (verbose) {
      console.log(
        `${file} ${way}: ${inWords(countsOf(scores))}`,
        `\n    even lines: ${inWords(countsOf(scores, 0))}\n    odd lines: ${inWords(countsOf(scores, 1))}`,
      )
      for (const { expectation, score, why } of others)
        console.log(
          `${score} ${file}:${expectation.line} ${expectation.case} [${expectation.cause ?? 'not known'}]\n    ${why.join('\n    ')}`,
        )
    }
    if (!counted.includes(file))
      expect(
        others.map(({ score, expectation: { line, case: name } }) => `${score} ${line} ${name}`),
      ).toEqual(notRight[file]?.[way] ?? [])
    expect(countsOf(scores).right).toBeGreaterThanOrEqual(right[file][way])
  })
})
