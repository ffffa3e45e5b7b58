import { describe, expect, it } from 'vitest'
import type { RefusalRecord, Row } from './record.ts'
import { factsOf, type Refusal, said } from './refusal-testing.ts'
import { find } from './rows.ts'

const record = (name: string, ...rows: readonly Row[]): RefusalRecord => ({ name, order: [], rows })
const row = (cause: Row['causes'][number], more: Partial<Row> = {}): Row => ({
  says: /server of the test/,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

const found = (refusal: Refusal, chosen: RefusalRecord | null, ...others: readonly RefusalRecord[]) => {
  const { row, record, exact } = find(factsOf(refusal), chosen, others)
  return { cause: row.causes[0], of: record?.name, exact }
}

const mine = record('Mine', row('secret-wrong'))
const other = record('Other', row('client-unknown'))

describe('the row that is used', () => {
  it('is of the chosen server, else of one that is recognised, and exact of the first only', () => {
    expect(found({ words: said }, mine, other)).toEqual({ cause: 'secret-wrong', of: 'Mine', exact: true })
    expect(found({ words: said }, null, other)).toEqual({
      cause: 'client-unknown',
      of: 'Other',
      exact: false,
    })
    const silent = record('Mine', row('secret-wrong', { says: /something else/ }))
    expect(found({ words: said }, silent, other)).toMatchObject({ cause: 'client-unknown', of: 'Other' })
  })

  it('is exact by an identifier that no other server has', () => {
    const named = record('Named', { id: 'ID2052', causes: ['client-unknown'], certainty: 'certain' })
    expect(found({ words: 'No. ID2052' }, null, named)).toMatchObject({ of: 'Named', exact: true })
    expect(found({ words: 'No. ID2053' }, null, named).of).toBeUndefined()
  })

  it('fits code, status, endpoint and what was sent', () => {
    const words = { words: said, error: 'invalid_client', status: 401 } as const
    const fits = (more: Partial<Row>) => found(words, record('Mine', row('secret-wrong', more))).of === 'Mine'
    expect(fits({ code: 'invalid_client', status: [400, 401], endpoint: ['token'] })).toBe(true)
    const cause = (more: Partial<Row>) => found(words, null, record('Other', row('secret-wrong', more))).of
    expect(cause({ code: 'invalid_request' })).toBeUndefined()
    expect(cause({ status: 400 })).toBeUndefined()
    expect(cause({ endpoint: ['api'] })).toBeUndefined()
    expect(cause({ when: ({ sent }) => sent.assertion !== null })).toBeUndefined()
  })

  it('is that of a pasted line before that of the response, whatever code and status say', () => {
    const log = record('Mine', row('client-unknown'), row('secret-wrong', { says: /in the log/, code: 'x' }))
    expect(found({ words: said, pasted: 'it is in the log' }, log)).toMatchObject({ cause: 'secret-wrong' })
    expect(found({ words: said, pasted: 'something else' }, log)).toMatchObject({ cause: 'client-unknown' })
    const recognised = found({ pasted: 'it is in the log' }, null, log)
    expect(recognised).toEqual({ cause: 'secret-wrong', of: 'Mine', exact: true })
  })

  it('is what many servers say, before what the chosen one means by a bare code, before the standard', () => {
    const bare = record('Mine', { code: 'invalid_client', causes: ['client-disabled'], certainty: 'likely' })
    const refusal = { error: 'invalid_client', status: 401 } as const
    const words = { ...refusal, words: 'Wrong secret' }
    expect(found(words, bare)).toMatchObject({ cause: 'secret-wrong', exact: false })
    expect(found(refusal, bare)).toMatchObject({ cause: 'client-disabled', of: 'Mine' })
    // The bare code of a server that was not chosen says nothing of this one.
    expect(found(refusal, null, bare).cause).not.toBe('client-disabled')
  })
})

describe('what many servers say', () => {
  it.each<[string, Row['causes'][number], Refusal?]>([
    ['grant_type not allowed for this client', 'grant-not-allowed'],
    ['Unsupported grant type', 'grant-not-enabled'],
    ['missing parameter scope', 'scope-not-sent', { scope: '' }],
    ['The client is not allowed to use the scope write', 'scope-permission-missing'],
    ['Unknown scope: write', 'scope-unknown'],
    ['Client not found', 'client-unknown'],
    ['no client with id m2m', 'client-unknown'],
    ['Incorrect client secret', 'secret-wrong'],
    ['Client is disabled', 'client-disabled'],
    ['Too many requests', 'rate-limited'],
    ['HTTPS is required', 'https-required'],
  ])('%s', (words, cause, more = {}) => {
    expect(found({ ...more, words, error: 'invalid_client' }, null).cause).toBe(cause)
  })

  it.each<[string, Row['causes'][number]]>([
    ['The access token expired', 'token-expired'],
    ['Token is not yet valid', 'token-not-yet-valid'],
    ['jwt not valid before 2024', 'token-not-yet-valid'],
    ['Wrong audience', 'audience-other'],
    ['unexpected iss', 'issuer-other'],
    ['No signing key for this kid', 'key-unknown'],
    ["No key of the JWK Set has kid 'x': it was withdrawn, or is not of this issuer", 'key-unknown'],
    ['Invalid signature', 'signature-wrong'],
    ['Token is not active', 'token-not-active'],
    ['Not enough permissions', 'scope-insufficient'],
  ])('an API: %s', (words, cause) => {
    expect(found({ endpoint: 'api', status: 401, error: 'invalid_token', words }, null).cause).toBe(cause)
  })

  it('is not said by a sentence that lists what is possible', () => {
    const words = 'Client authentication failed (unknown client, no authentication, or unsupported method)'
    const { cause, exact } = found({ words, error: 'invalid_client', status: 401 }, null)
    expect([cause, exact]).not.toEqual(['client-unknown', true])
  })

  it.each<[string, Row['causes'][number], Refusal?]>([
    [
      'This client supports the authentication method client_secret_basic, not client_secret_post',
      'method-other',
    ],
    [
      'This client supports the authentication method client_secret_basic, not client_secret_post',
      'two-credentials',
      { credentials: 'both' },
    ],
    ['The client supports authentication method "none"', 'public-client'],
    ['A public client is not allowed to do that: the client is marked as public', 'public-client'],
    ['No credentials were found', 'body-ignored'],
    ['The scope "read" is not allowed for this client', 'scope-permission-missing'],
    ['The scope "openid" is not allowed for this client', 'scope-permission-missing', { scope: 'openid' }],
    ['Password does not match', 'secret-wrong'],
    ['The webhook did not respond', 'token-hook-failed', { status: 500 }],
    ['A hook said no', 'custom-rule', { status: 403 }],
    ['Client sent an HTTP request to an HTTPS server.', 'https-required'],
    ['Signing algorithm ES256 is not allowed', 'assertion-algorithm', { credentials: 'assertion' }],
    ['Cannot verify the integrity of the JWT', 'assertion-signature', { credentials: 'assertion' }],
  ])('of method and rights: %s', (words, cause, more = {}) => {
    expect(found({ error: 'invalid_client', ...more, words }, null).cause).toBe(cause)
  })

  it('without knowing which of client and password is wrong says neither', () => {
    const words = 'wrong username or password'
    const { row } = find(factsOf({ words, error: 'server_error', status: 500 }), null, [])
    expect([row.causes.slice(0, 2), row.certainty]).toEqual([['secret-wrong', 'client-unknown'], 'possible'])
  })
})
