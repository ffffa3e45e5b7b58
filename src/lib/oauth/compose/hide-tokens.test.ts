import { describe, expect, it } from 'vitest'
import { hideTokens } from './hide-tokens.ts'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl'
const hide = hideTokens(['0paque/t0ken+=', 'abc'])
const mask = '••••••••'

describe('hideTokens', () => {
  it.each([
    ['a JWT', `Bearer ${jwt}`, `Bearer ${mask}`],
    ['an encrypted one', `x ${jwt}.aXY.dGFn y`, `x ${mask} y`],
    ['an unsecured one', 'eyJhbGciOiJub25lIn0.e30.', mask],
    ['one of two parts', 'eyJhbGciOiJub25lIn0.e30 ', `${mask} `],
    [
      'a member of JSON',
      '{"access_token" : "a\\"b","token_type":"Bearer"}',
      `{"access_token" : "${mask}","token_type":"Bearer"}`,
    ],
    ['a number', '{"access_token":12345,"expires_in":3600}', `{"access_token":"${mask}","expires_in":3600}`],
    [
      'a registered secret',
      '{"client_secret":"s","registration_access_token":"r"}',
      `{"client_secret":"${mask}","registration_access_token":"${mask}"}`,
    ],
    ['a form', 'access_token=a.b&token_type=bearer', `access_token=${mask}&token_type=bearer`],
    ['a query', '/api?token=abc def', `/api?token=${mask} def`],
    ['a token given', 'got 0paque/t0ken+= and 0paque%2Ft0ken%2B%3D', `got ${mask} and ${mask}`],
  ])('masks %s', (_what, text, masked) => {
    expect(hide(text)).toBe(masked)
  })

  it.each([
    '{"token_type":"Bearer","scope":"read"}',
    'token_type_hint=access_token&client_id=c',
    'POST /token HTTP/1.1',
    'eyJhbGciOiJub25lIn0',
    'too short to be looked for everywhere: abc',
  ])('leaves all else as it is: %s', (text) => {
    expect(hide(text)).toBe(text)
  })
})
