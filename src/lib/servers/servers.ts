import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { practiceOrigin } from '../practice/base/origin.ts'

/** The groups of the picker, in its order. */
export const serverGroups = {
  here: 'With this page',
  tutorial: 'Tutorials and samples',
  yours: 'Servers you run',
  saved: 'Saved by you',
  closed: 'Do not answer a page',
  own: 'Any other',
} as const

type ServerGroup = keyof typeof serverGroups

/** A server the page knows how to start with. What else is known of it is in its guide, loaded on demand. */
export interface Server {
  readonly id: string
  readonly name: string
  readonly group: ServerGroup
  /** What it is and what it takes to reach it, in a sentence or two. */
  readonly about: string
  /** The id of the guide that applies. */
  readonly guide: string
  readonly config: TokenRequestConfig
}

/** A server with what its configuration is made from. */
interface Row extends Omit<Server, 'about' | 'config' | 'guide'> {
  readonly about?: string
  /** The issuer identifier; where the server has a default address for development, that one. */
  readonly issuer: string
  /** What follows the issuer, or a whole URL. */
  readonly token: string
  readonly config?: Partial<TokenRequestConfig>
}

/** The servers to choose from, the practice server first. `localIssuer` is where `npm start` put its own server. */
export function serversFor(localIssuer: string): readonly Server[] {
  return [
    ...here(localIssuer),
    ...tutorials,
    ...yours.map(row('yours')),
    ...closed.map(row('closed')),
    own,
  ].map(({ issuer, token, config, about, ...server }) => ({
    ...server,
    guide: server.id,
    about: about ?? abouts[server.group] ?? '',
    config: {
      ...emptyConfig,
      discovery: issuer,
      token_endpoint: token.includes('://') ? token : issuer + token,
      ...config,
    },
  }))
}

const abouts: Readonly<Partial<Record<ServerGroup, string>>> = {
  yours: 'It must allow this page’s origin.',
  closed: 'It lets no page read its answers to this grant. The request can still be composed and copied.',
}

const m2m = { client_id: 'm2m', client_secret: 'password', scope: 'read' }

const here = (localIssuer: string): Row[] => [
  {
    id: 'practice',
    name: 'Practice server',
    group: 'here',
    about:
      'Runs inside this page: real keys, strict rules, no network. Nothing you send to it leaves the page.',
    issuer: practiceOrigin,
    token: '/token',
    config: {
      client_id: 'practice-client',
      client_secret: 'practice-secret',
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'read',
    },
  },
  {
    id: 'local',
    name: 'Local server of npm start',
    group: 'here',
    about: 'oidc-provider, started on this machine by npm start together with this page.',
    issuer: localIssuer,
    token: '/token',
    config: m2m,
  },
]

const tutorials: readonly Row[] = [
  {
    id: 'simpleidserver',
    name: 'SimpleIdServer tutorial',
    group: 'tutorial',
    about:
      'The values of SimpleIdServer’s machine-to-machine tutorial. It must allow this page’s origin, and its certificate must be trusted.',
    issuer: 'https://localhost:5001/master',
    token: '/token',
    config: m2m,
  },
  {
    id: 'helseid',
    name: 'HelseID test environment',
    group: 'tutorial',
    about:
      'The values of HelseID’s client credentials sample; its key is yours to import. Whether HelseID answers a page is not known.',
    issuer: 'https://helseid-sts.test.nhn.no',
    token: '/connect/token',
    config: {
      client_id: 'helseid-sample-client-credentials-for-multitenant-app',
      token_endpoint_auth_method: 'private_key_jwt',
      assertion: { ...emptyConfig.assertion, lifetime: 10, kid: 'none' },
      dpop: { ...emptyConfig.dpop, on: true },
      scope: 'nhn:test-public-samplecode/client-credentials',
    },
  },
]

type Plain = readonly [id: string, name: string, issuer: string, token: string, config?: Row['config']]

const row =
  (group: ServerGroup) =>
  ([id, name, issuer, token, config = {}]: Plain): Row => ({ id, name, group, issuer, token, config })

const yours: readonly Plain[] = [
  ['keycloak', 'Keycloak', 'http://localhost:8080/realms/master', '/protocol/openid-connect/token'],
  ['duende', 'Duende IdentityServer', 'https://localhost:5001', '/connect/token'],
  ['openiddict', 'OpenIddict', 'https://localhost:44385/', 'connect/token'],
  ['oidc-provider', 'node-oidc-provider', 'http://localhost:3000', '/token'],
  ['hydra', 'Ory Hydra', 'http://127.0.0.1:4444', '/oauth2/token'],
  ['spring', 'Spring Authorization Server', 'http://localhost:9000', '/oauth2/token'],
  [
    'zitadel',
    'Zitadel',
    'http://localhost:8080',
    '/oauth/v2/token',
    { token_endpoint_auth_method: 'client_secret_basic', scope: 'openid' },
  ],
  [
    'authentik',
    'authentik',
    'http://localhost:9000/application/o/m2m/',
    'http://localhost:9000/application/o/token/',
  ],
  ['glewlwyd', 'Glewlwyd', 'http://localhost:4593/api/oidc', '/token'],
  ['lemonldap', 'LemonLDAP::NG', 'http://auth.example.com', '/oauth2/token'],
  ['mock-oauth2-server', 'mock-oauth2-server (navikt)', 'http://localhost:8080/default', '/token'],
  ['oauth2-mock-server', 'oauth2-mock-server (axa)', 'http://localhost:8080', '/token'],
]

/** No address is that of anybody's tenant: a request does not go astray before the right one is typed. */
const closed: readonly Plain[] = [
  [
    'entra',
    'Microsoft Entra ID',
    'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0',
    'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token',
    { scope: 'https://graph.microsoft.com/.default' },
  ],
  ['auth0', 'Auth0', 'https://tenant.auth0.example/', 'oauth/token'],
  ['okta', 'Okta', 'https://org.okta.example/oauth2/default', '/v1/token'],
  [
    'curity',
    'Curity Identity Server',
    'https://localhost:8443/oauth/v2/oauth-anonymous',
    'https://localhost:8443/oauth/v2/oauth-token',
  ],
]

const own: Row = {
  id: 'own',
  name: 'Your own',
  group: 'own',
  about: 'Any token endpoint that allows this page’s origin.',
  issuer: '',
  token: '',
}
