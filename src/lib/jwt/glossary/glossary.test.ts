import { expect, it } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { claimEntries, headerEntries } from './glossary.ts'

const parsed = (text: string) => {
  const result = parseJson(text)
  return result.ok ? result.value : null
}

it('explains claims, what is inside them, and leaves unknown names without', () => {
  const claims = parsed('{"exp":1,"cnf":{"jkt":"x","mine":1},"a/b":1,"mine":{"jkt":"x"}}')
  const found = [...claimEntries(claims)].map(({ name, meanings, isDate }) => [name, meanings.length, isDate])
  expect(found).toEqual([
    ['exp', 1, true],
    ['cnf', 1, false],
    ['cnf › jkt', 1, false],
    ['a/b', 0, false],
    ['mine', 0, false],
  ])
})

it('explains the value of alg as well as its name', () => {
  const [alg] = [...headerEntries(parsed('{"alg":"RS256"}'))]
  expect(alg?.meanings).toHaveLength(2)
})

it('has nothing to say of what is no object', () => {
  expect([...claimEntries(parsed('[1]')), ...headerEntries(null)]).toEqual([])
})
