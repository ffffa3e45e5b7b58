import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const docs = (label: string, page: string): Source => ({
  label: `LemonLDAP::NG: ${label}`,
  href: `https://lemonldap-ng.org/documentation/latest/${page}`,
})

const provider = docs('OpenID Connect provider', 'idpopenidconnect.html')
const seen: Source = { ...provider, label: 'Seen with LemonLDAP::NG 2.16' }
const parameters = docs('parameters', 'parameterlist.html')

const guide: ServerGuide = {
  browser: 'yes',
  summary: 'Allows every origin as configured from the start.',
  labels: { base: 'Portal URL' },
  cors: ({ origin }) => [
    {
      text: 'Its parameters start with the origin *. If that was changed, in the Manager under General Parameters → Advanced parameters → Security → Cross-Origin Resource Sharing:',
      language: 'parameters',
      code: `corsEnabled = 1
corsAllow_Origin = ${origin}
corsAllow_Headers = authorization, content-type
corsExpose_Headers = WWW-Authenticate`,
    },
  ],
  client: () => [
    {
      text: 'Manager → General Parameters → Issuer modules → OpenID Connect: activation on. OpenID Connect Service: make signing keys.',
    },
    {
      text: 'Manager → OpenID Connect Relying Parties → Add: client ID and client secret, and “Allow OAuth2.0 Client Credentials Grant” on.',
    },
  ],
  start: () => [
    inTerminal(
      `echo "127.0.0.1 auth.example.com manager.example.com" | sudo tee -a /etc/hosts
sudo docker run -d -p 80:80 lemonldapng/lemonldap-ng:latest`,
      'Then http://manager.example.com, as dwho with password dwho.',
    ),
  ],
  quirks: [
    {
      text: 'It allows the header fields *, which by the Fetch standard does not cover Authorization. Credentials in the body need no preflight.',
      source: parameters,
      fix: {
        text: 'Send the credentials in the body',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    },
    {
      text: 'The Basic header is taken raw only, and a secret is cut at a colon.',
      source: seen,
      fix: { text: 'Basic header, not encoded', change: { basic_encoding: 'raw' } },
    },
    {
      text: 'A scope is wanted in every request; in the response it is left out if it is the one asked for.',
      source: seen,
    },
    {
      text: 'A DPoP header is ignored: a Bearer token comes back.',
      source: seen,
      fix: { text: 'Without DPoP', change: { dpop: { on: false } } },
    },
  ],
  source: provider,
}

export const lemonLdap: ServerRecord = {
  guide,
  endpoints: {
    jwks_uri: '{base}/oauth2/jwks',
    introspection_endpoint: '{base}/oauth2/introspect',
  },
}
