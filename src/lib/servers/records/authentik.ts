import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const view = (label: string, path: string): Source => ({
  label: `authentik: ${label}`,
  href: `https://github.com/goauthentik/authentik/blob/main/authentik/providers/oauth2/${path}`,
})

const docs: Source = {
  label: 'authentik: machine-to-machine',
  href: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/machine_to_machine',
}

const guide: ServerGuide = {
  browser: 'after-setup',
  summary: 'Allows a page whose origin is that of one of the provider’s redirect URIs.',
  labels: { base: 'Base URL', application: 'Application (slug)' },
  cors: ({ origin }) => [
    {
      text: 'Applications → Providers → your OAuth2/OpenID provider → Redirect URIs: add one of this origin. This grant redirects nowhere; scheme, host and port are what counts.',
      code: `${origin}/`,
    },
  ],
  client: () => [
    {
      text: 'Applications → Applications → Create with provider: an OAuth2/OpenID provider, client type confidential. It has the client ID and the secret; a service account for the token is made by itself.',
    },
    {
      text: 'Or an account of your own: Directory → Users → New service account, and send its name and app password as the parameters username and password.',
    },
  ],
  start: () => [
    inTerminal(
      `curl -LO https://goauthentik.io/version/2026.2/lifecycle/container/compose.yml
echo "PG_PASS=$(openssl rand -base64 36 | tr -d '\\n')" >> .env
echo "AUTHENTIK_SECRET_KEY=$(openssl rand -base64 60 | tr -d '\\n')" >> .env
docker compose up -d`,
      'Then http://localhost:9000/if/flow/initial-setup/.',
    ),
  ],
  quirks: [
    {
      text: 'The preflight is allowed to everybody, as it names no client; the response to the POST has CORS headers only for the origins of the redirect URIs.',
      source: view('utils.py', 'utils.py'),
    },
    {
      text: 'Before 2024.4 the client’s secret is not enough: the token is that of a user, by username and app password.',
      source: docs,
    },
    {
      text: 'A wrong secret is invalid_grant, not invalid_client.',
      source: view('token.py', 'views/token.py'),
    },
    {
      text: 'Scopes that the provider does not have are dropped silently.',
      source: view('token.py', 'views/token.py'),
    },
    {
      text: 'ID and secret of the Basic header are not form-decoded.',
      source: view('utils.py', 'utils.py'),
      fix: { text: 'Basic header, not encoded', change: { basic_encoding: 'raw' } },
    },
  ],
  source: docs,
}

export const authentik: ServerRecord = {
  guide,
  endpoints: {
    jwks_uri: '{base}/application/o/{application}/jwks/',
    introspection_endpoint: '{base}/application/o/introspect/',
    revocation_endpoint: '{base}/application/o/revoke/',
  },
}
