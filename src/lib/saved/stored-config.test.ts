import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { parseStored, storedBounds, toStored } from './stored-config.ts'

const thumbprint = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'

const config = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token?tenant=1',
  client_id: 'm2m',
  scope: 'read',
}

/** Every member differs from the empty configuration, and none hides a secret. */
const fullWithoutSecret: Omit<TokenRequestConfig, 'client_secret'> = {
  discovery: 'https://as.example/.well-known/openid-configuration',
  issuer: 'https://as.example',
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  token_endpoint_auth_method: 'private_key_jwt',
  basic_encoding: 'raw',
  body_encoding: 'twice',
  content_type_charset: true,
  assertion: {
    secret_alg: 'HS512',
    key: thumbprint,
    aud: 'custom',
    custom_aud: 'urn:example:as',
    typ: 'JWT',
    lifetime: 10,
    nbf: false,
    kid: 'custom',
    custom_kid: 'k1',
    x5t: true,
    header: '{"crit":[]}',
    payload: '{"assertion_details":{"type":"helseid_authorization"}}',
  },
  dpop: { on: true, key: thumbprint, lifetime: 200, payload: '{"x":1}' },
  clock_skew: -5,
  scope: 'read write',
  resource: ['https://api.example/', 'https://other.example/'],
  audience: 'urn:api',
  authorization_details: '[{"type":"payment","creditorName":"Merchant"}]',
  parameters: [
    { name: 'organization', value: 'org_1', on: true },
    { name: 'organization', value: 'org_2', on: false },
  ],
  headers: [{ name: 'X-Correlation-ID', value: '1', on: true }],
}

const full: TokenRequestConfig = { ...fullWithoutSecret, client_secret: 'hunter22' }

