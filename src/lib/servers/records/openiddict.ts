import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { aspNetCors, aspNetCorsSource, aspNetReach } from '../frameworks/asp-net.ts'

const aridka = (label: string, path: string): Source => ({
  label,
  href: `https://github.com/openiddict/openiddict-samples/blob/dev/samples/Aridka/${path}`,
})

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'A library: the ASP.NET Core application around it decides about CORS and about the endpoint’s path. Shown is its client credentials sample, Aridka.',
  labels: { base: 'Base URL' },
  cors: ({ origin }) => [
    {
      text: 'Open the address once in a tab of its own and accept the development certificate.',
      code: 'https://localhost:44385',
    },
    aspNetCors(origin, 'app.UseAuthentication();'),
  ],
  client: () => [
    {
      text: 'The sample comes with one.',
      fix: {
        text: 'Use the sample’s client',
        change: {
          client_id: 'console',
          client_secret: '388D45FA-B36B-4988-BA59-B187D329C207',
          scope: '',
          token_endpoint_auth_method: 'client_secret_post',
        },
      },
    },
    {
      text: 'Another, where the application starts:',
      language: 'C#',
      code: `await manager.CreateAsync(new OpenIddictApplicationDescriptor
{
    ClientId = "m2m",
    ClientSecret = "change-me",
    Permissions =
    {
        Permissions.Endpoints.Token,
        Permissions.GrantTypes.ClientCredentials,
        Permissions.Prefixes.Scope + "api"
    }
});`,
    },
  ],
  start: () => [
    inTerminal(
      'git clone https://github.com/openiddict/openiddict-samples\ncd openiddict-samples/samples/Aridka/Aridka.Server\ndotnet run',
      'Then https://localhost:44385.',
    ),
  ],
  quirks: [
    {
      text: 'Access tokens are encrypted, so that only the API can read them: five parts, of which this page can show the header. options.DisableAccessTokenEncryption() leaves them signed only.',
      source: {
        label: 'OpenIddict: encryption and signing credentials',
        href: 'https://documentation.openiddict.com/configuration/encryption-and-signing-credentials.html',
      },
    },
    {
      text: 'A client needs a permission for the token endpoint, one for this grant, and one for each scope that it asks for.',
      source: aridka('Aridka: Worker.cs', 'Aridka.Server/Worker.cs'),
    },
    {
      text: 'UseCors after UseAuthentication is too late: the preflight has no credentials.',
      source: aspNetCorsSource,
    },
  ],
  source: aridka('OpenIddict sample Aridka: Startup.cs', 'Aridka.Server/Startup.cs'),
}

export const openIddict: ServerRecord = {
  guide,
  reach: { ...aspNetReach, acceptsSlash: true },
  endpoints: {
    jwks_uri: '{base}/.well-known/jwks',
    introspection_endpoint: '{base}/connect/introspect',
    revocation_endpoint: '{base}/connect/revoke',
  },
}
