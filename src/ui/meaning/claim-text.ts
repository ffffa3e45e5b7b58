import { jsonLines } from '../../lib/json/lines.ts'
import type { JsonValue } from '../../lib/json/value.ts'
import { quoted } from '../../lib/text/quoted.ts'
import { take } from '../../lib/text/take.ts'

/** Lines of JSON that can be in what is shown: of a list of a million items no more are made. */
const mostLines = 100

/** A claim as JSON on one line, bounded; the whole stands in the answer as received. */
export function claimText(value: JsonValue): string {
  const { taken, more } = take(jsonLines(value, 0), mostLines)
  const text = taken.map((line) => line.map(({ text: piece }) => piece).join('')).join(' ')
  return quoted(text) + (more ? ' …' : '')
}
