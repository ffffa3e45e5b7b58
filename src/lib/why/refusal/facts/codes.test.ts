import { expect, it } from 'vitest'
import { codesIn } from './codes.ts'

const codes = (body: string, headers: readonly (readonly [string, string])[] = [], words = '') =>
  codesIn({ response: { status: 401, statusText: '', headers, body: new TextEncoder().encode(body) }, words })

it.each([
  ['{"fault":{"detail":{"errorcode":"steps.jwt.JwtIssuerMismatch"}}}', 'steps jwt Jwt Issuer Mismatch'],
  ['{"error":{"details":[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}', 'ACCESS TOKEN SCOPE INSUFFICIENT'],
  ['{"__type":"NotAuthorizedException"}', 'Not Authorized Exception'],
  ['{"message":"steps.jwt.Other","code":12}', ''],
  ['{"code":"a sentence of words"}', ''],
  ['no JSON', ''],
])('a code is read as its words: %s', (body, words) => {
  expect(codes(body)).toBe(words)
})

it('is in a header field, or in a sentence, too', () => {
  expect(codes('', [['x-amzn-ErrorType', 'ForbiddenException']])).toBe('Forbidden Exception')
  expect(codes('', [], 'Could not verify JWT: JWTNotInIssuer')).toBe('JWT Not In Issuer')
})
