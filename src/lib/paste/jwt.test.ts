import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { recogniseJwt } from './jwt.ts'

const part = (text: string) => Buffer.from(text).toString('base64url')
const jws = `${part('{"alg":"RS256"}')}.${part('{"sub":"x","aud":["a"]}')}.c2ln`
const unsecured = `${part('{"alg":"none"}')}.${part('{"sub":"x"}')}.`
const jwe = `${part('{"alg":"dir","enc":"A128GCM"}')}..aXY.Y2lwaGVydGV4dA.dGFn`
const nested = `${part('{"alg":"RS256","cty":"JWT"}')}.${part(jws)}.c2ln`
const inPlainBase64 = jws.replace('.', '=.')

describe('a JWT is recognised', () => {
  test.each<[pasted: string, token: string]>([
    [jws, jws],
    [unsecured, unsecured],
    [unsecured.slice(0, -1), unsecured.slice(0, -1)],
    [jwe, jwe],
    [nested, nested],
    [inPlainBase64, inPlainBase64],
    [` \n${jws}\r\n`, jws],
    [`Bearer ${jws}`, jws],
    [`DPoP ${jwe}`, jwe],
    [`Authorization: Bearer ${jws}`, jws],
    [`authorization: bearer ${jws}\r\n`, jws],
    [`-H "Authorization: Bearer ${jws}"`, jws],
    [`"${jws}",`, jws],
    [`'${jwe}'`, jwe],
    [`“${jws}”`, jws],
    [`${jws.slice(0, 9)}\n  ${jws.slice(9, 20)}\r\n${jws.slice(20)}`, jws],
    [`\uFEFF${jws.slice(0, 9)}\u200B${jws.slice(9)}`, jws],
    [JSON.stringify({ access_token: jws, token_type: 'Bearer', expires_in: 300 }, null, 2), jws],
    [JSON.stringify({ token_type: 'DPoP', access_token: jwe }), jwe],
    [`"access_token": "${jws}",`, jws],
    [`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"access_token":"${jws}"}`, jws],
    [`https://client.example/cb#access_token=${jws}&token_type=bearer`, jws],
    [`${jws}~WyJzYWx0Iiwibm FtZSIsInZhbHVlIl0~`.replace(' ', ''), `${jws}~WyJzYWx0IiwibmFtZSIsInZhbHVlIl0~`],
    [`{"id_token":"${jws}"}`, jws],
    [`curl -H 'Authorization: Bearer ${jws}' https://api.example/`, jws],
    [`My token is ${jws}, what is wrong?`, jws],
    [`${jws} ${jws}`, jws],
    [`${jws} ${jwe}`, jws],
    // The header begins with white space, which JSON allows.
    [
      `${part('{\n  "alg": "HS256"\n}')}.${part('{}')}.c2ln`,
      `${part('{\n  "alg": "HS256"\n}')}.${part('{}')}.c2ln`,
    ],
  ])('%j', (pasted, token) => {
    const found = recogniseJwt(pasted)
    expect(found).toMatchObject({ token })
    expect(found?.removed.length === 0).toBe(pasted === token)
  })

  it('and decoded on the way', () => {
    expect(recogniseJwt(jws)?.decoded.kind).toBe('jws')
    expect(recogniseJwt(jwe)?.decoded).toMatchObject({ kind: 'jwe', parts: [{ text: '' }, {}, {}, {}] })
    expect(recogniseJwt(`Bearer ${jws}`)?.removed).toEqual(['the scheme Bearer'])
  })

  it('of megabytes too', () => {
    const large = `${part('{"alg":"RS256"}')}.${part(JSON.stringify({ x: 'y'.repeat(3_000_000) }))}.c2ln`
    expect(recogniseJwt(large)?.token).toBe(large)
  })
})

describe('nothing is recognised in', () => {
  test.each([
    '',
    ' ',
    '.',
    '..',
    'a.b.c',
    'a.b.c.d.e',
    'eyJ.eyJ.eyJ',
    'The token expired. Ask for another one. Then try again.',
    'See example.com.au for more',
    'https://as.example/token',
    '127.0.0.1',
    'Bearer',
    'Bearer 9f86d081884c7d659a2feaa0c55ad015',
    'mF_9.B5f-4.1JqM',
    'v2.local.QAxIpVe-ECVNI1z4xQbm_qQYomyT3h8FtV8bxkz8pBJWkT8f7HtlOpbroPDEZUKop_vaglyp76CzYy375cHmKCW8e1CCkV0Lflu4GTDyXMqQdpZMM1E6OaoQW27gaRSvWBrR3IgbFIa0AkuUFw.UGFyYWdvbiBJbml0aWF0aXZlIEVudGVycHJpc2Vz',
    'client_id=m2m&client_secret=shh',
    '{"error":"invalid_client"}',
    '{"access_token":"9f86d081884c7d65","token_type":"Bearer"}',
    '{"kty":"EC","crv":"P-256","x":"a","y":"b"}',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    `${jws}.x`,
    `${jws}.x.y`,
    part('{"alg":"RS256"}'),
    // No header
    `${part('[1]')}.${part('{"sub":"x"}')}.c2ln`,
    `${part('{"typ":"JWT"}')}.${part('{"sub":"x"}')}.c2ln`,
    `${part('{"alg":7}')}.${part('{"sub":"x"}')}.c2ln`,
    // A JWS of something that is no claims: text, a list, nothing (detached)
    `${part('{"alg":"RS256"}')}.${part('hello')}.c2ln`,
    `${part('{"alg":"RS256"}')}.${part('["sub"]')}.c2ln`,
    `${part('{"alg":"RS256"}')}..c2ln`,
    `${part('{"alg":"RS256","cty":"JWT"}')}.${part('a.b.c')}.c2ln`,
    // Encrypted, and cut or without the name of how
    jwe.slice(0, jwe.lastIndexOf('.')),
    `${part('{"alg":"dir"}')}..aXY.Y2lwaGVydGV4dA.dGFn`,
    jws.slice(0, 12),
    jws.slice(0, jws.indexOf('.') + 9),
    '\uD800.\uDC00.x',
  ])('%j', (text) => {
    expect(recogniseJwt(text)).toBeNull()
  })

  it('a text that is too long', () => {
    expect(recogniseJwt(jws + ' '.repeat(8 * 1024 * 1024))).toBeNull()
    expect(recogniseJwt(jws + ' '.repeat(1024 * 1024))).not.toBeNull()
  })

  it('any text, without throwing', () => {
    const pieces = fc.constantFrom(
      jws,
      jwe,
      '.',
      'Bearer ',
      '"',
      '{"access_token":"',
      '~',
      'eyJ',
      '\u200B',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        const found = recogniseJwt(parts.join(''))
        if (found) expect(recogniseJwt(found.token)).toEqual({ ...found, removed: [] })
      }),
    )
  })

  test.each(['.', 'a.', '~', '{', '"access_token" ', 'eyJ', '\u200B', `${part('{"alg":"x"}')}.`])(
    'four megabytes of %j, and is not held up',
    (piece) => {
      expect(recogniseJwt(piece.repeat(4_000_000 / piece.length))).toBeNull()
    },
  )
})
