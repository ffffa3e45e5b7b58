import { describe, expect, it } from 'vitest'
import { checkHeaders } from './check-headers.ts'
import { checkParameters } from './check-parameters.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import type { Problem } from './problem.ts'

const said = (problems: readonly Problem[]) =>
  problems.map(({ field, index, level, message }) => `${field} ${String(index)} ${level}: ${message}`)
const parameters = (change: Partial<TokenRequestConfig>) =>
  said(checkParameters({ ...emptyConfig, ...change }))
const entry = (name: string, value = 'x', on = true) => ({ name, value, on })
const header = (name: string, value = 'x', change: Partial<TokenRequestConfig> = {}) =>
  said(checkHeaders({ ...emptyConfig, ...change, headers: [entry(name, value)] }))

describe('RFC 8707 section 2', () => {
  it('"Its value MUST be an absolute URI"', () => {
    expect(parameters({ resource: ['https://api.example', 'api'] })).toEqual([
      'resource 1 warning: Not an absolute URI, which a resource has to be.',
    ])
    expect(parameters({ resource: ['urn:example:api', ''] })).toEqual([])
  })

  it('"The URI MUST NOT include a fragment component"', () => {
    expect(parameters({ resource: ['https://api.example/#x'] })[0]).toContain('no fragment')
  })
})

describe('RFC 9396 section 2', () => {
  it.each([
    ['[{"type":"a"}]', null],
    ['', null],
    ['[', 'Not JSON'],
    ['{"type":"a"}', 'a JSON array of objects'],
    ['"a"', 'a JSON array of objects'],
    ['[{"type":"a"},{}]', 'Element 2 has no type'],
    ['[1]', 'Element 1 has no type'],
  ])('%s', (authorization_details, problem) => {
    const found = parameters({ authorization_details })
    if (problem === null) expect(found).toEqual([])
    else expect(found.join()).toContain(problem)
  })

  it('a single object can be put into a list', () => {
    const [problem] = checkParameters({ ...emptyConfig, authorization_details: '{"type":"a"}' })
    expect(problem?.fix?.value).toBe('[{"type":"a"}]')
  })
})

describe('RFC 6749 section 3.2', () => {
  it('"Request and response parameters MUST NOT be included more than once"', () => {
    expect(parameters({ scope: 'a', parameters: [entry('scope')] }).join()).toContain('sent more than once')
    expect(parameters({ parameters: [entry('x'), entry('x')] })).toHaveLength(2)
    expect(parameters({ parameters: [entry('x'), entry('x', 'y', false)] })).toEqual([])
    expect(parameters({ parameters: [entry('resource'), entry('resource')] })).toEqual([])
  })

  it('what the library sets cannot be set again', () => {
    expect(parameters({ parameters: [entry('grant_type')] }).join()).toContain('error')
    const basic = { token_endpoint_auth_method: 'client_secret_basic' } as const
    expect(parameters({ ...basic, parameters: [entry('client_id')] })).toEqual([])
    expect(parameters({ parameters: [entry('client_id')] }).join()).toContain('error')
    const jwt = { token_endpoint_auth_method: 'private_key_jwt' } as const
    expect(parameters({ ...jwt, parameters: [entry('client_assertion')] }).join()).toContain('error')
    expect(parameters({ ...jwt, parameters: [entry('client_secret')] })).toEqual([])
  })

  it('without a name there is nothing to send', () => {
    expect(parameters({ parameters: [entry('')] })[0]).toContain('note')
    expect(parameters({ parameters: [entry('', '')] })).toEqual([])
  })
})

describe('a header field', () => {
  it.each([
    'Accept-Charset',
    'Accept-Encoding',
    'Access-Control-Request-Headers',
    'Connection',
    'Content-Length',
    'Cookie',
    'Date',
    'DNT',
    'Expect',
    'Host',
    'Keep-Alive',
    'Origin',
    'Referer',
    'Set-Cookie',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Via',
    'Sec-Fetch-Site',
    'Proxy-Authorization',
  ])('%s cannot be sent by a page, with the reason', (name) => {
    expect(header(name)[0]).toMatch(new RegExp(`^headers 0 error: A page cannot send ${name}: .+\\.$`))
  })

  it('X-HTTP-Method-Override may ask for what fetch may not do, and for nothing else', () => {
    expect(header('X-HTTP-Method-Override', 'GET, trace')[0]).toContain('CONNECT, TRACE or TRACK')
    expect(header('X-HTTP-Method-Override', 'PATCH')).toEqual([])
  })

  it('has a name that is a token and a value of bytes', () => {
    expect(header('X Trace')[0]).toMatch(/^headers 0 error: Not a header name/)
    expect(header('X-Trace', 'a\nb')[0]).toMatch(/^headers 0 error: .*no line breaks/)
    expect(header('X-Trace', '€')[0]).toMatch(/^headers 0 error: .*Latin-1, which has no €/)
    const pasted = [entry('X-Trace', 'pasted\u200B')]
    expect(said(checkHeaders({ ...emptyConfig, headers: pasted }))[0]).toMatch(
      /^headers 0 error: Contains a zero-width space/,
    )
    expect(checkHeaders({ ...emptyConfig, headers: pasted })).toMatchObject([
      { fix: { label: 'Remove', value: 'pasted' } },
    ])
    expect(header('X-Trace', 'ü')).toEqual([])
    expect(header('')[0]).toContain('Without a name')
  })

  it('User-Agent is the browser’s in Chromium', () => {
    expect(header('User-Agent')[0]).toContain('Chromium drops it')
  })

  it('is not made twice', () => {
    expect(header('Accept')[0]).toMatch(/^headers 0 error: .*made by this page/)
    expect(header('Content-Type')[0]).toMatch(/^headers 0 error: .*made by this page/)
    expect(header('Authorization')).toEqual([])
    const basic = { token_endpoint_auth_method: 'client_secret_basic' } as const
    expect(header('Authorization', 'x', basic)[0]).toMatch(
      /^headers 0 error: .*made by the client authentication/,
    )
    const dpop = { ...emptyConfig.dpop, on: true }
    expect(header('dpop', 'x', { dpop })[0]).toMatch(/^headers 0 error: .*made by the binding to a key/)
  })

  it('that is switched off is nobody’s business', () => {
    expect(checkHeaders({ ...emptyConfig, headers: [entry('Host', 'x', false)] })).toEqual([])
  })
})
