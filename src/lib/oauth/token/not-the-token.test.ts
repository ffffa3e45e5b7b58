import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../config/config.ts'
import type { Exchange } from '../../http/message.ts'
import { understand } from './understand.ts'

/** What is said of a success with that JSON. */
async function said(body: object) {
  const exchange: Exchange = {
    id: 1,
    purpose: 'token request',
    request: { method: 'POST', url: 'https://as.example/token', headers: [], body: '' },
    startedAt: 0,
    duration: 1,
    outcome: {
      kind: 'response',
      response: {
        status: 200,
        statusText: 'OK',
        headers: [['content-type', 'application/json']],
        body: new TextEncoder().encode(JSON.stringify(body)),
      },
    },
    serverView: null,
  }
  const { explanation, checks } = await understand(exchange, emptyConfig, async () => Promise.resolve(null))
  return { text: `${explanation?.title ?? ''} ${explanation?.meaning ?? ''}`, checks }
}

describe('RFC 6749 5.1: JSON of a success without a token says what it is instead', () => {
  it.each([
    [
      { access_token: '' },
      'access_token is there, and empty (status 200) access_token is a text without characters',
    ],
    [{ access_token: null }, 'access_token is null'],
    [{ access_token: 12345 }, 'access_token is no text (status 200) access_token is 12345'],
    [{ access_token: false }, 'access_token is false'],
    [{ access_token: {} }, 'access_token is (object)'],
    [{ access_token: ['mF_9.B5f-4.1JqM'] }, 'access_token is a list with the token in it'],
    [
      { issuer: 'https://as.example', token_endpoint: 'https://as.example/token' },
      'The server’s metadata instead of a token',
    ],
    [{ keys: [] }, 'The server’s keys instead of a token'],
    [
      { device_code: 'a', user_code: 'WDJB-MJHT', verification_uri: 'https://as.example/device' },
      'A device code',
    ],
    [{ active: false }, 'The state of a token'],
    [{ request_uri: 'urn:a', expires_in: 60 }, 'A request URI instead of a token'],
    [{ issuer: 'https://as.example' }, 'JSON without an access_token'],
    [
      { access_token: '<access_token>' },
      'No token in access_token (status 200) The server says: “<access_token>”',
    ],
    [{ access_token: '********' }, 'No token in access_token'],
    [{ access_token: 'null' }, 'No token in access_token'],
  ])('%j', async (body, words) => {
    expect((await said(body)).text).toContain(words)
  })

  it('token_type that is no string is shown', async () => {
    const { checks } = await said({ access_token: 'mF_9.B5f-4.1JqM', token_type: ['Bearer'] })
    expect(checks.map(({ found }) => found).join()).toContain('token_type (array), which is no string')
  })
})
