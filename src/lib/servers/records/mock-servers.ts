import type { Asked } from '../../explanation/reach.ts'
import type { Fix, FormFix } from '../../explanation/explanation.ts'
import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { authMethodOf, usesKey } from '../../oauth/config/auth-methods.ts'
import { withoutDpop } from './from-form.ts'

const anyClient: FormFix = {
  text: 'Use any client',
  change: {
    client_id: 'm2m',
    client_secret: 'any',
    scope: 'read',
    token_endpoint_auth_method: 'client_secret_post',
  },
}

const navikt = (label: string, path: string): Source => ({
  label: `mock-oauth2-server: ${label}`,
  href: `https://github.com/navikt/mock-oauth2-server/blob/master/${path}`,
})

const interceptor = navikt(
  'CorsInterceptor.kt',
  'src/main/kotlin/no/nav/security/mock/oauth2/http/CorsInterceptor.kt',
)

const seenAtNavikt: Source = { ...navikt('', 'README.md'), label: 'Seen with mock-oauth2-server 3.0.1' }

const inBasic: FormFix = {
  text: 'Send the credentials in the header',
  change: { token_endpoint_auth_method: 'client_secret_basic' },
}

const mockOauth2ServerGuide: ServerGuide = {
  browser: 'yes',
  summary:
    'For tests: accepts every client, and allows every origin to read a success. No page can read a refusal. Each first part of the path is an issuer.',
  labels: { base: 'Base URL', issuer: 'Issuer ID' },
  cors: () => [
    {
      text: 'There is nothing to set, and nothing can be set: a success repeats the origin of its request, a refusal has no CORS headers. A response that a page cannot read is a refusal, or a wrong path.',
    },
  ],
  client: () => [
    {
      text: 'None needed: any ID with any secret gets a token. Without a secret it is refused.',
      fix: anyClient,
    },
  ],
  start: () => [
    inTerminal(
      'docker run -p 8080:8080 -h localhost ghcr.io/navikt/mock-oauth2-server:3.0.1',
      'Then http://localhost:8080/default/.well-known/openid-configuration.',
    ),
  ],
  quirks: [
    {
      text: 'Every error, 400 and 401 alike, is without CORS headers, and so is a path that is no endpoint: with a right path, “no response” means that it refused.',
      source: interceptor,
    },
    {
      text: 'Introspection accepts the client in the Basic header alone.',
      source: seenAtNavikt,
      fix: inBasic,
    },
    {
      text: 'Access tokens cannot be revoked: it revokes refresh tokens alone.',
      source: seenAtNavikt,
    },
    {
      text: 'The scopes become aud, and there is no claim scope. audience, resource and DPoP are ignored; assertions are not verified.',
      source: seenAtNavikt,
    },
    {
      text: 'It exposes no header to pages.',
      source: interceptor,
    },
  ],
  source: navikt('README', 'README.md'),
}

/** It accepts nearly everything: few refusals are left, and no page may read them. */
function suspects({ about, config }: Asked): readonly Fix[] {
  const { token_endpoint_auth_method: method, client_id, client_secret, basic_encoding: encoding } = config
  if (about === 'revocation') return []
  const missing = [
    ...(client_id === '' ? ['Enter any client ID: this server refuses an empty one.'] : []),
    ...(client_secret === '' && !usesKey(config)
      ? ['Enter any secret: this server refuses an empty one.']
      : []),
  ]
  if (missing.length > 0) return missing
  return method === 'client_secret_basic' &&
    encoding === 'raw' &&
    /%(?![0-9a-f]{2})/i.test(client_id + client_secret)
    ? [{ text: 'Form-encode ID and secret in the header', change: { basic_encoding: 'form' } }]
    : []
}

export const mockOauth2Server: ServerRecord = {
  guide: mockOauth2ServerGuide,
  endpoints: {
    jwks_uri: '{base}/{issuer}/jwks',
    introspection_endpoint: '{base}/{issuer}/introspect',
    revocation_endpoint: '{base}/{issuer}/revoke',
  },
  reach: { successOnly: true, withoutDpop: true, suspects },
  operations: {
    introspection: ({ token_endpoint_auth_method: method }) =>
      method === 'client_secret_basic'
        ? null
        : {
            text: 'At introspection this server accepts the client in the Basic header alone; no page can read its refusal of any other.',
            source: seenAtNavikt,
            fix: inBasic,
          },
    revocation: () => ({
      text: 'This server revokes refresh tokens alone: it refuses to revoke an access token, and no page can read that.',
      source: seenAtNavikt,
    }),
  },
  beforehand: ({ dpop, ...config }) => [
    ...(dpop.on
      ? [{ text: 'This server ignores DPoP: its token would be a Bearer token.', fix: withoutDpop }]
      : []),
    ...(authMethodOf(config).sends === 'nothing'
      ? [{ text: 'Without a secret it refuses, in a response that no page can read.', fix: anyClient }]
      : []),
  ],
}

const axa: Source = {
  label: 'oauth2-mock-server: README',
  href: 'https://github.com/axa-group/oauth2-mock-server/blob/master/README.md',
}

const seen: Source = { ...axa, label: 'Seen with oauth2-mock-server 9' }

const oauth2MockServerGuide: ServerGuide = {
  browser: 'yes',
  summary: 'For tests: allows every origin and accepts every client, secret and scope.',
  labels: { base: 'Base URL' },
  cors: () => [{ text: 'There is nothing to set: CORS is on from the start.' }],
  client: () => [{ text: 'None needed: any ID with any secret gets a token.', fix: anyClient }],
  start: () => [inTerminal('npx oauth2-mock-server', 'Node 22.12 or later; then http://localhost:8080.')],
  quirks: [
    {
      text: 'It signs with an RS256 and an ES256 key by turns, so that two tokens in a row differ in their header.',
      source: seen,
    },
    { text: 'A grant that it does not know gets application/problem+json.', source: seen },
  ],
  source: axa,
}

export const oauth2MockServer: ServerRecord = {
  guide: oauth2MockServerGuide,
  endpoints: {
    jwks_uri: '{base}/jwks',
    introspection_endpoint: '{base}/introspect',
    revocation_endpoint: '{base}/revoke',
  },
}
