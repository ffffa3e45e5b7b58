import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../../http/message.ts'
import { readTokenResponse } from '../../../oauth/response/read-response.ts'
import { readCame } from './came.ts'

function came(body: string, headers: HeaderList = [['content-type', 'application/json']], status = 400) {
  const response = { status, statusText: '', headers, body: new TextEncoder().encode(body) }
  const reading = readTokenResponse({ kind: 'response', response })
  if (reading.kind === 'unreachable') throw new Error(reading.kind)
  return readCame(reading.answer)
}

describe('the code', () => {
  it('is that of the body, else that of a challenge', () => {
    expect(came('{"error":"invalid_client"}')).toMatchObject({ code: 'invalid_client', layer: 'oauth' })
    const challenge: HeaderList = [['www-authenticate', 'Basic, Bearer error="invalid_token"']]
    expect(came('', challenge)).toMatchObject({ code: 'invalid_token', layer: 'oauth' })
    const both = came('{"error":"invalid_request"}', [['content-type', 'application/json'], ...challenge])
    expect(both.code).toBe('invalid_request')
  })

  it('is none of the phrases that frameworks write there: these are words', () => {
    expect(came('{"error":"Bad Request"}')).toMatchObject({ code: '', words: 'Bad Request', layer: 'other' })
  })
})

describe('the words', () => {
  it('are those of every member that speaks, some levels down too, without the code', () => {
    const body = {
      error: 'invalid_client',
      error_description: 'One.',
      hunt: 'not a word',
      hint: 'Too.',
      detail: 'Two.',
      errors: [{ msg: 'Three.', loc: ['body'] }],
      deep: { deeper: { message: 'Four.', deepest: { too: { message: 'too deep' } } } },
    }
    expect(came(JSON.stringify(body)).words.split('\n')).toEqual(['One.', 'Too.', 'Two.', 'Three.', 'Four.'])
  })

  it.each([
    ['a name that nobody knows', { exp: 'token expired', at: 'x' }, 'token expired'],
    ['names of fields', { title: 'Bad', errors: { ClientId: ['It is required.'] } }, 'Bad\nIt is required.'],
    ['a list', [{ message: 'Session expired', errorCode: 'GONE' }], 'Session expired'],
    ['capitals', { ErrorCode: 'x', Error: 'ClientId is wrong' }, 'ClientId is wrong'],
  ])('are found under %s', (_, body, words) => {
    expect(came(JSON.stringify(body)).words).toBe(words)
  })

  it('of an alternative prove nothing, and are quoted all the same', () => {
    const words = 'Token is missing, invalid or expired. See the log.'
    expect(came(JSON.stringify({ message: words }))).toMatchObject({ words, spoken: 'See the log.' })
  })

  it('of Express are below its title', () => {
    const page = '<!DOCTYPE html><html><title>Error</title><pre>unexpected &quot;aud&quot;<br>at x</pre>'
    expect(came(page, [])).toMatchObject({ page: 'unexpected "aud"', spoken: 'unexpected "aud"' })
  })

  it('are those of a challenge, and the text of a body that is no JSON', () => {
    const challenge = 'Bearer error="invalid_token", error_description="The token expired"'
    expect(came('', [['www-authenticate', challenge]]).words).toBe('The token expired')
    expect(came('Invalid CORS request', [])).toMatchObject({ words: 'Invalid CORS request', layer: 'other' })
  })

  it('are kept short', () => {
    expect(came('x'.repeat(100_000), []).words.length).toBeLessThanOrEqual(4000)
  })
})

it('identifiers are found in words, in capitals', () => {
  expect(came('{"error_description":"IDX10214: no. See id2052 and XIDX1."}').identifiers).toEqual([
    'IDX10214',
    'ID2052',
  ])
})

it('a response without anything is empty', () => {
  expect(came('', [], 401)).toMatchObject({ layer: 'empty', code: '', words: '', identifiers: [] })
})

it('never throws', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.oneof(text, fc.json()), text, (body, challenge) => {
      expect(came(body, [['www-authenticate', challenge]]).status).toBe(400)
    }),
  )
})

it.each([
  { error: 'INVALID_CLIENT' },
  { errorCode: 'invalid_client' },
  { error: { code: 'invalid_client' } },
])('a registered code is found in %j', (body) => {
  expect(came(JSON.stringify(body))).toMatchObject({ code: 'invalid_client', layer: 'oauth' })
})

it.each([
  ['Request Rejected', 403, 'Request Rejected'],
  ['404 Not Found', 404, ''],
  ['Error 502: Bad Gateway', 502, ''],
  ['', 404, ''],
])('of a web page the title is quoted, unless that is the status alone: %s', (title, status, quoted) => {
  expect(came(`<html><title>${title}</title><p>x`, [], status).quotable).toBe(quoted)
})
