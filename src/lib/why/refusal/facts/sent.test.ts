import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../../http/message.ts'
import { jwt } from '../refusal-testing.ts'
import { claim, headerOf, listClaim, numericClaim, readSent } from './sent.ts'

const form: HeaderList = [['Content-Type', 'application/x-www-form-urlencoded']]
const sent = (headers: HeaderList, body: string | null = null) =>
  readSent({ method: 'POST', url: 'https://as.example/token?a=b', headers, body })

describe('the places of credentials', () => {
  it.each<[string, HeaderList, string, readonly string[]]>([
    ['none', form, 'grant_type=client_credentials&client_id=m2m', []],
    ['an empty secret', form, 'client_secret=', []],
    ['the body', form, 'client_secret=x', ['body']],
    ['the header', [...form, ['Authorization', 'basic bTJtOng=']], '', ['header']],
    ['both', [...form, ['authorization', 'Basic bTJtOng=']], 'client_secret=x', ['header', 'body']],
    ['an assertion', form, `client_assertion=${jwt({})}`, ['assertion']],
    ['a body that is no form', [], 'client_secret=x', []],
  ])('%s', (_what, headers, body, places) => {
    expect(sent(headers, body).places).toEqual(places)
  })
})

describe('a token', () => {
  it('is what follows a scheme that is not Basic, read as far as it can be', () => {
    const { token, authorization } = sent([['Authorization', `DPoP ${jwt({ aud: 'x', exp: 1 })}`]])
    expect(authorization?.scheme).toBe('DPoP')
    expect([claim(token, 'aud'), numericClaim(token, 'exp'), headerOf(token, 'typ')]).toEqual([
      'x',
      1,
      'at+jwt',
    ])
    expect(listClaim(token, 'aud')).toEqual(['x'])
    expect(sent([['authorization', 'Bearer opaque']]).token).toMatchObject({ kind: 'opaque', claims: null })
    expect(sent([['authorization', 'Basic bTJtOng=']]).token).toBeNull()
  })

  it('in a field that is there twice is as a server sees it, joined', () => {
    const twice: HeaderList = [
      ['Authorization', 'Bearer a'],
      ['authorization', 'Bearer b'],
    ]
    expect(sent(twice).authorization).toEqual({ scheme: 'Bearer', credentials: 'a, Bearer b' })
  })

  it('keeps the spaces after the scheme', () => {
    expect(sent([['authorization', 'Bearer  a']]).authorization?.credentials).toBe(' a')
  })
})

it('a proof is read, and a body of JSON', () => {
  const { proof } = sent([['dpop', jwt({ htm: 'POST' })]])
  expect(claim(proof, 'htm')).toBe('POST')
  expect(sent([['content-type', 'application/json']], '{"client_name":"x"}').json?.kind).toBe('object')
  expect(sent([['content-type', 'application/json']], '{').json).toBeNull()
})

it('never throws', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, text, text, (authorization, proof, body) => {
      const headers: HeaderList = [...form, ['authorization', authorization], ['dpop', proof]]
      expect(sent(headers, body).method).toBe('POST')
    }),
  )
})
