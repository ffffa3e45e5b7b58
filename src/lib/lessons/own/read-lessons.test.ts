import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lessons } from '../built-in/lessons.ts'
import { exchange, good, read, readText } from './own-lesson-testing.ts'
import { lessonBounds, readLessons } from './read-lessons.ts'

/** Nested that many levels. */
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('a file of lessons', () => {
  it('has none as it is shipped', () => {
    expect(readText(readFileSync('public/lessons.json', 'utf8'))).toEqual({ lessons: [], problems: [] })
  })

  it('has the lessons that are built in, if it is they that are written into it', () => {
    expect(readLessons(JSON.stringify(lessons), ['practice', 'simpleidserver', 'helseid'], [])).toEqual({
      lessons,
      problems: [],
    })
  })

  it('has a lesson of any server of the picker, with what is left out filled in', () => {
    const {
      lessons: [own],
      problems,
    } = read([good])
    expect(problems).toEqual([])
    expect(own).toMatchObject({
      ...good,
      start: { ...good.start, config: { assertion: { lifetime: 30, typ: 'client-authentication+jwt' } } },
    })
    const { id, title, goal, text, steps, closing } = good
    const least = { id, title, goal, text, steps, closing, start: { server: 'practice' } }
    expect(read([least])).toEqual({
      lessons: [
        {
          ...least,
          start: { server: 'practice', client: null, config: {}, call: {} },
          prediction: null,
          hints: [],
          sections: [],
        },
      ],
      problems: [],
    })
  })

  it('may begin with the mark of an editor', () => {
    expect(readText('\uFEFF[]').problems).toEqual([])
  })

  it.each([
    ['no JSON', '[{id: 1}]', /^Not JSON/],
    ['no list', '{"lessons": []}', /not a list of lessons/],
    ['ten megabytes', `[${'1,'.repeat(5_000_000)}1]`, /^It has more than 262144 characters/],
    ['one long text', `["${'x'.repeat(300_000)}"]`, /^It has more than/],
    ['nested deep', nested(21), /^It is nested more than 20 levels deep/],
    ['nested too deep for any parser', nested(100_000), /^It is nested more than 20/],
    ['nested after a bracket in a text', `["]]]]]\\"]]", ${nested(20)}]`, /^It is nested more than 20/],
    ['a name that is twice in an object', `[{"id":"a","id":"b"}]`, /^A name is there twice.*id/],
  ])('is refused as a whole if it is %s', (_what, text, problem) => {
    const { lessons: none, problems } = readText(text)
    expect(none).toEqual([])
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  it('is read up to its bounds, in a moment', () => {
    expect(readText(nested(20)).problems).toEqual(['lessons[0] has to be an object.'])
    const brackets = JSON.stringify([{ ...good, closing: '[[[[[[[[{{{{{{{{{{{{{{{{' }])
    expect(readText(brackets).problems).toEqual([])
    const long = readText(`["${'\\\\x'.repeat(80_000)}"]`)
    expect(long.problems).toEqual(['lessons[0] has to be an object.'])
    const many = Array.from({ length: 51 }, (_, index) => ({ ...good, id: `own-${index}` }))
    expect(read(many).lessons).toHaveLength(lessonBounds.lessons)
    expect(read(many).problems).toEqual(['It has 51 lessons, and the first 50 are read.'])
    const wrong = read(Array.from({ length: 50 }, () => ({ a: 1, b: 2 })))
    expect(wrong.problems).toHaveLength(51)
    expect(wrong.problems.at(-1)).toMatch(/^There are \d+ more problems\.$/)
  })

  it('refuses the lesson in which something is wrong, names its place, and reads the others', () => {
    const wrong = {
      ...good,
      id: 'wrong',
      steps: [{ what: 'The server does', exchange: { ...exchange, status: '200' } }],
    }
    const { lessons: read1, problems } = read([good, { ...good, id: 'second' }, wrong])
    expect(read1.map(({ id }) => id)).toEqual(['own', 'second'])
    expect(problems).toEqual(['lessons[2].steps[0].exchange.status has to be a number from 100 to 599.'])
  })
})

it('two lessons of one id are not both read', () => {
  expect(read([good, good])).toMatchObject({
    lessons: [{ id: 'own' }],
    problems: ['lessons[1].id is own, which another lesson has.'],
  })
})

it('reading never throws, and gives either a lesson or a reason', () => {
  const part = fc.constantFrom(...Object.keys(good))
  fc.assert(
    fc.property(part, fc.jsonValue(), (name, value) => {
      const { lessons: some, problems } = read([{ ...good, [name]: value }])
      expect(some.length === 1).toBe(problems.length === 0)
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => readText(text).lessons.length === 0))
})
