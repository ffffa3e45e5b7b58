import { describe, expect, it, test } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { claimEntries } from './glossary.ts'
import { vendorClaims } from './vendor-claims.ts'
import { recognise } from './vendors.ts'

const parsed = (value: object) => {
  const result = parseJson(JSON.stringify(value))
  return result.ok ? result.value : null
}

/** The vendor, and by what. */
const whose = (claims: object) => {
  const found = recognise(parsed(claims))
  return found === null ? 'nobody' : `${found.vendor}, by ${found.by}`
}

describe('a vendor is recognised by its issuer', () => {
  test.each([
    ['https://kc.example/realms/lab', 'Keycloak'],
    ['https://kc.example/auth/realms/lab', 'Keycloak'],
    ['https://login.microsoftonline.com/6c0e3f50-0d5b-4d5f-9c3b-6b8f3ab5a111/v2.0', 'Microsoft Entra ID'],
    ['https://sts.windows.net/6c0e3f50-0d5b-4d5f-9c3b-6b8f3ab5a111/', 'Microsoft Entra ID'],
    ['https://contoso.b2clogin.com/tfp/x/b2c_1a/v2.0/', 'Microsoft Entra ID'],
    ['https://tenant.eu.auth0.com/', 'Auth0'],
    ['https://dev-1.okta.com/oauth2/default', 'Okta'],
    ['https://dev-1.oktapreview.com', 'Okta'],
    ['https://uaa.cf.example/oauth/token', 'Cloud Foundry UAA'],
    ['http://localhost:8080/uaa/oauth/token', 'Cloud Foundry UAA'],
    ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC', 'Amazon Cognito'],
    ['https://accounts.google.com', 'Google'],
    ['accounts.google.com', 'Google'],
    ['https://auth.pingone.eu/3f9c/as', 'PingOne'],
    ['https://am.example/am/oauth2/realms/root/realms/alpha', 'ForgeRock AM'],
    ['https://mydomain.my.salesforce.com', 'Salesforce'],
    ['https://my-1a2b.us1.zitadel.cloud', 'zitadel'],
    ['https://helseid-sts.test.nhn.no', 'HelseID'],
    ['https://ak.example/application/o/m2m/', 'authentik'],
    ['https://demo.duendesoftware.com', 'Duende IdentityServer'],
    ['https://token.actions.githubusercontent.com', 'GitHub Actions'],
  ])('%s', (iss, vendor) => {
    expect(whose({ iss, sub: 'x' })).toMatch(`${vendor}, by its issuer`)
  })

  test.each([
    ['https://as.example'],
    ['https://login.microsoftonline.com.evil.example/x/v2.0'],
    ['https://okta.com.evil.example'],
    ['https://evil.example/?https://accounts.google.com'],
    ['https://api.example/oauth2/token'],
    [''],
  ])('%s is nobody’s', (iss) => {
    expect(whose({ iss })).toBe('nobody')
  })
})

describe('or by a set of claims', () => {
  test.each([
    [{ ver: 1, cid: '0oa1', scp: ['read'] }, 'Okta, by “ver”, “cid”, “scp” together'],
    [{ cid: 'app', client_id: 'app', azp: 'app', authorities: [] }, 'Cloud Foundry UAA, by'],
    [{ cid: 'app', zid: 'uaa', scope: [] }, 'Cloud Foundry UAA, by “cid”, “zid” together'],
    [{ token_use: 'access', client_id: 'a', version: 2, auth_time: 1 }, 'Amazon Cognito, by'],
    [{ tid: 't', oid: 'o', ver: '2.0', azp: 'a', idtyp: 'app', roles: [] }, 'Microsoft Entra ID, by'],
    [{ tid: 't', appid: 'a', ver: '1.0' }, 'Microsoft Entra ID, by'],
    [{ realm_access: {}, azp: 'a', typ: 'Bearer' }, 'Keycloak, by'],
    [{ gty: 'client-credentials', azp: 'a' }, 'Auth0, by “gty”, “azp” together'],
    [{ gty: ['client_credentials'], tid: 't' }, 'FusionAuth, by'],
    [{ auditTrackingId: 'x', subname: 'm2m', cts: 'OAUTH2_STATELESS_GRANT' }, 'ForgeRock AM, by'],
    [{ mty: 'oauth', sfi: 'x', scp: 'api' }, 'Salesforce, by'],
    [{ env: 'e', org: 'o', client_id: 'c' }, 'PingOne, by'],
    [{ ext: {}, scp: [], client_id: 'c' }, 'Ory Hydra, by'],
    [{ uid: 'u', azp: 'a', acr: 'x' }, 'authentik, by'],
    [{ aut: 'APPLICATION', azp: 'a' }, 'WSO2, by'],
    [{ oi_tkn_id: '1', oi_au_id: '2' }, 'OpenIddict, by'],
    [{ repository: 'a/b', workflow: 'w', run_id: '1' }, 'GitHub Actions, by'],
  ])('%j', (claims, words) => {
    expect(whose(claims)).toContain(words)
  })

  it('an issuer goes before a set of another', () => {
    expect(whose({ iss: 'https://kc.example/realms/lab', ver: 1, cid: 'x', scp: [] })).toBe(
      'Keycloak, by its issuer',
    )
  })

  it('two vendors whose sets are there are none', () => {
    expect(whose({ ver: 1, cid: 'x', scp: [], zid: 'z' })).toBe('nobody')
  })

  it('and by no claim alone', () => {
    const names = [
      ...Object.keys(vendorClaims),
      'azp',
      'client_id',
      'roles',
      'groups',
      'scope',
      'urn:zitadel:iam:org:project:roles',
    ]
    for (const name of names) expect(whose({ [name]: 'x', sub: 'y' }), name).toBe('nobody')
  })
})

