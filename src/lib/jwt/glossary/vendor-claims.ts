import { asString, type JsonValue } from '../../json/value.ts'
import { type Meanings, vendorRows } from './meaning.ts'

const keycloak = vendorRows('Keycloak')
const entra = vendorRows('Microsoft Entra ID')
const auth0 = vendorRows('Auth0')
const okta = vendorRows('Okta')
const cognito = vendorRows('Amazon Cognito')
const hydra = vendorRows('Ory Hydra')
const helseId = vendorRows('HelseID')
const uaa = vendorRows('Cloud Foundry UAA')
const forgeRock = vendorRows('ForgeRock AM')
const salesforce = vendorRows('Salesforce')
const pingOne = vendorRows('PingOne')
const zitadel = vendorRows('zitadel')

const keycloakRoles: Meanings = { roles: keycloak('Roles', 'The names of the roles.') }

/** Claims that no specification defines and that are often seen, by name. */
export const vendorClaims: Meanings = {
  typ: keycloak('Token kind', 'What the token is for: Bearer for an access token.'),
  realm_access: keycloak('Realm roles', 'The roles the client has in the whole realm.', keycloakRoles),
  resource_access: keycloak('Client roles', 'The roles the client has at each client or API.', {
    '*': keycloak('Roles at this client', 'The roles given at the client of this name.', keycloakRoles),
  }),
  'allowed-origins': keycloak(
    'Allowed origins',
    'The Web origins of the client: pages from there may use it.',
  ),
  clientId: keycloak('Client ID', 'The client whose service account this is.'),
  clientHost: keycloak('Client host', 'The host the token request came from.'),
  clientAddress: keycloak('Client address', 'The IP address the token request came from.'),
  session_state: keycloak('Session state', 'The session at the server; newer versions send sid.'),

  appid: entra('Application ID', 'The client, in tokens of version 1.0; azp in version 2.0.'),
  appidacr: entra(
    'Client authentication',
    'How the client authenticated: 0 not, 1 with a secret, 2 with a certificate.',
  ),
  azpacr: entra(
    'Client authentication',
    'How the client authenticated: 0 not, 1 with a secret, 2 with a certificate.',
  ),
  app_displayname: entra('Application name', 'The name of the client for people to read.'),
  tid: entra('Tenant ID', 'The directory that issued the token.'),
  oid: entra('Object ID', 'The service principal of the client, or the user, in the directory.'),
  ver: entra('Token version', '1.0 or 2.0: decides the issuer and the names of other claims.'),
  idtyp: entra('Identity type', 'app: no user takes part.'),
  idp: entra('Identity provider', 'The directory that authenticated the subject.'),
  scp: entra('Scope', 'What the client may do on behalf of a user; of an application, it is in roles.'),
  wids: entra('Directory roles', 'The tenant-wide roles of the subject.'),
  aio: entra('Internal', 'For Entra ID itself; not to be used.'),
  rh: entra('Internal', 'For Entra ID itself; not to be used.'),
  uti: entra('Token identifier', 'Identifies the token, as jti would.'),
  xms_cc: entra('Client capabilities', 'What the client said it can do, such as cp1 for claims challenges.'),

  gty: auth0('Grant type', 'The grant the token was issued by, such as client-credentials.'),
  permissions: auth0('Permissions', 'What the token allows at the API, where role-based access is on.'),
  org_id: auth0('Organization', 'The organization the token is for.'),

  cid: okta('Client ID', 'The client that asked for the token; client_id elsewhere.'),
  uid: okta('User ID', 'The user, if one takes part.'),

  token_use: cognito('Token use', 'access or id.'),
  version: cognito('Version', 'The version of the token’s format.'),
  'cognito:groups': cognito('Groups', 'The groups of the user in the pool.'),

  ext: hydra('Extra claims', 'What a token hook added.'),

  authorities: uaa('Authorities', 'What the client itself may do.'),
  grant_type: uaa('Grant type', 'The grant the token was issued by, such as client_credentials.'),
  zid: uaa('Zone', 'The identity zone (tenant) that issued the token.'),
  rev_sig: uaa('Revocation signature', 'Changes with the client’s secret, so that older tokens end.'),
  ext_attr: uaa('Extension attributes', 'Added by SAP’s XSUAA: about the subaccount and the service.'),

  realm: forgeRock('Realm', 'The realm that issued the token.'),
  subname: forgeRock('Subject name', 'The subject as an identifier alone.'),
  auditTrackingId: forgeRock('Audit tracking', 'Joins the records of one transaction in the logs.'),
  cts: forgeRock('Token store', 'How the server keeps the token itself.'),
  tokenName: forgeRock('Token name', 'What the token is: access_token.'),

  mty: salesforce('Token kind', 'oauth: it was issued by OAuth.'),
  sfi: salesforce('Internal', 'For Salesforce itself.'),
  hsc: salesforce('Internal', 'For Salesforce itself.'),

  env: pingOne('Environment', 'The environment that issued the token.'),
  org: pingOne('Organization', 'The organization of the environment.'),
  'p1.rid': pingOne('Resource ID', 'The resource (API) that the token is for.'),
  'pi.atm': vendorRows('PingFederate')('Token manager', 'Which access token manager made it.'),

  hd: vendorRows('Google')('Hosted domain', 'The Workspace domain of the account.'),
  aut: vendorRows('WSO2')('Authorized user type', 'APPLICATION: no user takes part.'),

  client_amr: helseId(
    'Client authentication method',
    'How the client authenticated, such as private_key_jwt.',
  ),
  assertion_details: helseId(
    'Assertion details',
    'In a client assertion, what the client asks for, such as the organization it acts for.',
  ),
  'helseid://claims/client/claims/orgnr_parent': helseId(
    'Parent organization',
    'The number of the organization (main unit) the client acts for.',
  ),
  'helseid://claims/client/claims/orgnr_child': helseId(
    'Child organization',
    'The number of the underlying unit the client acts for.',
  ),
  'helseid://claims/client/claims/orgnr_supplier': helseId(
    'Supplier organization',
    'The number of the supplier who runs a multi-tenant client.',
  ),
  'helseid://claims/client/client_name': helseId('Client name', 'The name of the client for people to read.'),
  'helseid://claims/client/client_tenancy': helseId(
    'Client tenancy',
    'Whether the client serves one organization or many.',
  ),
}

