import { describe, expect, it } from 'vitest'
import { asString, member } from '../../json/value.ts'
import { carriedBy } from './carried.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtMm0ifQ.c2lnbmF0dXJl'

function found(body: string, isSuccess = true) {
  const { members, how } = carriedBy(body, isSuccess)
  const text = (name: string) => asString(member(members, name))
  return { token: text('access_token'), error: text('error'), how }
}

describe('what OAuth says one level down', () => {
  it.each([
    ['{"detail":{"error":"invalid_scope"}}', 'invalid_scope', 'under “detail”'],
    ['{"detail":"invalid_client"}', 'invalid_client', 'under “detail”'],
    ['[{"error":"invalid_client"},401]', 'invalid_client', 'in a list'],
    [JSON.stringify('{"error":"invalid_client"}'), 'invalid_client', 'in a text that is JSON'],
    ['{"statusCode":401,"body":"{\\"error\\":\\"invalid_client\\"}"}', 'invalid_client', 'under “body”'],
  ])('%s is a refusal', (body, error, how) => {
    expect(found(body, false)).toEqual({ token: undefined, error, how })
  })

  it.each([
    [JSON.stringify(JSON.stringify({ access_token: 'a' })), 'a', 'in a text that is JSON'],
    [JSON.stringify({ data: { access_token: 'a' } }), 'a', 'under “data”'],
    [JSON.stringify(jwt), jwt, 'as a JSON text, without an object'],
    [`${jwt}\n`, jwt, 'as the body itself, a JWT without JSON'],
  ])('%s is a token', (body, token, how) => {
    expect(found(body)).toEqual({ token, error: undefined, how })
  })

  it('is what the body itself says, if it says anything', () => {
    expect(found('{"error":"a_code","detail":{"error":"another"}}')).toMatchObject({
      error: 'a_code',
      how: null,
    })
  })

  it.each([
    '{"detail":"Not authenticated"}',
    '{"detail":[{"type":"missing","loc":["body","client_id"]}]}',
    '[]',
    '"text"',
    '<html></html>',
    '{"deep":{"error":"invalid_client"}}',
  ])('is nothing in %s', (body) => {
    expect(found(body)).toEqual({ token: undefined, error: undefined, how: null })
  })

  it('is no token in a refusal', () => {
    expect(found(jwt, false).token).toBeUndefined()
  })
})
