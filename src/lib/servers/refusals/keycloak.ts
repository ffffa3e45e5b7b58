import type { Fix } from '../../explanation/explanation.ts'
import { quoted } from '../../text/quoted.ts'
import type { RefusalRecord } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import { isHmac } from '../../why/refusal/causes/assertion-facts.ts'
import { keycloakRows } from './keycloak-rows.ts'

/** Where the console has the client. */
const client = ({ config: { client_id } }: Facts): string =>
  `Clients → ${client_id === '' ? 'the client' : quoted(client_id)}`

/** The realm as the URL has it. */
const realm = ({ sent: { url } }: Facts): string =>
  /\/realms\/+([^/]*)/.exec(url.pathname)?.[1] || 'the realm'

/** The path of the token endpoint in that realm. */
const endpoint = ({ sent: { url } }: Facts): string | null => {
  const [base] = /^.*\/realms\/+[^/]+/.exec(url.pathname) ?? []
  return base === undefined ? null : `${url.origin}${base}/protocol/openid-connect/token`
}

/** Its tokens have aud “account”, Keycloak’s own client, unless told. */
const audience: readonly Fix[] = [
  'At Keycloak: Client scopes → the scope that the client asks for, or its dedicated one → Add mapper → Audience, with the client ID of the API. It ignores resource and audience in the request.',
]

/** What Keycloak says when it refuses. */
export const keycloak: RefusalRecord = {
  name: 'Keycloak',
  rows: keycloakRows,
  order: [
    ['https', 'tenant'],
    ['tenant', 'client'],
    ['client', 'method'],
    ['client', 'secret'],
    ['client', 'assertion'],
    ['client', 'enabled'],
    ['secret', 'origin'],
    ['assertion', 'origin'],
    ['origin', 'grant'],
    ['origin', 'binding'],
    ['origin', 'scope'],
    ['grant', 'user'],
    ['grant', 'scope'],
  ],
  fixes: {
    'secret-wrong': (facts) => [
      `Copy the secret from the console once more: ${client(facts)} → Credentials → Client Secret.`,
    ],
    'no-credentials': (facts) => [`Enter the client secret: ${client(facts)} → Credentials → Client Secret.`],
    'client-unknown': (facts) => [
      `See in the console that the realm ${quoted(realm(facts))} has this client, by its Client ID to the letter, and that the client is enabled: a disabled client is called unknown, too.`,
    ],
    // Its words name the method if only that is wrong.
    'method-other': (facts) =>
      /requires method '/i.test(facts.came.words)
        ? []
        : [
            `Look in the console at ${client(facts)} → Credentials → Client Authenticator: for Signed JWT choose private_key_jwt, for Signed JWT with Client Secret client_secret_jwt.`,
          ],
    'basic-not-form-encoded': () => [
      { text: 'Form-encode ID and secret in the header', change: { basic_encoding: 'form' as const } },
    ],
    'grant-not-allowed': (facts) => [
      `Turn on ${client(facts)} → Settings → Capability config → Service account roles (up to 26.4: Service accounts roles).`,
    ],
    'endpoint-permission-missing': (facts) => [
      `Introspect as a confidential client: turn on ${client(facts)} → Settings → Capability config → Client authentication, or ask with another client.`,
    ],
    'public-client': (facts) => [
      `Turn on ${client(facts)} → Settings → Capability config → Client authentication: the client is then confidential and has a secret.`,
    ],
    'scope-refused': (facts) => [
      `Assign the scope to the client: ${client(facts)} → Client scopes → Add client scope, as Default or Optional. The server names all that were asked for, good ones, too.`,
    ],
    'cors-origin-not-listed': (facts) => [
      `Add the origin of this page, to the letter, to ${client(facts)} → Settings → Access settings → Web origins. ID and credentials are right.`,
    ],
    'realm-unknown': (facts) => [
      `Compare the realm ${quoted(realm(facts))} in the URL with the console’s list: upper and lower case count.`,
    ],
    'realm-disabled': (facts) => [`Turn the realm on: Realm settings of ${quoted(realm(facts))} → Enabled.`],
    'path-unknown': (facts) => {
      const to = endpoint(facts)
      return [
        ...(to === null || to === facts.sent.url.href ? [] : [{ text: `Use ${to}`, moveTo: to }]),
        'Check /auth before /realms: versions up to 16, or with --http-relative-path=/auth, have it; others do not.',
      ]
    },
    'other-endpoint': (facts) => {
      const to = endpoint(facts)
      return to === null ? [] : [{ text: `Use ${to}`, moveTo: to }]
    },
    'https-required': () => [
      'On one’s own machine only: Realm settings → General → Require SSL: External requests or None.',
    ],
    'assertion-signature': ({ sent: { assertion } }) =>
      isHmac(assertion) ? ['Copy the client secret once more: the assertion is signed with it.'] : [],
    'proof-claim-missing': () => ['Send iat and jti in the proof: remove them from its own members.'],
    'assertion-audience': () => [
      { text: 'aud: the issuer', change: { assertion: { aud: 'issuer' as const } } },
    ],
    'assertion-key-unknown': (facts) => [
      `Register the public key: ${client(facts)} → Keys → Import, or Use JWKS URL; a kid has to be that of the key.`,
    ],
    'assertion-algorithm': (facts) => [
      `Look at ${client(facts)} → Credentials → Signature Algorithm: choose any, or sign with that one.`,
    ],
  },
  tokenFixes: {
    'audience-other': audience,
    'audience-missing': audience,
    'role-missing': [
      'At Keycloak: Clients → this client → Service account roles → Assign role. For the admin API it is a role of realm-management.',
    ],
    'scope-insufficient': [
      'At Keycloak, a scope is given by Clients → this client → Client scopes → Add client scope. What an API checks may be a role all the same: Service account roles.',
    ],
  },
  // It ignores them.
  rejects: ({ resource, audience: name }) => (resource ?? []).length > 0 || (name ?? '') !== '',
  log: 'Read the log of Keycloak: the line with type="CLIENT_LOGIN_ERROR" has error and reason. Paste it below.',
}
