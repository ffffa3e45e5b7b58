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

it.each([
  ['{"jti":"trltcc:fa1b"}', /lightweight access token, by client_credentials/],
  ['{"jti":"trrtcc:1a5f"}', /regular access token, by client_credentials/],
  ['{"ext":{}}', /^Nothing was added/],
])('explains values that say something by themselves: %s', (text, meaning) => {
  const [entry] = [...claimEntries(parsed(text))]
  expect(entry?.meanings.map(({ meaning: said }) => said)).toEqual([
    expect.any(String),
    expect.stringMatching(meaning),
  ])
})

it('other values of the same names say nothing', () => {
  const found = [...claimEntries(parsed('{"jti":"trrt","ext":{"a":1},"toString":{}}'))]
  expect(found.map(({ meanings }) => meanings.length)).toEqual([1, 1, 0])
})

it('knows the binding of Keycloak', () => {
  const names = [...claimEntries(parsed('{"cnf":{"jkt":"x","kc-jkt-type":"DPoP"}}'))]
  expect(names.map(({ name, meanings }) => [name, meanings.length])).toEqual([
    ['cnf', 1],
    ['cnf › jkt', 1],
    ['cnf › kc-jkt-type', 1],
  ])
})
