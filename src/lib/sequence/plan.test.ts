import { beforeAll, describe, expect, it } from 'vitest'
import { generateKey } from '../keys/generate-key.ts'
import type { Key } from '../keys/key.ts'
import { type AuthMethod, authMethods } from '../oauth/config/auth-methods.ts'
import { emptyApiCall } from '../oauth/config/api-call.ts'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { composeTokenRequest } from '../oauth/token/token-request.ts'
import { practiceAudience, practiceTokenEndpoint } from '../practice/base/origin.ts'
import { type Plan, sequenceOf } from './plan.ts'
import { sentenceOf } from './sequence.ts'
import { preflightWords } from './words.ts'

const pageOrigin = 'http://localhost:4290'
const call = { ...emptyApiCall, url: 'https://api.example/greeting?page=1' }
const config = (change: Partial<TokenRequestConfig> = {}): TokenRequestConfig => ({
  ...emptyConfig,
  discovery: 'https://as.example',
  token_endpoint: 'https://as.example/token?tenant=1',
  client_id: 'c',
  client_secret: 'correct horse',
  ...change,
})
const by = (token_endpoint_auth_method: AuthMethod) => config({ token_endpoint_auth_method })
const bound = (one: TokenRequestConfig) => ({ ...one, dpop: { ...one.dpop, on: true } })
const told = (one: TokenRequestConfig, plan: Partial<Plan> = {}): string[] => {
  const sequence = sequenceOf(one, { pageOrigin, call, ...plan })
  return sequence.messages.map((message) => sentenceOf(sequence, message))
}

const useIt = [
  'This page → api.example: OPTIONS /greeting (predicted: the browser asks whether it may send authorization), 2xx, allowed',
  'This page → api.example: GET /greeting (Bearer token), 200',
]
const onlyWithToken = [
  useIt[0],
  'This page → api.example: GET /greeting (if a token is issued: Bearer token), 200',
]

describe('what a configuration will cause', () => {
  it.each<[AuthMethod, string[]]>([
    [
      'client_secret_basic',
      [
        'This page → as.example: OPTIONS /token (predicted: the browser asks whether it may send authorization), 2xx, allowed',
        'This page → as.example: POST /token (client ID and secret in the Authorization header), 200 access token',
      ],
    ],
    [
      'client_secret_post',
      ['This page → as.example: POST /token (client ID and secret in the body), 200 access token'],
    ],
    [
      'client_secret_jwt',
      [
        'This page: signs a client assertion with the client secret',
        'This page → as.example: POST /token (client assertion signed with the client secret), 200 access token',
      ],
    ],
    [
      'private_key_jwt',
      [
        'This page: signs a client assertion with the client’s key',
        'This page → as.example: POST /token (client assertion signed with the client’s key), 200 access token',
      ],
    ],
  ])('with %s', (method, expected) => {
    expect(told(by(method))).toEqual([...expected, ...useIt])
  })

  it.each<[AuthMethod, string[]]>([
    [
      'tls_client_auth',
      [
        'This page: presents no client certificate: a browser offers none for a page',
        'This page → as.example: POST /token (client ID, and no certificate), most likely refused',
      ],
    ],
    [
      'self_signed_tls_client_auth',
      [
        'This page: presents no client certificate: a browser offers none for a page',
        'This page → as.example: POST /token (client ID, and no certificate), most likely refused',
      ],
    ],
    ['none', ['This page → as.example: POST /token (client ID alone), most likely refused']],
  ])('with %s: this grant is for clients that prove themselves', (method, expected) => {
    expect(told(by(method))).toEqual([...expected, ...onlyWithToken])
    expect(told(bound(by(method))).join()).not.toContain('use_dpop_nonce')
  })

  it('with DPoP: the nonce may be demanded, and the API is called with a proof', () => {
    const dpopCall = { ...call, presentation: 'dpop' } as const
    expect(told(bound(by('private_key_jwt')), { call: dpopCall })).toEqual([
      'This page: signs a client assertion with the client’s key and a DPoP proof',
      'This page → as.example: OPTIONS /token (predicted: the browser asks whether it may send dpop), 2xx, allowed',
      'This page → as.example: POST /token (client assertion signed with the client’s key, DPoP proof), 400 use_dpop_nonce if the server asks for a nonce',
      'This page → as.example: POST /token (if the server asks for a nonce: a new proof with the nonce, after another preflight), 200 access token',
      'This page → api.example: OPTIONS /greeting (predicted: the browser asks whether it may send authorization, dpop), 2xx, allowed',
      'This page → api.example: GET /greeting (DPoP-bound token with a new proof), 200',
    ])
  })

  it('with DPoP and a nonce from before: one request', () => {
    const sentences = told(bound(by('client_secret_post')), { nonceKnown: true })
    expect(sentences.filter((one) => one.includes('POST'))).toEqual([
      'This page → as.example: POST /token (client ID and secret in the body, DPoP proof with the nonce), 200 access token',
    ])
  })

  it.each([
    ['bearer', false, '(Bearer token), 200'],
    ['bearer', true, '(Bearer token), most likely 401'],
    ['dpop', true, '(DPoP-bound token with a new proof), 200'],
    ['none', false, '(without the token), most likely 401'],
    ['broken', false, '(token with a broken signature), most likely 401'],
  ] as const)('with the token presented as %s, bound %s: %s', (presentation, on, ending) => {
    const one = by('client_secret_post')
    expect(told(on ? bound(one) : one, { call: { ...call, presentation } }).at(-1)).toMatch(
      new RegExp(`${ending.replace(/[()]/g, '\\$&')}$`),
    )
  })

  it('with a method and header fields of the user’s own: both are what the browser asks for', () => {
    const own = { ...call, method: 'patch', headers: [{ name: 'X-Trace', value: 'v', on: true }], body: '{}' }
    expect(told(by('client_secret_post'), { call: own }).slice(-2)).toEqual([
      'This page → api.example: OPTIONS /greeting (predicted: the browser asks whether it may use PATCH and send authorization, content-type, x-trace), 2xx, allowed',
      'This page → api.example: PATCH /greeting (Bearer token), 200',
    ])
  })

  it('from the same origin, or through the relay: no preflight', () => {
    const basic = by('client_secret_basic')
    const preflights = (plan: Partial<Plan>) => told(basic, plan).filter((one) => one.includes('OPTIONS'))
    expect(preflights({ pageOrigin: 'https://as.example' })).toEqual([useIt[0]])
    expect(preflights({ relayed: (url) => url.startsWith('https://as.example/') })).toEqual([useIt[0]])
  })
})

