import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../http/message.ts'
import { predictPreflight } from '../http/preflight.ts'
import { curl } from './curl.ts'
import { fromPage } from './renderer.ts'

const origin = 'http://localhost:7100'

/** The arguments that curl gets, by a real shell. */
function shellArguments(command: string, variables: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }\n${command}\n`
  return execFileSync('sh', ['-c', script], { env: variables, encoding: 'utf8' }).split('\0').slice(0, -1)
}

/** As from a page of that origin. */
const curlRequest = (request: HttpRequest, from: string): string =>
  curl.render({ request: fromPage(request, from) }, 'variables')

const post = (members: Partial<HttpRequest>): HttpRequest => ({
  method: 'POST',
  url: 'https://as.example/token',
  headers: [['content-type', 'application/x-www-form-urlencoded']],
  body: null,
  ...members,
})

describe('a preflight as curl', () => {
  it('asks what the browser asks', () => {
    const request = post({
      headers: [
        ['authorization', 'Basic c2VjcmV0'],
        ['dpop', 'eyJ.proof'],
      ],
      body: 'a=b',
    })
    const preflight = predictPreflight(request, origin)?.request ?? expect.unreachable()
    expect(shellArguments(curlRequest(preflight, origin))).toEqual([
      '-isS',
      'https://as.example/token',
      '-X',
      'OPTIONS',
      '-H',
      'Origin: http://localhost:7100',
      '-H',
      'accept: */*',
      '-H',
      'access-control-request-method: POST',
      '-H',
      'access-control-request-headers: authorization,dpop',
    ])
  })
})

describe('a request as curl', () => {
  const secret = 'p\'a"s$s`w\\o!r%d +&é'
  const encoded = new URLSearchParams([['', secret]]).toString().slice(1)

  it('has variables in place of the secrets', () => {
    const command = curlRequest(
      post({
        headers: [
          ['authorization', 'Basic c2VjcmV0'],
          ['DPoP', 'eyJ.proof'],
          ['content-type', 'application/x-www-form-urlencoded'],
        ],
        body: `grant_type=client_credentials&scope=a+b&client_secret=${encoded}&client_assertion=eyJ.e30`,
      }),
      origin,
    )
    for (const hidden of ['c2VjcmV0', 'eyJ', encoded]) expect(command).not.toContain(hidden)
    const given = { AUTHORIZATION: 'x $y', DPOP: 'proof', CLIENT_SECRET: secret, CLIENT_ASSERTION: 'jwt' }
    expect(shellArguments(command, given)).toEqual([
      '-isS',
      'https://as.example/token',
      '-H',
      'Origin: http://localhost:7100',
      '-H',
      'authorization: Basic x $y',
      '-H',
      'DPoP: proof',
      '-H',
      'content-type: application/x-www-form-urlencoded',
      '--data-raw',
      'grant_type=client_credentials',
      '--data-raw',
      'scope=a+b',
      '--data-urlencode',
      `client_secret=${secret}`,
      '--data-urlencode',
      'client_assertion=jwt',
    ])
  })

  it('gives nothing of the URL away that is secret', () => {
    const command = curlRequest(post({ url: 'https://u:hush@as.example/t?code=hid%64en&a=%31' }), origin)
    for (const hidden of ['hush', 'hid%64en']) expect(command).not.toContain(hidden)
    expect(shellArguments(command, { CODE: 'hid%64en' })[1]).toBe('https://as.example/t?code=hid%64en&a=%31')
  })

  it('keeps an empty field, and brackets of a URL', () => {
    const command = curlRequest(
      post({ method: 'GET', url: 'http://[::1]/t', headers: [['X-Empty', '']] }),
      origin,
    )
    expect(shellArguments(command)).toEqual([
      '-isS',
      '-g',
      'http://[::1]/t',
      '-H',
      `Origin: ${origin}`,
      '-H',
      'X-Empty;',
    ])
  })

  it('comes out of the shell as it went in, whatever is in it', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'\'"$`\\!*?[]{}()<>|&;#~ \t\néa=%-'.split('')),
      minLength: 1,
    })
    fc.assert(
      fc.property(text, text, (value, body) => {
        const request = post({ headers: [['x-own', value]], body })
        const given = shellArguments(curlRequest({ ...request, method: 'PUT' }, origin))
        expect(given.slice(-3)).toEqual([`x-own: ${value}`, '--data-raw', body])
        expect(given.slice(2, 4)).toEqual(['-X', 'PUT'])
      }),
      { numRuns: 50 },
    )
  })
})
