import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from './explain.ts'
import { stagesOf } from './order.ts'
import { factsOf, refusals } from './refusal-testing.ts'
import { type CauseId, causeOf, causes } from './causes.ts'

const ids = Object.keys(causes) as CauseId[]
const known = new Set(Object.values(stagesOf).flatMap((stages) => Object.keys(stages)))

describe.each(ids)('%s', (id) => {
  const cause = causeOf(id)

  it('is of a stage that a ladder has', () => {
    expect(known).toContain(cause.stage)
    if (cause.apiStage) expect(Object.keys(stagesOf.api)).toContain(cause.apiStage)
  })

  it('is told of any request in plain sentences, with what to do and where it is written', () => {
    fc.assert(
      fc.property(refusals(fc.constantFrom('', 'Computer says no')), (refusal) => {
        // That cause is named by its code alone.
        const facts = factsOf(id === 'code-of-device-grant' ? { ...refusal, error: 'slow_down' } : refusal)
        const sign = cause.sign?.(facts)
        const against = cause.against?.(facts)
        const { title, meaning, fixes, spec } = cause.tell(facts)
        expect(title).toMatch(/^\S.*[^.:\s]$/)
        for (const sentence of [meaning, sign?.found, against])
          if (typeof sentence === 'string') expect(sentence).toMatch(/[^\s.][.:]$/)
        expect([title, meaning, ...fixes.map(textOf)].join()).not.toMatch(
          /undefined|null\b|NaN|\[object| [.,]| {2}/,
        )
        expect(spec.length).toBeGreaterThan(0)
      }),
      { numRuns: 50 },
    )
  })
})

/** Over https there is nothing to do about http. */
const ofHttp: readonly CauseId[] = ['redirect-to-https']

it('each offers something to do about a request that it applies to', () => {
  const silent = ids.filter((id) => {
    const cause = causeOf(id)
    const told = fc
      .sample(refusals(), { seed: 1, numRuns: 100 })
      .map(factsOf)
      .filter((facts) => cause.applies?.(facts) ?? true)
    return told.length > 0 && told.every((facts) => cause.tell(facts).fixes.length === 0)
  })
  expect(silent).toEqual(ofHttp)
})

it('a certain sign is of a server that says what it asks for', () => {
  for (const refusal of fc.sample(refusals(), { seed: 2, numRuns: 200 })) {
    const facts = factsOf(refusal)
    for (const id of ids)
      if (causeOf(id).sign?.(facts)?.certainty === 'certain') {
        expect(id).toMatch(/^nonce-/)
        expect(facts.came.code).toBe('use_dpop_nonce')
      }
  }
})
