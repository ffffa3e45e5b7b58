import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { withoutDpop } from './from-form.ts'

const library = (label: string, path: string): Source => ({
  label: `zitadel/oidc: ${label}`,
  href: `https://github.com/zitadel/oidc/blob/${path}`,
})

const docs: Source = {
  label: 'Zitadel: client credentials',
  href: 'https://zitadel.com/docs/guides/integrate/client-credentials',
}

const guide: ServerGuide = {
  browser: 'yes',
  summary: 'By its source text it allows every origin, with the Basic header as well.',
  labels: { base: 'Custom domain' },
  cors: () => [{ text: 'There is nothing to set: the token endpoint allows every origin.' }],
  client: () => [
    { text: 'Console → Service Users → New: a user name and a display name.' },
    { text: 'Actions → Generate Client Secret: the ID and the secret, shown once.' },
  ],
  start: () => [
    inTerminal(
      `curl -L https://raw.githubusercontent.com/zitadel/zitadel/main/apps/docs/content/self-hosting/deploy/docker-compose.yaml -o docker-compose.yaml
docker compose up --detach --wait`,
      'Then http://localhost:8080/ui/console, as zitadel-admin@zitadel.localhost with password Password1!.',
    ),
  ],
  quirks: [
    {
      text: 'openid must be among the scopes, although there is no user.',
      source: docs,
      fix: { text: 'Ask for openid', change: { scope: 'openid' } },
    },
    {
      text: 'Its own APIs want their audience, by a scope.',
      source: {
        label: 'Zitadel: access its APIs',
        href: 'https://zitadel.com/docs/guides/integrate/zitadel-apis/access-zitadel-apis',
      },
      fix: {
        text: 'Ask for Zitadel’s APIs',
        change: { scope: 'openid urn:zitadel:iam:org:project:id:zitadel:aud' },
      },
    },
    {
      text: 'ID and secret of the Basic header are form-decoded, as the standard says.',
      source: library('server_http.go', '6e3c07d/pkg/op/server_http.go'),
      fix: { text: 'Basic header, form-encoded', change: { basic_encoding: 'form' } },
    },
    {
      text: 'private_key_jwt is not for this grant, though the metadata list it: a service user with a key uses the grant urn:ietf:params:oauth:grant-type:jwt-bearer, which this page does not send.',
      source: {
        label: 'Zitadel: private key JWT',
        href: 'https://zitadel.com/docs/guides/integrate/service-users/private-key-jwt',
      },
    },
    {
      text: 'audience and resource are ignored. Introspection says active: false to a client that the token is not for.',
      source: {
        ...library('', '6e3c07d/pkg/op/server_http.go'),
        label: 'Seen with zitadel/oidc 3.52',
      },
    },
    {
      text: 'DPoP is not among the header fields its CORS allows: a request with one fails at the preflight.',
      source: library('op.go', '7dcd1ec/pkg/op/op.go'),
      fix: withoutDpop,
    },
  ],
  source: docs,
}

export const zitadel: ServerRecord = {
  guide,
  beforehand: ({ dpop, token_endpoint_auth_method: method }) => [
    ...(dpop.on
      ? [{ text: 'Its CORS does not allow a DPoP proof: the preflight would fail.', fix: withoutDpop }]
      : []),
    ...(method === 'private_key_jwt' || method === 'client_secret_jwt'
      ? [
          {
            text: 'Zitadel accepts no assertion in this grant.',
            fix: {
              text: 'Send ID and secret in the header',
              change: { token_endpoint_auth_method: 'client_secret_basic' as const },
            },
          },
        ]
      : []),
  ],
  endpoints: {
    jwks_uri: '{base}/oauth/v2/keys',
    introspection_endpoint: '{base}/oauth/v2/introspect',
    revocation_endpoint: '{base}/oauth/v2/revoke',
  },
  reach: { withoutDpop: true, refusalsReadable: true },
}
