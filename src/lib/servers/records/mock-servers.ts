import type { FormFix } from '../../explanation/explanation.ts'
import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

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

const mockOauth2ServerGuide: ServerGuide = {
  browser: 'yes',
  summary:
    'For tests: allows every origin and accepts every client. Each first part of the path is an issuer.',
  labels: { base: 'Base URL', issuer: 'Issuer ID' },
  cors: () => [{ text: 'There is nothing to set: it repeats the origin of every request.' }],
  client: () => [{ text: 'None needed: any ID with any secret gets a token.', fix: anyClient }],
  start: () => [
    inTerminal(
      'docker run -p 8080:8080 -h localhost ghcr.io/navikt/mock-oauth2-server:3.0.1',
      'Then http://localhost:8080/default/.well-known/openid-configuration.',
    ),
  ],
  quirks: [
    {
      text: 'It exposes no header to pages.',
      source: navikt(
        'CorsInterceptor.kt',
        'src/main/kotlin/no/nav/security/mock/oauth2/http/CorsInterceptor.kt',
      ),
    },
  ],
  source: navikt('README', 'README.md'),
}

export const mockOauth2Server: ServerRecord = {
  guide: mockOauth2ServerGuide,
  endpoints: {
    jwks_uri: '{base}/{issuer}/jwks',
    introspection_endpoint: '{base}/{issuer}/introspect',
    revocation_endpoint: '{base}/{issuer}/revoke',
  },
  reach: { successOnly: true, withoutDpop: true },
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
