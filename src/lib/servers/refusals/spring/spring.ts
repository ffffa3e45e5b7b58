import type { Fix } from '../../../explanation/explanation.ts'
import { scopeTokens } from '../../../oauth/config/config.ts'
import { quoted } from '../../../text/quoted.ts'
import { isHmac } from '../../../why/refusal/causes/assertion-facts.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import type { RefusalRecord } from '../../../why/refusal/record.ts'
import { springAudience } from '../apis/spring-api-fixes.ts'
import { springLog } from './spring-log.ts'
import { springRows } from './spring-rows.ts'
import { springPaths } from './spring-way.ts'

/** Where the application has the client: its configuration, or a bean. */
const client = ({ config: { client_id } }: Facts): string =>
  `the RegisteredClient ${client_id === '' ? 'of this client' : `“${quoted(client_id)}”`} (application.yml, or the bean RegisteredClientRepository)`

const methods = (facts: Facts): string =>
  facts.sent.assertion
    ? isHmac(facts.sent.assertion)
      ? 'client_secret_jwt'
      : 'private_key_jwt'
    : facts.sent.places.includes('header')
      ? 'client_secret_basic'
      : 'client_secret_post'

const rightPath = ({ endpoint, sent: { url }, came: { framework } }: Facts): readonly Fix[] => {
  const path = springPaths[endpoint]
  if (endpoint === 'metadata' || endpoint === 'keys')
    return [
      {
        text: `Use ${url.origin}/.well-known/openid-configuration`,
        moveTo: `${url.origin}/.well-known/openid-configuration`,
      },
    ]
  // With Tomcat's own page, a context path is what is missing.
  if (path === undefined || framework === 'Tomcat') return []
  return [{ text: `Use ${url.origin}${path}`, moveTo: url.origin + path }]
}

/** How Spring verifies an assertion. */
const signing = (facts: Facts): readonly Fix[] => [
  `Set token-endpoint-authentication-signing-algorithm at ${client(facts)} to the algorithm of the assertion: without it, none is verified.`,
  ...(isHmac(facts.sent.assertion)
    ? [
        'Sign with the text as it is stored, its prefix included: the key is {noop} and the secret, if it is stored with {noop}. One that is stored as {bcrypt} cannot be used to sign.',
      ]
    : [
        'Set jwk-set-url of the client to a URL that the server itself can fetch, with the public key under the kid of the assertion.',
      ]),
]

const prefix: readonly Fix[] = [
  'Put {noop} before a plain secret, or {bcrypt} before its hash, in client-secret of application.yml or clientSecret(…) of RegisteredClient. Then restart the application.',
  'Read the application’s log at this moment, and paste the exception below: “each password must have a password encoding prefix” is this one, any other names its own place.',
]

/** What Spring Authorization Server says when it refuses: a code, and no words. */
export const spring: RefusalRecord = {
  name: 'Spring Authorization Server',
  rows: springRows,
  order: [
    ['client', 'method'],
    ['method', 'secret'],
    ['method', 'assertion'],
    ['secret', 'grant'],
    ['assertion', 'grant'],
    ['grant', 'scope'],
    ['scope', 'binding'],
    ['secret', 'token'],
    ['assertion', 'token'],
    ['token', 'owner'],
  ],
  fixes: {
    'secret-stored-without-prefix': () => prefix,
    'secret-wrong': (facts) => [
      `Compare the secret with the one of ${client(facts)}, without its {noop}; of a {bcrypt} hash nobody can read it.`,
    ],
    'secret-expired': (facts) => [`Set clientSecretExpiresAt anew, with a new secret, at ${client(facts)}.`],
    'client-unknown': (facts) => [`See that the application has ${client(facts)}, by its ID to the letter.`],
    'method-other': (facts) => [
      `Add ${methods(facts)} to client-authentication-methods of ${client(facts)}, or use the method that is there.`,
    ],
    'two-credentials': () => [
      'Send one kind of credentials: with two, the Basic header is what counts here.',
    ],
    'grant-not-allowed': (facts) => [
      `Add client_credentials to authorization-grant-types of ${client(facts)}. ID, method and secret are right.`,
    ],
    'scope-refused': (facts) => [
      `Add ${scopeTokens(facts.config.scope).map(quoted).join(', ') || 'the scope'} to scopes of ${client(facts)}: each that is asked for has to be there.`,
    ],
    'assertion-signature': signing,
    'assertion-key-unknown': signing,
    'assertion-algorithm-not-set': signing,
    'client-id-missing': ({ sent: { assertion } }) =>
      assertion ? ['Send client_id in the body, too: Spring looks for it next to the assertion.'] : [],
    'path-unknown': rightPath,
    'other-endpoint': rightPath,
    'path-with-double-slash': rightPath,
    'metadata-elsewhere': ({ sent: { url } }) => {
      const issuer = /^\/\.well-known\/[^/]+(\/.+)$/.exec(url.pathname)?.[1] ?? ''
      const to = `${url.origin}${issuer}/.well-known/openid-configuration`
      return [{ text: `Use ${to}`, moveTo: to }]
    },
    'endpoints-not-set-up': () => [
      'Remove the SecurityFilterChain bean that only switches CORS on: with a filter chain of one’s own, Spring Boot sets no endpoints up. A CorsConfigurationSource bean alone is enough.',
      'Or let a filter chain of its own apply the OAuth2AuthorizationServerConfigurer, before all others (@Order).',
    ],
    'no-credentials': (facts) => [`Enter the client secret of ${client(facts)}, without its {noop}.`],
    'registration-needs-token': () => [
      'Get a token with the scope client.create, from a client that is registered with it, and send it as the initial access token: it is good for one registration.',
    ],
    'registration-token-invalid': () => [
      'Get a new initial access token, with client.create alone: it is good for one registration.',
    ],
  },
  meanings: {
    'secret-stored-without-prefix':
      'ID and path are right. The application failed inside and sends the request to its login page, most often because the secret is stored without {bcrypt} or {noop} before it; its log has the exception.',
    'path-unknown':
      'Nothing of OAuth is at this path: the rest of the application asks for a login there, or refuses a POST that has no CSRF token.',
    'no-credentials':
      'Spring recognised no credentials. Wrong ones are invalid_client, with a body; a request with none gets an empty 401, or the login page if it does not ask for JSON.',
    'endpoints-not-set-up':
      'The body is the error page of Spring Boot, and 403 the CSRF check of a filter chain that has no token endpoint in it: a SecurityFilterChain bean replaces those of Spring Boot.',
    'token-of-another-client':
      'ID and secret are right: wrong ones are 401 here. The token was issued to another client, and is untouched.',
    'grant-not-allowed':
      'ID, method and secret are right, and client_credentials is not among the grants of this client.',
  },
  tokenFixes: { 'audience-other': springAudience, 'audience-missing': springAudience },
  // Any typ is accepted, and so is aud as the issuer or the token endpoint; the header is form-decoded. Nothing asks for an API.
  rejects: ({ assertion, basic_encoding: encoding, dpop, resource, audience: name }) =>
    assertion?.typ !== undefined ||
    encoding === 'raw' ||
    dpop?.lifetime !== undefined ||
    (resource ?? []).length > 0 ||
    (name ?? '') !== '',
  log: springLog,
}
