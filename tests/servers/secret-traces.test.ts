import { describe, expect, it, test } from 'vitest'
import type { RecordedRequest } from './fault-server.ts'
import { carriersOf, leaksOf } from './secret-traces.ts'

const secret = 's3cret that+must/not~leak'
const form = (value: string) => new URLSearchParams([['', value]]).toString().slice(1)
const base64 = (text: string) => Buffer.from(text).toString('base64')

const request = (
  members: Partial<Omit<RecordedRequest, 'body'>> & { body?: string } = {},
): RecordedRequest => ({
  method: 'POST',
  url: '/token',
  headers: [],
  ...members,
  body: Buffer.from(members.body ?? ''),
})

const inHeader = (value: string) => request({ headers: [['Authorization', value]] })
const token = request({ body: `client_secret=${form(secret)}` })
const probe = request({ method: 'GET' })
const preflight = request({ method: 'OPTIONS' })

test.each([
  ['as it is', request({ body: secret })],
  ['in a form', token],
  ['in a query', request({ url: `/token?a=${encodeURIComponent(secret)}` })],
  ['in Basic', inHeader(`Basic ${base64(`m2m:${secret}`)}`)],
  ['in Basic, form-encoded', inHeader(`Basic ${base64(`m2m:${form(secret)}`)}`)],
  [
    'in Basic, all of it encoded',
    inHeader(`Basic ${base64(`m2m:${encodeURIComponent(secret).replaceAll('~', '%7E')}`)}`),
  ],
  ['in a part of a token', inHeader(`Bearer x.${Buffer.from(`{"a":"${secret}"}`).toString('base64url')}.y`)],
])('a secret is found %s', (_where, carrier) => {
  expect(carriersOf(secret, [probe, carrier])).toEqual([carrier])
})

describe('there is no leak', () => {
  it('if the token request alone carries it, after its preflight and before any probe', () => {
    expect(leaksOf(secret, [preflight, token, probe, preflight, probe], 1)).toEqual([])
  })

  it('if nothing does', () => {
    expect(leaksOf(secret, [probe, inHeader('Basic cHJvYmU6cHJvYmU=')], 0)).toEqual([])
  })
})

test.each([
  ['another method', [{ ...token, method: 'GET' }], 1, 'the secret is in GET /token'],
  ['another path', [{ ...token, url: '/login' }], 1, 'the secret is in POST /login'],
  ['one more than was asked for', [token, token], 1, 'the secret was sent 2 times, and asked for 1 times'],
  ['after a probe', [token, probe, token], 2, 'the secret was sent again after GET /token'],
])('it leaks: %s', (_how, records, posts, words) => {
  expect(leaksOf(secret, records, posts)).toEqual([words])
})
