import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExchangeCondition } from './conditions.ts'
import { entryOf, issuing, jwtOf, type Told } from './entry-testing.ts'
import type { Step } from './lesson.ts'
import { lessons } from './built-in/lessons.ts'
import { judgeFound, progressOf } from './progress.ts'
import { seen } from './seen.ts'

/** Exchanges in order, numbered from 1. */
const run = (...told: readonly Told[]) => told.map((one, index) => entryOf({ id: index + 1, ...one }))

const step = (exchange: ExchangeCondition): Step => ({ what: 'It happens', exchange })

const issue = (token: string): Told => issuing(token)
const call = (token: string, status = 200): Told => ({
  about: 'api',
  status,
  token,
  headers: [['authorization', `Bearer ${token}`]],
})

const steps = (conditions: readonly ExchangeCondition[], told: readonly Told[], since = 0) =>
  progressOf({ steps: conditions.map(step) }, { entries: run(...told), since, found: [] }).steps

const asked = { about: 'token', status: 200 } as const
const used = { about: 'api', status: 200 } as const

describe('progress', () => {
  it('is by steps in their order, one exchange each', () => {
    expect(steps([asked, used], [call('a'), issue('a')])).toEqual([2, null])
    expect(steps([asked, used], [issue('a'), call('a')])).toEqual([1, 2])
    expect(steps([asked, asked], [issue('a')])).toEqual([1, null])
    expect(steps([asked, used, asked], [issue('a'), issue('b'), call('b'), issue('c')])).toEqual([1, 3, 4])
  })

  it('is nothing by what happened before the lesson began, but a token of before is known', () => {
    expect(steps([asked], [issue('a')], 1)).toEqual([null])
    expect(steps([asked, used], [issue('a'), issue('b'), call('b')], 1)).toEqual([2, 3])
    expect(steps([{ ...used, altered: false }], [issue('a'), call('a')], 1)).toEqual([2])
    expect(steps([{ ...used, altered: true }], [issue('a'), call('b')], 1)).toEqual([2])
  })

  it('is by the token that was used, of however many came before and after', () => {
    const same = { ...used, token: 'same' } as const
    const conditions = [asked, same] as const
    expect(steps(conditions, [issue('a'), issue('b'), issue('c'), call('b')])).toEqual([2, 4])
    expect(steps(conditions, [issue('a'), issue('b'), call('c')])).toEqual([1, null])
    expect(steps([used, { ...used, token: 'other' }], [call('a'), call('a'), call('b')])).toEqual([1, 3])
    // The token of step 3 is that of step 2, whichever exchange met step 1.
    const calls = [call('a'), call('b'), call('b', 401), call('a', 401)]
    expect(steps([used, { about: 'api', status: 401, token: 'same' }], calls)).toEqual([2, 3])
  })

  it('goes by whichever exchanges get furthest, not by the first that fit', () => {
    const conditions = [
      used,
      { ...used, token: 'same' },
      { about: 'api', status: 401, token: 'same' },
    ] as const
    expect(steps(conditions, [call('a'), call('a'), call('b'), call('b'), call('b', 401)])).toEqual([3, 4, 5])
  })

  it('needs what is to be found, whenever that was', () => {
    const both: readonly Step[] = [step(asked), { what: 'You find it', find: 'iss' }]
    const entries = run(issue('a'))
    expect(progressOf({ steps: both }, { entries, since: 0, found: [] })).toEqual({
      steps: [1, null],
      solved: false,
    })
    expect(progressOf({ steps: both }, { entries, since: 0, found: [1] }).solved).toBe(true)
    expect(progressOf({ steps: both }, { entries: [], since: 0, found: [1] }).steps).toEqual([null, 'found'])
    expect(progressOf({ steps: [] }, { entries, since: 0, found: [] }).solved).toBe(false)
  })
})

const tokens = ['a', 'b', jwtOf({ exp: 5, aud: 'x' }), jwtOf({ cnf: {} })] as const

/** Exchanges of few kinds, so that steps are met now and then. */
const told: fc.Arbitrary<Told> = fc.oneof(
  fc
    .record({ token: fc.constantFrom(...tokens), client: fc.constantFrom('c', 'd') })
    .map(({ token, client }) => ({
      ...issue(token),
      client,
    })),
  fc
    .tuple(fc.constantFrom(...tokens), fc.constantFrom(200, 401, 403), fc.integer({ min: 0, max: 9000 }))
    .map(([token, status, at]) => ({ ...call(token, status), at })),
  fc.constantFrom<Told>({ status: 401, body: { error: 'invalid_client' } }, { status: null }),
)

const condition: fc.Arbitrary<ExchangeCondition> = fc.record(
  {
    about: fc.constantFrom('token', 'api'),
    status: fc.constantFrom(200, 401),
    client: fc.constantFrom('c', 'd'),
    token: fc.constantFrom('same', 'other'),
    altered: fc.boolean(),
    expired: fc.boolean(),
  },
  { requiredKeys: ['about'] },
)

describe('more exchanges', () => {
  it('never undo a step, and never unsolve a lesson', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        fc.array(told, { maxLength: 10 }),
        fc.array(told, { maxLength: 10 }),
        (conditions, before, after) => {
          const done = (all: readonly Told[]) => steps(conditions, all).filter((one) => one !== null).length
          expect(done([...before, ...after])).toBeGreaterThanOrEqual(done(before))
        },
      ),
      // Nobody had issued the token when it was used, whatever comes later.
      { examples: [[[{ about: 'api', altered: true }], [call('a')], [issue('a')]]] },
    )
  })

  it('are read at once, a thousand of them that all could meet each step', () => {
    const all = run(...Array.from({ length: 1000 }, () => call('a')))
    const conditions = [used, ...Array.from({ length: 4 }, () => ({ ...used, token: 'same' }) as const)]
    const of = (more: ExchangeCondition) =>
      progressOf({ steps: [...conditions, more].map(step) }, { entries: all, since: 0, found: [] }).steps
    expect(of({ ...used, token: 'same' })).toEqual([1, 2, 3, 4, 5, 6])
    expect(of({ ...used, token: 'other' })).toEqual([1, 2, 3, 4, 5, null])
  })
})

describe('what is found in a token', () => {
  const { claims } = seen(entryOf(issuing(jwtOf({ iss: 'https://as.example', aud: ['a', 'b'], exp: 100 }))))

  it.each([
    ['https://as.example', 'iss', 'right'],
    [' "https://as.example", ', 'iss', 'right'],
    ['https://as.example/', 'iss', 'wrong'],
    ['iss', 'iss', 'name'],
    ['b', 'aud', 'right'],
    ['aud', 'aud', 'name'],
    ['100', 'exp', 'right'],
    ['1', 'exp', 'wrong'],
    ['', 'exp', 'wrong'],
    ['read', 'scope', 'no-token'],
  ] as const)('%s for %s is %s', (entered, claim, found) => {
    expect(judgeFound(entered, claim, claims)).toBe(found)
  })

  it('is nothing as long as there is no token', () => {
    expect(judgeFound('100', 'exp', null)).toBe('no-token')
  })
})

it('no lesson that is built in is solved before anything is sent', () => {
  for (const lesson of lessons)
    expect(progressOf(lesson, { entries: [], since: 0, found: [] }).solved, lesson.id).toBe(false)
})
