import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { authMethods } from '../oauth/config/auth-methods.ts'
import { emptyConfig, type Entry, type TokenRequestConfig } from '../oauth/config/config.ts'
import { serversFor } from '../servers/servers.ts'
import type { LinkConfig } from './link-config.ts'
import { linkOf } from './link-of.ts'
import { readLink } from './read-link.ts'

const known = serversFor('http://localhost:9000')
const serverOf = (id: string) => {
  const server = known.find((one) => one.id === id)
  if (!server) throw new Error(id)
  return server
}

/** A link to that server with these values, or the reason why there is none. */
function link(id: string, change: Partial<TokenRequestConfig>, lesson: string | null = null) {
  const server = serverOf(id)
  const made = linkOf({ connection: { server, config: { ...server.config, ...change } }, lesson })
  if (made.kind !== 'link') throw new Error(made.kind)
  return made
}

const lab = 'https://id.example/realms/lab'

describe('linkOf', () => {
  it.each([
    ['a server as it is', link('practice', {}), '1;server=practice'],
    [
      'what differs from it',
      link('keycloak', {
        discovery: lab,
        issuer: lab,
        token_endpoint: `${lab}/protocol/openid-connect/token`,
        client_id: 'm2m',
        scope: 'read write',
      }),
      `1;server=keycloak;discovery=${lab};issuer=~;endpoint=~/protocol/openid-connect/token;client=m2m;scope=read+write`,
    ],
    ['a lesson, too', link('practice', {}, 'wrong-secret'), '1;lesson=wrong-secret;server=practice'],
    ['a list that is empty now', link('own', { scope: '' }), '1;server=own'],
    ['what ends with a sign', link('own', { client_id: 'm2m.' }), '1;server=own;client=m2m%2E'],
    [
      'what separates members',
      link('own', { client_id: 'a;b=c d+e%f&g' }),
      '1;server=own;client=a%3Bb%3Dc+d%2Be%25f%26g',
    ],
    ['other letters', link('own', { scope: 'lære' }), '1;server=own;scope=l%C3%A6re'],
    [
      'addresses of two servers',
      link('own', { discovery: 'https://id.example', token_endpoint: 'https://id.example.org/token' }),
      '1;server=own;discovery=https://id.example;endpoint=https://id.example.org/token',
    ],
  ])('writes %s', (_what, made, fragment) => {
    expect(made.fragment).toBe(fragment)
  })

  it('writes a lesson alone', () => {
    expect(linkOf({ connection: null, lesson: 'wrong-secret' })).toEqual({
      kind: 'link',
      fragment: '1;lesson=wrong-secret',
      holds: ['the lesson'],
      leftOut: [],
    })
  })

  it('says how long a link would be that is too long', () => {
    const server = serverOf('own')
    const config = { ...server.config, scope: 'a '.repeat(3000) }
    expect(linkOf({ connection: { server, config }, lesson: null })).toEqual({
      kind: 'too long',
      length: 6021,
    })
  })

  it('says what is in it and what is not', () => {
    const entry = (name: string, value: string, on = true): Entry => ({ name, value, on })
    const { fragment, holds, leftOut } = link('own', {
      token_endpoint: 'https://as.example/token?tenant=1',
      client_id: 'm2m',
      client_secret: 'hunter22',
      scope: 'read hunter22',
      audience: 'urn\u200Bapi',
      authorization_details: '[{"type":"payment"}]',
      headers: [entry('X-Api-Key', 'abc'), entry('X-Trace', '1'), entry('X-Off', '2', false)],
      parameters: [entry('tenant', '1'), entry('blank', '')],
      assertion: { ...emptyConfig.assertion, key: 'k'.repeat(43), custom_kid: 'k1', payload: '{"a":1}' },
      dpop: { ...emptyConfig.dpop, on: true, payload: '{"b":2}' },
    })
    expect(fragment).toBe(
      '1;server=own;endpoint=https://as.example/token;client=m2m;parameter=tenant;parameter=blank;header=X-Api-Key;header=X-Trace;dpop=1',
    )
    expect(holds).toEqual([
      'Your own',
      'Token endpoint',
      'Client ID',
      'Parameters',
      'Header fields',
      'Bind the token to a key (DPoP)',
    ])
    expect(leftOut).toEqual([
      'the client secret',
      'which key signs the assertion',
      'the authorization details',
      'payload members of the assertion',
      'the text of kid',
      'payload members of the proof',
      '1 parameter value',
      '2 header values',
      '1 header that is switched off',
      'query and fragment of Token endpoint',
      'Scope, which looks like a secret or a token',
      'Audience, which has characters in it that nobody sees: U+200B',
    ])
  })

  it('does not say that the secret of the practice server is left out: every copy of the page has it', () => {
    expect(link('practice', {}).leftOut).toEqual([])
    expect(link('practice', { client_secret: 'another' }).leftOut).toEqual(['the client secret'])
  })

  it('is read as what was written', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 })
    const host = fc.constantFrom('https://as.example', 'http://localhost:8080/a', lab)
    const path = fc.constantFrom('', '/', '/token', '/.well-known/openid-configuration', '.org/token')
    const url = fc.oneof(
      fc.constant(''),
      fc.tuple(host, path).map((two) => two.join('')),
    )
    const changes = fc.record({
      discovery: url,
      issuer: url,
      token_endpoint: url,
      client_id: word,
      scope: word,
      resource: fc.array(word, { maxLength: 25 }),
      token_endpoint_auth_method: fc.constantFrom(
        ...(Object.keys(authMethods) as (keyof typeof authMethods)[]),
      ),
      clock_skew: fc.integer({ min: -86_400, max: 86_400 }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...known), changes, (server, change) => {
        const config = { ...server.config, ...change }
        const made = linkOf({ connection: { server, config }, lesson: null })
        if (made.kind !== 'link') throw new Error(made.kind)
        const read = readLink(made.fragment, known)
        if (read.kind !== 'link') throw new Error(JSON.stringify(read))
        // What a link leaves out is what the server starts with.
        const again = read.connection && linkOf({ connection: read.connection, lesson: null })
        expect(again).toEqual({ ...made, leftOut: [] })
        if (made.leftOut.length > 0) return
        const resource = change.resource.filter((one) => one !== '')
        expect(read.connection?.config).toMatchObject({ ...change, resource })
      }),
      { numRuns: 500 },
    )
  })
})

