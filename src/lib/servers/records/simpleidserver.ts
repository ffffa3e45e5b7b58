import {
  inTerminal,
  type Beforehand,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { authMethodOf, inHeader } from '../../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { aspNetCors, aspNetReach } from '../frameworks/asp-net.ts'

const source = (label: string, path: string): Source => ({
  label,
  href: `https://github.com/simpleidserver/SimpleIdServer/blob/57ab71c/src/IdServer/${path}`,
})

const library = 'SimpleIdServer.IdServer'

const askForRead = { text: 'Ask for read', change: { scope: 'read' } } as const
const inBody = {
  text: 'Send the credentials in the body',
  change: { token_endpoint_auth_method: 'client_secret_post' },
} as const
const inBasic = {
  text: 'Send them in the Basic header, not encoded',
  change: { token_endpoint_auth_method: 'client_secret_basic', basic_encoding: 'raw' },
} as const

const guide: ServerGuide = {
  browser: 'yes',
  summary:
    'The full host (dotnet new idserver) allows every origin. A host made from the NuGet package alone allows none until its code says so.',
  labels: { base: 'Base URL', realm: 'Realm' },
  cors: ({ origin }) => [
    {
      text: 'Open the address once in a tab of its own and accept the development certificate; until then no request of this page gets through.',
      code: 'https://localhost:5001',
    },
    { text: 'A host from dotnet new idserver allows every origin already. In any other:' },
    aspNetCors(origin, 'app.UseSid();'),
  ],
  client: () => [
    {
      text: 'Administration UI, Scopes → Add scope → API value: name read. Then its API Resources tab: add shopApi.',
      code: 'https://localhost:5002/master/clients',
    },
    {
      text: 'Clients → Add client → Machine: identifier m2m, secret password. Then its Client scopes tab: add read.',
      fix: {
        text: 'Use the tutorial’s client',
        change: {
          client_id: 'm2m',
          client_secret: 'password',
          scope: 'read',
          token_endpoint_auth_method: 'client_secret_post',
        },
      },
    },
  ],
  start: () => [
    inTerminal(
      'dotnet new install SimpleIdServer.Templates\ndotnet new idserver -n IdServer\ncd IdServer\ndotnet run',
      'The template keeps its data in SQL Server unless appsettings.json names another store.',
    ),
  ],
  quirks: [
    {
      text: 'The scope is mandatory, and is checked before the client: without one the response is invalid_request, “missing parameter scope”.',
      source: source(
        'ClientCredentialsGrantTypeValidator.cs',
        `${library}/Api/Token/Validators/ClientCredentialsGrantTypeValidator.cs`,
      ),
      fix: askForRead,
    },
    {
      text: 'The method is fixed per client, client_secret_post for a Machine; credentials in another place are a “bad client credential”, with status 400.',
      source: source('AuthenticateClient.cs', `${library}/Authenticate/AuthenticateClient.cs`),
      fix: {
        text: 'Send the credentials in the body',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    },
    {
      text: 'ID and secret of the Basic header are not percent-decoded, and a colon in either breaks them.',
      source: source('AuthenticateClient.cs', `${library}/Authenticate/AuthenticateClient.cs`),
      fix: {
        text: 'Basic header, not encoded',
        change: { token_endpoint_auth_method: 'client_secret_basic', basic_encoding: 'raw' },
      },
    },
    {
      text: 'client_secret_jwt accepts only assertions that are encrypted with the secret besides being signed by a registered key; a signed one, as the standards have it, is refused.',
      source: source(
        'OAuthClientSecretJwtAuthenticationHandler.cs',
        `${library}/Authenticate/Handlers/OAuthClientSecretJwtAuthenticationHandler.cs`,
      ),
    },
    {
      text: 'A DPoP proof must have exp, at most 300 s after iat, which RFC 9449 does not ask for: without it, “DPoP is expired”.',
      source: source('DPoPHandler.cs', 'SimpleIdServer.DPoP/DPoPHandler.cs'),
      fix: { text: 'Proofs of 200 s', change: { dpop: { lifetime: 200 } } },
    },
    {
      text: 'The header is looked up as DPoP, letter by letter. HTTP/2 sends names in lower case, so over HTTP/2 “the DPOP Proof is missing”: let Kestrel speak HTTP/1.1. Its host exposes no DPoP-Nonce either.',
      source: source('DPOPProofValidator.cs', `${library}/Api/Token/Handlers/DPOPProofValidator.cs`),
    },
    {
      text: 'The realm comes first in every path, also before .well-known. Where realms are off, there is none of it.',
      source: source('appsettings.json', 'SimpleIdServer.IdServer.Startup/appsettings.json'),
    },
    {
      text: 'A refresh token comes along, which RFC 6749 advises against for this grant; it cannot be redeemed.',
      source: source('RefreshTokenBuilder.cs', `${library}/Api/Token/TokenBuilders/RefreshTokenBuilder.cs`),
    },
  ],
  source: {
    label: 'SimpleIdServer: RequestAccessTokenM2M sample',
    href: 'https://github.com/simpleidserver/SimpleIdServer/tree/master/samples/RequestAccessTokenM2M',
  },
}

/** What it reads otherwise than it was sent, and what it demands. */
function beforehand({
  token_endpoint,
  client_id,
  client_secret,
  body_encoding,
  scope,
  resource,
  dpop,
  ...config
}: TokenRequestConfig): readonly Beforehand[] {
  const readsJson = /^(-?\d+(\.\d+)?|true|false|null)$/
  return [
    ...(scope === '' ? [{ text: 'SimpleIdServer demands a scope.', fix: askForRead }] : []),
    ...(authMethodOf(config).parameters.includes('client_secret') &&
    /[%+]/.test(client_secret) &&
    body_encoding === 'once'
      ? [
          {
            text: 'SimpleIdServer decodes the body twice: a secret with % or + arrives as another one.',
            fix: { text: 'Encode ID and secret twice', change: { body_encoding: 'twice' as const } },
          },
        ]
      : []),
    ...(authMethodOf(config).parameters.includes('client_secret') && readsJson.test(client_secret)
      ? [
          {
            text: 'SimpleIdServer reads the values of the body as JSON: a secret like this one ends in status 500. Basic is not affected.',
            fix: inBasic,
          },
        ]
      : []),
    ...(body_encoding === 'twice'
      ? [
          {
            text: 'ID and secret are encoded twice in the body, for a server that decodes them twice.',
            fix: { text: 'Encode them once', change: { body_encoding: 'once' as const } },
          },
        ]
      : []),
    ...(/^\d+$/.test(client_id) && !inHeader(config)
      ? [{ text: 'SimpleIdServer reads a client ID of digits as a number, and fails with status 500.' }]
      : []),
    ...(inHeader(config) && /:/.test(client_id + client_secret)
      ? [
          {
            text: 'SimpleIdServer splits the Basic header at every colon and decodes nothing: this ID or secret fits into no header.',
            fix: inBody,
          },
        ]
      : []),
    ...(resource.some((one) => /^https?:/.test(one))
      ? [{ text: 'SimpleIdServer finds an API resource by its name, not by its URL.' }]
      : []),
    ...(dpop.on && token_endpoint.startsWith('https:')
      ? [
          {
            text: 'Over https this server speaks HTTP/2, which writes the header in lower case, and then it finds no proof. Set "Protocols": "Http1" for Kestrel, use its http port, or send through the relay.',
          },
        ]
      : []),
    ...(dpop.on && dpop.lifetime === 0
      ? [
          {
            text: 'SimpleIdServer demands an exp in the proof.',
            fix: { text: 'Proofs of 200 s', change: { dpop: { lifetime: 200 } } },
          },
        ]
      : []),
  ]
}

export const simpleIdServer: ServerRecord = {
  about:
    'The values of SimpleIdServer’s machine-to-machine tutorial. It must allow this page’s origin, and its certificate must be trusted.',
  guide,
  beforehand,
  reach: {
    ...aspNetReach,
    fails: {
      registration:
        'SimpleIdServer fails at a registration that has its keys in jwks: give it a jwks_uri instead.',
    },
  },
  endpoints: {
    jwks_uri: '{base}/{realm}/jwks',
    introspection_endpoint: '{base}/{realm}/token_info',
    revocation_endpoint: '{base}/{realm}/token/revoke',
    registration_endpoint: '{base}/{realm}/register',
  },
  // It hands its revocation the form instead of the header fields.
  operations: {
    revocation: (config) =>
      inHeader(config)
        ? {
            text: 'SimpleIdServer reads the credentials of a revocation from the body alone and ignores the Basic header; the client has to be registered for client_secret_post.',
            source: source(
              'RevokeTokenRequestHandler.cs',
              `${library}/Api/Token/RevokeTokenRequestHandler.cs`,
            ),
            fix: {
              text: 'Use client_secret_post',
              change: { token_endpoint_auth_method: 'client_secret_post' },
            },
          }
        : null,
  },
}
