import { describe, expect, it, test } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { countdown, expiry, looksLikeMilliseconds, relativeTime } from './numeric-date.ts'

const claims = (text: string) => {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : null
}
const at = (seconds: number) => seconds * 1000

describe('RFC 7519 2: NumericDate, "a JSON numeric value"', () => {
  it('distinguishes milliseconds, a common mistake, from seconds', () => {
    expect([1300819380, 1300819380000].map(looksLikeMilliseconds)).toEqual([false, true])
  })
})

describe('relative time', () => {
  test.each([
    [0, 'now'],
    [0.9, 'now'],
    [1, 'in 1 s'],
    [-12, '12 s ago'],
    [59.9, 'in 59 s'],
    [240, 'in 4 min'],
    [299, 'in 5 min'],
    [89, 'in 1 min'],
    [3569, 'in 59 min'],
    [3590, 'in 1 h'],
    [3600, 'in 1 h'],
    [3629, 'in 1 h'],
    [7140, 'in 1 h 59 min'],
    [7190, 'in 2 h'],
    [-5400, '1 h 30 min ago'],
    [172_799, 'in 2 days'],
    [-256_000, '2 days 23 h ago'],
    [863_999, 'in 10 days'],
    [950_400, 'in 11 days'],
    [-90_000, '25 h ago'],
    [172_800, 'in 2 days'],
    [-31_536_000, '365 days ago'],
  ])('%s s', (ahead, words) => {
    expect(relativeTime(1700000000 + ahead, at(1700000000))).toBe(words)
  })
})

describe('RFC 7519 4.1.4: "on or after which the JWT MUST NOT be accepted for processing"', () => {
  test.each([
    ['{}', { kind: 'none' }],
    ['{"exp":1300819380}', { kind: 'expired', secondsAgo: 0 }],
    ['{"exp":1300819379}', { kind: 'expired', secondsAgo: 1 }],
    ['{"exp":1300819381}', { kind: 'valid', secondsLeft: 1, milliseconds: false }],
    ['{"exp":1,"exp":1300819381}', { kind: 'valid', secondsLeft: 1, milliseconds: false }],
    ['{"exp":1300819380000}', { kind: 'valid', secondsLeft: 1299518560620, milliseconds: true }],
    ['{"exp":"1300819381"}', { kind: 'unreadable' }],
    ['{"exp":null}', { kind: 'unreadable' }],
    ['{"exp":1e999}', { kind: 'unreadable' }],
    ['[]', { kind: 'none' }],
  ])('%s', (text, result) => {
    expect(expiry(claims(text), at(1300819380))).toEqual(result)
  })
})

test.each([
  [0.4, '0 s'],
  [59.9, '59 s'],
  [69, '1 m 09 s'],
  [3600, '1 h 0 m'],
  [90_061, '1 d 1 h'],
  [400 * 86_400, '400 d 0 h'],
])('what is left of %d seconds: %s', (seconds, words) => {
  expect(countdown(seconds)).toBe(words)
})
