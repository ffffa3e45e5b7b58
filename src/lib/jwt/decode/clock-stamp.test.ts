import { expect, test } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { clockStamp } from './numeric-date.ts'

const parsed = parseJson('{"exp":1000,"nbf":700,"iat":700}')
const claims = parsed.ok ? parsed.value : null
const long = 'x'.repeat(100_001)

/** Seconds at which the stamp is another than a second before. */
const changes = (token: string) =>
  Array.from({ length: 600 }, (_, index) => 500 + index).filter(
    (second) => clockStamp(token, claims, second * 1000) !== clockStamp(token, claims, (second - 1) * 1000),
  )

test('of a long token it changes where a verdict does, and nowhere else', () => {
  expect(changes(long)).toEqual([690, 700, 990, 1000])
})

test('of a short token it changes with the words too: in its last minute and first each second', () => {
  expect(changes('x')).toEqual(expect.arrayContaining([690, 700, 990, 1000, 999, 701]))
  expect(changes('x')).not.toContain(800)
})

test('the clock is nothing to claims without times', () => {
  expect(clockStamp('x', null, 0)).toBe(clockStamp('x', null, 1e12))
})
