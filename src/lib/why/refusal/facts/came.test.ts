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
  it('are those of every member that speaks, one level down too, without the code', () => {
    const body = {
      error: 'invalid_client',
      error_description: 'One.',
      hint: 'not a word',
      detail: 'Two.',
      errors: [{ msg: 'Three.', loc: ['body'] }],
      deep: { deeper: { message: 'too deep' } },
    }
    expect(came(JSON.stringify(body)).words.split('\n')).toEqual(['One.', 'Two.', 'Three.'])
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
