import { quoted } from '../../../text/quoted.ts'
import { differing } from '../../../why/refusal/causes/assertion-facts.ts'
import { refusedScope } from '../../../why/refusal/causes/scope.ts'
import type { RefusalRecord } from '../../../why/refusal/record.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import type { Fix } from '../../../explanation/explanation.ts'
import { hydraRows } from './hydra-rows.ts'

/** The CLI, at the port of the administration. */
const update = ({ config: { client_id } }: Facts, flags: string): Fix =>
  `Update the client at the administration port (4445): hydra update client ${client_id === '' ? 'ID' : quoted(client_id)} --endpoint http://127.0.0.1:4445 ${flags}. It replaces the client: name the other settings again.`

const publicPort = ({ sent: { url } }: Facts, path: string): readonly Fix[] => {
  if (url.port !== '4445') return []
  const to = `${url.protocol}//${url.hostname}:4444${path}`
  return [{ text: `Use ${to}: 4445 is the administration port, 4444 the public one`, moveTo: to }]
}

const adminIntrospection = ({ sent: { url } }: Facts): readonly Fix[] => {
  const to = `${url.protocol}//${url.hostname}:4445/admin/oauth2/introspect`
  return [{ text: `Use ${to}: introspection is at the administration port alone`, moveTo: to }]
}

function rightPath(facts: Facts): readonly Fix[] {
  const { endpoint, sent } = facts
  if (endpoint === 'introspection') return adminIntrospection(facts)
  if (endpoint !== 'token') return []
  const to = `${sent.url.origin}/oauth2/token`
  return sent.url.port === '4445'
    ? publicPort(facts, '/oauth2/token')
    : to === sent.url.href
      ? []
      : [{ text: `Use ${to}`, moveTo: to }]
}

/** What Ory Hydra says when it refuses, and fosite, the library in it. */
export const hydra: RefusalRecord = {
  name: 'Ory Hydra',
  rows: hydraRows,
  order: [
    ['method', 'secret'],
    ['method', 'assertion'],
    ['secret', 'scope'],
    ['scope', 'resource'],
    ['resource', 'grant'],
    ['secret', 'policy'],
  ],
  fixes: {
    'public-client': (facts) => [update(facts, '--token-endpoint-auth-method client_secret_basic')],
    'method-other': (facts) => [
      ...(facts.sent.assertion && differing(facts) !== null
        ? ['Send one client ID: client_id in the body names another client than the assertion.']
        : []),
    ],
    'no-credentials': () => [
      'Enter the client’s secret, and send it by the method that the client is registered for: client_secret_basic unless said otherwise.',
    ],
    'two-credentials': ({ came: { words } }) => {
      const [, method] =
        /supports client authentication method '(client_secret_(?:basic|post))'/.exec(words) ?? []
      return method === undefined
        ? []
        : [
            `Send the credentials by ${method} alone, ${method === 'client_secret_post' ? 'in the body' : 'in the header'}: this client is registered for it.`,
          ]
    },
    'basic-not-form-encoded': () => [
      { text: 'Form-encode ID and secret in the header', change: { basic_encoding: 'form' as const } },
    ],
    'grant-not-allowed': (facts) => [update(facts, '--grant-type client_credentials')],
    'scope-permission-missing': (facts) => [
      `Add ${refusedScope(facts) === null ? 'the scope' : `the scope “${quoted(refusedScope(facts) ?? '')}”`} to those of the client: POST or PUT /admin/clients with "scope", or hydra update client --scope. Hydra knows no other list of scopes.`,
    ],
    'resource-permission-missing': ({ config: { audience } }) => [
      `Add “${quoted(audience)}” to the list "audience" of the client, to the letter: PUT /admin/clients/ID, or hydra update client --audience.`,
    ],
    'token-hook-failed': () => [
      'Look at oauth2.token_hook in the configuration: Hydra calls that URL before it issues a token.',
    ],
    'custom-rule': ({ came: { words } }) =>
      /hook/i.test(words)
        ? ['Look at oauth2.token_hook in the configuration: the program at that URL said 403.']
        : [],
    'assertion-audience': () => [
      { text: 'aud: the token endpoint', change: { assertion: { aud: 'token_endpoint' as const } } },
    ],
    'assertion-two-audiences': () => [
      { text: 'aud: the token endpoint', change: { assertion: { aud: 'token_endpoint' as const } } },
    ],
    'assertion-key-unknown': () => [
      'Register the public key with the client under this kid: "jwks" or "jwks_uri" of /admin/clients/ID.',
    ],
    'assertion-algorithm': () => [
      'Or set "token_endpoint_auth_signing_alg" of the client to that of the key; it is RS256 unless said otherwise.',
    ],
    'path-unknown': rightPath,
    'metadata-elsewhere': (facts) => publicPort(facts, '/.well-known/openid-configuration'),
    'registration-not-enabled': () => [
      'Make the client at the administration port: hydra create client --endpoint http://127.0.0.1:4445 --grant-type client_credentials.',
      'Or set oidc.dynamic_client_registration.enabled: true in the configuration.',
    ],
  },
  rejects: (
    { token_endpoint_auth_method: method, assertion, scope, basic_encoding, dpop, resource },
    { endpoint, came: { words } },
  ) =>
    // Each client has one method, and the words name it; it accepts the token endpoint as aud; it has no DPoP and no resource.
    (endpoint === 'token' && method !== undefined && !words.includes(method)) ||
    (assertion?.aud !== undefined && assertion.aud !== 'token_endpoint') ||
    scope === '' ||
    basic_encoding === 'raw' ||
    dpop?.on === true ||
    (resource ?? []).length > 0,
  log: ({ came: { code } }) =>
    code === 'invalid_client'
      ? 'Set oauth2.expose_internal_errors: true, on your own machine only: the response then says which it is, a secret that does not match or a client that is not there. Or read Hydra’s log at this moment, and paste the line below.'
      : undefined,
}
