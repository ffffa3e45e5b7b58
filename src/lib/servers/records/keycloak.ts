import {
  type GuideForm,
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
  type Step,
} from '../../explanation/server-record.ts'
import type { AuthMethod } from '../../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { shQuoted } from '../../snippets/curl.ts'
import { apiOf, baseOf, clientOf, isHere, secretWord, useClient } from './from-form.ts'

const issue = (number: number): Source => ({
  label: `keycloak #${number}`,
  href: `https://github.com/keycloak/keycloak/issues/${number}`,
})

const realmOf = ({ values }: GuideForm): string => values['realm'] || 'master'
/** kcadm.sh puts it into paths as it is. */
const inRealm = (form: GuideForm): string => `-r ${shQuoted(encodeURIComponent(realmOf(form)))}`
const webOrigins = ({ origin }: GuideForm): string => shQuoted(`webOrigins=${JSON.stringify([origin])}`)

const kcadm =
  'It is in the bin folder; put that into the PATH. In a container: docker exec -it keycloak bash, then PATH=$PATH:/opt/keycloak/bin.'

/** The password is the one that the guide starts a throwaway with; elsewhere kcadm.sh asks for it. */
const signIn = (form: GuideForm): string =>
  `kcadm.sh config credentials --server ${shQuoted(baseOf(form))} --realm master --user admin${isHere(form) ? ' --password admin' : ''}`

const findClient = (form: GuideForm): string =>
  `client=$(kcadm.sh get clients ${inRealm(form)} -q ${shQuoted(`clientId=${clientOf(form.config).id}`)} --fields id --format csv --noquotes)`

/** `master` is always there. */
function createRealm(form: GuideForm): readonly string[] {
  const realm = realmOf(form)
  if (realm === 'master') return []
  return [
    `kcadm.sh get ${shQuoted(`realms/${encodeURIComponent(realm)}`)} >/dev/null 2>&1 || kcadm.sh create realms -s ${shQuoted(`realm=${realm}`)} -s enabled=true`,
  ]
}

/** How Keycloak calls a client authentication that is not by secret; a client has one. */
const authenticators: Readonly<Partial<Record<AuthMethod, string>>> = {
  client_secret_jwt: 'client-secret-jwt',
  private_key_jwt: 'client-jwt',
  tls_client_auth: 'client-x509',
}

const audienceMapper = (config: TokenRequestConfig) => ({
  'included.custom.audience': apiOf(config),
  'access.token.claim': 'true',
  'introspection.token.claim': 'true',
})

/** A scope is a client scope of the realm, which the client may ask for once it has it. */
function scopeSteps(form: GuideForm): readonly Step[] {
  const scopes = clientOf(form.config).scopes.filter((scope) => !builtIn.includes(scope))
  if (scopes.length === 0) return []
  return [
    {
      text: `Client scopes → Create client scope: ${scopes.join(', ')}, Include in token scope on; then Clients → ${clientOf(form.config).id} → Client scopes → Add client scope, Optional. Or with kcadm.sh:`,
      language: 'shell',
      code: [
        signIn(form),
        findClient(form),
        ...scopes.map(
          (
            scope,
          ) => `scope=$(kcadm.sh create client-scopes ${inRealm(form)} -i -s ${shQuoted(`name=${scope}`)} \\
  -s protocol=openid-connect -s 'attributes={"include.in.token.scope":"true"}')
kcadm.sh update "clients/\${client:?is not there}/optional-client-scopes/\${scope:?is there already}" ${inRealm(form)}`,
        ),
      ].join('\n'),
    },
  ]
}

/** Scopes that a new realm has already. */
const builtIn = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'roles',
  'basic',
  'acr',
  'web-origins',
  'microprofile-jwt',
  'organization',
  'service_account',
]

