import { expect, it } from 'vitest'
import { formatRelayedRequest } from './format-relayed.ts'
import { groupByOrigin, textOf } from './format.ts'

const secret = { what: 'secret', fields: ['Client secret'], spec: null, secret: true }
const segments = formatRelayedRequest(
  {
    method: 'POST',
    url: 'https://as.example:8443/token?x=1',
    headers: [
      ['authorization', 'Basic bTJtOg=='],
      ['accept', '*/*'],
    ],
    body: 'scope=æ',
  },
  { annotations: { fields: { authorization: secret }, parameters: {} } },
)

it('is the message as the relay sends it, and nothing of a browser', () => {
  expect(textOf(segments)).toBe(
    'POST /token?x=1 HTTP/1.1\r\n' +
      'host: as.example:8443\r\n' +
      'connection: close\r\n' +
      'authorization: Basic bTJtOg==\r\n' +
      'accept: */*\r\n' +
      'content-length: 8\r\n' +
      '\r\n' +
      'scope=æ',
  )
})

it('marks what the relay added, and still knows what is secret', () => {
  const groups = groupByOrigin(segments)
  expect(groups.map(([first]) => first?.origin)).toEqual(['page', 'relay', 'page', 'relay', 'page'])
  expect(textOf(segments.filter(({ note }) => note?.secret))).toBe('Basic bTJtOg==')
})
