import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { algorithms, encryptions } from './algorithms.ts'
import { explainClaim, explainHeader, explainHeaderValue } from './glossary.ts'
import type { Meaning, Meanings } from './meaning.ts'
import { headerParameters, tokenTypes } from './header-parameters.ts'
import { specifiedClaims } from './specified-claims.ts'
import { vendorClaims } from './vendor-claims.ts'

/** Who says so: the section, or the vendor. */
const source = (row: Meaning | null) => row && (row.kind === 'specified' ? row.spec.label : row.vendor)

describe('claims, by the names from the outside in', () => {
  test.each([
    [['exp'], 'Expiration time', 'RFC 7519 4.1.4'],
    [['cnf', 'jkt'], 'Key thumbprint', 'RFC 9449 6.1'],
    [['cnf', 'x5t#S256'], 'Certificate thumbprint', 'RFC 8705 3.1'],
    [['aud', '0'], 'Audience', 'RFC 7519 4.1.3'],
    [['scope'], 'Scope', 'RFC 8693 4.2'],
    [['act', 'sub'], 'Actor', 'RFC 8693 4.1'],
    [['authorization_details', '0', 'type'], 'Type', 'RFC 9396 2.1'],
    [['roles', '3'], 'Roles', 'RFC 9068 2.2.3.1'],
    [['realm_access', 'roles', '0'], 'Roles', 'Keycloak'],
    [['resource_access', 'my-api'], 'Roles at this client', 'Keycloak'],
    [['resource_access', 'my-api', 'roles', '1'], 'Roles', 'Keycloak'],
    [['appid'], 'Application ID', 'Microsoft Entra ID'],
    [['xms_tcdt'], 'Extension', 'Microsoft Entra ID'],
    [['gty'], 'Grant type', 'Auth0'],
    [['helseid://claims/client/claims/orgnr_parent'], 'Parent organization', 'HelseID'],
    [['helseid://claims/other'], 'HelseID claim', 'HelseID'],
    [['http://example.com/is_root'], 'Claim in a namespace', 'RFC 7519 4.2'],
  ])('%j', (names, title, from) => {
    const [row = null, ...more] = explainClaim(names, from)
    expect([row?.title, source(row), more]).toEqual([title, from, []])
  })

  it.each([
    { names: [] },
    { names: [''] },
    { names: ['mine'] },
    { names: ['mine', 'exp'] },
    { names: ['exp', 'jkt'] },
    { names: ['constructor'] },
    { names: ['__proto__'] },
    { names: ['0'] },
    { names: ['cnf', 'toString'] },
  ])('nothing is invented for $names', ({ names }) => {
    expect(explainClaim(names, null)).toEqual([])
  })

  it('gives a row or nothing for any text', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        for (const { title } of explainClaim(['cnf', name], null)) expect(title).toEqual(expect.any(String))
      }),
    )
  })
})

describe('header parameters and their values', () => {
  test.each([
    [['alg'], 'Algorithm', 'RFC 7515 4.1.1'],
    [['kid'], 'Key ID', 'RFC 7515 4.1.4'],
    [['enc'], 'Encryption algorithm', 'RFC 7516 4.1.2'],
    [['iss'], 'Issuer', 'RFC 7519 5.3'],
  ])('%j', (names, title, from) => {
    const row = explainHeader(names)
    expect([row?.title, source(row)]).toEqual([title, from])
  })

  test.each([
    ['typ', 'at+jwt', 'JWT access token', 'RFC 9068 2.1'],
    ['typ', 'application/at+JWT', 'JWT access token', 'RFC 9068 2.1'],
    ['alg', 'RS512', 'RSASSA-PKCS1-v1_5 with SHA-512', 'RFC 7518 3.3'],
    ['alg', 'none', 'No signature', 'RFC 7518 3.6'],
    ['alg', 'EdDSA', 'Edwards-curve signature', 'RFC 8037 3.1'],
    ['alg', 'ECDH-ES+A192KW', 'Elliptic-curve key agreement and AES key wrap, 192 bits', 'RFC 7518 4.6'],
    ['enc', 'A256GCM', 'AES GCM, 256 bits', 'RFC 7518 5.3'],
  ])('%s: %s', (name, value, title, from) => {
    const row = explainHeaderValue(name, value)
    expect([row?.title, source(row)]).toEqual([title, from])
  })

  test.each([
    ['alg', 'NONE'],
    ['alg', 'rs256'],
    ['kid', 'x'],
    ['toString', 'x'],
    ['alg', 'toString'],
  ])('RFC 7515 4.1.1: "case-sensitive" - nothing is invented for %s %s', (name, value) => {
    expect(explainHeaderValue(name, value)).toBeNull()
  })

  it('RFC 7518 3.1, 4.1 and 5.1: every registered value has a row', () => {
    const registered =
      'HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512 none RSA1_5 RSA-OAEP RSA-OAEP-256 A128KW A192KW A256KW dir ECDH-ES ECDH-ES+A128KW ECDH-ES+A192KW ECDH-ES+A256KW A128GCMKW A192GCMKW A256GCMKW PBES2-HS256+A128KW PBES2-HS384+A192KW PBES2-HS512+A256KW'
    expect(registered.split(' ').filter((alg) => !(alg in algorithms))).toEqual([])
    expect(Object.keys(encryptions)).toHaveLength(6)
  })
})

describe('the words', () => {
  const rowsOf = (table: Meanings): Meaning[] =>
    Object.values(table).flatMap((row) => [row, ...rowsOf(row.members ?? {})])
  const all = [specifiedClaims, vendorClaims, headerParameters, tokenTypes, algorithms, encryptions].flatMap(
    rowsOf,
  )

  it('are sentences: they end in a full stop and are short', () => {
    expect(
      all.filter(({ title, meaning }) => title === '' || !/^\S.*\.$/.test(meaning) || meaning.length > 160),
    ).toEqual([])
  })

  it('never let a vendor redefine what a specification defines', () => {
    expect(Object.keys(vendorClaims).filter((name) => name in specifiedClaims)).toEqual([])
  })
})
