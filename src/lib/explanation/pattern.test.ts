import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expand, match } from './pattern.ts'

const keycloak = '{base}/realms/{realm}/protocol/openid-connect/token'
const navikt = '{base}/{issuer}/token'

describe('expand', () => {
  it.each([
    [
      keycloak,
      { base: 'http://localhost:8080', realm: 'master' },
      'http://localhost:8080/realms/master/protocol/openid-connect/token',
    ],
    [
      keycloak,
      { base: 'https://sso.example/auth', realm: 'my realm' },
      'https://sso.example/auth/realms/my%20realm/protocol/openid-connect/token',
    ],
    [
      navikt,
      { base: 'http://localhost:8080', issuer: 'a/b?c#d%' },
      'http://localhost:8080/a%2Fb%3Fc%23d%25/token',
    ],
    [navikt, { base: 'http://localhost:8080' }, 'http://localhost:8080/token'],
    [navikt, { base: 'http://localhost:8080/', issuer: 'a' }, 'http://localhost:8080/a/token'],
    [navikt, { base: 'http://localhost:8080/auth//', issuer: '' }, 'http://localhost:8080/auth/token'],
    [navikt, { base: '/', issuer: '' }, '/token'],
    [navikt, { base: 'https://', issuer: 'a' }, 'https:///a/token'],
    [
      '{base}/application/o/{application}/',
      { base: 'https://a.example/' },
      'https://a.example/application/o/',
    ],
    [navikt, { base: '', issuer: 'half \uD800' }, '/half%20%EF%BF%BD/token'],
  ])('makes %s with %j', (pattern, values, url) => {
    expect(expand(pattern, values)).toBe(url)
  })
})

describe('match', () => {
  it.each([
    [
      keycloak,
      'http://localhost:8080/realms/master/protocol/openid-connect/token',
      { base: 'http://localhost:8080', realm: 'master' },
    ],
    [
      keycloak,
      'https://sso.example/auth/realms/my%20realm/protocol/openid-connect/token',
      { base: 'https://sso.example/auth', realm: 'my realm' },
    ],
    [keycloak, '/realms/protocol/openid-connect/token', { base: '', realm: '' }],
    [navikt, 'http://localhost:8080/token', { base: 'http://localhost:8080', issuer: '' }],
    [navikt, 'https://sso.example/auth/a/token', { base: 'https://sso.example/auth', issuer: 'a' }],
    [navikt, 'http://localhost:8080/50%/token', { base: 'http://localhost:8080', issuer: '50%' }],
  ])('finds in %s of %s', (pattern, url, values) => {
    expect(match(pattern, url)).toEqual(values)
  })

  it.each([
    [keycloak, 'http://localhost:8080/realms/master/protocol/openid-connect/token?x=1'],
    [keycloak, 'http://localhost:8080/auth/token'],
    [keycloak, 'http://localhost:8080/realms/a/b/protocol/openid-connect/token'],
    [keycloak, '/realms//protocol/openid-connect/token'],
    [navikt, 'http://localhost:8080//token'],
    [navikt, 'https:/token'],
    [navikt, 'https://token'],
    [navikt, ''],
  ])('finds nothing in %s of %j', (pattern, url) => {
    expect(match(pattern, url)).toBeNull()
  })

  it('reads the dot of a pattern as a dot', () => {
    expect(match('{base}/oauth2/v2.0/token', 'https://login.example/oauth2/v2x0/token')).toBeNull()
  })

  it('is the inverse of expand', () => {
    const base = fc
      .tuple(
        fc.constantFrom('http', 'https'),
        fc.domain(),
        fc.nat(65535),
        fc.array(fc.stringMatching(/^[\w.~-]+$/)),
      )
      .map(([scheme, host, port, path]) => [`${scheme}://${host}:${port}`, ...path].join('/'))
    const value = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(fc.constantFrom(keycloak, navikt), base, value, (pattern, of, name) => {
        const values = { base: of, [pattern === keycloak ? 'realm' : 'issuer']: name }
        expect(match(pattern, expand(pattern, values))).toEqual(values)
      }),
    )
  })

  it('finds values that make the same address, even if one of them is empty or the base ends in slashes', () => {
    const path = fc.array(fc.constantFrom('a', 'token', 'realms', ''))
    fc.assert(
      fc.property(fc.constantFrom(keycloak, navikt), path, fc.constantFrom('', 'a'), (pattern, of, name) => {
        const base = ['https://as.example', ...of].join('/')
        const url = expand(pattern, { base, realm: name, issuer: name })
        if (!of.slice(0, -1).includes('')) expect(url.slice('https://'.length)).not.toContain('//')
        const found = match(pattern, url)
        if (found) expect(expand(pattern, found)).toBe(url)
      }),
    )
  })

  it('never throws, and what it finds makes a URL that it finds again', () => {
    fc.assert(
      fc.property(fc.constantFrom(keycloak, navikt), fc.string(), fc.string(), (pattern, base, name) => {
        const found = match(pattern, expand(pattern, { base, realm: name, issuer: name }))
        if (found) expect(match(pattern, expand(pattern, found))).toEqual(found)
      }),
    )
  })
})
