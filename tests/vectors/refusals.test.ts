import { describe, expect, it } from 'vitest'
import type { Captured } from './expectation.ts'
import { refusals, scoresOf } from './refusals.ts'

/** `VERBOSE=1 npx vitest run tests/vectors/refusals.test.ts` prints what is not right, line by line. */
const verbose = process.env['VERBOSE'] !== undefined

describe.each(Object.keys(refusals) as Captured[])('refusals of %s', (file) => {
  it.each([true, false])('with its record: %s', async (isKnown) => {
    const scores = await scoresOf(file, isKnown)
    const count = (wanted: string) => scores.filter(({ score }) => score === wanted).length
    const summary = `${file} ${isKnown ? 'known' : 'unknown'}: right ${count('right')}, vague ${count('vague')}, wrong ${count('wrong')}, unseen ${count('unseen')}`
    console.log(summary)
    if (verbose)
      for (const { expectation, score, why } of scores)
        if (score === 'vague' || score === 'wrong')
          console.log(
            `${score} ${file}:${expectation.line} ${expectation.case} [${expectation.cause ?? 'not known'}]\n    ${why.join('\n    ')}`,
          )
    expect(scores.length).toBeGreaterThan(0)
  })
})
