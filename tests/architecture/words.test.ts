import { describe, expect, it } from 'vitest'
import { notesIn, sentencesIn, writtenForAuthors } from './comments.ts'
import { sourceFiles } from './import-graph.ts'
import { type Sentence, sentencesOf } from './sentences.ts'

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

interface Rule {
  readonly pattern: RegExp
  readonly instead: string
  /** A sentence that breaks the rule, and one that does not. */
  readonly wrong: string
  readonly right: string
}

/** What comments, names of tests and the README do not say. */
const deniedInNotes: readonly Rule[] = [
  {
    pattern: /\bst(ands?|anding|ood)\b/i,
    instead: 'is, has, means',
    wrong: 'The nonce stands in a header.',
    right: 'The nonce is in a header.',
  },
  {
    pattern: /\banswer(s|ed|ing)?\b/i,
    instead: 'response, to respond',
    wrong: 'The server answers 400.',
    right: 'The code in `answers.ts` responds.',
  },
  {
    pattern: /\b(the|a) person\b/i,
    instead: 'the user',
    wrong: 'What the person typed.',
    right: 'What the user typed.',
  },
  {
    pattern: /\bin vain\b/i,
    instead: 'without a result',
    wrong: 'It was asked in vain.',
    right: 'It was asked without a result.',
  },
  {
    pattern: /\bbeside\b/i,
    instead: 'next to, besides',
    wrong: 'The API beside it.',
    right: 'The API next to it, besides others.',
  },
  {
    pattern: /\b(takes?|took)\b/i,
    instead: 'accepts, uses, reads',
    wrong: 'A server that takes the token.',
    right: 'Trying takes a few milliseconds; no script takes part.',
  },
  {
    pattern:
      /(^…|[:;] …|\b(empty|none|nothing|absent|only|or),?) where\b|\bwhere (there (is|are|was|were)|no|none|nothing|nobody)\b/i,
    instead: 'if',
    wrong: 'The issuer; `null` where it has none.',
    right: 'It says where the keys are.',
  },
  {
    pattern:
      /^(whether|why|how|what|who|whom|which|where|when)\b[^,]*, (\w+ ){1,3}(tells?|says?|shows?|knows?|decides?)( not)?[.;]?$/i,
    instead: 'the verb after its subject',
    wrong: 'Whether it is right, the browser tells.',
    right: 'The browser shows whether it is right.',
  },
  {
    pattern: /\b(for want of|held? against|told (from|by)|one['’]s own)\b/i,
    instead: 'a plain clause',
    wrong: 'Refused for want of a nonce.',
    right: 'Refused, as it has no nonce.',
  },
]

/** Phrases with such a word that a native engineer writes all the same. */
const legitimate: readonly RegExp[] = [
  // How long something lasts
  /\b(takes?|took) (\w+ )*(time|long|longer|longest|while|\w*seconds?)\b/gi,
  /\b(how long|time|milliseconds) [^.]*\b(takes?|took)\b/gi,
  // Idioms
  /\b(takes?|took) (over|part|place|turns)\b/gi,
  // Somebody a claim is about, who need not be a user
  /\bclaims about a person\b/gi,
]

describe('the words of comments, names of tests and the README', () => {
  const sentences = writtenForAuthors()
  const breaks = ({ text }: Sentence, pattern: RegExp) =>
    pattern.test(legitimate.reduce((rest, phrase) => rest.replace(phrase, '…'), text))

  it('are found in every kind of file', () => {
    expect(sentences.length).toBeGreaterThan(5000)
    expect(notesIn('a.ts', "/** One. */\nf(/* two */) // three\nit('four', g)\n'// five'")).toEqual([
      '/** One. */',
      '/* two */',
      '// three',
      'four',
    ])
    expect(
      notesIn('a.svelte', '<script>\n// one\n</script>\n<!-- two -->\n<style>/* three */</style>'),
    ).toEqual(['// one', ' two ', '/* three */'])
    expect(notesIn('a.md', 'One\nof it.\n\n- two\n- three')).toEqual(['One\nof it.', '- two', '- three'])
  })

  it.each(deniedInNotes)('$pattern: say $instead', ({ pattern, wrong, right }) => {
    const asComment = (text: string) => sentencesIn('', `/** ${text} */`)
    expect(asComment(wrong).filter((sentence) => breaks(sentence, pattern))).toHaveLength(1)
    expect(asComment(right).filter((sentence) => breaks(sentence, pattern))).toEqual([])
    const broken = sentences
      .filter((sentence) => breaks(sentence, pattern))
      .map(({ file, text }) => `${file}: ${text}`)
    expect(broken.join('\n')).toBe('')
  })
})