describe('a link', () => {
  it('has no place for a secret, a value, a key or a token', () => {
    expectTypeOf<LinkConfig>().not.toHaveProperty('client_secret')
    expectTypeOf<LinkConfig>().not.toHaveProperty('authorization_details')
    expectTypeOf<LinkConfig['headers'][number]>().not.toHaveProperty('value')
    expectTypeOf<LinkConfig['parameters'][number]>().not.toHaveProperty('value')
    expectTypeOf<keyof LinkConfig['assertion']>().toEqualTypeOf<
      'secret_alg' | 'aud' | 'typ' | 'lifetime' | 'nbf' | 'kid' | 'x5t'
    >()
    expectTypeOf<keyof LinkConfig['dpop']>().toEqualTypeOf<'on' | 'lifetime'>()
  })

  /** Every place of a configuration for what is nobody else’s business. */
  const places: Readonly<Record<string, (typed: string) => Partial<TokenRequestConfig>>> = {
    'the client secret': (client_secret) => ({ client_secret }),
    'a header value': (value) => ({ headers: [{ name: 'X-Trace', value, on: true }] }),
    'a header value that is switched off': (value) => ({ headers: [{ name: 'X-Trace', value, on: false }] }),
    'a parameter value': (value) => ({ parameters: [{ name: 'tenant', value, on: true }] }),
    'the user name of the token endpoint': (typed) => ({
      token_endpoint: `https://${typed}@as.example/token`,
    }),
    'the password of the token endpoint': (typed) => ({
      token_endpoint: `https://bob:${typed}@as.example/token`,
    }),
    'the password of an address without a scheme': (typed) => ({
      token_endpoint: `bob:${typed}@as.example/token`,
    }),
    'the query of the token endpoint': (typed) => ({ token_endpoint: `https://as.example/token?x=${typed}` }),
    'the query of the issuer': (typed) => ({
      discovery: `https://as.example/?${typed}`,
      issuer: `https://as.example?${typed}`,
    }),
    'the fragment of the token endpoint': (typed) => ({
      token_endpoint: `https://as.example/token#${typed}`,
    }),
    'the query of a resource': (typed) => ({
      resource: ['https://api.example/', `https://api.example/?a=${encodeURIComponent(typed)}`],
    }),
    'the password of an audience': (typed) => ({
      audience: `https://bob:${encodeURIComponent(typed)}@api.example`,
    }),
    'the authorization details': (typed) => ({ authorization_details: JSON.stringify([{ type: typed }]) }),
    'authorization details that are being typed': (typed) => ({
      authorization_details: `[{"type":"${typed}`,
    }),
    'members of the assertion': (typed) => ({
      assertion: { ...emptyConfig.assertion, header: `{"x":"${typed}"}`, payload: typed },
    }),
    'aud and kid of the assertion': (typed) => ({
      assertion: {
        ...emptyConfig.assertion,
        aud: 'custom',
        custom_aud: typed,
        kid: 'custom',
        custom_kid: typed,
      },
    }),
    'members of the proof': (typed) => ({ dpop: { ...emptyConfig.dpop, on: true, payload: typed } }),
    'a key': (typed) => ({
      assertion: { ...emptyConfig.assertion, key: typed },
      dpop: { ...emptyConfig.dpop, on: true, key: typed },
    }),
    'a token': (typed) => ({
      client_id: `eyJhbGciOiJSUzI1NiJ9.${typed}`,
      scope: `Bearer eyJhbGciOiJSUzI1NiJ9${typed}`,
    }),
  }

  /** Fields that a link has, into which a secret may have been pasted as well. */
  const pastes: readonly ((pasted: string) => Partial<TokenRequestConfig>)[] = [
    (client_id) => ({ client_id }),
    (scope) => ({ scope }),
    (audience) => ({ audience }),
    (pasted) => ({ resource: ['urn:api', pasted] }),
    (pasted) => ({ token_endpoint: `https://as.example/${pasted}` }),
    (discovery) => ({ discovery }),
    (name) => ({ headers: [{ name, value: '', on: true }] }),
    (name) => ({ parameters: [{ name, value: '', on: true }] }),
  ]

  const secret = fc.oneof(
    fc.string({ minLength: 12, maxLength: 60, unit: 'grapheme' }),
    fc.base64String({ minLength: 16, maxLength: 60 }),
    fc.stringMatching(/^[a-z0-9]{16,40}$/),
  )
  const plain = { token_endpoint: 'https://as.example/token', client_id: 'm2m', scope: 'read' }

  it.each(Object.keys(places))('has nothing in it of what is typed as %s', (place) => {
    fc.assert(
      fc.property(fc.constantFrom(...known), secret, (server, typed) => {
        const config = { ...server.config, ...plain, ...places[place]?.(typed) }
        expectNothingOf(typed, linkOf({ connection: { server, config }, lesson: null }))
      }),
      { numRuns: 100 },
    )
  })

  it('has nothing in it of the client secret, whatever field that was pasted into, and however encoded', () => {
    const encodings: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => encodeURIComponent(text),
      (text) => new URLSearchParams([['', text]]).toString().slice(1),
      (text) => JSON.stringify(text).slice(1, -1),
      (text) => Buffer.from(text).toString('base64'),
      (text) => Buffer.from(text).toString('base64url'),
      (text) => Buffer.from(`m2m:${text}`).toString('base64'),
      (text) => Buffer.from(`ab:${text}!`).toString('base64url'),
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...pastes),
        fc.constantFrom(...encodings),
        secret,
        fc.constantFrom('', 'read ', 'a/'),
        (paste, encode, client_secret, before) => {
          const server = serverOf('own')
          const config = {
            ...server.config,
            ...plain,
            client_secret,
            ...paste(before + encode(client_secret)),
          }
          expectNothingOf(client_secret, linkOf({ connection: { server, config }, lesson: null }))
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** Looks for a text in a link: as it is, percent-encoded, and in base64 at each of the three places where it can begin. */
function expectNothingOf(typed: string, made: ReturnType<typeof linkOf>): void {
  if (made.kind !== 'link') throw new Error(made.kind)
  const { fragment, holds, leftOut } = made
  const texts = [fragment, decodeURIComponent(fragment.replaceAll('+', ' ')), ...holds, ...leftOut]
  const percent = encodeURIComponent(typed)
  const base64 = ['', '.', '..'].flatMap((before) => {
    const whole = Buffer.from(before + typed + '...').toString('base64')
    const inner = whole.slice(before.length === 0 ? 0 : 4, -8)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const forms = [typed, percent, percent.replaceAll('%20', '+'), ...base64.filter((one) => one.length > 7)]
  const found = forms.filter((form) => texts.some((text) => text.includes(form)))
  expect(found).toEqual([])
}
