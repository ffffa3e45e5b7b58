import { asString, type JsonValue, member } from '../../json/value.ts'
import { list } from '../decode/claim-values.ts'

/** By what a token of a server is known: its issuer, or claims that no other server writes together. Never by one name. */
interface Signs {
  readonly vendor: string
  readonly issuer?: RegExp
  readonly sets: readonly (readonly [string, string, ...string[]])[]
  /** What is to be known of its tokens. */
  readonly remark?: (claims: JsonValue | null) => string
}

/** As each vendor documents its tokens; a set of claims of one server is in no documentation of another. */
const table: readonly Signs[] = [
  // Its issuers may end like Keycloak’s
  {
    vendor: 'ForgeRock AM',
    issuer: /\/(?:openam|am)\/oauth2(?:\/|$)/,
    sets: [
      ['auditTrackingId', 'realm'],
      ['auditTrackingId', 'subname'],
      ['cts', 'realm', 'grant_type'],
      ['tokenName', 'realm', 'grant_type'],
    ],
    remark: () => 'It writes auth_time for clients, too.',
  },
  {
    vendor: 'Keycloak',
    issuer: /\/realms\/[^/]+\/?$/,
    sets: [
      ['realm_access', 'azp'],
      ['resource_access', 'azp'],
      ['realm_access', 'resource_access'],
      ['typ', 'azp', 'acr'],
      ['clientHost', 'clientAddress'],
    ],
  },
  {
    vendor: 'Microsoft Entra ID',
    issuer:
      /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|[\w-]+\.(?:ciamlogin|b2clogin)\.com)\//,
    sets: [
      ['tid', 'oid', 'ver'],
      ['tid', 'appid'],
      ['tid', 'azp', 'ver'],
      ['aio', 'uti'],
      ['appid', 'appidacr'],
    ],
    remark: (claims) => {
      const version = asString(member(claims, 'ver'))
      if (version === '1.0')
        return 'It is of version 1.0: iss is at sts.windows.net, the client is in appid, aud is the URI of the API. The API’s manifest decides the version (requestedAccessTokenVersion), not the endpoint that was asked.'
      return version === '2.0'
        ? 'It is of version 2.0: iss ends with /v2.0, the client is in azp, aud is the client ID of the API. Its manifest decides the version (requestedAccessTokenVersion).'
        : ''
    },
  },
  {
    vendor: 'Auth0',
    issuer: /^https:\/\/[\w.-]+\.auth0(?:app)?\.com\/?$/,
    sets: [
      ['gty', 'azp'],
      ['gty', 'permissions'],
    ],
  },
  {
    vendor: 'Okta',
    issuer: /^https:\/\/[\w.-]+\.(?:okta|oktapreview|okta-emea|okta-gov)\.com(?:\/oauth2\/\w+)?$/,
    sets: [
      ['ver', 'cid', 'scp'],
      ['cid', 'uid', 'scp'],
    ],
  },
  {
    vendor: 'Cloud Foundry UAA',
    issuer: /^https?:\/\/[\w.:-]+(?:\/uaa)?\/oauth\/token$/,
    sets: [
      ['cid', 'zid'],
      ['rev_sig', 'zid'],
      ['rev_sig', 'cid'],
      ['cid', 'authorities', 'grant_type'],
      ['cid', 'client_id', 'azp'],
    ],
    remark: () => 'SAP’s XSUAA is one, too. Of a client by itself, scope and authorities are the same.',
  },
  {
    vendor: 'Amazon Cognito',
    issuer: /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com(?:\.cn)?\/[\w-]+$/,
    sets: [
      ['token_use', 'client_id', 'version'],
      ['token_use', 'auth_time', 'client_id'],
      ['token_use', 'cognito:groups'],
    ],
    remark: (claims) =>
      member(claims, 'aud') === undefined
        ? 'It writes no aud, and auth_time for clients, too: an API compares client_id and token_use.'
        : 'It writes auth_time for clients, too: no user signed in.',
  },
  {
    vendor: 'Google',
    issuer: /^(?:https:\/\/)?(?:accounts\.google\.com|securetoken\.google\.com\/.+)$/,
    sets: [
      ['azp', 'email_verified', 'hd'],
      ['firebase', 'user_id'],
    ],
  },
  {
    vendor: 'PingOne',
    issuer: /^https:\/\/auth\.pingone\.[a-z.]{2,6}\/[\w-]+\/as$/,
    sets: [
      ['env', 'org', 'client_id'],
      ['env', 'p1.rid'],
    ],
  },
  {
    vendor: 'Salesforce',
    issuer: /^https:\/\/(?:login|test|[\w.-]+\.my)\.salesforce\.com$/,
    sets: [
      ['mty', 'sfi'],
      ['sfi', 'scp'],
    ],
  },
  {
    vendor: 'zitadel',
    issuer: /^https:\/\/[\w-]+(?:\.\w+)?\.zitadel\.cloud$/,
    sets: [['urn:zitadel:iam:user:resourceowner:id', 'urn:zitadel:iam:user:resourceowner:name']],
  },
  {
    vendor: 'HelseID',
    issuer: /^https:\/\/helseid-sts\.(?:\w+\.)?nhn\.no$/,
    sets: [
      ['client_amr', 'helseid://claims/client/client_name'],
      ['helseid://claims/client/client_name', 'helseid://claims/client/client_tenancy'],
    ],
  },
  {
    vendor: 'authentik',
    issuer: /\/application\/o\/[\w-]+\/?$/,
    sets: [
      ['ak_proxy', 'uid'],
      ['uid', 'azp', 'acr'],
    ],
  },
  {
    vendor: 'Ory Hydra',
    issuer: /^https:\/\/[\w-]+\.projects\.oryapis\.com\/?$/,
    sets: [['ext', 'scp', 'client_id']],
  },
  {
    vendor: 'OpenIddict',
    sets: [
      ['oi_tkn_id', 'oi_au_id'],
      ['oi_prst', 'oi_tkn_id'],
    ],
  },
  {
    vendor: 'WSO2',
    sets: [
      ['aut', 'azp'],
      ['aut', 'client_id'],
    ],
  },
  {
    vendor: 'FusionAuth',
    sets: [
      ['tid', 'gty'],
      ['tid', 'applicationId'],
    ],
  },
  { vendor: 'Duende IdentityServer', issuer: /^https:\/\/demo\.duendesoftware\.com$/, sets: [] },
  {
    vendor: 'GitHub Actions',
    issuer: /^https:\/\/token\.actions\.githubusercontent\.com$/,
    sets: [['repository', 'workflow', 'run_id']],
  },
]

