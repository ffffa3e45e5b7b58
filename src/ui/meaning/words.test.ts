import { expect, it } from 'vitest'
import { parseJson } from '../../lib/json/parse.ts'
import type { JsonValue } from '../../lib/json/value.ts'
import { claimText } from './words.ts'

const text = (json: string) => {
  const parsed = parseJson(json)
  return parsed.ok ? claimText(parsed.value) : parsed
}

it('keeps digits, escapes and order', () => {
  expect(text('12345678901234567890')).toBe('12345678901234567890')
  expect(text('"\\u0041"')).toBe('"\\u0041"')
  expect(text('{"b":1,"a":["x",{}]}')).toBe('{ "b": 1, "a": [ "x", {} ] }')
})

it('is bounded, and no more of a long list is made than is shown', () => {
  expect(text(`"${'x'.repeat(5000)}"`)).toMatch(/^"x{299}… \(5002 characters\)$/)
  const items = Array.from({ length: 101 }, (): JsonValue => ({ kind: 'literal', value: true }))
  const unread = new Proxy(items, {
    get: (target, name, receiver): unknown => {
      if (name === '100') throw new Error('It was read')
      return Reflect.get(target, name, receiver)
    },
  })
  expect(claimText({ kind: 'array', items: unread })).toMatch(/ …$/)
})

it('cannot reorder what is around it', () => {
  expect(text('"a\u202Eb"')).toBe('"a[U+202E]b"')
})
