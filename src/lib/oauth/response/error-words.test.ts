import { describe, expect, it } from 'vitest'
import { quoted } from '../../text/quoted.ts'
import { readTokenResponse } from './read-response.ts'
import { quotableWords, withoutOpening } from './error-words.ts'

const ofClient =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).'
const ofGrant =
  'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
const reason =
  "The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'."

describe('the sentence of a code is dropped', () => {
  it.each<[string, string]>([
    [`${ofGrant} ${reason}`, reason],
    [`${ofClient} passwords do not match`, 'passwords do not match'],
    [`${ofClient} ${reason}`, reason],
    [
      'The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope ‘a.b’.',
      'The OAuth 2.0 Client is not allowed to request scope ‘a.b’.',
    ],
    ['The error is unrecognizable Token is expired', 'Token is expired'],
    [ofClient, ''],
  ])('%s', (text, rest) => {
    expect(withoutOpening(text)).toBe(rest)
  })

  it.each(['Client authentication failed', 'The requested scope is invalid: admin', 'Invalid client', ''])(
    'and any other is left alone: %s',
    (text) => {
      expect(withoutOpening(text)).toBe(text)
    },
  )
})

describe('what is quoted', () => {
  const read = (body: string) => {
    const response = { status: 400, statusText: '', headers: [], body: new TextEncoder().encode(body) }
    const reading = readTokenResponse({ kind: 'response', response })
    if (reading.kind !== 'refused') throw new Error(reading.kind)
    const { error_description, hints } = reading.error
    return quotableWords(error_description, hints)
  }

  it('is the whole reason, which would lie beyond what a sentence quotes', () => {
    const body = JSON.stringify({ error: 'invalid_grant', error_description: `${ofGrant} ${reason}` })
    expect(quoted(read(body))).toBe(reason)
  })

  it('has what the server adds in error_hint and error_debug', () => {
    const body = { error: 'invalid_client', error_description: ofClient, error_debug: 'not_found' }
    expect(read(JSON.stringify(body))).toBe('not_found')
    expect(read(JSON.stringify({ ...body, error_hint: 'Look.' }))).toBe('Look. not_found')
  })

  it('is the opening, if the server says no more', () => {
    expect(read(JSON.stringify({ error: 'invalid_client', error_description: ofClient }))).toBe(ofClient)
    expect(read('{"error":"invalid_client"}')).toBe('')
  })

  it('is read out of a line of text too', () => {
    expect(read('ErrorType=unauthorized_client Parent=client not found')).toBe('client not found')
    expect(read('ErrorType=invalid_client')).toBe('')
  })
})
