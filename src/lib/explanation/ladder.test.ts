import { expect, test } from 'vitest'
import { fail, pass, skipped } from '../check.ts'
import { ladderOf } from './ladder.ts'

test('what a server checked is how far the request got', () => {
  const spec = null
  expect(
    ladderOf([
      { what: 'The client is known', ...pass('m2m'), spec },
      { what: 'The secret matches', ...fail('It is another secret.'), spec },
      { what: 'The scope is allowed', ...skipped('It was not looked at.'), spec },
    ]),
  ).toEqual([
    { stage: 'The client is known', state: 'passed', by: 'proven' },
    { stage: 'The secret matches', state: 'stopped here', by: 'proven' },
    { stage: 'The scope is allowed', state: 'not reached', by: 'proven' },
  ])
})
