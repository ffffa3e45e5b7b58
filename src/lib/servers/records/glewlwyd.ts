import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const docs = (label: string, page: string): Source => ({
  label: `Glewlwyd: ${label}`,
  href: `https://babelouest.github.io/glewlwyd/docs/${page}`,
})

const seen = (page: string): Source => ({ ...docs('', page), label: 'Seen with Glewlwyd 2.7' })

const guide: ServerGuide = {
  browser: 'yes',
  summary: 'Allows every origin as configured from the start. The project has been archived in 2024.',
  labels: { base: 'Base URL', plugin: 'Plugin instance' },
  cors: ({ origin }) => [
    {
      text: 'glewlwyd.conf starts with the origin *. If that was changed:',
      language: 'configuration',
      code: `allow_origin="${origin}"
allow_headers="Origin, X-Requested-With, Content-Type, Accept, Bearer, Authorization, DPoP"`,
    },
  ],
  client: () => [
    {
      text: 'Parameters → Plugins → +: Glewlwyd OpenID Connect plugin, by the name oidc, with a signing key, “Authentication type client enabled” and “Allow non OIDC but valid OAuth2 requests”.',
    },
    {
      text: 'Clients → +: a client ID, confidential, a password, the authorization type client_credentials, and its scopes.',
    },
  ],
  start: () => [
    inTerminal(
      'docker run --rm -it -p 4593:4593 babelouest/glewlwyd',
      'Then http://localhost:4593, as admin with password password.',
    ),
  ],
  quirks: [
    {
      text: 'A wrong secret, or no scope, is a 403 with an empty body. A scope that is denied is scope_invalid, which is not the registered code.',
      source: seen('OIDC.html'),
    },
    {
      text: 'The Basic header is taken raw only.',
      source: seen('OIDC.html'),
      fix: { text: 'Basic header, not encoded', change: { basic_encoding: 'raw' } },
    },
    {
      text: 'aud is the list of scopes, as one string, unless the request names a resource.',
      source: seen('OIDC.html'),
    },
    {
      text: 'It asks for a nonce in DPoP proofs, and exposes DPoP-Nonce on the preflight only, where no page can read it.',
      source: seen('docker/config/glewlwyd.conf'),
      fix: { text: 'Without DPoP', change: { dpop: { on: false } } },
    },
  ],
  source: docs('Docker', 'docker'),
}

export const glewlwyd: ServerRecord = {
  guide,
  endpoints: {
    jwks_uri: '{base}/api/{plugin}/jwks',
    introspection_endpoint: '{base}/api/{plugin}/introspect',
    revocation_endpoint: '{base}/api/{plugin}/revoke',
  },
}
