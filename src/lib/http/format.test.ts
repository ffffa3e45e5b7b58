import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPreflight, formatRequest, formatResponseHead, groupByOrigin, textOf } from './format.ts'
import type { HttpRequest } from './message.ts'
import { mask, redact } from './redact.ts'

const request: HttpRequest = {
  method: 'POST',
  url: 'https://as.example:8443/realms/a%20b/token?x=1#never-sent',
  headers: [
    ['authorization', 'Basic czZCaGRSa3F0Mzo='],
    ['content-type', 'application/x-www-form-urlencoded'],
  ],
  body: 'grant_type=client_credentials&client_secret=a%2Bb+c',
}
const browser = { origin: 'http://localhost:4290', userAgent: 'UA/1', languages: ['nb-NO', 'en'] }
const secret = { what: 'secret', fields: ['Client secret'], spec: null, secret: true }
const annotations = { fields: { authorization: secret }, parameters: { client_secret: secret } }

describe('formatRequest', () => {
  it('is the exact message, in the grammar of RFC 9112 section 2.1', () => {
    expect(textOf(formatRequest(request))).toBe(
      'POST /realms/a%20b/token?x=1 HTTP/1.1\r\n' +
        'authorization: Basic czZCaGRSa3F0Mzo=\r\n' +
        'content-type: application/x-www-form-urlencoded\r\n' +
        '\r\n' +
        'grant_type=client_credentials&client_secret=a%2Bb+c',
    )
  })

  it('gives what the browser adds as lines of its own, with the values that follow from the rules', () => {
    const added = formatRequest(request, { browser }).filter(({ origin }) => origin === 'browser')
    expect(textOf(added)).toBe(
      'Host: as.example:8443\r\n' +
        'Content-Length: 51\r\n' +
        'Pragma: no-cache\r\n' +
        'Cache-Control: no-cache\r\n' +
        'User-Agent: UA/1\r\n' +
        'Accept: */*\r\n' +
        'Origin: http://localhost:4290\r\n' +
        'Sec-Fetch-Site: cross-site\r\n' +
        'Sec-Fetch-Mode: cors\r\n' +
        'Sec-Fetch-Dest: empty\r\n' +
        'Accept-Language: nb-NO,en;q=0.9\r\n',
    )
  })

  it('has Host first and the page’s own lines before the rest of what the browser adds', () => {
    const segments = formatRequest(request, { browser })
    const groups = groupByOrigin(segments)
    expect(groups.map(([first]) => first?.origin)).toEqual(['page', 'browser', 'page', 'browser', 'page'])
    expect(groups.flat()).toEqual(segments)
  })

  it('counts Content-Length in bytes, not in characters', () => {
    const text = textOf(formatRequest({ ...request, body: 'æ€😀' }, { browser }))
    expect(text).toContain('Content-Length: 9\r\n')
  })

  it.each([
    ['http://localhost:9000/token', 'same-site'],
    ['http://localhost:4290/token', 'same-origin'],
    ['http://127.0.0.1:4290/token', 'cross-site'],
    ['https://localhost:9000/token', 'cross-site'],
  ])('derives Sec-Fetch-Site for %s', (url, site) => {
    expect(textOf(formatRequest({ ...request, url }, { browser }))).toContain(`Sec-Fetch-Site: ${site}\r\n`)
  })

  it('adds no Sec-Fetch fields to plain http on another machine', () => {
    expect(textOf(formatRequest({ ...request, url: 'http://10.0.0.5/token' }, { browser }))).not.toContain(
      'Sec-Fetch',
    )
  })

  it('joins to the message whatever the body and the annotations', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        const text = textOf(formatRequest({ ...request, body }, { annotations }))
        expect(text.endsWith(`\r\n\r\n${body}`)).toBe(true)
      }),
    )
  })
})

describe('redact', () => {
  it('masks secrets and nothing else, and keeps the scheme readable', () => {
    const text = textOf(redact(formatRequest(request, { annotations })))
    expect(text).toContain(`authorization: Basic ${mask}\r\n`)
    expect(text).toContain(`grant_type=client_credentials&client_secret=${mask}`)
  })

  it('leaves no trace of a secret, however odd', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 6 }), (value) => {
        const body = new URLSearchParams({ client_secret: value }).toString()
        const shown = textOf(
          redact(formatRequest({ ...request, headers: request.headers, body }, { annotations })),
        )
        expect(shown.endsWith(`client_secret=${mask}`)).toBe(true)
      }),
    )
  })
})

describe('formatPreflight', () => {
  it('marks every line as the browser’s', () => {
    const segments = formatPreflight({
      ...request,
      method: 'OPTIONS',
      headers: [['origin', 'null']],
      body: null,
    })
    expect(textOf(segments)).toBe(
      'OPTIONS /realms/a%20b/token?x=1 HTTP/1.1\r\nHost: as.example:8443\r\norigin: null\r\n\r\n',
    )
    expect(segments.every(({ origin }) => origin === 'browser')).toBe(true)
  })
})

describe('formatResponseHead', () => {
  it('gives status line and fields, with an empty reason phrase for HTTP/2', () => {
    const head = formatResponseHead({
      status: 200,
      statusText: '',
      headers: [['content-type', 'application/json']],
    })
    expect(textOf(head)).toBe('HTTP/1.1 200 \r\ncontent-type: application/json\r\n\r\n')
  })
})

it('a secret in the query is masked like one in the body', () => {
  const url = 'https://as.example/token?client_secret=top-5ecret&x=1'
  const request = { method: 'POST', url, headers: [], body: null }
  expect(textOf(formatRequest(request))).toContain('POST /token?client_secret=top-5ecret&x=1 HTTP/1.1')
  expect(textOf(redact(formatRequest(request)))).toContain(`POST /token?client_secret=${mask}&x=1 HTTP/1.1`)
})
