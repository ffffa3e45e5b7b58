import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const cors: Source = { label: 'Ory Hydra: CORS', href: 'https://www.ory.sh/docs/hydra/guides/cors' }

const guide: ServerGuide = {
  browser: 'after-setup',
  summary: 'Allows a page once CORS of its public port is enabled and names the origin.',
  labels: { base: 'Public URL' },
  cors: ({ origin }) => [
    {
      text: 'In the configuration (contrib/quickstart/5-min/hydra.yml of the quickstart); then start it again.',
      language: 'YAML',
      code: `serve:
  public:
    cors:
      enabled: true
      allowed_origins:
        - ${origin}
      allowed_methods:
        - POST
        - GET
      allowed_headers:
        - Authorization
        - Content-Type
        - DPoP`,
    },
    {
      text: 'A client may list origins of its own besides. That serves requests without a preflight only: a preflight names no client.',
      language: 'JSON',
      code: `"allowed_cors_origins": ["${origin}"]`,
    },
  ],
  client: () => [
    {
      text: 'By the administration port; the response has the ID and the secret.',
      language: 'shell',
      code: `docker compose -f quickstart.yml exec hydra hydra create client \\
  --endpoint http://127.0.0.1:4445 --format json \\
  --grant-type client_credentials --scope read \\
  --token-endpoint-auth-method client_secret_post`,
    },
  ],
  start: () => [
    inTerminal(
      'git clone https://github.com/ory/hydra\ncd hydra\ndocker compose -f quickstart.yml up --build',
      'Public port 4444, administration port 4445.',
    ),
  ],
  quirks: [
    {
      text: 'With a list of allowed_headers of your own, Authorization must be on it, or every Basic header fails at the preflight.',
      source: { label: 'hydra #1754', href: 'https://github.com/ory/hydra/issues/1754' },
    },
    {
      text: 'A client’s allowed_cors_origins are not enough for a preflight; credentials in the body need none.',
      source: cors,
      fix: {
        text: 'Send the credentials in the body',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    },
    {
      text: 'The method is fixed per client, client_secret_basic unless said otherwise.',
      source: {
        label: 'Ory Hydra: create client',
        href: 'https://www.ory.sh/docs/hydra/cli/hydra-create-client',
      },
      fix: {
        text: 'Send the credentials in the header',
        change: { token_endpoint_auth_method: 'client_secret_basic' },
      },
    },
    {
      text: 'Access tokens are opaque (ory_at_…) unless the access token strategy is jwt.',
      source: {
        label: 'Ory Hydra: JWT access tokens',
        href: 'https://www.ory.sh/docs/oauth2-oidc/jwt-access-token',
      },
    },
  ],
  source: { label: 'Ory Hydra: 5 minute tutorial', href: 'https://www.ory.sh/docs/hydra/5min-tutorial' },
}

export const hydra: ServerRecord = {
  guide,
  // Introspection is at the port for administration.
  endpoints: {
    jwks_uri: '{base}/.well-known/jwks.json',
    revocation_endpoint: '{base}/oauth2/revoke',
  },
  reach: { withoutDpop: true, methodFixed: true },
}