describe('toStored', () => {
  it('keeps what differs from the server’s own values, and never the secret', () => {
    expect(toStored({ ...config, client_secret: 'password' }, emptyConfig)).toEqual({
      token_endpoint: 'https://as.example/token?tenant=1',
      client_id: 'm2m',
      scope: 'read',
    })
    expect(toStored({ ...config, scope: 'write' }, config)).toEqual({ scope: 'write' })
    expect(toStored(config, config)).toEqual({})
  })

  it('keeps every member there is, those of the assertion and of DPoP as a whole', () => {
    expect(toStored(full, emptyConfig)).toEqual(fullWithoutSecret)
    const bound = { ...config, dpop: { ...config.dpop, on: true } }
    expect(toStored(bound, config)).toEqual({ dpop: bound.dpop })
    expect(toStored({ ...bound, dpop: { ...bound.dpop } }, bound)).toEqual({})
  })

  it('keeps that a list was emptied', () => {
    expect(toStored({ ...full, resource: [], parameters: [] }, full)).toEqual({
      resource: [],
      parameters: [],
    })
  })

  it.each([
    ['a URL with a password', { token_endpoint: 'https://user:pw@as.example/token' }],
    ['a URL with a password and no scheme yet', { token_endpoint: 'bob:hunter22@as.example/token' }],
    ['a query with a secret', { discovery: 'https://as.example/token?client_secret=shh' }],
    ['a query with an API key', { token_endpoint: 'https://as.example/token?x=1&api-key=shh' }],
    ['a token pasted into the wrong field', { client_id: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' }],
    ['the secret pasted into the wrong field', { scope: 'read password', client_secret: 'password' }],
    ['the secret as the audience', { audience: 'abc', client_secret: 'abc' }],
    ['a token among the details', { authorization_details: '[{"access_token":"shh"}]' }],
    ['a text that is too long', { audience: 'x'.repeat(storedBounds.text + 1) }],
  ])('leaves out %s', (_what, odd) => {
    const [field = '', value = ''] = Object.entries(odd)[0] ?? []
    const stored = JSON.stringify(toStored({ ...config, ...odd }, emptyConfig))
    expect(stored).toContain(`"${field}":""`)
    expect(stored).not.toContain(value)
  })

  it('leaves out of the assertion and of the proof the text that hides one, and nothing else', () => {
    const assertion = { ...full.assertion, header: '{"x":"hunter22"}', payload: '{"password":"x"}' }
    const dpop = { ...full.dpop, payload: '{"a":"eyJhbGciOiJSUzI1NiJ9"}' }
    const stored = toStored({ ...full, assertion, dpop }, emptyConfig)
    expect(stored.assertion).toEqual({ ...assertion, header: '', payload: '' })
    expect(stored.dpop).toEqual({ ...dpop, payload: '' })
  })

  it('keeps the names of parameters and header fields whose values it leaves out', () => {
    const entries = (...pairs: [string, string][]) =>
      pairs.map(([name, value]) => ({ name, value, on: true }))
    const parameters = entries(
      ['password', 'x'],
      ['username', 'bob'],
      ['note', 'hunter22'],
      ['a', '{"token":1}'],
    )
    const headers = entries(
      ['X-Api-Key', 'x'],
      ['X-Auth', 'Basic abc'],
      ['X-Forwarded', 'Bearer abc'],
      ['Accept', '*/*'],
    )
    const stored = toStored({ ...full, parameters, headers }, emptyConfig)
    expect(stored.parameters?.map(({ value }) => value)).toEqual(['', 'bob', '', ''])
    expect(stored.headers?.map(({ value }) => value)).toEqual(['', '', '', '*/*'])
    expect(stored.headers?.map(({ name }) => name)).toEqual(headers.map(({ name }) => name))
  })

  it('keeps a hundred of a list', () => {
    const resource = Array.from({ length: 150 }, (_, index) => `https://api.example/${index}`)
    const parameters = resource.map((value) => ({ name: 'x', value, on: true }))
    const stored = toStored({ ...full, resource, parameters }, emptyConfig)
    expect(stored.resource).toEqual(resource.slice(0, 100))
    expect(stored.parameters).toEqual(parameters.slice(0, 100))
  })

  it('never holds a secret, wherever it was pasted', () => {
    const places: ((pasted: string) => Partial<TokenRequestConfig>)[] = [
      (discovery) => ({ discovery }),
      (issuer) => ({ issuer }),
      (token_endpoint) => ({ token_endpoint }),
      (client_id) => ({ client_id }),
      (scope) => ({ scope }),
      (audience) => ({ audience }),
      (pasted) => ({ resource: ['https://api.example', pasted] }),
      (authorization_details) => ({ authorization_details }),
      (pasted) => ({ authorization_details: JSON.stringify([{ type: pasted }]) }),
      (payload) => ({ assertion: { ...full.assertion, payload } }),
      (pasted) => ({ assertion: { ...full.assertion, header: JSON.stringify({ [pasted]: 1 }) } }),
      (custom_aud) => ({ assertion: { ...full.assertion, custom_aud } }),
      (custom_kid) => ({ assertion: { ...full.assertion, custom_kid } }),
      (payload) => ({ dpop: { ...full.dpop, payload } }),
      (value) => ({ parameters: [{ name: 'x', value, on: true }] }),
      (name) => ({ headers: [{ name, value: 'x', on: false }] }),
    ]
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: 'grapheme' }),
        fc.constantFrom(...places),
        fc.string(),
        (client_secret, paste, around) => {
          const stored = toStored({ ...full, ...paste(around + client_secret), client_secret }, full)
          const texts: string[] = []
          JSON.stringify(stored, (name, value: unknown) => {
            texts.push(name, String(value))
            return value
          })
          for (const text of texts) expect(text).not.toContain(client_secret)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('parseStored', () => {
  it('gives back what was stored', () => {
    expect(parseStored(JSON.parse(JSON.stringify(toStored(full, emptyConfig))))).toEqual(fullWithoutSecret)
  })

  it.each([
    ['a secret', { client_secret: 'x' }],
    ['a foreign member', { extra: 1, constructor: 1 }],
    ['an unknown method', { token_endpoint_auth_method: '__proto__' }],
    ['an unknown encoding', { basic_encoding: 'toString' }],
    ['a number for a text', { scope: 3, discovery: null, issuer: ['x'] }],
    ['a skew that no clock has', { clock_skew: 86_401 }],
    ['half a second', { clock_skew: 0.5 }],
    ['a text for a list', { resource: 'https://api.example', parameters: {}, headers: 'x' }],
    ['a list for an object', { assertion: [], dpop: null }],
  ])('leaves out %s', (_what, forged) => {
    expect(parseStored(forged)).toEqual({})
  })

  it('falls back to the default for what is forged in the assertion and the proof', () => {
    const assertion = {
      secret_alg: 'none',
      key: 'x'.repeat(44),
      aud: 'constructor',
      custom_aud: 1,
      typ: 'at+jwt',
      lifetime: 0,
      nbf: 'yes',
      kid: null,
      x5t: 1,
      payload: {},
      extra: 1,
    }
    expect(parseStored({ assertion, dpop: { on: 1, key: '../', lifetime: -1, payload: 1 } })).toEqual({
      assertion: emptyConfig.assertion,
      dpop: emptyConfig.dpop,
    })
    expect(parseStored({ assertion: { lifetime: 86_400 }, dpop: { lifetime: 0, on: true } })).toEqual({
      assertion: { ...emptyConfig.assertion, lifetime: 86_400 },
      dpop: { ...emptyConfig.dpop, on: true },
    })
    expect(parseStored({ assertion: { lifetime: 86_401 } })).toEqual({ assertion: emptyConfig.assertion })
  })

  it('accepts of a list what is of its kind', () => {
    expect(
      parseStored({
        resource: ['https://api.example', 1, null],
        parameters: [{ name: 'a', value: 'b', on: 'yes', extra: 1 }, { name: 'a' }, null, 'x', []],
      }),
    ).toEqual({ resource: ['https://api.example'], parameters: [{ name: 'a', value: 'b', on: false }] })
  })

  it('leaves out the secrets that another program put there', () => {
    expect(
      parseStored({
        scope: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln',
        headers: [{ name: 'Cookie', value: 'x', on: true }],
      }),
    ).toEqual({ scope: '', headers: [{ name: 'Cookie', value: '', on: true }] })
  })

  it('gives the same when it reads its own result', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ assertion: fc.jsonValue(), parameters: fc.jsonValue() })),
        (value) => {
          const stored = parseStored(value)
          expect(parseStored(stored)).toEqual(stored)
        },
      ),
    )
  })
})
