import { beforeAll, describe, expect, it } from 'vitest'
import { generateKey } from '../../keys/generate-key.ts'
import type { Key } from '../../keys/key.ts'
import { type ApiCall, emptyApiCall } from '../config/api-call.ts'
import { readToken } from '../response/read-response.ts'
import { checkApiCall } from './check-api-call.ts'
import { isSendable } from './check-config.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'

let key: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
})

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: object) => `${base64url({ alg: 'RS256' })}.${base64url(claims)}.c2ln`
const entry = (name: string, value: string, on = true) => ({ name, value, on })

function problems(call: Partial<ApiCall>, accessToken?: string, config: Partial<TokenRequestConfig> = {}) {
  const found = checkApiCall(
    { ...emptyApiCall, url: 'https://api.example/x', ...call },
    { ...emptyConfig, dpop: { ...emptyConfig.dpop, key: key.thumbprint }, ...config },
    (thumbprint) => (thumbprint === key.thumbprint ? key : undefined),
    accessToken === undefined ? null : readToken(accessToken),
  )
  return found
}
const said = (...from: Parameters<typeof problems>) =>
  problems(...from).map(({ field, level, message }) => `${field} ${level}: ${message}`)

it('has nothing to say of a plain call', () => {
  expect(said({})).toEqual([])
  expect(said({}, token({ sub: 'x' }))).toEqual([])
  expect(said({}, 'mF_9.B5f-4.1JqM')).toEqual([])
})

describe('the URL', () => {
  it.each([
    ['', 'url missing: Enter the URL of the API.'],
    ['nonsense', 'url error: This is not an http: or https: URL.'],
    [
      'https://u:p@api.example/',
      'url error: Browsers refuse to send to a URL with a user name or password in it.',
    ],
    [
      'https://api.example:6000/',
      'url error: Browsers refuse to send to port 6000; the server must listen on another.',
    ],
    ['http://api.example/', 'url warning: http: to another machine: the token can be read on the way.'],
    ['https://api.example/#x', 'url note: Everything from # on stays in the browser.'],
    [
      'https://api.example/?access_token=x',
      'url warning: A token in the URL ends up in logs, and an API must refuse one that is sent in two ways.',
    ],
  ])('%s: %s', (url, expected) => {
    expect(said({ url })).toEqual([expected])
  })

  it('is mended in one click if that is clear', () => {
    expect(problems({ url: 'localhost:5081/a' })[0]?.fix?.value).toBe('http://localhost:5081/a')
    expect(problems({ url: 'https://u:p@api.example/' })[0]?.fix?.value).toBe('https://api.example/')
  })

  it('of an API may lie under /.well-known/ and on this machine', () => {
    expect(said({ url: 'http://localhost:9001/.well-known/x' })).toEqual([])
  })
})

describe('the method', () => {
  it.each(['CONNECT', 'trace', 'Track'])('"If method is a forbidden method, then throw": %s', (method) => {
    expect(said({ method })).toEqual([`method error: Browsers let no page send ${method.toUpperCase()}.`])
  })

  it('is a token, and there', () => {
    expect(said({ method: ' ' })).toEqual(['method missing: Enter the method.'])
    expect(said({ method: 'GET /' })).toEqual(['method error: Not a method: letters and - only.'])
    expect(said({ method: 'propfind' })).toEqual([])
  })
})

describe('header fields', () => {
  it('that the token makes cannot be typed next to it', () => {
    const headers = [entry('Accept', 'text/csv'), entry('AUTHORIZATION', 'x'), entry('dpop', 'y')]
    expect(problems({ headers }).map(({ field, index, level }) => [field, index, level])).toEqual([
      ['headers', 1, 'error'],
      ['headers', 2, 'error'],
    ])
    expect(said({ headers, presentation: 'none' })).toEqual([])
    expect(said({ headers: headers.map((one) => ({ ...one, on: false })) })).toEqual([])
  })

  it('may be Accept and Content-Type here, with a value a header can have', () => {
    const headers = [entry('Accept', 'a'), entry('content-type', 'b\nc')]
    expect(problems({ headers })).toMatchObject([{ field: 'headers', index: 1, level: 'error' }])
  })

  it('that belong to the browser cannot be sent', () => {
    expect(problems({ headers: [entry('Cookie', 'a'), entry('', 'b')] })).toMatchObject([
      { index: 0, level: 'error' },
      { index: 1, level: 'note' },
    ])
  })
})

