import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw, Marks, type Run } from './marks.ts'

/** Runs in a line: marks in brackets, stretches from right to left in parentheses. */
const told = (text: string) =>
  draw(text)
    .runs.map((run) =>
      run.kind === 'mark' ? `[${run.name}]` : run.kind === 'plain' ? run.text : `(${run.text})`,
    )
    .join('')
const names = (text: string) => draw(text).runs.flatMap((run) => (run.kind === 'mark' ? [run.name] : []))
const joined = (runs: readonly Run[]) => runs.map(({ text }) => text).join('')

describe('what has a mark', () => {
  it.each([
    ['sc\u200Bope', 'sc[U+200B]ope'],
    ['\u202Eabc\u202C', '[U+202E]abc[U+202C]'],
    ['a\u2066b\u2069', 'a[U+2066]b[U+2069]'],
    ['soft\u00ADhyphen', 'soft[U+00AD]hyphen'],
    ['\uFEFF{}', '[U+FEFF]{}'],
    ['\0\u0007\u000B\u000C\u001B\u007F\u0085', '[U+0000][U+0007][U+000B][U+000C][U+001B][U+007F][U+0085]'],
    ['a\u2028b\u2029c', 'a[U+2028]b[U+2029]c'],
    ['x\u034Fy\u115F\u1160', 'x[U+034F]y[U+115F][U+1160]'],
    ['\u17B4\u17B5\u2800\u3164\uFFA0', '[U+17B4][U+17B5][U+2800][U+3164][U+FFA0]'],
    // Tag characters spell out a text of their own, unseen.
    ['a\u{E0001}\u{E0068}\u{E0069}\u{E007F}', 'a[U+E0001][U+E0068][U+E0069][U+E007F]'],
    // An emoji of three is three with two joiners: a message is read character by character here.
    ['👩\u200D🔬', '👩[U+200D]🔬'],
    // Variation selectors are no format characters, and drawn as nothing all the same: any text can be hidden in them.
    ['❤\uFE0F', '❤[U+FE0F]'],
    ['a\u{E0100}\u{E01EF}', 'a[U+E0100][U+E01EF]'],
    // Signs that enclose Arabic numbers are format characters.
    ['\u0600\u06DD', '[U+0600][U+06DD]'],
  ])('%j: %s', (text, expected) => {
    expect(told(text)).toBe(expected)
  })

  it.each([
    '',
    'a\tb\r\nc\n',
    'Ungültiger Schlüssel, “x”',
    'e\u0301 \u00A0\u3000 漢字',
    '😀🏳',
    '\uD800',
    'a\uDC00b',
    '\uFFFD',
    '\uFFFF',
  ])('nothing in %j', (text) => {
    expect(draw(text)).toEqual({ runs: text === '' ? [] : [{ kind: 'plain', text }], more: 0 })
  })

  it('a half of a pair stays where it is, and breaks none next to it', () => {
    expect(told('\uD800\u200B\uDC00')).toBe('\uD800[U+200B]\uDC00')
    expect(told('\uDB40\u200B\uDC68')).toBe('\uDB40[U+200B]\uDC68')
  })
})

describe('what is read from right to left', () => {
  it.each([
    ['{"א":1,"ב":2}', '{"(א)":1,"(ב)":2}'],
    ['["שלום","עולם"]', '["(שלום)","(עולם)"]'],
    ['x=א&y=ב', 'x=(א)&y=(ב)'],
    ['אב, גד 12 הו. z', '(אב, גד 12 הו). z'],
    ['مرحبا\nبك', '(مرحبا)\n(بك)'],
    ['א\u202Eב', '(א)[U+202E](ב)'],
    ['a\u{10840}b', 'a(\u{10840})b'],
  ])('%j: %s', (text, expected) => {
    expect(told(text)).toBe(expected)
  })
})

describe('the bound', () => {
  it('counts what has no mark any more, and keeps it in the text', () => {
    const { runs, more } = draw('\u200Bx'.repeat(2012))
    expect(runs.filter(({ kind }) => kind === 'mark')).toHaveLength(2000)
    expect(more).toBe(12)
    expect(joined(runs)).toBe('\u200Bx'.repeat(2012))
    expect(draw('\u{E0041}'.repeat(2001)).more).toBe(1)
    expect(draw('\u200B'.repeat(2000)).more).toBe(0)
  })

  it('is for all pieces of a text together', () => {
    const marks = new Marks()
    const pieces = ['\u200B'.repeat(1500), 'plain', '\u200B'.repeat(600), '\u200B'].map((piece) =>
      marks.runs(piece),
    )
    expect(pieces.flat().filter(({ kind }) => kind === 'mark')).toHaveLength(2000)
    expect(marks.more).toBe(101)
  })

  it('is for stretches from right to left too, which are then as the browser orders them', () => {
    const { runs, more } = draw('"א"'.repeat(3000))
    expect(runs.filter(({ kind }) => kind === 'right-to-left')).toHaveLength(2000)
    expect(more).toBe(0)
    expect(runs.length).toBeLessThan(4010)
  })
})

it('the runs, joined, are the text; no two plain ones are neighbours, and none is empty', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('\u200B', '\u202E', 'א', '\u{E0041}', '\uD83D', '\n', '"', 'ab'),
  )
  fc.assert(
    fc.property(fc.array(unit), (parts) => {
      const text = parts.join('')
      const { runs, more } = draw(text)
      expect([joined(runs), more]).toEqual([text, 0])
      expect(runs.some((run) => run.text === '')).toBe(false)
      const plain = runs.map((run) => run.kind === 'plain')
      expect(plain.some((is, index) => is && plain[index + 1] === true)).toBe(false)
      expect(runs.flatMap((run) => (run.kind === 'plain' ? names(run.text) : []))).toEqual([])
    }),
  )
})

it.each([
  'a line of JSON, more or less\n',
  '\u200B',
  '\u200Bx',
  'א',
  'א ',
  'א"',
  '\u{E0041}',
  '\uD800',
  '漢',
])('is not held up by four megabytes of %j', (piece) => {
  const text = piece.repeat(4_000_000 / piece.length)
  expect(joined(draw(text).runs)).toHaveLength(text.length)
})
