import type { Fix } from '../../explanation/explanation.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import type { RefusalRecord, Row } from '../../why/refusal/record.ts'
import { isUndecodable } from '../../why/refusal/facts/credentials.ts'

const certain = { certainty: 'certain' } as const

/** The issuer is the first part of the path; where the endpoints are depends on it. */
const issuer = ({ sent: { url } }: Facts): string =>
  /^\/(?!\.well-known)([^/]+)/.exec(url.pathname)?.[1] ??
  /^\/\.well-known\/[^/]+\/([^/]+)/.exec(url.pathname)?.[1] ??
  'default'

const use = (to: string): readonly Fix[] => [{ text: `Use ${to}`, moveTo: to }]

/** What is nowhere has one refusal, in text. */
const isNowhere = ({ came: { words } }: Facts): boolean => /^method not allowed$/.test(words.trim())

const rows: readonly Row[] = [
  {
    says: /client authentication failed: missing client authentication/,
    when: ({ config: { client_id, client_secret } }) => client_id === '' && client_secret !== '',
    causes: ['client-id-missing'],
    ...certain,
  },
  {
    says: /client authentication failed: missing client authentication/,
    causes: ['no-credentials'],
    open: ['client'],
    ...certain,
  },
  {
    says: /malformed client secret basic authentication .*invalid url encoding/,
    when: isUndecodable,
    causes: ['basic-not-form-encoded'],
    stage: 'client',
    ...certain,
  },
  {
    says: /invalid client_assertion jwt/,
    causes: ['assertion-malformed'],
    ...certain,
  },
  {
    says: /client identifier doesn't match the client assertion subject/,
    causes: ['assertion-issuer'],
    ...certain,
  },
  {
    says: /^unsupported token type: (null|access_token)$/,
    endpoint: ['revocation'],
    causes: ['token-type-not-revocable'],
    ...certain,
  },
  { when: isNowhere, endpoint: ['metadata'], status: 405, causes: ['metadata-elsewhere'], ...certain },
  { when: isNowhere, status: 405, causes: ['path-unknown'], ...certain },
  {
    endpoint: ['introspection'],
    code: 'invalid_client',
    when: ({ sent: { places } }) => places.includes('body'),
    causes: ['introspection-needs-header'],
    ...certain,
  },
  {
    endpoint: ['introspection'],
    code: 'invalid_client',
    causes: ['no-credentials'],
    open: ['client'],
    ...certain,
  },
]

/** What mock-oauth2-server of navikt says when it refuses: it accepts every client, and every secret but none. */
export const mockOAuth2Server: RefusalRecord = {
  name: 'mock-oauth2-server',
  rows,
  order: [],
  fixes: {
    'no-credentials': () => ['Enter any client secret: the server accepts each that is not empty.'],
    'client-id-missing': () => ['Enter any client ID: the server accepts each that is not empty.'],
    'path-unknown': (facts) => use(`${facts.sent.url.origin}/${issuer(facts)}/token`),
    'metadata-elsewhere': (facts) =>
      use(`${facts.sent.url.origin}/${issuer(facts)}/.well-known/openid-configuration`),
    'introspection-needs-header': () => [
      {
        text: 'Introspect with the Basic header',
        change: { token_endpoint_auth_method: 'client_secret_basic' },
      },
    ],
  },
  meanings: {
    'path-unknown':
      'The server says “method not allowed” of every path at which it has nothing. The first part of the path is the issuer, whatever its name; a slash at the end is another path.',
  },
  // aud of its tokens is the scope.
  rejects: ({ resource, audience }) => (resource ?? []).length > 0 || (audience ?? '') !== '',
}