/** What is said of a claim, and on whose word. */
const said = (claims: object, wanted: string): string => {
  const entry = [...claimEntries(parsed(claims))].find(({ name }) => name === wanted)
  return (entry?.meanings ?? [])
    .map((row) => `${row.meaning} (${row.kind === 'vendor' ? row.vendor : row.spec.label})`)
    .join(' | ')
}

describe('a claim that several vendors use says so', () => {
  const okta = { ver: 1, cid: '0oa1', scp: ['read'] }

  test.each([
    [{ cid: 'x' }, 'cid', /elsewhere\. \(as in tokens of Okta, Cloud Foundry UAA\)$/],
    [okta, 'cid', /elsewhere\. \(Okta\)$/],
    [{ cid: 'x', zid: 'z' }, 'cid', /elsewhere\. \(Cloud Foundry UAA\)$/],
    [okta, 'ver', /^1: the version of the token’s format\. \(Okta\)$/],
    [
      { ver: '2.0' },
      'ver',
      /^1\.0 or 2\.0.*\(as in tokens of Microsoft Entra ID\) \| 1: .*\(as in tokens of Okta\)$/,
    ],
    [okta, 'scp', /^The scope under another name, as an array of its values\. \(Okta\)$/],
    [
      { scp: [] },
      'scp',
      /\(as in tokens of Microsoft Entra ID\) \| .*\(as in tokens of Okta, Ory Hydra\) \| .*Salesforce\)$/,
    ],
    [{ token_use: 'access' }, 'token_use', /\(as in tokens of Amazon Cognito\)$/],
    [{ token_use: 'access', client_id: 'a', version: 2 }, 'token_use', /\(Amazon Cognito\)$/],
    [{ tid: 't' }, 'tid', /\(as in tokens of Microsoft Entra ID\) \| .*\(as in tokens of FusionAuth\)$/],
    [
      { ext: {} },
      'ext',
      /^What a token hook added\. \(as in tokens of Ory Hydra\) \| Nothing was added.*\(as in tokens of Ory Hydra\)$/,
    ],
    [{ realm_access: { roles: [] }, azp: 'a' }, 'realm_access › roles', /\(Keycloak\)$/],
    [{ realm_access: { roles: [] } }, 'realm_access › roles', /\(as in tokens of Keycloak\)$/],
    [{ authorities: [] }, 'authorities', /UAA\) \| .*Spring\)$/],
    [{ 'urn:zitadel:iam:org:project:roles': {} }, 'urn:zitadel:iam:org:project:roles', /zitadel\)$/],
    [{ client_id: 'x' }, 'client_id', /\(RFC 8693 4\.3\)$/],
  ])('%j: %s', (claims, name, words) => {
    expect(said(claims, name)).toMatch(words)
  })

  test.each([
    [
      { tid: 't', oid: 'o', ver: '1.0' },
      /version 1\.0: iss is at sts\.windows\.net.*requestedAccessTokenVersion/,
    ],
    [{ tid: 't', oid: 'o', ver: '2.0' }, /version 2\.0: iss ends with \/v2\.0/],
    [{ token_use: 'access', client_id: 'a', version: 2 }, /no aud, and auth_time for clients/],
    [{ token_use: 'access', client_id: 'a', version: 2, aud: 'x' }, /auth_time for clients, too/],
    [okta, /^$/],
  ])('of the tokens of some, more is known: %j', (claims, words) => {
    expect(recognise(parsed(claims))?.remark).toMatch(words)
  })
})
