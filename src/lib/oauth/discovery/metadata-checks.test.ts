import { describe, expect, it } from 'vitest'
import {
  entraCommon,
  example8414,
  helseId,
  keycloak,
  simpleIdServer,
} from '../../../../tests/vectors/oauth/metadata.ts'
import { issuerMismatch } from './issuer-mismatch.ts'
import type { MetadataContext } from './metadata-check.ts'
import { metadataChecks } from './metadata-checks.ts'
import { type FoundMetadata, parseMetadata } from './metadata-reading.ts'

const page = 'http://localhost:4290'

function reading(text: string): FoundMetadata {
  const found = parseMetadata(text)
  if (found.kind !== 'found') throw new Error(found.why)
  return found
}

function checks(document: object, context: Partial<MetadataContext> = {}) {
  const found = reading(JSON.stringify(document))
  const { issuer = null } = found.metadata
  return metadataChecks(found, { issuer, url: null, pageOrigin: page, ...context })
}

/** `warning token_endpoint`, for all that are not fine. */
const told = (...args: Parameters<typeof checks>) =>
  checks(...args)
    .filter(({ result }) => result !== 'pass')
    .map(({ result, member }) => `${result} ${member}`)

const good = {
  issuer: 'https://a.example',
  token_endpoint: 'https://a.example/token',
  jwks_uri: 'https://a.example/jwks',
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic'],
}

describe('metadataChecks, server by server', () => {
  it('has no complaint about HelseID', () => {
    expect(told(helseId, { issuer: 'https://helseid-sts.test.nhn.no' })).toEqual([])
  })

  it('notes what the example of RFC 8414 leaves open', () => {
    expect(told(example8414)).toEqual(['note grant_types_supported'])
  })

  it('sees what SimpleIdServer lists and should not', () => {
    expect(told(simpleIdServer)).toEqual([
      'fail token_endpoint_auth_signing_alg_values_supported',
      'fail dpop_signing_alg_values_supported',
      'note token_endpoint_auth_signing_alg_values_supported',
    ])
  })

  it('sees the name of a container in Keycloak’s, and puts the browser’s in its place', () => {
    const context = {
      issuer: 'http://localhost:8080/realms/lab',
      url: 'http://localhost:8080/realms/lab/.well-known/openid-configuration',
    }
    expect(told(keycloak, context)).toEqual(['fail issuer', 'warn token_endpoint'])
    expect(checks(keycloak, context)[1]).toMatchObject({
      found: expect.stringContaining(
        'token_endpoint, jwks_uri, introspection_endpoint, revocation_endpoint',
      ) as string,
      fix: {
        change: { token_endpoint: 'http://localhost:8080/realms/lab/protocol/openid-connect/token' },
      },
    })
  })

  it('sees the template in Entra ID’s', () => {
    const issuer = 'https://login.microsoftonline.com/common/v2.0'
    expect(told(entraCommon, { issuer })).toContain('fail issuer')
  })
})

