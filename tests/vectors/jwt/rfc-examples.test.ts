import { compactDecrypt, compactVerify, importJWK } from 'jose'
import { describe, expect, it, test } from 'vitest'
import { es256, hs256, joe, jwe, rs256, unsecured } from './rfc-examples.ts'

const utf8 = new TextDecoder()

describe('the examples are typed as the RFCs print them', () => {
  test.each([
    ['RFC 7515 A.1', 'HS256', hs256],
    ['RFC 7515 A.2', 'RS256', rs256],
    ['RFC 7515 A.3', 'ES256', es256],
  ])('%s verifies with its key', async (_, alg, example) => {
    const verified = await compactVerify(example.token, await importJWK(example.key, alg))
    expect(utf8.decode(verified.payload)).toBe(joe)
    expect(verified.protectedHeader).toEqual(JSON.parse(example.header))
  })

  it('RFC 7516 A.1 decrypts with its key', async () => {
    const decrypted = await compactDecrypt(jwe.token, await importJWK(jwe.key, 'RSA-OAEP'))
    expect(utf8.decode(decrypted.plaintext)).toBe(jwe.plaintext)
  })

  it('RFC 7519 6.1 carries the claims of 3.1', () => {
    expect(unsecured.token.split('.')).toEqual([
      btoa(unsecured.header).replaceAll('=', ''),
      hs256.token.split('.')[1],
      '',
    ])
  })
})
