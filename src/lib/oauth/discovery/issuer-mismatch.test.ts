import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { issuerMismatch, issuerOfCopy, urlDifference } from './issuer-mismatch.ts'

const mismatch = (asked: string, found: string) =>
  issuerMismatch({ issuer: found }, { issuer: asked, url: null, pageOrigin: 'http://localhost:4290' })

describe('issuerMismatch', () => {
  it.each([
    ['slash', 'https://a.example/x', 'https://a.example/x/', 'ends with a slash'],
    ['slash', 'https://a.example/x/', 'https://a.example/x', 'no slash at its end'],
    ['scheme', 'https://a.example/x', 'http://a.example/x', 'reached by http:'],
    ['scheme', 'http://a.example/x', 'https://a.example/x', 'reached by https:'],
    ['port', 'http://localhost:8080/x', 'http://localhost:9090/x', 'called localhost:9090'],
    ['alias', 'http://localhost:8080', 'http://127.0.0.1:8080', 'Two names'],
    ['alias', 'http://[::1]:8080/x', 'http://localhost:8080/x', 'Two names'],
    ['container', 'http://localhost:8080/realms/x', 'http://keycloak:8080/realms/x', 'called keycloak:8080'],
    ['container', 'http://localhost:8080', 'http://host.docker.internal:8080', 'host.docker.internal'],
    ['host', 'https://a.example/x', 'https://sts.example/x', 'called sts.example'],
    ['case', 'http://localhost:8080/realms/Lab', 'http://localhost:8080/realms/lab', 'Upper and lower case'],
    ['path', 'http://localhost:8080/auth/realms/x', 'http://localhost:8080/realms/x', 'another path'],
    [
      'template',
      'https://login.microsoftonline.com/common/v2.0',
      'https://login.microsoftonline.com/{tenantid}/v2.0',
      'template',
    ],
    ['other', 'https://a.example', 'urn:a', 'quite another'],
    ['other', 'https://a.example', '', 'quite another'],
  ])('3.3 "MUST be identical": %s, %s and %s', (kind, asked, found, title) => {
    const told = mismatch(asked, found)
    expect(told).toMatchObject({ kind, result: 'fail', values: { expected: asked, found } })
    expect(told?.what).toContain(title)
  })

  it.each([
    ['slash', 'https://a.example', 'https://a.example/'],
    ['spelling', 'https://a.example/x', 'https://a.example:443/x'],
    ['spelling', 'https://A.example/x', 'https://a.example/x'],
  ])('is milder if the URLs are the same but for their spelling: %s, %s and %s', (kind, asked, found) => {
    expect(mismatch(asked, found)).toMatchObject({
      kind,
      result: 'warn',
      fix: { change: { discovery: found } },
    })
  })

  it('has nothing to say of the same issuer, or if none was asked for', () => {
    expect(mismatch('https://a.example/x', 'https://a.example/x')).toBeNull()
    expect(issuerMismatch({}, { issuer: null, url: null, pageOrigin: '' })).toBeNull()
    expect(issuerMismatch({ issuer: 'x' }, { issuer: null, url: null, pageOrigin: '' })).toBeNull()
  })

  it('fails if the metadata names no issuer', () => {
    const context = { issuer: 'https://a.example', url: null, pageOrigin: '' }
    expect(issuerMismatch({}, context)).toMatchObject({ kind: 'missing', result: 'fail' })
  })

  it('is not held up by a million slashes', () => {
    expect(mismatch('https://a.example/x', `https://a.example/y${'/'.repeat(1_000_000)}`)).not.toBeNull()
  })

  it('compares with the issuer the URL was made from if none was typed; a slash at the end is not in it', () => {
    const url = 'http://localhost:8080/realms/x/.well-known/openid-configuration'
    const compare = (issuer: string) => issuerMismatch({ issuer }, { issuer: null, url, pageOrigin: '' })
    expect(compare('http://localhost:8080/realms/x')).toBeNull()
    expect(compare('http://localhost:8080/realms/x/')).toBeNull()
    expect(compare('http://localhost:8080/realms/y')).toMatchObject({ kind: 'path' })
  })

  it('names the setting, for Keycloak with its value', () => {
    const fix = (found: string) => mismatch('https://sso.example/realms/x', found)?.fix
    expect(fix('http://keycloak:8080/realms/x')).toContain('KC_HOSTNAME=https://sso.example')
    expect(fix('http://sso.example/realms/x')).toContain('X-Forwarded-Proto')
    expect(fix('http://sts:8080')).toContain('IssuerUri')
  })

  it('throws for no issuer, and shows none at any length', () => {
    const found = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.constant(`https://${'x'.repeat(9999)}.example`),
    )
    fc.assert(
      fc.property(fc.webUrl(), found, (asked, named) => {
        const told = mismatch(asked, named)
        expect((told?.values.found.length ?? 0) + (told?.what.length ?? 0)).toBeLessThan(1000)
      }),
    )
  })
})

describe('urlDifference', () => {
  it.each([
    ['http://localhost:8080/x', 'http://keycloak:8080/x', ['http://', 'localhost', 'keycloak', ':8080/x']],
    ['http://h:8080/x', 'http://h:9080/x', ['http://h:', '8080', '9080', '/x']],
    ['https://h/x', 'http://h/x', ['', 'https', 'http', '://h/x']],
    ['https://h/x', 'https://h/x/', ['https://h/x', '', '/', '']],
    ['a', 'b', ['', 'a', 'b', '']],
  ])('marks whole parts: %s, %s', (one, other, [start, ours, theirs, end]) => {
    expect(urlDifference(one, other)).toEqual({ start, one: ours, other: theirs, end })
  })

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const parts = urlDifference(one, other)
        expect(parts.start + parts.one + parts.end).toBe(one)
        expect(parts.start + parts.other + parts.end).toBe(other)
      }),
    )
  })
})

describe('metadata that are a copy', () => {
  const api = 'http://localhost:3903'
  const context = { issuer: api, url: `${api}/.well-known/oauth-authorization-server`, pageOrigin: '' }
  const metadata = { issuer: 'http://localhost:3915' }

  it('are known by the issuer that responds itself, and are not a wrong setting', () => {
    expect(issuerMismatch(metadata, context)).toMatchObject({ kind: 'port' })
    expect(issuerMismatch(metadata, { ...context, respondsItself: true })).toMatchObject({
      kind: 'copy',
      result: 'fail',
      fix: { text: 'Start from http://localhost:3915', change: { discovery: 'http://localhost:3915' } },
    })
  })

  it('are looked for at hosts and ports alone, and never further in than the API is', () => {
    expect(issuerOfCopy(metadata, context)).toBe('http://localhost:3915')
    expect(issuerOfCopy({ issuer: 'https://as.example' }, context)).toBe('https://as.example')
    for (const issuer of [
      'http://localhost:3903/x',
      'http://127.0.0.1:3903',
      'http://keycloak:8080',
      'urn:a',
    ])
      expect(issuerOfCopy({ issuer }, context)).toBeNull()
    const realm = { ...context, issuer: `${api}/realms/x` }
    expect(issuerOfCopy({ issuer: 'http://localhost:8080/realms/x' }, realm)).toBeNull()
    const afar = { ...context, issuer: 'https://api.example' }
    expect(issuerOfCopy({ issuer: 'http://localhost:3915' }, afar)).toBeNull()
  })
})
