import { expect, test } from 'vitest'
import { createTokenRecords, type TokenClaims } from './token-records.ts'

const claims = (jti: string, exp: number): TokenClaims => ({
  iss: 'i',
  sub: 'c',
  aud: 'a',
  exp,
  iat: 0,
  jti,
  client_id: 'c',
  scope: 's',
})

test('a record outlives its token by 600 s, and then is gone', () => {
  let now = 0
  const records = createTokenRecords(() => now)
  const token = claims('a', 300)
  records.keep('hash', token)
  now = 899_999
  expect(records.find('hash')).toBe(token)
  now = 900_000
  expect(records.find('hash')).toBeUndefined()
})

test('a thousand opaque tokens are known; beyond that the oldest is forgotten', () => {
  const records = createTokenRecords(() => 0)
  for (let count = 0; count <= 1000; count++) records.keep(String(count), claims(String(count), 300))
  expect(records.find('0')).toBeUndefined()
  expect(records.find('1')?.jti).toBe('1')
  expect(records.find('1000')?.jti).toBe('1000')
})

test('a revocation is known as long as the token could be used, with its time', () => {
  let now = 5000
  const records = createTokenRecords(() => now)
  expect(records.revokedAt(claims('a', 300))).toBeUndefined()
  records.revoke(claims('a', 300))
  now = 299_000
  expect(records.revokedAt(claims('a', 300))).toBe(5)
  expect(records.revokedAt(claims('b', 300))).toBeUndefined()
  now = 300_000
  expect(records.revokedAt(claims('a', 300))).toBeUndefined()
})
