import { describe, expect, it } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { lifetimeOf } from './expires-in.ts'

const now = Date.UTC(2026, 10, 30, 12)

function read(json: string) {
  const parsed = parseJson(json)
  if (!parsed.ok) throw new Error(json)
  return lifetimeOf(parsed.value, now)
}

describe('a number of seconds', () => {
  it.each([
    '1',
    '60',
    '300',
    '3599',
    '3600',
    '7200',
    '86399',
    '86400',
    '604800',
    '2592000',
    '5184000',
    '31536000',
    '7776000',
    '100000',
  ])('%s', (json) => {
    expect(read(json)).toEqual({ seconds: Number(json), flaw: null, isWrong: false })
  })
})

describe('another thing, read as it was meant', () => {
  it.each<[json: string, seconds: number | null, flaw: string]>([
    ['"3600"', 3600, 'a string'],
    ['" 3600 "', 3600, 'a string'],
    ['"3600000"', 3600, 'a string; it is in milliseconds'],
    ['"3600s"', 3600, 'with a unit'],
    ['"1h"', 3600, 'with a unit'],
    ['"60 minutes"', 3600, 'with a unit'],
    ['"PT1H"', 3600, 'with a unit'],
    ['"P1DT1H"', 90_000, 'with a unit'],
    ['"01:00:00"', 3600, 'with a unit'],
    ['"2026-11-30T13:00:00Z"', 3600, 'a point in time (2026-11-30T13:00:00Z)'],
    ['"Mon, 30 Nov 2026 13:00:00 GMT"', 3600, 'a point in time'],
    ['"1796043600"', 3600, 'a string; it is a point in time'],
    ['1796043600', 3600, 'a point in time (2026-11-30T13:00:00Z)'],
    ['1796043600000', 3600, 'a point in time (2026-11-30T13:00:00Z)'],
    ['1700000000', -96_043_600 + 3600, 'a point in time (2023'],
    ['3600000', 3600, 'milliseconds'],
    ['3599000', 3599, 'milliseconds'],
    ['300000', 300, 'milliseconds'],
    ['1800000', 1800, 'milliseconds'],
    ['7200000', 7200, 'milliseconds'],
    ['86400000', 86_400, 'milliseconds, by its size: 86400 s are likely meant, and clients read 3 years'],
    ['43200000', 43_200, 'milliseconds'],
    ['3599.5', 3599, 'a fraction'],
    ['0', null, 'expired at once'],
    ['-1', null, 'negative'],
    ['-3600', null, 'negative'],
    ['2147483647', null, 'the largest number of its type'],
    ['9223372036854775807', null, 'the largest number of its type'],
    ['99999999999', null, 'too large'],
    ['1e400', null, 'too large'],
    ['630720000', 630_720_000, 'it is 20 years'],
    ['"never"', null, 'no number'],
    ['""', null, 'empty'],
    ['true', null, 'no number'],
    ['{}', null, 'no number'],
    ['[3600]', null, 'no number'],
  ])('%s', (json, seconds, flaw) => {
    const read_ = read(json)
    expect(read_.seconds).toBe(seconds)
    expect(read_.flaw).toContain(flaw)
  })
})

it('gives no lifetime for a point in time, if nobody knows when it came', () => {
  expect(lifetimeOf({ kind: 'number', source: '1796043600' }, null).seconds).toBeNull()
})
