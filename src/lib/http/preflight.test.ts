import { describe, expect, it } from 'vitest'
import type { HeaderList } from './message.ts'
import { predictPreflight } from './preflight.ts'

const page = 'http://localhost:4290'
const request = (headers: HeaderList, method = 'POST', url = 'https://as.example/token') => ({
  method,
  url,
  headers,
  body: null,
})
const form = ['content-type', 'application/x-www-form-urlencoded'] as const
const withCharset = ['content-type', 'application/x-www-form-urlencoded;charset=UTF-8'] as const

describe('predictPreflight', () => {
  it('needs none for a form with credentials in the body, whether its type has a charset or not', () => {
    for (const type of [form, withCharset])
      expect(predictPreflight(request([['accept', 'application/json'], type]), page)).toBeNull()
  })

  it('needs none for a value of exactly 128 bytes', () => {
    expect(predictPreflight(request([['accept', 'a'.repeat(128)]]), page)).toBeNull()
  })

  it('needs none for a request to the page’s own origin', () => {
    expect(
      predictPreflight(request([['authorization', 'Basic eA==']], 'POST', `${page}/token`), page),
    ).toBeNull()
  })

  it('asks with the unsafe names sorted, in lower case, separated by commas alone', () => {
    const preflight = predictPreflight(request([['DPoP', 'x'], form, ['Authorization', 'Basic eA==']]), page)
    expect(preflight?.request.headers).toContainEqual([
      'access-control-request-headers',
      'authorization,dpop',
    ])
    expect(preflight?.request.headers).toContainEqual(['origin', page])
    expect(preflight?.request.method).toBe('OPTIONS')
    expect(preflight?.reasons).toHaveLength(2)
  })

  it.each([
    ['a JSON body', request([['content-type', 'application/json']])],
    ['a method of its own', request([], 'PUT')],
    ['an accept with a colon', request([['accept', 'text/x;y=":"']])],
    ['a value over 128 bytes', request([['accept', 'a'.repeat(129)]])],
    ['a language with an odd byte', request([['accept-language', 'de_DE']])],
  ])('asks for %s', (_what, asked) => {
    expect(predictPreflight(asked, page)?.reasons).toHaveLength(1)
  })

  it('asks from file://, whose origin is null', () => {
    expect(predictPreflight(request([['authorization', 'x']]), 'null')?.request.headers).toContainEqual([
      'origin',
      'null',
    ])
  })
})

it.each([
  ['a request without CORS', 'https://as.example/token', 'no-cors' as const],
  ['a web socket', 'wss://as.example/token', undefined],
])('%s has none, whatever its headers', (_what, url, mode) => {
  const request = {
    method: 'PUT',
    url,
    headers: [['x-own', 'a']] as const,
    body: null,
    ...(mode && { mode }),
  }
  expect(predictPreflight(request, 'https://page.example')).toBeNull()
})
