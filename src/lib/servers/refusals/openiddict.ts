import type { Fix } from '../../explanation/explanation.ts'
import { scopeTokens } from '../../oauth/config/config.ts'
import { quoted } from '../../text/quoted.ts'
import { isHmac } from '../../why/refusal/causes/assertion-facts.ts'
import type { RefusalRecord } from '../../why/refusal/record.ts'
import type { Endpoint, Facts } from '../../why/refusal/facts/facts.ts'
import { openIddictRows } from './openiddict-rows.ts'

/** The client is made where the application starts. */
const permit = (...permissions: readonly string[]): readonly Fix[] => [
  `Add to Permissions of the client, where the application creates it: ${permissions.join(', ')}.`,
  'Update a client that is in the database already, by UpdateAsync of IOpenIddictApplicationManager: most samples create it once and never change it.',
]

/** A text of the server or the form as C# has it. */
const literal = (text: string): string => `"${quoted(text).replace(/["\\]/g, '')}"`

const permissions: Readonly<Partial<Record<Endpoint, string>>> = {
  token: 'Permissions.Endpoints.Token',
  introspection: 'Permissions.Endpoints.Introspection',
  revocation: 'Permissions.Endpoints.Revocation',
}

/** As the samples have them; the application decides. */
const paths: Readonly<Partial<Record<Endpoint, string>>> = {
  token: '/connect/token',
  introspection: '/connect/introspect',
  revocation: '/connect/revoke',
  metadata: '/.well-known/openid-configuration',
  keys: '/.well-known/jwks',
}

const setters: Readonly<Partial<Record<Endpoint, string>>> = {
  token: 'SetTokenEndpointUris',
  introspection: 'SetIntrospectionEndpointUris',
  revocation: 'SetRevocationEndpointUris',
}

const rightPath = ({ endpoint, sent: { url } }: Facts): readonly Fix[] => {
  const [path, setter] = [paths[endpoint], setters[endpoint]]
  if (path === undefined) return []
  const to = url.origin + path
  return [
    ...(to === url.href ? [] : [{ text: `Use ${to}, as the samples have it`, moveTo: to }]),
    ...(setter
      ? [
          `Set the path in the application: options.${setter}("${path.slice(1)}"). Without it, the server has no endpoint for ${endpoint}.`,
        ]
      : []),
  ]
}

const registerKey =
  'Register the public key with the client, where the application creates it: JsonWebKeySet = new JsonWebKeySet { Keys = { ... } }.'

/** What OpenIddict says when it refuses. */
export const openIddict: RefusalRecord = {
  name: 'OpenIddict',
  rows: openIddictRows,
  order: [
    // "no permission at all": the endpoint's is named, not the grant's
    ['enabled', 'grant'],
  ],
  fixes: {
    'scope-permission-missing': ({ config }) =>
      permit(...scopeTokens(config.scope).map((scope) => `Permissions.Prefixes.Scope + ${literal(scope)}`)),
    'scope-unknown': ({ config }) =>
      /[,;]/.test(config.scope)
        ? []
        : [
            `Register the scope in the application: options.RegisterScopes(${scopeTokens(config.scope).map(literal).join(', ')}), or CreateAsync of IOpenIddictScopeManager.`,
          ],
    'endpoint-permission-missing': ({ endpoint }) =>
      permit(permissions[endpoint] ?? 'that of Permissions.Endpoints'),
    'grant-not-allowed': () => permit('Permissions.GrantTypes.ClientCredentials'),
    'grant-not-enabled': () => [
      'Turn the grant on in the application: options.AllowClientCredentialsFlow() in AddServer.',
    ],
    'public-client': () => [
      'Make the client a confidential one where the application creates it: ClientType = ClientTypes.Confidential, with a ClientSecret or a JsonWebKeySet.',
    ],
    'client-unknown': () => [
      'See that the application creates the client in the database that it uses now: CreateAsync of IOpenIddictApplicationManager.',
    ],
    'secret-wrong': () => [
      'Set the secret anew where the application creates the client (ClientSecret); if the client has keys only, sign with private_key_jwt.',
      'Read the application’s log: OpenIddict writes there which of the two it is.',
    ],
    'resource-unknown': ({ config }) => [
      `Register the resource in the application: options.RegisterResources(${config.resource.filter(Boolean).map(literal).join(', ')}).`,
    ],
    'resource-permission-missing': ({ config }) =>
      permit(
        ...config.resource
          .filter(Boolean)
          .map((resource) => `Permissions.Prefixes.Resource + ${literal(resource)}`),
      ),
    'https-required': () => [
      'Use the https address of the application. On one’s own machine only: options.UseAspNetCore().DisableTransportSecurityRequirement().',
    ],
    'assertion-typ': () => [
      'Send typ client-authentication+jwt in the header of the assertion: this server accepts no other.',
    ],
    'assertion-audience': () => ['Send the issuer as aud, and nothing else: not the token endpoint.'],
    'assertion-two-audiences': () => ['Send one aud: the issuer.'],
    'assertion-key-unknown': ({ sent: { assertion } }) =>
      isHmac(assertion)
        ? [
            'Sign with the client’s private key (private_key_jwt, RS256 or ES256): this server verifies no assertion made with a secret.',
          ]
        : [registerKey],
    'assertion-signature': () => [registerKey],
    'path-unknown': rightPath,
    'custom-rule': () => [
      'Look for Forbid or Reject in the application’s own token handler: its rule refuses this request.',
    ],
    exception: ({ came: { words } }) =>
      /subject/i.test(words)
        ? ['Set the subject (the claim sub) of the principal in the application’s token handler.']
        : [],
    'cors-after-authentication': () => [
      'In the application, call app.UseCors() before app.UseAuthentication(): UseAuthentication handles the requests of OpenIddict itself.',
    ],
  },
  meanings: {
    'secret-wrong':
      'The server knows the client. Either the secret is not the one it has, or the client has keys only and no secret at all: the server says the same of both.',
    'endpoint-permission-missing':
      'Each endpoint needs a permission of its own, in addition to those for grant and scope.',
    'scope-permission-missing':
      'The scope exists. Each client needs a permission for each scope, and this one has none for a scope that was asked for.',
  },
  rejects: ({ assertion, basic_encoding: encoding }) =>
    // It accepts the issuer as aud, and one typ; it decodes the header.
    (assertion?.aud !== undefined && assertion.aud !== 'issuer') ||
    (assertion?.typ !== undefined && assertion.typ !== 'client-authentication+jwt') ||
    encoding === 'raw',
}
