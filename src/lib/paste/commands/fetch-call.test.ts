import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { unknown } from '../unknown.ts'
import { fetchCall, fetchRequests } from './fetch-call.ts'

const read = async (text: string) => fetchCall.read({ text, document: undefined })

function first(text: string) {
  const [found] = fetchRequests(text)
  if (found === undefined || 'refusal' in found) throw new Error(found?.refusal ?? 'No request')
  return found.request
}

describe('the literals of JavaScript', () => {
  test.each<[literal: string, body: string]>([
    ['"a\\"b\\n\\u00e9\\x41\\u{1F600}\\/\\0"', 'a"b\néA😀/\0'],
    ["'a\\'b\\\n  c'", "a'b  c"],
    ['`a$b\\`\n`', 'a$b`\n'],
    ["'a' +\n 'b' // c\n + /* d */ 'e'", 'abe'],
    ['process.env.SECRET', unknown('SECRET')],
    ["'a=' + process.env.SECRET", `a=${unknown('SECRET')}`],
    ['import.meta.env.VITE_ID', unknown('VITE_ID')],
    ["new URLSearchParams({ a: 'b c', 'd': 1, })", 'a=b+c&d=1'],
    ["new URLSearchParams([['a', 'b'], ['a', 'c']]).toString()", 'a=b&a=c'],
    ["JSON.stringify({ a: [1, true, null, { b: 'c' }] })", '{"a":[1,true,null,{"b":"c"}]}'],
    ["JSON.stringify({ __proto__: 'x' })", '{"__proto__":"x"}'],
  ])('%s', (literal, body) => {
    expect(first(`fetch('https://x.example/', { method: 'POST', body: ${literal} })`).body).toBe(body)
  })

  it('are those of JavaScript itself, for any text in quotes', () => {
    const pieces = ['\\', '\\"', 'u', '{', '}', '41', 'x', 'n', '0a', '\n', '\u2028', 'é', '😀', '/', ' ']
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 }), (text) => {
        const literal = `"${text}"`
        let expected: string
        try {
          expected = String(runInNewContext(`'use strict'; [${literal}].length === 1 ? ${literal} : null`))
        } catch {
          // SyntaxError: it is none, and may be read as something all the same.
          return
        }
        expect(first(`fetch("https://x.example/", {"method":"POST","body":${literal}})`).body).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test.each<[text: string, why: string]>([
    ['fetch(url)', 'compute part of it'],
    ['fetch(`https://${host}/`)', 'compute part of it'],
    ["fetch('https://x.example/', options)", 'compute part of it'],
    ["fetch('https://x.example/', { body: load() })", 'compute part of it'],
    ["fetch('https://x.example/', { headers: { a: (() => 1)() } })", 'compute part of it'],
    ["fetch('https://x.example/', { ...options })", 'compute part of it'],
    ["fetch('https://x.example/', 'a')", 'not a URL and an object'],
    ["fetch('https://x.example/', { body: { a: 1 } })", 'body is no text'],
    ["fetch('https://x.example/', { headers: 'a: b' })", 'not written out'],
    ["fetch('https://x.example/', { headers: { a: 'b\\r\\nc: d' } })", 'line break'],
    ["fetch('https://x.example/', { body: 'a", 'open at its end'],
    ["fetch('https://x.example/', /* a", 'open at its end'],
    [`fetch('https://x.example/', ${'['.repeat(10_000)}`, '100 levels'],
    ['fetch("/token")', 'has no host'],
    ['fetch("data:text/plain,a")', 'is none'],
  ])('%s is refused', async (text, why) => {
    expect(await read(text)).toEqual({
      what: 'a call of fetch',
      refusal: expect.stringContaining(why) as string,
    })
  })
})

describe('a call of fetch', () => {
  it('Chromium, “Copy as fetch”', async () => {
    const text = `fetch("https://as.example/token", {
  "headers": {
    "accept": "application/json",
    "authorization": "Basic bTJtOnNoaA==",
    "content-type": "application/x-www-form-urlencoded",
    "sec-ch-ua": "\\"Chromium\\";v=\\"141\\""
  },
  "referrer": "https://app.example/",
  "body": "grant_type=client_credentials&scope=api+read",
  "method": "POST",
  "mode": "cors",
  "credentials": "include"
});`
    expect(await read(text)).toMatchObject({
      proposals: [
        {
          config: {
            token_endpoint: 'https://as.example/token',
            token_endpoint_auth_method: 'client_secret_basic',
            client_id: 'm2m',
            client_secret: 'shh',
            scope: 'api read',
          },
        },
      ],
      ignored: [],
    })
  })

  it('Chromium, “Copy as fetch (Node.js)” of several', async () => {
    const text = `fetch("https://a.example/", {
  "headers": { "cookie": "a=b" },
  "body": null,
  "method": "GET"
}); ;
fetch("https://b.example/", { "method": "DELETE" });`
    expect(await read(text)).toMatchObject({
      proposals: [{ name: 'GET a.example/' }, { name: 'DELETE b.example/' }],
      ignored: ['GET a.example/: Cookie: the page sends without cookies.'],
    })
  })

  it('Firefox, “Copy as Fetch”', async () => {
    const text = `await fetch("https://api.example/things?a=b", {
    "credentials": "omit",
    "headers": {
        "User-Agent": "Mozilla/5.0",
        "Authorization": "Bearer abc"
    },
    "method": "GET",
    "mode": "cors"
});`
    expect(await read(text)).toMatchObject({
      proposals: [
        { kind: 'call', token: 'abc', call: { url: 'https://api.example/things?a=b', headers: [] } },
      ],
    })
  })

  test.each<[text: string, request: object]>([
    ["fetch('https://x.example/')", { method: 'GET', headers: [], body: null }],
    ["const r = await fetch('https://x.example/', {method: 'post'})", { method: 'POST' }],
    ["fetch('https://x.example/', {method: 'patch'})", { method: 'patch' }],
    [
      "fetch('https://x.example/', {headers: [['a', 'b'], ['a', 'c']]})",
      {
        headers: [
          ['a', 'b'],
          ['a', 'c'],
        ],
      },
    ],
    ["fetch('https://x.example/', {headers: new Headers({ a: 'b' })})", { headers: [['a', 'b']] }],
    ["fetch('https://x.example/', {headers: { __proto__: 'b' }})", { headers: [['__proto__', 'b']] }],
    ["// a comment\n'use strict';\nlet r = await fetch('https://x.example/')", { method: 'GET' }],
  ])('%s', async (text, request) => {
    expect(first(text)).toMatchObject(request)
    expect(await read(text)).toMatchObject({ what: 'a call of fetch' })
  })

  test.each([
    'fetch',
    'fetch the token',
    'prefetch("https://x.example/")',
    'window.fetching()',
    'git fetch (all)',
  ])('%s is none', async (text) => {
    expect(await read(text)).toBeNull()
  })
})
