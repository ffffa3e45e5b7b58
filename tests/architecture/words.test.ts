import { describe, expect, it } from 'vitest'
import { sourceFiles } from './import-graph.ts'
import { sentencesOf } from './sentences.ts'

/** What the page does not say, and what it says instead. */
const denied: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bstands?\b/i, 'is, has, means'],
  [/\banswer(s|ed|ing)?\b/i, 'response, to respond'],
  [/\b(the|a) person\b/i, 'the user'],
  [/\btakes (?!part|longer)|\btook (?!…)/i, 'accepts, uses, reads'],
  [/\b(do|does|did|should|would|can|cannot|might|may|must) (not )?take\b(?! part)/i, 'accept'],
  [/\bwhere (there (is|are|was)|it (is|was|differs)|that (is|was)|no one|nobody)\b/i, 'if'],
  [/\b(of now|for want of|in the place of an answer)\b/i, 'a plain clause'],
]

describe('the words of the page', () => {
  const sentences = sourceFiles().flatMap(({ path }) => sentencesOf(path))

  it('are found at all', () => {
    expect(sentences.length).toBeGreaterThan(1500)
    expect(sentences.map(({ text }) => text)).toContain('Verify with the server’s keys')
  })

  it.each(denied)('%s: say %s', (pattern) => {
    const found = sentences
      .filter(({ text }) => pattern.test(text))
      .map(({ file, text }) => `${file}: ${text}`)
    expect(found.join('\n')).toBe('')
  })
})
