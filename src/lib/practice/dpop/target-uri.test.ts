import { expect, test } from 'vitest'
import { comparableUri } from './target-uri.ts'

test.each([
  ['https://a.example/token', 'https://a.example/token'],
  ['HTTPS://A.Example:443/token?b#c', 'https://a.example/token'],
  ['http://a.example:80', 'http://a.example/'],
  ['http://a.example:8080', 'http://a.example:8080/'],
  ['https://a.example/./b/../%7etoken/%c3%bc%2f', 'https://a.example/~token/%C3%BC%2F'],
  ['https://a.example/ü', 'https://a.example/%C3%BC'],
  ['https://u:p@a.example/', 'https://u:p@a.example/'],
])('%s compares as %s', (uri, comparable) => {
  expect(comparableUri(uri)).toBe(comparable)
})

test.each(['', '/token', 'a.example/token', 'https:a.example', 'ftp://a.example/', 'https://', 'https://%/'])(
  '"%s" compares with nothing',
  (uri) => {
    expect(comparableUri(uri)).toBeNull()
  },
)
