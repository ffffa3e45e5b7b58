import { expect, test } from 'vitest'
import { show, when } from './wording.ts'

test.each([
  ['text', "'text'"],
  ['x'.repeat(61), `'${'x'.repeat(60)}...'`],
  [5, '5'],
  [null, 'null'],
  [undefined, 'undefined'],
  [['a', 1, [], {}], "['a', 1, a list, an object]"],
  [['a', 'b', 'c', 'd', 'e'], "['a', 'b', 'c', 'd', ...]"],
  [{ toString: 'x' }, 'an object'],
])('%j is shown as %s', (value, shown) => {
  expect(show(value)).toBe(shown)
})

test('a time is relative to now', () => {
  expect([when(100, 130), when(130, 130), when(135, 130)]).toEqual(['30 s ago', '0 s ago', 'in 5 s'])
})
