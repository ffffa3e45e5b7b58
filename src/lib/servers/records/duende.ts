import { aspNetReach } from '../frameworks/asp-net.ts'
import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const cors: Source = {
  label: 'Duende IdentityServer: CORS',
  href: 'https://docs.duendesoftware.com/identityserver/tokens/cors/',
}

const coverIntrospection = 'options.Cors.CorsPaths.Add("/connect/introspect") covers introspection too.'

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'Allows a page whose origin one of its clients lists in AllowedCorsOrigins. IdentityServer4 does the same.',
  labels: { base: 'Base URL' },
  cors: ({ origin }) => [
    {
      text: 'Open the address once in a tab of its own and accept the development certificate.',
      code: 'https://localhost:5001',
    },
    {
      text: 'In the definition of the client, with the in-memory or the Entity Framework configuration. With a client store of your own, implement ICorsPolicyService.',
      language: 'C#',
      code: `AllowedCorsOrigins = { "${origin}" }`,
    },
    {
      text: 'If it still fails, the log of the server says whom it turned away:',
      code: `CorsPolicyService did not allow origin: ${origin}`,
    },
  ],
  client: () => [
    {
      text: 'The template duende-is-inmem comes with one.',
      fix: {
        text: 'Use the template’s client',
        change: {
          client_id: 'm2m.client',
          client_secret: '511536EF-F270-4058-80CA-1C89C192F69A',
          scope: 'scope1',
          token_endpoint_auth_method: 'client_secret_post',
        },
      },
    },
    {
      text: 'Another, in Config.cs:',
      language: 'C#',
      code: `new Client
{
    ClientId = "m2m",
    ClientSecrets = { new Secret("change-me".Sha256()) },
    AllowedGrantTypes = GrantTypes.ClientCredentials,
    AllowedScopes = { "scope1" },
}`,
    },
  ],
  start: () => [
    inTerminal(
      'dotnet new install Duende.Templates\ndotnet new duende-is-inmem -n IdentityServer\ncd IdentityServer\ndotnet run',
      'Then https://localhost:5001.',
    ),
  ],
  quirks: [
    {
      text: 'An origin is scheme, host and port, and compared letter by letter: with a slash at its end, or a path, it allows nobody.',
      source: cors,
    },
    {
      text: 'An entry that is not an origin at all makes the whole client invalid, and the response is invalid_client.',
      source: {
        label: 'IdentityServer4 #3970',
        href: 'https://github.com/DuendeArchive/IdentityServer4/issues/3970',
      },
    },
    {
      text: 'The origin is not looked up per client: what one client allows is allowed for all of them.',
      source: { label: 'Duende Support #754', href: 'https://github.com/DuendeArchive/Support/issues/754' },
    },
  ],
  source: {
    label: 'Duende IdentityServer: quickstarts',
    href: 'https://docs.duendesoftware.com/identityserver/quickstarts/0-overview/',
  },
}

export const duende: ServerRecord = {
  guide,
  reach: {
    ...aspNetReach,
    uncovered: {
      introspection: coverIntrospection,
    },
  },
  operations: {
    introspection: () => ({
      text: `CORS of this server does not cover introspection as it comes: no page can read what it responds there. In the application, ${coverIntrospection} Or ask through the relay, or from a terminal.`,
      source: cors,
      unreadable: true,
    }),
  },
  endpoints: {
    jwks_uri: '{base}/.well-known/openid-configuration/jwks',
    introspection_endpoint: '{base}/connect/introspect',
    revocation_endpoint: '{base}/connect/revocation',
  },
}