const scopeArray = 'The scope under another name, as an array of its values.'

/** Names that more than one vendor uses: what the others mean by them. */
export const sharedClaims: Readonly<Record<string, readonly Meanings[string][]>> = {
  ver: [okta('Token version', '1: the version of the token’s format.')],
  cid: [uaa('Client ID', 'The client that asked for the token; client_id elsewhere.')],
  scp: [
    okta('Scope', scopeArray),
    hydra('Scope', scopeArray),
    salesforce('Scope', 'The scope under another name.'),
  ],
  uid: [vendorRows('authentik')('User ID', 'The user or service account.')],
  tid: [vendorRows('FusionAuth')('Tenant ID', 'The tenant that issued the token.')],
  permissions: [vendorRows('FusionAuth')('Permissions', 'What the token allows at each entity.')],
  idp: [vendorRows('Duende IdentityServer')('Identity provider', 'Where the user signed in.')],
  authorities: [vendorRows('Spring')('Authorities', 'What the caller may do.')],
  grant_type: [forgeRock('Grant type', 'The grant the token was issued by.')],
  realm: [vendorRows('PingFederate')('Realm', 'The realm of the user.')],
}

/** Claims known by how their names begin. */
export const vendorPrefixes: readonly (readonly [prefix: string, explanation: Meanings[string]])[] = [
  [
    'helseid://claims/',
    helseId('HelseID claim', 'About the client or the user, as registered with HelseID.'),
  ],
  ['urn:zitadel:', zitadel('zitadel claim', 'About the organization, or the roles in a project.')],
  ['xms_', entra('Extension', 'An optional claim of Microsoft Entra ID.')],
  [
    'oi_',
    vendorRows('OpenIddict')(
      'Internal',
      'For OpenIddict itself: which authorization, token or client this is.',
    ),
  ],
  ['cognito:', cognito('Cognito claim', 'About the user in the pool.')],
]

/** `jti` of Keycloak since 26: session, kind of token and grant, two letters each. */
const keycloakId = /^(?:on|of|tr)(rt|lt)(\w\w):/

/** What the very value of a claim means, by the name of the claim; `null` for most. */
export const vendorValues: Readonly<Record<string, (value: JsonValue) => Meanings[string] | null>> = {
  jti: (value) => {
    const [, kind, grant] = keycloakId.exec(asString(value) ?? '') ?? []
    if (kind === undefined) return null
    const by = grant === 'cc' ? ', by client_credentials' : ''
    return kind === 'lt'
      ? keycloak(
          'Lightweight token',
          `Its prefix says: a lightweight access token${by}. It lacks aud, roles and client_id; an API gets them by introspection.`,
        )
      : keycloak('Regular token', `Its prefix says: a regular access token${by}, not a lightweight one.`)
  },
  ext: (value) =>
    value.kind === 'object' && value.members.length === 0
      ? hydra('Empty', 'Nothing was added: no token hook is set up, or it left the token as it was.')
      : null,
}
