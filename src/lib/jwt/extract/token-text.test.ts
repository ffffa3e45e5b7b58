import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { cleanToken } from './token-text.ts'

const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'
const scheme = 'the scheme Bearer'
const name = 'the header name Authorization'
const quotes = 'quotation marks'
const response = 'the token response around access_token'
const parameters = 'the parameters around access_token'
const around = 'white space around the token'
const inside = 'white space inside the token'

describe('a token is got out of what people paste', () => {
  test.each<[pasted: string, removed: string[]]>([
    [token, []],
    [` ${token}\n`, [around]],
    [`Bearer ${token}`, [scheme]],
    [`bearer\t${token}`, [scheme]],
    [`DPoP ${token}`, ['the scheme DPoP']],
    [`Authorization: Bearer ${token}`, [name, scheme]],
    [`authorization:DPoP  ${token}`, [name, 'the scheme DPoP']],
    [`-H 'Authorization: Bearer ${token}'`, ['the option -H of curl', quotes, name, scheme]],
    [`"Authorization": "Bearer ${token}",`, [quotes, name, 'a trailing comma', scheme]],
    [`"${token}",`, [quotes, 'a trailing comma']],
    [`\`${token}\`;`, [quotes, 'a trailing semicolon']],
    [`“${token}”`, [quotes]],
    [`eyJhbGciOiJub25l\r\n  In0.eyJzdWIiOiJ4In0.`, [inside]],
    [`\uFEFFeyJhbGciOi\u200BJub25lIn0.eyJzdWIiOiJ4In0.`, ['invisible characters']],
    [`\u2066Bearer ${token}\u2069\0`, ['invisible characters', scheme]],
    [`{"token_type":"Bearer","access_token":"${token}","expires_in":300}`, [response]],
    [`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"access_token":"${token}"}\n`, [response]],
    [`  "access_token": "${token}",\n  "expires_in": 300,`, [response]],
    [`access_token=${token}&token_type=Bearer`, [parameters]],
    [`https://client.example/cb#state=x&access_token=${token}`, [parameters]],
  ])('%j', (pasted, removed) => {
    const clean = cleanToken(pasted)
    expect(clean.token).toBe(token)
    expect([...clean.removed].sort()).toEqual([...removed].sort())
  })

  test.each([
    ['', ''],
    ['Bearer', 'Bearer'],
    ['Bearertoken', 'Bearertoken'],
    ['{"error":"invalid_client"}', '{"error":"invalid_client"}'],
    ['access_token=a%2Bb%2Fc%3D', 'a+b/c='],
    ['a~b+c/d==', 'a~b+c/d=='],
  ])('%j gives %j', (pasted, clean) => {
    expect(cleanToken(pasted).token).toBe(clean)
  })

  it('never throws, leaves no line break, and says nothing was removed only of a text it left alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pasted) => {
        const clean = cleanToken(pasted)
        expect(clean.token).not.toMatch(/[\r\n]|^\s|\s$/)
        if (clean.removed.length === 0) expect(clean.token).toBe(pasted)
      }),
    )
  })

  test.each(['" ', "',", ' x', '{', '"access_token" ', '&access_token', '\u200B', '[{'])(
    'is not held up by 500 000 times %j',
    (piece) => {
      expect(cleanToken(piece.repeat(500_000)).token.length).toBeLessThanOrEqual(500_000 * piece.length)
    },
  )
})