describe('metadataChecks, rule by rule', () => {
  it('has no complaint about good metadata', () => {
    expect(told(good)).toEqual([])
    expect(checks(good).map(({ member }) => member)).toContain('issuer')
  })

  it('3.3: the mismatch is the one that issuerMismatch finds', () => {
    const context = { issuer: 'https://b.example', url: null, pageOrigin: page }
    expect(checks(good, context)[0]).toEqual(issuerMismatch(good, context))
  })

  it.each([
    ['2 "issuer REQUIRED"', { issuer: undefined }, 'fail issuer'],
    ['2 "has no query or fragment components"', { issuer: 'https://a.example?x' }, 'fail issuer'],
    ['2 "uses the https scheme"', { issuer: 'http://a.example' }, 'fail issuer'],
    ['2 "a URL"', { issuer: 'a.example' }, 'fail issuer'],
    ['2 "token_endpoint ... REQUIRED"', { token_endpoint: undefined }, 'fail token_endpoint'],
    [
      '2 "URL of the authorization server’s token endpoint"',
      { token_endpoint: '/token' },
      'fail token_endpoint',
    ],
    ['another origin', { token_endpoint: 'https://b.example/token' }, 'warn token_endpoint'],
    ['a container’s name', { token_endpoint: 'https://sts/token' }, 'warn token_endpoint'],
    ['http: to elsewhere', { token_endpoint: 'http://a.example/token' }, 'warn token_endpoint'],
    ['a container’s name for the keys', { jwks_uri: 'http://sts:8080/jwks' }, 'warn jwks_uri'],
    ['no keys', { jwks_uri: undefined }, 'note jwks_uri'],
    ['grants omitted', { grant_types_supported: undefined }, 'note grant_types_supported'],
    ['not this grant', { grant_types_supported: ['password'] }, 'warn grant_types_supported'],
    [
      'methods omitted',
      { token_endpoint_auth_methods_supported: undefined },
      'note token_endpoint_auth_methods_supported',
    ],
    [
      'unknown methods',
      { token_endpoint_auth_methods_supported: ['attest_jwt_client_auth'] },
      'warn token_endpoint_auth_methods_supported',
    ],
    [
      'certificates only',
      { token_endpoint_auth_methods_supported: ['tls_client_auth', 'self_signed_tls_client_auth'] },
      'warn token_endpoint_auth_methods_supported',
    ],
    [
      '2 "MUST be present if either of these authentication methods are specified"',
      { token_endpoint_auth_methods_supported: ['private_key_jwt'] },
      'fail token_endpoint_auth_signing_alg_values_supported',
    ],
    [
      '2 "The value none MUST NOT be used"',
      { token_endpoint_auth_signing_alg_values_supported: ['ES256', 'none'] },
      'fail token_endpoint_auth_signing_alg_values_supported',
    ],
    [
      'RFC 9449 4.2: no proof by "none"',
      { dpop_signing_alg_values_supported: ['none'] },
      'fail dpop_signing_alg_values_supported',
    ],
    [
      'RFC 9449 4.2: no proof by a secret',
      { dpop_signing_alg_values_supported: ['HS256'] },
      'fail dpop_signing_alg_values_supported',
    ],
    ['3.2 "Claims with zero elements MUST be omitted"', { scopes_supported: [] }, 'fail scopes_supported'],
    ['a wrong type', { scopes_supported: 'read' }, 'fail scopes_supported'],
  ])('%s', (_, change, expected) => {
    expect(told({ ...good, ...change })).toContain(expected)
  })

  it('3.2 "application/json content type"', () => {
    const found = { ...reading(JSON.stringify(good)), mediaType: 'text/plain' }
    const [first] = metadataChecks(found, { issuer: good.issuer, url: null, pageOrigin: page })
    expect(first).toMatchObject({ result: 'fail', member: 'Content-Type' })
  })

  it('reports a name that appears twice once', () => {
    const found = reading('{"issuer":"https://a.example","issuer":"https://b.example"}')
    const members = metadataChecks(found, { issuer: null, url: null, pageOrigin: page })
    expect(members.filter(({ what }) => what.includes('more than once'))).toHaveLength(1)
  })

  it('reports a name that looks like another', () => {
    const check = checks({ ...good, 'scopes\u200B_supported': ['read'] }).find(
      ({ result }) => result === 'warn',
    )
    expect(check).toMatchObject({ member: 'scopes\u200B_supported', spec: { label: 'RFC 8259 8.3' } })
    expect(check?.what).toBe('scopes[U+200B]_supported is another name than it looks')
    expect(check?.found).toContain('A name contains invisible characters: U+200B in “scopes…_supported”.')
  })

  it('distinguishes mixed content from plain http:, and lets loopback pass', () => {
    const plain = { ...good, token_endpoint: 'http://a.example/token' }
    const whats = (document: object, pageOrigin: string) =>
      checks(document, { pageOrigin }).map(({ what }) => what)
    expect(whats(plain, 'https://page.example')).toContain('This page may not call http: endpoints')
    expect(whats(plain, page)).toContain('Secrets would travel by http:')
    const local = { ...good, issuer: 'http://localhost:1', token_endpoint: 'http://localhost:1/token' }
    expect(told(local, { pageOrigin: 'https://page.example' })).toEqual([])
  })

  it('mends the http: endpoint of a server behind a proxy', () => {
    const url = 'https://a.example/.well-known/openid-configuration'
    expect(checks({ ...good, token_endpoint: 'http://a.example/token?a' }, { url })[0]?.fix).toMatchObject({
      change: { token_endpoint: 'https://a.example/token?a' },
    })
  })

  it('puts the gravest first', () => {
    const results = checks({ issuer: 'https://a.example', scopes_supported: ['read'] }).map(
      ({ result }) => result,
    )
    expect(results).toEqual([...results].sort((one, other) => order.indexOf(one) - order.indexOf(other)))
    expect(new Set(results)).toEqual(new Set(['fail', 'note', 'pass']))
  })
  const order = ['fail', 'warn', 'note', 'pass']
})