/** Whose token it is, as far as it says so. */
export interface Recognised {
  readonly vendor: string
  /** By what: `iss`, or the names of claims. */
  readonly by: string
  /** What is to be known of its tokens; may be empty. */
  readonly remark: string
}

/**
 * The server that issued a token, by its issuer, or else by claims that only this server writes together; `null`: it may be
 * any. An issuer of one vendor goes before the claims of another.
 * @see RFC 7519 section 4.1.1
 */
export function recognise(claims: JsonValue | null): Recognised | null {
  const issuer = asString(member(claims, 'iss')) ?? ''
  const has = (name: string) => member(claims, name) !== undefined
  const named = (signs: Signs, by: string): Recognised => ({
    vendor: signs.vendor,
    by,
    remark: signs.remark?.(claims) ?? '',
  })
  const byIssuer = table.find((signs) => issuer.length < 500 && signs.issuer?.test(issuer) === true)
  if (byIssuer !== undefined) return named(byIssuer, 'its issuer')
  const bySets = table.flatMap((signs) => {
    const set = signs.sets.find((names) => names.every(has))
    return set === undefined ? [] : [named(signs, `${list(set)} together`)]
  })
  // Two that claim it are none.
  return bySets.length === 1 ? (bySets[0] ?? null) : null
}