describe('the body', () => {
  it.each<[string, Partial<ApiCall>, string[]]>([
    [
      'goes nowhere with GET',
      { body: 'x' },
      ['body warning: Browsers send no body with GET: it is left out.'],
    ],
    [
      'has a type implied',
      { method: 'POST', body: '[]' },
      ['body note: Goes out as application/json; a header can say otherwise.'],
    ],
    [
      'said to be JSON and none',
      { method: 'POST', body: '{', headers: [entry('Content-Type', 'application/vnd.x+json')] },
      [
        'body warning: Said to be JSON, and is none. At line 1, column 2: Expected a name in double quotes, but the text ends.',
      ],
    ],
    [
      'is JSON as said',
      { method: 'POST', body: '{}', headers: [entry('Content-Type', 'application/json')] },
      [],
    ],
    [
      'cannot be half a character',
      { method: 'POST', body: '\uD800' },
      ['body error: Contains half a character (a lone surrogate): there is no UTF-8 for it.'],
    ],
  ])('%s', (_what, call, expected) => {
    expect(said(call)).toEqual(expected)
  })
})

describe('token, scheme and key', () => {
  const bound = () => token({ cnf: { jkt: key.thumbprint } })

  it('need a key for a proof', () => {
    const config = { dpop: emptyConfig.dpop }
    expect(said({ presentation: 'dpop' }, undefined, config)).toEqual([
      'key missing: Choose the key to sign with.',
    ])
    expect(said({ presentation: 'dpop' })).toEqual([])
    expect(said({ presentation: 'broken' }, bound(), config)).toContain(
      'key missing: Choose the key to sign with.',
    )
    expect(isSendable(problems({ presentation: 'dpop' }, undefined, config) as never)).toBe(false)
  })

  it('RFC 9449 7.2: "MUST reject a DPoP-bound access token received as a bearer token"', () => {
    expect(problems({}, bound())).toMatchObject([
      { field: 'key', level: 'warning', spec: { label: 'RFC 9449 7.2' } },
    ])
    expect(said({ presentation: 'dpop' }, bound())).toEqual([])
  })

  it('RFC 9449 7.1: "check that the public key to which the access token is bound matches the public key from the DPoP proof"', () => {
    expect(problems({ presentation: 'dpop' }, token({ sub: 'x' }))[0]?.message).toContain('bound to no key')
    expect(problems({ presentation: 'dpop' }, token({ cnf: { jkt: 'other' } }))[0]?.message).toContain(
      'another key',
    )
    expect(said({ presentation: 'dpop' }, 'opaque')).toEqual([])
  })

  it('name members of the proof that were meant for the token request', () => {
    const dpop = { ...emptyConfig.dpop, key: key.thumbprint, payload: '{"htu": "https://as.example/token"}' }
    expect(problems({ presentation: 'dpop' }, bound(), { dpop })[0]?.message).toContain('replace htu')
    expect(problems({ presentation: 'dpop' }, bound(), { dpop: { ...dpop, payload: '{' } })[0]?.level).toBe(
      'error',
    )
  })

  it('RFC 6750 2.1: "b64token", and what a header can carry', () => {
    expect(said({}, '')).toEqual(['key missing: There is no token yet. Get one first.'])
    expect(problems({}, 'a b')).toMatchObject([{ level: 'error' }])
    expect(problems({}, 'töken')).toMatchObject([{ level: 'error' }])
    expect(problems({}, 'a{b}')).toMatchObject([{ level: 'warning' }])
    expect(said({ presentation: 'none' }, '')).toEqual([])
  })
})
