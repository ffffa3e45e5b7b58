import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../http/message.ts'
import { exchangeOf, jwtOf, type Said } from './comparing-testing.ts'
import { compareExchanges, type Comparison } from './comparison.ts'
import { differingParts } from './parts.ts'

const wellFormed = (words: string): string => words.replace(/\p{Surrogate}/gu, '')

const text = fc.string({ unit: 'binary', maxLength: 30 })
const name = fc.constantFrom('scope', 'Scope', 'Accept', 'date', 'resource', 'client_secret', '__proto__')
const pairs = fc.array(fc.tuple(name, text), { maxLength: 6 })
const json = fc.jsonValue().map((value) => JSON.stringify(value))
const jwt = fc.tuple(json, json).map(([header, claims]) => jwtOf(header, claims))
const content: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  text,
  fc.array(fc.constantFrom('a', 'b', '', '{'), { maxLength: 8 }).map((lines) => lines.join('\n')),
  json,
  fc.uint8Array({ maxLength: 20 }),
  jwt.map((token) => JSON.stringify({ access_token: token })),
)
const form = pairs.map((all) => new URLSearchParams(all.map(([key, value]) => [key, wellFormed(value)])))
const outcome: fc.Arbitrary<Outcome | undefined> = fc.constantFrom<(Outcome | undefined)[]>(
  undefined,
  { kind: 'opaque-redirect' },
  { kind: 'aborted', by: 'timeout', partial: null },
)

const said: fc.Arbitrary<Said> = fc
  .record({
    about: fc.constantFrom('token', 'api', 'introspection', 'constructor'),
    config: fc.record({ client_secret: text, scope: text }),
    url: fc.constantFrom('https://a.example/token?a=1&a=%', 'https://b.example/'),
    headers: pairs.map((all) => [
      ['content-type', 'application/x-www-form-urlencoded'] as const,
      ...all,
      ['authorization', 'Basic bTJtOng='] as const,
    ]),
    body: fc.oneof(
      fc.constant(null),
      form.map(String),
      text,
      jwt.map((token) => `client_assertion=${token}&token=${token}`),
    ),
    came: pairs,
    content,
    status: fc.constantFrom(200, 401),
    outcome,
  })
  .map(({ outcome: end, ...rest }) => ({ ...rest, ...(end && { outcome: end }) }))

/** What differs, section by section, without the order of the rows. */
const kindsIn = ({ sections }: Comparison, swapped: boolean) =>
  Object.fromEntries(
    sections.map(({ title, changes, eachTime }) => [
      title,
      [...changes, ...eachTime]
        .map(({ kind }) => (swapped ? (others[kind] ?? kind) : kind))
        .sort()
        .join(),
    ]),
  )
const others: Readonly<Record<string, string>> = { 'only first': 'only second', 'only second': 'only first' }

/** All that is shown of a comparison. */
const textsIn = ({ sections }: Comparison): string =>
  sections
    .flatMap(({ changes, eachTime, same }) => [...changes, ...eachTime, ...same])
    .flatMap((row) => [row.name, row.first, row.second, row.note])
    .join('\n')

describe('of any exchanges', () => {
  it('one compared with itself has no change', () => {
    fc.assert(
      fc.property(said, fc.constantFrom('shown', 'masked', 'withheld'), (one, secrets) => {
        const { changes, eachTime } = compareExchanges(exchangeOf(one), exchangeOf(one), secrets)
        expect([changes, eachTime]).toEqual([0, 0])
      }),
    )
  })

  it('the first compared with the second differs in what the second differs in from the first', () => {
    fc.assert(
      fc.property(said, said, (one, other) => {
        const [first, second] = [exchangeOf(one), exchangeOf(other)]
        const [there, back] = [
          compareExchanges(first, second, 'shown'),
          compareExchanges(second, first, 'shown'),
        ]
        expect(kindsIn(there, false)).toEqual(kindsIn(back, true))
      }),
      { numRuns: 300 },
    )
  })

  it('no secret is in a comparison that masks them, wherever it was sent or came', () => {
    const secret = fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 4, maxLength: 12 }), fc.nat(9999))
      .map(([word, number]) => `q9${wellFormed(word)}${number}z`)
    fc.assert(
      fc.property(secret, secret, fc.constantFrom('masked', 'withheld'), (one, other, secrets) => {
        const leaking = (own: string): Said => ({
          config: {
            client_secret: own,
            audience: `a ${own}`,
            parameters: [{ name: 'password', value: own, on: true }],
          },
          url: `https://a.example/?client_secret=${encodeURIComponent(own)}`,
          headers: [
            ['X-Api-Key', own],
            ['content-type', 'application/x-www-form-urlencoded'],
          ],
          body: new URLSearchParams({ client_secret: own, password: own }).toString(),
          came: [
            ['content-type', 'application/json'],
            ['X-Debug', own],
          ],
          content: JSON.stringify({
            [own]: own,
            words: `It was ${own}.`,
            access_token: jwtOf('{}', JSON.stringify({ own })),
          }),
        })
        const written = textsIn(
          compareExchanges(exchangeOf(leaking(one)), exchangeOf(leaking(other)), secrets),
        )
        for (const own of [one, other]) {
          const spellings = [own, JSON.stringify(own).slice(1, -1), encodeURIComponent(own)]
          for (const spelled of spellings) expect(written).not.toContain(spelled)
        }
        expect(written).not.toContain('eyJ')
      }),
    )
  })

  it('what two texts differ in is a part of each, and around it they are equal', () => {
    fc.assert(
      fc.property(text, text, text, text, (before, one, other, after) => {
        const [first, second] = differingParts(before + one + after, before + other + after)
        expect(first.before + first.differing + first.after).toBe(before + one + after)
        expect([second.before, second.after]).toEqual([first.before, first.after])
      }),
    )
  })
})

describe('large exchanges', () => {
  const members = (count: number, from: number): string =>
    `{${Array.from({ length: count }, (_, at) => `"m${(at * 7919 + from) % count}":${at}`).join(',')}}`
  const lines = (count: number, from: number): string =>
    Array.from({ length: count }, (_, at) => `line ${(at * 31 + from) % 5000}`).join('\n')
  const nested = (depth: number, inside: string): string => '[['.repeat(depth) + inside + ']]'.repeat(depth)

  it.each<[string, string, string]>([
    ['10,000 members in another order', members(10_000, 0), members(10_000, 5000)],
    ['100,000 items', `[${'1,'.repeat(99_999)}1]`, `[${'2,1,'.repeat(49_999)}1]`],
    ['a megabyte of lines', lines(90_000, 0), lines(90_000, 17)],
    ['one text of a megabyte', JSON.stringify('a'.repeat(1_000_000)), JSON.stringify('ab'.repeat(500_000))],
    ['200 levels', nested(99, '1'), nested(99, '2')],
    ['200,000 levels', nested(100_000, '1'), nested(100_000, '2')],
    ['a form of 10,000 parameters', '', ''],
  ])('%s are compared within seconds', (what, one, other) => {
    const body = what.includes('form')
      ? [0, 1].map((last) => Array.from({ length: 10_000 }, (_, at) => `p${at % 100}=${at * last}`).join('&'))
      : ['', '']
    const [first, second] = [one, other].map((content, at) => exchangeOf({ content, body: body[at] ?? '' }))
    const start = performance.now()
    if (!first || !second) throw new Error('There are two.')
    const { changes } = compareExchanges(first, second, 'masked')
    expect(changes).toBeGreaterThan(0)
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
