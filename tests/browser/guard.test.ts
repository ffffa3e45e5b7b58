import { expect, test } from 'vitest'
import { complaintsOf } from './guard.ts'

const site = 'http://localhost:4000'
const permitted = { origins: new Set([site]), expected: [], allowed: [] }
const quiet = { messages: [], urls: [] }

test('a page that keeps quiet at home is not complained of', () => {
  const urls = [`${site}/index.html`, 'data:,x', 'blob:null/1', 'about:blank']
  expect(complaintsOf({ messages: [], urls }, permitted)).toEqual([])
})

test('whatever the console says is complained of, unless it may or must say it', () => {
  const messages = ['error: 401 (x)', 'warning: old (x)', 'uncaught: Error: nobody']
  expect(complaintsOf({ messages, urls: [] }, permitted)).toEqual(
    messages.map((message) => `the console said ${message}`),
  )
  const lenient = { ...permitted, expected: [/401/], allowed: [/old/, /uncaught/] }
  expect(complaintsOf({ messages, urls: [] }, lenient)).toEqual([])
})

test('silence about what was expected is complained of', () => {
  const messages = ['error: 401 (x)']
  expect(complaintsOf(quiet, { ...permitted, expected: [/401/] })).toEqual(['the console never said /401/'])
  expect(complaintsOf({ messages, urls: [] }, { ...permitted, expected: [/401/, /403/] })).toEqual([
    'the console never said /403/',
  ])
})

test('a request to a server nobody allowed is complained of, once', () => {
  const url = 'https://elsewhere.example/a'
  expect(complaintsOf({ messages: [], urls: [url, url] }, permitted)).toEqual([
    `a request went to ${url}, which the test did not allow`,
  ])
  const origins = new Set([site, 'https://elsewhere.example'])
  expect(complaintsOf({ messages: [], urls: [url] }, { ...permitted, origins })).toEqual([])
})

test('the other names and schemes of an allowed loopback server are next door, other ports are not', () => {
  const urls = ['https://127.0.0.1:4000/x', 'ws://[::1]:4000/', 'http://localhost:6000/', `${site}/`]
  expect(complaintsOf({ messages: [], urls }, permitted)).toEqual([])
  for (const stranger of ['http://localhost:4001/', 'http://10.0.0.1:4000/', 'http://example.org:6000/'])
    expect(complaintsOf({ messages: [], urls: [stranger] }, permitted)).toHaveLength(1)
})
