import { expect, test } from 'vitest'
import { createSeenIds } from './expiring-map.ts'

test('an identifier is new once, and again after its time', () => {
  let now = 1_000_000
  const seen = createSeenIds(() => now)
  expect(seen.use('a', 1060)).toBeNull()
  now += 5000
  expect(seen.use('a', 1060)).toBe(5)
  expect(seen.use('b', 1060)).toBeNull()
  now += 54_999
  expect(seen.use('a', 1060)).toBe(59)
  now += 1
  expect(seen.use('a', 1120)).toBeNull()
})

test('more than it can hold: the oldest is forgotten, and what has run out before that', () => {
  let now = 0
  const seen = createSeenIds(() => now, 3)
  for (const id of ['a', 'b', 'c']) expect(seen.use(id, 100)).toBeNull()
  expect(seen.use('d', 1000)).toBeNull()
  expect(seen.use('b', 100)).toBe(0)
  expect(seen.use('a', 100), 'forgotten').toBeNull()
  now = 200_000
  for (const id of ['e', 'f']) expect(seen.use(id, 1000)).toBeNull()
  expect(seen.use('d', 1000)).toBe(200)
})
