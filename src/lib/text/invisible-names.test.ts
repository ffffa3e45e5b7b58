import { describe, expect, it } from 'vitest'
import { parseJson } from '../json/parse.ts'
import { invisibleNames, tellNames } from './invisible-names.ts'

function namesOf(json: string): readonly string[] {
  const parsed = parseJson(json)
  if (!parsed.ok) throw new Error(parsed.message)
  return invisibleNames(parsed.value)
}

describe('names that look like others', () => {
  it('are found wherever they are, once each, the outer ones first', () => {
    expect(
      namesOf('{"a":[{"in\\u200Bner":1},{"in\\u200Bner":2}],"out\u202Eer":{"x":1},"plain":"val\u200Bue"}'),
    ).toEqual(['out\u202Eer', 'in\u200Bner'])
    expect(namesOf('{"scope":"read","ü":1,"שם":2}')).toEqual([])
    expect(namesOf('"\u200B"')).toEqual([])
    expect(invisibleNames(null)).toEqual([])
  })

  it('are named with what is unseen in them', () => {
    expect(tellNames(['sc\u200Bope'])).toBe('A name contains invisible characters: U+200B in “sc…ope”.')
    expect(tellNames(['a\u202E\u202Cb', '\u{E0041}'])).toBe(
      'Names contain invisible characters: U+202E, U+202C in “a…b”; U+E0041 in “…”.',
    )
    expect(tellNames(Array.from({ length: 9 }, (_, at) => `${at}\u200B`))).toMatch(/; and in 6 more\.$/)
    expect(tellNames(['\u{E0041}\u{E0042}\u{E0043}\u{E0044}'])).toContain('U+E0043, … in')
    expect(tellNames(['\u200B'.repeat(100_000)]).length).toBeLessThan(200)
  })

  it('are looked for in a list of a million values and in one of a hundred thousand names', () => {
    expect(namesOf(`[${'1,'.repeat(1_000_000)}{"a\u200B":1}]`)).toEqual(['a\u200B'])
    const many = Array.from({ length: 100_000 }, (_, at) => `"n${at}":${at}`)
    expect(namesOf(`{${many.join(',')}}`)).toEqual([])
  })
})
