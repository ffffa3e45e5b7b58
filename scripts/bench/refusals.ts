import type { Captured } from '../../tests/vectors/expectation.ts'
import { type Counts, countsOf, refusals, scoresOf } from '../../tests/vectors/refusals.ts'
import type { Section } from './report.ts'

/**
 * How many refusals of real servers the page explains rightly, vaguely and wrongly: with the record of the server, and
 * as a server that nothing is known of. The rules were written from the even lines of each file; the odd ones were held
 * back.
 */
export async function measureRefusals(): Promise<Section> {
  const rows = await Promise.all(
    (Object.keys(refusals) as Captured[]).flatMap((file) =>
      ([true, false] as const).map(async (isKnown) => {
        const scores = await scoresOf(file, isKnown)
        const halves = `even ${inWords(countsOf(scores, 0))}, odd ${inWords(countsOf(scores, 1))}`
        return [
          `${file}, ${isKnown ? 'known' : 'unknown'}`,
          `${inWords(countsOf(scores))} (${halves})`,
          '0 wrong',
        ] as const
      }),
    ),
  )
  return { title: 'Refusals explained: right/vague/wrong', rows }
}

const inWords = ({ right, vague, wrong }: Counts): string => `${right}/${vague}/${wrong}`
