import { expect, it } from 'vitest'
import { onOneLine, quoted } from './quoted.ts'

it('leaves plain words alone', () => {
  expect(quoted('Ungültiger Schlüssel, “x”')).toBe('Ungültiger Schlüssel, “x”')
})

it('bounds what is long, and says how long it was', () => {
  expect(quoted('x'.repeat(4_000_000))).toBe(`${'x'.repeat(300)}… (4000000 characters)`)
})

it('breaks no line, and names what would be unseen or reorder the line', () => {
  expect(quoted('a\u202Ecba\n\u0007b')).toBe('a[U+202E]cba [U+0007]b')
  expect(quoted('sc\u200Bope')).toBe('sc[U+200B]ope')
  expect(onOneLine('a\u202Ecba\r\n\tb')).toBe('a\u202Ecba   b')
})
