import { expect, it } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { introspectionChecks } from './introspection-rules.ts'

function told(text: string) {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return introspectionChecks(parsed.value).map(({ what, result }) => `${result}: ${what}`)
}

it('RFC 7662 section 2.2: the example conforms', () => {
  expect(told('{"active":true,"scope":"read write dolphin","exp":1419356238,"iat":1419350238}')).toEqual([
    'pass: active is true or false',
    'pass: scope is one string, its values separated by spaces',
    'pass: exp is a number of seconds',
    'pass: iat is a number of seconds',
  ])
})

it('"A JSON string containing a space-separated list of scopes": a list deviates (SimpleIdServer)', () => {
  expect(told('{"active":"true","scope":["read"],"exp":"1419356238"}')).toEqual([
    'fail: active is true or false',
    'fail: scope is one string, its values separated by spaces',
    'fail: exp is a number of seconds',
  ])
})

it('"SHOULD NOT include any additional information about an inactive token": exp deviates (zitadel)', () => {
  const silent = 'Of a token that is not active, nothing more is said'
  expect(told('{"active":false}')).toEqual(['pass: active is true or false', `pass: ${silent}`])
  expect(told('{"active":false,"exp":1704067500}')).toContain(`fail: ${silent}`)
})

it.each([
  ['{"active":true,"exp":1704067500000}', 'fail: exp is a number of seconds'],
  ['{"active":true,"username":null}', 'fail: A member without a value is left out'],
  ['{"active":1}', 'fail: active is true or false'],
  ['{"error":"invalid_token"}', 'fail: active is true or false'],
])('%s deviates: %s', (body, failed) => {
  expect(told(body)).toContain(failed)
})
