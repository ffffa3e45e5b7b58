import { expect, it } from 'vitest'
import { quoted } from './quoted.ts'

it('leaves plain words alone', () => {
  expect(quoted('Ungültiger Schlüssel, “x”')).toBe('Ungültiger Schlüssel, “x”')
})

it('bounds what is long, and says how long it was', () => {
  expect(quoted('x'.repeat(4_000_000))).toBe(`${'x'.repeat(300)}… (4000000 characters)`)
})

it('takes away what reorders or breaks a line', () => {
  expect(quoted('a\u202Ecba\n\u0007b')).toBe('a cba  b')
})
