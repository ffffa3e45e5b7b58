import { describe, expect, it } from 'vitest'
import type { Stage } from '../../explanation/stage.ts'
import { after, before, type Pair, stagesOf, universal } from './order.ts'

const sorted = (stages: ReadonlySet<Stage>): readonly Stage[] => [...stages].sort()

const pairs: readonly Pair[] = [
  ['client', 'secret'],
  ['secret', 'grant'],
  ['secret', 'origin'],
  ['grant', 'scope'],
]

describe('before and after', () => {
  it('follow pairs over any number of steps', () => {
    expect(sorted(before(pairs, 'scope'))).toEqual(['client', 'grant', 'secret'])
    expect(sorted(after(pairs, 'client'))).toEqual(['grant', 'origin', 'scope', 'secret'])
  })

  it('know nothing of two stages that no pair connects', () => {
    expect(before(pairs, 'scope').has('origin')).toBe(false)
    expect(after(pairs, 'origin').has('scope')).toBe(false)
    expect(sorted(before(pairs, 'policy'))).toEqual([])
  })

  it('come to an end in a circle, and show it', () => {
    const circle: readonly Pair[] = [...pairs, ['scope', 'client']]
    expect(before(circle, 'scope').has('scope')).toBe(true)
  })
})

describe('what holds for every server', () => {
  it('is no circle', () => {
    const stages = new Set(universal.flat())
    expect([...stages].filter((stage) => before(universal, stage).has(stage))).toEqual([])
  })

  it('is in the order of the ladder', () => {
    for (const [endpoint, stages] of Object.entries(stagesOf)) {
      const order = Object.keys(stages)
      const wrong = universal.filter(
        ([one, other]) =>
          order.includes(one) && order.includes(other) && order.indexOf(one) > order.indexOf(other),
      )
      expect([endpoint, wrong]).toEqual([endpoint, []])
    }
  })

  it('says nothing of grant, scope and binding', () => {
    for (const stage of ['grant', 'scope', 'binding', 'resource', 'audience'] as const)
      expect(sorted(before(universal, stage))).toEqual([])
  })
})
