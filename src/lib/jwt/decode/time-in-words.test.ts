import { expect, it } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { timeInWords } from './numeric-date.ts'

const claims = (text: string) => {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : null
}
const at = (seconds: number) => timeInWords(claims('{"exp":1000,"nbf":500}'), seconds * 1000)

it('is the same text as long as nothing that is said or decided changes', () => {
  expect(at(630)).toBe(at(639.9))
  expect(at(630)).not.toBe(at(730))
})

it.each([
  ['exp', 1000],
  ['nbf', 500],
])('is another from %s on, also between two seconds', (_name, time) => {
  expect(at(time - 0.1)).not.toBe(at(time))
  expect(at(time)).not.toBe(at(time - 0.001))
})

it('needs no claims', () => {
  expect(timeInWords(null, 0)).toBe(timeInWords(null, 1e12))
  expect(timeInWords(claims('{"exp":"soon"}'), 0)).toBe(timeInWords(null, 0))
})
