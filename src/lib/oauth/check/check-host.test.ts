import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyApiCall } from '../config/api-call.ts'
import { emptyConfig } from '../config/config.ts'
import { checkApiCall } from './check-api-call.ts'
import { checkConfig, isSendable } from './check-config.ts'
import { checkHost } from './check-host.ts'

describe('the host that a URL leads to', () => {
  it.each([
    // Cyrillic letters that look like Latin ones
    ['https://аррӏе.example/token', 'xn--80ak6aa92e.example'],
    ['https://bücher.example:8443/token', 'xn--bcher-kva.example:8443'],
    ['https://BÜCHER.example', 'xn--bcher-kva.example'],
    ['https://a\u3002example/token', 'a.example'],
    ['https://as\uFF0Eexample', 'as.example'],
    ['https://%61s.example', 'as.example'],
    ['https://as%2Eexample', 'as.example'],
    ['https://\uFF41s.example', 'as.example'],
    ['https://exam\u00ADple.com/', 'example.com'],
    ['https://a\u200Bs.example', 'as.example'],
    ['http://127.1:8080/token', '127.0.0.1:8080'],
    ['http://0x7f000001', '127.0.0.1'],
    ['http://[0:0:0:0:0:0:0:1]/token', '[::1]'],
    ['https://user:p@аррӏе.example', 'xn--80ak6aa92e.example'],
    [' https:\\\\ünicode.example\\token', 'xn--nicode-2ya.example'],
  ])('%j: %s', (url, host) => {
    expect(checkHost(url)).toMatchObject({ level: 'note', message: `The browser sends this to ${host}.` })
  })

  it.each([
    'https://as.example/token',
    'https://AS.Example:443/ü?ä#ö',
    'http://localhost:8080/token',
    'http://127.0.0.1/',
    'http://[::1]:5001/token',
    'https://xn--80ak6aa92e.example/',
    'https://user:pw@as.example/token',
    'https://as.\nexample/token',
    '\thttps://as.example',
    'аррӏе.example',
    'https://',
    'https://a b/',
    'urn:x:ü',
    '',
  ])('nothing of %j', (url) => {
    expect(checkHost(url)).toBeNull()
  })

  it('is said next to each field that holds such a URL, and is in nobody’s way', () => {
    const url = 'https://аррӏе.example/'
    const problems = checkConfig({ ...emptyConfig, client_id: 'x', discovery: url, token_endpoint: url })
    const told = problems.filter(({ message }) => message.includes('xn--80ak6aa92e.example'))
    expect(told.map(({ field }) => field)).toEqual(['discovery', 'token_endpoint'])
    expect(isSendable(problems)).toBe(true)
    const call = checkApiCall({ ...emptyApiCall, url }, emptyConfig, () => undefined)
    expect(call.map(({ field, level }) => `${field} ${level}`)).toEqual(['url note'])
  })

  it('accepts any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'https://', 'http:'), (text, scheme) => {
        expect(checkHost(scheme + text)?.message ?? 'The browser sends this to x.').toMatch(/^[ -~]+$/)
      }),
    )
  })
})
