import { expect, test } from 'vitest'
import { type Step, tellingSteps } from './step.ts'

const told = (...results: Step['result'][]) =>
  tellingSteps(results.map((result, index) => ({ what: String(index), result, found: '', spec: null }))).map(
    ({ what }) => Number(what),
  )

test.each<[string, Step['result'][], number[]]>([
  ['a good signature: the last', ['pass', 'pass', 'pass'], [2]],
  ['a good one with a warning', ['pass', 'warn', 'pass'], [1, 2]],
  ['what failed', ['pass', 'fail', 'skipped', 'skipped'], [1]],
  ['what could not be looked at', ['pass', 'warn', 'skipped', 'skipped'], [1, 2]],
  ['what is no signed token', ['skipped'], [0]],
  ['nothing', [], []],
])('%s', (_case, results, expected) => {
  expect(told(...results)).toEqual(expected)
})