describe('the lanes of a plan', () => {
  const lanes = (one: TokenRequestConfig, plan: Partial<Plan> = {}) =>
    sequenceOf(one, { pageOrigin, call, ...plan }).lanes.map(({ title, detail, name }) => [
      title,
      detail,
      name,
    ])

  it('are the page, the server and the API, by host', () => {
    expect(lanes(config())).toEqual([
      ['This page', 'localhost:4290', 'This page'],
      ['Authorization server', 'as.example', 'as.example'],
      ['API', 'api.example', 'api.example'],
    ])
  })

  it('have names of their own if both are one host', () => {
    const names = lanes(config(), { call: { ...call, url: 'https://as.example/api' } }).map(
      ([, , name]) => name,
    )
    expect(names).toEqual(['This page', 'Authorization server', 'API'])
  })

  it('say that the practice server is in this page', () => {
    const practice = config({ token_endpoint: practiceTokenEndpoint })
    expect(lanes(practice, { call: { ...call, url: `${practiceAudience}/greeting` } }).slice(1)).toEqual([
      ['Authorization server', 'in this page', 'Authorization server'],
      ['API', 'in this page', 'API'],
    ])
  })

  it('and the requests are there before any URL is', () => {
    const unfinished = config({
      token_endpoint: 'https://',
      token_endpoint_auth_method: 'client_secret_basic',
    })
    expect(lanes(unfinished, { pageOrigin: 'null', call: null })).toEqual([
      ['This page', 'opened as a file', 'This page'],
      ['Authorization server', 'not chosen yet', 'Authorization server'],
      ['API', 'not chosen yet', 'API'],
    ])
    expect(
      told(bound(unfinished), { pageOrigin: 'null', call: null }).map((one) => one.split(' (')[0]),
    ).toEqual([
      'This page: signs a DPoP proof',
      'This page → Authorization server: OPTIONS',
      'This page → Authorization server: POST',
      'This page → Authorization server: POST',
      'This page → API: OPTIONS',
      'This page → API: GET',
    ])
  })
})

describe('the prediction of a preflight', () => {
  let key: Key
  beforeAll(async () => {
    key = await generateKey('ES256', {})
  })

  const methods = Object.keys(authMethods) as AuthMethod[]
  it.each(methods.flatMap((method) => [[method, false] as const, [method, true] as const]))(
    'is that of the request that is sent: %s, DPoP %s',
    async (method, on) => {
      const { thumbprint } = key
      const one = by(method)
      const own = [{ name: 'Accept-Language', value: 'nb', on: true }]
      const whole = {
        ...one,
        headers: own,
        assertion: { ...one.assertion, key: thumbprint },
        dpop: { ...one.dpop, on, key: thumbprint },
      }
      const composed = await composeTokenRequest(whole, { findKey: () => key, now: () => 0, nonce: null })
      // oauth4webapi names itself outside a browser.
      const headers = composed.headers.filter(([name]) => name !== 'user-agent')
      const request = { ...composed, headers }
      const planned = sequenceOf(whole, { pageOrigin }).messages.find(
        (message) => message.kind === 'preflight' && message.to === 1,
      )
      expect(planned && 'detail' in planned ? planned.detail : null).toBe(preflightWords(request, pageOrigin))
    },
  )
})
