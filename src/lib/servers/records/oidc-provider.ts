import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const docs = (label: string, anchor: string): Source => ({
  label: `oidc-provider: ${label}`,
  href: `https://github.com/panva/node-oidc-provider/blob/main/docs/README.md#${anchor}`,
})

const seen: Source = {
  label: 'Seen with oidc-provider 9.13',
  href: 'https://github.com/panva/node-oidc-provider',
}

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'A library for Node. Its default refuses CORS to every client with a secret; one line of code allows it.',
  labels: { base: 'Issuer' },
  cors: ({ origin }) => [
    {
      text: 'In the configuration given to new Provider():',
      language: 'JavaScript',
      code: `clientBasedCORS: (ctx, origin, client) => origin === '${origin}',`,
    },
  ],
  client: () => [
    {
      text: 'A whole server with one client, as server.mjs:',
      language: 'JavaScript',
      code: `import Provider from 'oidc-provider'

const provider = new Provider('http://localhost:3000', {
  scopes: ['read'],
  features: { clientCredentials: { enabled: true } },
  clients: [
    {
      client_id: 'm2m',
      client_secret: 'change-me',
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'read',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
})
provider.listen(3000)`,
      fix: {
        text: 'Use this client',
        change: {
          client_id: 'm2m',
          client_secret: 'change-me',
          scope: 'read',
          token_endpoint_auth_method: 'client_secret_post',
        },
      },
    },
  ],
  start: () => [
    inTerminal(
      'npm install oidc-provider\nnode server.mjs',
      'server.mjs is above, under “Make a client”. npm start of this project runs one as well: Local server of npm start.',
    ),
  ],
  quirks: [
    {
      text: 'The preflight passes always, as it names no client; then the POST gets 400, “origin … not allowed for client”, without CORS headers.',
      source: docs('clientBasedCORS', 'clientbasedcors'),
    },
    {
      text: 'ID and secret of the Basic header are form-decoded, as the standard says; raw ones are refused wherever the two differ.',
      source: seen,
      fix: { text: 'Basic header, form-encoded', change: { basic_encoding: 'form' } },
    },
    {
      text: 'Tokens are opaque unless a resource server is configured with accessTokenFormat “jwt”.',
      source: docs('resourceIndicators', 'featuresresourceindicators'),
    },
    {
      text: 'Scopes that it does not know are dropped silently; a scope that the client may not have is invalid_scope.',
      source: seen,
    },
  ],
  source: docs('clientCredentials', 'featuresclientcredentials'),
}

export const oidcProvider: ServerRecord = {
  guide,
  reach: {
    metadataForAll:
      'Compare the issuer with the one given to new Provider(), and with the path that the provider is mounted at.',
    originsOfClient: 'clientBasedCORS rules',
    originsBeforeSecret: true,
    unseen:
      'node-oidc-provider refuses the request of an origin that clientBasedCORS does not allow for the client, before it looks at the secret, and issues nothing.',
  },
  endpoints: {
    jwks_uri: '{base}/jwks',
    introspection_endpoint: '{base}/token/introspection',
    revocation_endpoint: '{base}/token/revocation',
  },
}
