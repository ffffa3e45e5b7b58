import { describe, expect, test } from 'vitest'
import type { HeaderList } from '../http/message.ts'
import { mayRead, maySend, splitHeaders } from './cors.ts'

const page = 'https://page.example'
const answer = (headers: HeaderList, status = 204) => ({
  status,
  statusText: '',
  headers,
  body: new Uint8Array(),
})
const ask = (method: string, names: string) => ({
  method: 'OPTIONS',
  url: 'https://practice.example/token',
  headers: [
    ['access-control-request-method', method],
    ...(names === '' ? [] : [['access-control-request-headers', names] as const]),
  ] as HeaderList,
  body: null,
})

test.each([
  ['*', true],
  [page, true],
  ['https://other.example', false],
  [`${page}, ${page}`, false],
  [`${page}/`, false],
  ['null', false],
])('Access-Control-Allow-Origin: %s', (value, allowed) => {
  expect(mayRead(answer([['access-control-allow-origin', value]]), page)).toBe(allowed)
})

test('without Access-Control-Allow-Origin nothing is read', () => {
  expect(mayRead(answer([]), page)).toBe(false)
})

describe('a preflight', () => {
  const cors = (methods: string, headers: string) =>
    answer([
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Methods', methods],
      ['Access-Control-Allow-Headers', headers],
    ])

  test.each([
    ['POST', 'authorization', '', 'Authorization', true],
    ['POST', 'authorization,dpop', '', 'Authorization', false],
    ['POST', 'authorization', '', '*', false],
    ['POST', 'dpop', '', '*', true],
    ['POST', '', 'GET', '', true],
    ['PUT', '', 'GET', '', false],
    ['PUT', '', 'put', '', false],
    ['PUT', '', '*', '', true],
    ['POST', 'dpop', '', 'dpop; x', false],
  ])('for %s with "%s", responded with "%s" and "%s"', (method, names, methods, headers, allowed) => {
    expect(maySend(ask(method, names), cors(methods, headers), page)).toBe(allowed)
  })

  test('must have an ok status and pass the CORS check itself', () => {
    const fields = [['Access-Control-Allow-Origin', '*']] as const
    expect(maySend(ask('POST', ''), answer(fields, 200), page)).toBe(true)
    expect(maySend(ask('POST', ''), answer(fields, 404), page)).toBe(false)
    expect(maySend(ask('POST', ''), answer(fields, 302), page)).toBe(false)
    expect(maySend(ask('POST', ''), answer([], 200), page)).toBe(false)
  })
})

describe('a page reads the safelisted fields and those exposed', () => {
  const fields = [
    ['Content-Type', 'a'],
    ['Date', 'b'],
    ['DPoP-Nonce', 'c'],
    ['Set-Cookie', 'd'],
  ] as const
  const visible = (exposed: string) =>
    splitHeaders([...fields, ['Access-Control-Expose-Headers', exposed]]).visible.map(([name]) => name)

  test.each([
    ['', ['Content-Type']],
    ['dpop-nonce, Set-Cookie', ['Content-Type', 'DPoP-Nonce']],
    ['*', ['Content-Type', 'Date', 'DPoP-Nonce', 'Access-Control-Expose-Headers']],
    ['dpop nonce', ['Content-Type']],
  ])('Access-Control-Expose-Headers: %s', (exposed, expected) => {
    expect(visible(exposed)).toEqual(expected)
  })
})
