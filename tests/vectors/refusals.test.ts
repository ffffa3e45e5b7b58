import { describe, expect, it } from 'vitest'
import type { Captured } from './expectation.ts'
import { type Counts, countsOf, refusals, scoresOf } from './refusals.ts'

/** `VERBOSE=1 npx vitest run tests/vectors/refusals.test.ts` prints the counts, and what is not right, line by line. */
const verbose = process.env['VERBOSE'] !== undefined

/** With the server's record, and as one that nothing is known of. */
type Ways<T> = Readonly<Record<'known' | 'unknown', T>>

/** At least so many are right. A page has no response of the others: CORS hides them. */
const right: Readonly<Record<Captured, Ways<number>>> = {
  simpleidserver: { known: 140, unknown: 139 },
  openiddict: { known: 95, unknown: 95 },
  identityserver4: { known: 132, unknown: 131 },
  'aspnet-api': { known: 65, unknown: 65 },
  'helseid-sample-api': { known: 55, unknown: 55 },
  'helseid-client-against-an-imitation': { known: 26, unknown: 26 },
}

/** All that are not right. */
const notRight: Readonly<Partial<Record<Captured, Ways<readonly string[]>>>> = {
  simpleidserver: { known: [], unknown: ['vague 55 authorization_details not JSON'] },
  identityserver4: { known: [], unknown: ['wrong 23 client without AllowedScopes, no scope'] },
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
    expect(others.map(({ score, expectation: { line, case: name } }) => `${score} ${line} ${name}`)).toEqual(
      notRight[file]?.[way] ?? [],
    )
    expect(countsOf(scores).right).toBeGreaterThanOrEqual(right[file][way])
  })
})
