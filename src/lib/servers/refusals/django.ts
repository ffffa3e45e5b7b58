import { mayBeHash } from '../../oauth/check/stored-hash.ts'
import { triesAssertion } from '../../why/refusal/causes/assertion-facts.ts'
import { isDecodedOtherwise } from '../../why/refusal/facts/credentials.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import type { RefusalRecord } from '../../why/refusal/record.ts'
import { bareClientRows } from './bare-client.ts'

const token = ['token'] as const

/** What the grant is looked at for, it passed: that comes before the client. */
const passed = ['grant-known'] as const

const isAnonymous = ({ config: { client_id }, sent: { parameters, places } }: Facts): boolean =>
  client_id === '' && places.length === 0 && !parameters.has('client_id')

const sendsNoSecret = ({ sent: { places, assertion } }: Facts): boolean =>
  places.length === 0 && assertion === null

/** The token endpoint at the same base. */
const at = ({ sent: { url } }: Facts, path: string): string =>
  `${url.origin}${/^(.*)\/(?:o|oauth2?)(?:\/|$)/.exec(url.pathname)?.[1] ?? ''}/o/${path}`

const paths = { token: 'token/', introspection: 'introspect/', revocation: 'revoke_token/' } as const

/** What django-oauth-toolkit says when it refuses. Every fault of a client is one bare invalid_client. */
export const django: RefusalRecord = {
  name: 'django-oauth-toolkit',
  order: [
    ['grant-known', 'client'],
    ['client', 'grant'],
  ],
  rows: [
    {
      status: 400,
      says: /<title>Bad Request \(400\)<\/title>/,
      causes: ['host-not-allowed'],
      certainty: 'likely',
    },
    {
      endpoint: ['metadata'],
      status: 404,
      says: /<title>Page not found at \//,
      causes: ['metadata-elsewhere'],
      certainty: 'likely',
    },
    {
      endpoint: token,
      code: 'unsupported_grant_type',
      when: ({ sent: { parameters } }) => parameters.get('grant_type') === 'client_credentials',
      causes: ['json-wanted'],
      certainty: 'likely',
    },
    {
      endpoint: token,
      code: 'unauthorized_client',
      causes: ['grant-not-allowed'],
      certainty: 'certain',
      passed: [...passed, 'client'],
    },
    {
      endpoint: token,
      code: 'invalid_scope',
      when: ({ sent: { parameters } }) => parameters.get('scope')?.trim() === '',
      causes: ['scope-empty'],
      certainty: 'certain',
    },
    { endpoint: token, code: 'invalid_scope', causes: ['scope-refused'], certainty: 'certain' },
    {
      says: /Token parameter is missing|Missing token parameter/,
      causes: ['token-parameter-missing'],
      certainty: 'certain',
    },
    ...bareClientRows([
      [isAnonymous, 'client-id-missing'],
      [triesAssertion, 'assertion-not-enabled'],
    ]).map((row) => ({ ...row, passed })),
    {
      code: 'invalid_client',
      when: isAnonymous,
      causes: ['client-id-missing'],
      certainty: 'certain',
      passed,
    },
    { code: 'invalid_client', when: sendsNoSecret, causes: ['no-credentials'], certainty: 'certain', passed },
    {
      code: 'invalid_client',
      when: (facts) => isDecodedOtherwise(facts) && !mayBeHash(facts.config.client_secret),
      causes: ['basic-not-form-encoded'],
      certainty: 'likely',
      passed,
    },
    { code: 'invalid_client', causes: ['secret-wrong', 'client-unknown'], certainty: 'possible', passed },
    {
      endpoint: ['introspection'],
      status: 403,
      when: ({ came }) => came.layer === 'empty',
      causes: ['secret-wrong', 'client-unknown'],
      certainty: 'possible',
    },
    { endpoint: ['metadata'], status: 404, causes: ['metadata-elsewhere'], certainty: 'likely' },
  ],
  fixes: {
    'secret-wrong': () => [
      'Enter the secret as it was when the application was created: the admin shows its hash afterwards. If nobody kept it, set a new one there, and copy it before you save.',
    ],
    'secret-is-hash': () => [
      'Set a new secret in the admin (Applications), and copy it before you save: the admin shows only its hash afterwards.',
    ],
    'client-unknown': () => [
      'Compare the client ID with that of the application in the admin (Django OAuth Toolkit → Applications).',
    ],
    'grant-not-allowed': () => [
      'Set Authorization grant type of the application to Client credentials, in the admin or at /o/applications/.',
    ],
    'scope-refused': () => [
      'Add the scope to SCOPES in OAUTH2_PROVIDER of the settings, with a sentence for it.',
    ],
    'json-wanted': () => [
      'Set OAUTH2_BACKEND_CLASS in OAUTH2_PROVIDER to oauth2_provider.oauth2_backends.OAuthLibCore, which reads forms: with JSONOAuthLibCore, JSON alone is read.',
    ],
    'path-unknown': (facts) => {
      const path = facts.endpoint in paths ? paths[facts.endpoint as keyof typeof paths] : null
      const to = path === null ? null : at(facts, path)
      if (to === null) return []
      return to === facts.sent.url.href
        ? ['Include the URLs in urls.py of the project: path("o/", include("oauth2_provider.urls")).']
        : [{ text: `Use ${to}`, moveTo: to }]
    },
    'metadata-elsewhere': ({ sent: { url } }) => [
      `Use ${url.origin}/o as the issuer: the metadata are below the path that the urls of oauth2_provider are included at.`,
    ],
    'redirect-to-https': () => [
      'On one’s own machine only, and if no TLS is spoken there: set SECURE_SSL_REDIRECT = False in the settings.',
    ],
    'assertion-not-enabled': () => [
      {
        text: 'Send a secret in the Basic header (client_secret_basic)',
        change: { token_endpoint_auth_method: 'client_secret_basic' as const },
      },
    ],
  },
  log: 'Read what the server prints: django-oauth-toolkit logs “Unauthorized: /o/token/” and no reason; logging.getLogger("oauth2_provider") at DEBUG has it.',
}
