import { expect, it } from 'vitest'
import { namedBy } from './lists.ts'

it.each([
  'Invalid client or invalid secret',
  'ClientId is Invalid or Client Secret is Invalid',
  'invalid appid or appsecret',
  'The access token is expired, revoked, or malformed',
  'Check that the client exists, is enabled and that its secret has not expired',
  'Please verify your client ID, secret and scope',
  'Possible causes: wrong secret, disabled client',
])('of alternatives and advice, nothing is named: %s', (words) => {
  expect(namedBy(words)).toBe('')
})

it.each([
  ['The token is not expired, but its audience is wrong', 'The token , but its audience is wrong'],
  ["The client isn't disabled. Its secret is wrong", 'The client .\nIts secret is wrong'],
  ['Signature ok, audience ok, role "admin" missing', 'role "admin" missing'],
  ['aud is fine; iss is not trusted', 'iss is not trusted'],
  ['Token signature verified, but audience mismatch', 'but audience mismatch'],
])('what is right, or not so, is no fault: %s', (words, named) => {
  expect(namedBy(words)).toBe(named)
})

it.each([
  'The client secret is correct but has expired',
  'Client is valid, but not enabled for this grant',
  'The token is not valid',
  'Token is not valid, audience mismatch',
  'The secret has not been found',
  'Ensure the secret being sent is the client secret value, not the client secret ID',
  'Check the client ID and try again',
  'The token must be valid, expired',
])('the rest is as it was: %s', (words) => {
  expect(namedBy(words)).toBe(words)
})
