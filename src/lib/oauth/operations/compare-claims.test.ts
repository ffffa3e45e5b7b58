import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'
import { compareClaims } from './compare-claims.ts'

function json(text: string): JsonValue {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.value
}
const compare = (token: string, introspection: string) =>
  compareClaims(json(token), json(introspection)).map(({ name, same, how }) => [name, same, how])

describe('claims compared with an introspection', () => {
  it('are listed in the order of the token, then of the response, without active', () => {
    expect(compare('{"iss":"a","sub":"b"}', '{"active":true,"sub":"b","username":"c","iss":"x"}')).toEqual([
      ['iss', false, ''],
      ['sub', true, ''],
      ['username', false, ''],
    ])
  })

  it('of SimpleIdServer: lists that collapse to a text', () => {
    const token = '{"aud":["shopApi"],"client_id":"m2m","scope":["read","write"],"exp":1706342604}'
    const answer = '{"active":true,"aud":"shopApi","client_id":"m2m","scope":"read write","exp":1706342604}'
    expect(compare(token, answer)).toEqual([
      ['aud', 'alike', 'a list and a text'],
      ['client_id', true, ''],
      ['scope', 'alike', 'a list and a text'],
      ['exp', true, ''],
    ])
  })

  it.each<[string, string, boolean | 'alike', string]>([
    ['1', '"1"', 'alike', 'a number and a text'],
    ['1.0', '1', 'alike', 'written otherwise'],
    ['1', '2', false, ''],
    // One double, and two numbers.
    ['12345678901234567890', '12345678901234567891', false, ''],
    ['12345678901234567890', '12345678901234567890', true, ''],
    ['true', '"true"', 'alike', 'a literal and a text'],
    ['["a","b"]', '["b","a"]', 'alike', 'in another order'],
    ['["a","b"]', '["a"]', false, ''],
    ['["a"]', '"a"', 'alike', 'a list and a text'],
    ['"a b"', '["a","b"]', false, ''],
    ['"\\u0061"', '"a"', true, ''],
    ['{"jkt":"x","y":[1]}', '{"y":[1],"jkt":"x"}', true, ''],
    ['{"jkt":"x"}', '{"jkt":"y"}', false, ''],
    ['{"a":1,"a":2}', '{"a":2}', true, ''],
    ['null', '""', false, ''],
  ])('%s and %s', (token, answer, same, how) => {
    expect(compare(`{"x":${token}}`, `{"x":${answer}}`)).toEqual([['x', same, how]])
  })

  it('RFC 6749 3.3: of scope "the order does not matter"', () => {
    expect(compare('{"scope":"a b"}', '{"scope":"b a"}')).toEqual([['scope', 'alike', 'in another order']])
    expect(compare('{"scp":["a","b"]}', '{"scp":"b a"}')).toEqual([['scp', 'alike', 'a list and a text']])
  })

  it('are the server’s alone if the token cannot be read', () => {
    expect(compareClaims(null, json('{"active":true,"sub":"a"}'))).toMatchObject([
      { name: 'sub', token: undefined, same: false },
    ])
  })

  it('of the same JSON are the same, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ x: value })
        expect(compare(text, text)).toEqual([['x', true, '']])
      }),
    )
  })
})