const introspection: Source = {
  label: 'Keycloak: introspection and aud',
  href: 'https://www.keycloak.org/docs/latest/upgrading/index.html#token-introspection-now-validates-audience-claim',
}

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'Allows a page whose origin is among the client’s Web origins, to the letter. Refused credentials are readable from every origin.',
  labels: { base: 'Base URL', realm: 'Realm' },
  cors: (form) => [
    {
      text: `Clients → ${clientOf(form.config).id} → Settings → Access settings → Web origins: add this page’s origin, without a slash at its end. The console hides the field while Standard flow is off; what is in it counts all the same, and the console itself writes /* there, which allows nobody.`,
      code: form.origin,
    },
    {
      text: `Or with kcadm.sh. ${kcadm}`,
      language: 'shell',
      code: [
        signIn(form),
        findClient(form),
        `kcadm.sh update "clients/\${client:?is not there}" ${inRealm(form)} -s ${webOrigins(form)}`,
      ].join('\n'),
    },
  ],
  client: (form) => [
    {
      text: `Clients → Create client in the realm ${realmOf(form)}: the client ID ${clientOf(form.config).id}; then Client authentication on and Service account roles on (up to 26.4: Service accounts roles). Standard flow is not needed; on, it shows the field Web origins. The Credentials tab has the secret.`,
      code: `${baseOf(form)}/admin/master/console/#/${encodeURIComponent(realmOf(form))}/clients`,
    },
    {
      text: `Or with kcadm.sh, Web origins included. ${kcadm}`,
      language: 'shell',
      code: [
        signIn(form),
        ...createRealm(form),
        `kcadm.sh create clients ${inRealm(form)} -s ${shQuoted(`clientId=${clientOf(form.config).id}`)} -s secret=${secretWord(form.config)} \\
  -s publicClient=false -s serviceAccountsEnabled=true -s standardFlowEnabled=false \\
  -s clientAuthenticatorType=${authenticators[form.config.token_endpoint_auth_method] ?? 'client-secret'} -s ${webOrigins(form)}`,
      ].join('\n'),
      fix: useClient(form.config),
    },
    ...scopeSteps(form),
    {
      text: `Its tokens have aud “account”, Keycloak’s own client, which is nobody’s API. For yours: Clients → ${clientOf(form.config).id} → Client scopes → ${clientOf(form.config).id}-dedicated → Configure a new mapper → Audience: Included Custom Audience ${apiOf(form.config)}, Add to access token on. Or with kcadm.sh:`,
      language: 'shell',
      code: [
        signIn(form),
        findClient(form),
        `kcadm.sh create "clients/\${client:?is not there}/protocol-mappers/models" ${inRealm(form)} -s name=api \\
  -s protocol=openid-connect -s protocolMapper=oidc-audience-mapper \\
  -s ${shQuoted(`config=${JSON.stringify(audienceMapper(form.config))}`)}`,
      ].join('\n'),
      source: {
        label: 'Keycloak: audience',
        href: 'https://www.keycloak.org/docs/latest/server_admin/index.html#_audience_hardcoded',
      },
    },
  ],
  start: () => [
    inTerminal(
      `docker run --name keycloak -p 127.0.0.1:8080:8080 \\
  -e KC_BOOTSTRAP_ADMIN_USERNAME=admin -e KC_BOOTSTRAP_ADMIN_PASSWORD=admin \\
  quay.io/keycloak/keycloak:latest start-dev`,
      'Then http://localhost:8080, as admin with password admin.',
    ),
  ],
  quirks: [
    {
      text: 'A client without Web origins gets no response that a page can read: up to 26.5 a token with 200 and without CORS headers, in 26.7 a 403.',
      source: issue(37529),
    },
    { text: 'The console hides Web origins while Standard flow is off.', source: issue(32489) },
    {
      text: 'Since 26.6.3 a request with an Origin that the client does not allow is refused with 403, once ID and credentials were found right: no page can read that, and no token is issued.',
      source: issue(51831),
    },
    {
      text: 'Without Service accounts roles the client may not use this grant, whatever its secret.',
      source: {
        label: 'Keycloak: service accounts',
        href: 'https://www.keycloak.org/docs/latest/server_admin/index.html#_service_accounts',
      },
    },
    {
      text: 'resource, audience and authorization_details are ignored without a word: only an Audience mapper puts an API into aud.',
      source: {
        label: 'Keycloak: audience support',
        href: 'https://www.keycloak.org/docs/latest/server_admin/index.html#_audience_hardcoded',
      },
    },
    {
      text: 'Introspection has no CORS for any page: ask through the relay, or with the request copied as curl. 26.7 calls a token inactive for every client that is not in its aud.',
      source: introspection,
    },
    {
      text: 'No page can read that a realm does not exist: neither token endpoint nor metadata have CORS then. Find tells it apart, as every page can read the metadata of a realm that exists. /auth belongs before /realms up to version 16, and with --http-relative-path=/auth.',
      source: { label: 'Keycloak: reverse proxy', href: 'https://www.keycloak.org/server/reverseproxy' },
    },
    {
      text: 'iss of its tokens is the address that it regards as its own. Called by another name, as from outside of Docker, it still writes that one.',
      source: { label: 'Keycloak: hostname', href: 'https://www.keycloak.org/server/hostname' },
    },
    {
      text: 'Up to 26.3, DPoP has to be switched on: --features=dpop.',
      source: { label: 'Keycloak: features', href: 'https://www.keycloak.org/server/features' },
    },
  ],
  source: {
    label: 'Keycloak: getting started with Docker',
    href: 'https://www.keycloak.org/getting-started/getting-started-docker',
  },
}

const noIntrospection =
  'Keycloak sends no CORS headers at introspection, whatever the client’s settings: ask through the relay, or from a terminal.'

export const keycloak: ServerRecord = {
  guide,
  operations: {
    introspection: () => ({ text: noIntrospection, source: introspection, unreadable: true }),
  },
  reach: {
    uncovered: {
      introspection: noIntrospection,
    },
    metadataForAll:
      'Compare the realm with the console’s list: upper and lower case count. Versions up to 16, or with --http-relative-path=/auth, have /auth before /realms; others do not.',
    originsOfClient: 'Web origins',
    unseen:
      'Keycloak since 26.6.3 refuses a request from an origin that is not among the Web origins of the client, and issues nothing. Up to 26.5 it issues a token that nobody reads. A page cannot tell the versions apart.',
  },
  endpoints: {
    jwks_uri: '{base}/realms/{realm}/protocol/openid-connect/certs',
    introspection_endpoint: '{base}/realms/{realm}/protocol/openid-connect/token/introspect',
    revocation_endpoint: '{base}/realms/{realm}/protocol/openid-connect/revoke',
    registration_endpoint: '{base}/realms/{realm}/clients-registrations/openid-connect',
  },
}
