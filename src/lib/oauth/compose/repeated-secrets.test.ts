import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../http/message.ts'
import { mask } from '../../http/redact.ts'
import { hideInBytes, hideSecretsOf, repeats } from './repeated-secrets.ts'

const secret = 'p@ss: w%rd+&=/"é'

const post = (body: string, ...headers: HttpRequest['headers']): HttpRequest => ({
  method: 'POST',
  url: 'http://localhost:8003/token',
  headers: [['Content-Type', 'application/x-www-form-urlencoded'], ...headers],
  body,
})
const inBody = post(
  new URLSearchParams({ grant_type: 'client_credentials', client_secret: secret }).toString(),
)
const utf8 = (text: string) => Buffer.from(text).toString('base64')

describe('what a response repeats of the secrets of its request', () => {
  it.each([
    ['as it is', secret],
    ['in a form', new URLSearchParams({ s: secret }).toString().slice(2)],
    ['in a URL', encodeURIComponent(secret)],
    ['in a URL, in lower case', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON of ASCII', 'p@ss: w%rd+&=/\\"\\u00e9'],
    ['in JSON of PHP', 'p@ss: w%rd+&=\\/\\"é'],
    ['in HTML', 'p@ss: w%rd+&amp;=/&quot;é'],
  ])('is masked %s', (_where, spelled) => {
    expect(hideSecretsOf(inBody, '')(`{"input":"${spelled}"}`)).toBe(`{"input":"${mask}"}`)
  })

  it('is masked if it came in Basic: the base64, and the secret in it, form-encoded or raw', () => {
    const form = new URLSearchParams({ s: secret }).toString().slice(2)
    for (const written of [secret, form]) {
      const base64 = utf8(`m2m:${written}`)
      const hide = hideSecretsOf(
        post('grant_type=client_credentials', ['Authorization', `Basic ${base64}`]),
        '',
      )
      expect(hide(`Authorization: Basic ${base64}; ${secret}; m2m`)).toBe(
        `Authorization: Basic ${mask}; ${mask}; m2m`,
      )
    }
  })

  it('is masked if it is an assertion, a token, or a header that is named like a secret', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJtMm0ifQ.c2lnbmF0dXJl'
    const requests = [
      post(`client_assertion=${jwt}`),
      post(`token=${jwt}`),
      post('', ['Authorization', `Bearer ${jwt}`]),
      post('', ['X-Api-Key', jwt]),
    ]
    for (const request of requests) expect(hideSecretsOf(request, '')(`got ${jwt}`)).toBe(`got ${mask}`)
  })

  it('is the client’s own secret, too, though the request signs with it', () => {
    expect(hideSecretsOf(post('grant_type=client_credentials'), secret)(`key ${secret}`)).toBe(`key ${mask}`)
  })

  it('is no word that many texts have, but as the value of a secret', () => {
    const hide = hideSecretsOf(post('client_id=m2m&client_secret=password'), '')
    expect(hide('{"loc":["body","password"],"pattern":"^password$"}')).toBe(
      '{"loc":["body","password"],"pattern":"^password$"}',
    )
    expect(hide('client_id=m2m&client_secret=password')).toBe(`client_id=m2m&client_secret=${mask}`)
    expect(hide('{"client_secret": "password"}')).toBe(`{"client_secret": "${mask}"}`)
    expect(hide('"{\\"client_secret\\": \\"password\\"}"')).toBe(`"{\\"client_secret\\": \\"${mask}\\"}"`)
    expect(hide('{"loc":["body","client_secret"],"input":"password"}')).toBe(
      `{"loc":["body","client_secret"],"input":"${mask}"}`,
    )
  })

  it('is nothing that is no secret: names, the client ID, the type of the assertion, the hint', () => {
    const hide = hideSecretsOf(
      post('client_id=some-client-7&token_type_hint=access_token&client_secret='),
      '',
    )
    const said = 'some-client-7 access_token client_secret'
    expect(hide(said)).toBe(said)
  })

  it('keeps base64 that no browser can read as the text it is', () => {
    const hide = hideSecretsOf(post('', ['Authorization', 'Basic not base64!']), '')
    expect(hide('Basic not base64!')).toBe(`Basic ${mask}`)
  })

  it('is found in a header field, in a text and in bytes that are no text', () => {
    const hide = hideSecretsOf(inBody, '')
    const bytes = (text: string) => new TextEncoder().encode(text)
    const response = { status: 422, statusText: '', headers: [], body: bytes('no') }
    expect(repeats(response, hide)).toBe(false)
    expect(repeats({ ...response, headers: [['x-input', encodeURIComponent(secret)]] }, hide)).toBe(true)
    expect(repeats({ ...response, body: bytes(`sent ${secret}`) }, hide)).toBe(true)
    expect(repeats({ ...response, body: bytes(`\0 ${secret}`) }, hide)).toBe(true)
    expect(new TextDecoder().decode(hideInBytes(bytes(`\0 ${secret}`), hide))).toBe(`\0 ${mask}`)
    const other = bytes('\0 other')
    expect(hideInBytes(other, hide)).toBe(other)
  })

  it('is not the ID of a session, which an MCP server sends with each response: it stays masked, and is no token', () => {
    const session = ['Mcp-Session-Id', '1868a90c-6f2b'] as const
    const hide = hideSecretsOf(post('{}', ['Authorization', 'Bearer eyJhbGciOi.e30.c2ln'], session), '')
    const response = {
      status: 200,
      statusText: '',
      headers: [['mcp-session-id', '1868a90c-6f2b']] as const,
      body: new Uint8Array(),
    }
    expect(hide('mcp-session-id: 1868a90c-6f2b')).toBe(`mcp-session-id: ${mask}`)
    expect(repeats(response, hide)).toBe(false)
    expect(repeats({ ...response, headers: [['x-token', 'eyJhbGciOi.e30.c2ln']] }, hide)).toBe(true)
  })
})
