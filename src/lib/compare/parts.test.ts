import { describe, expect, it } from 'vitest'
import { differingParts, wholePart } from './parts.ts'

describe('the part in which two texts differ', () => {
  it('is between what they have in common', () => {
    expect(differingParts('https://a.example/token', 'https://b.example/token')).toEqual([
      { before: 'https://', differing: 'a', after: '.example/token', cut: [0, 0, 0] },
      { before: 'https://', differing: 'b', after: '.example/token', cut: [0, 0, 0] },
    ])
    const [one, other] = differingParts('aa', 'aaa')
    expect([one.differing, other.differing]).toEqual(['', 'a'])
  })

  it('cuts no character in two', () => {
    const [one, other] = differingParts('x\u{1F600}y', 'x\u{1F601}y')
    expect([one.before, one.differing, other.differing, one.after]).toEqual([
      'x',
      '\u{1F600}',
      '\u{1F601}',
      'y',
    ])
    const [end, otherEnd] = differingParts('\u{1F600}', '\u{1FA00}')
    expect([end.differing, otherEnd.differing]).toEqual(['\u{1F600}', '\u{1FA00}'])
  })

  it('of long texts has what is around it, and says how much is left out', () => {
    const [{ before, differing, after, cut }] = differingParts(
      `${'a'.repeat(1000)}${'x'.repeat(5000)}${'b'.repeat(100)}`,
      `${'a'.repeat(1000)}y${'b'.repeat(100)}`,
    )
    expect([before.length, differing.length, after.length]).toEqual([60, 1500, 60])
    expect(cut).toEqual([940, 3500, 40])
    expect(wholePart('c'.repeat(2000)).cut).toEqual([0, 0, 500])
  })
})
