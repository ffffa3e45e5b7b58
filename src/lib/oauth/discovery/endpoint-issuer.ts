/** What endpoints are called, as the last step of a path. */
const operation =
  '(?:token|token_info|access_token|introspect|introspection|revoke|revocation|authorize|userinfo|jwks|jwks\\.json|certs)'

const ending = (pattern: string): RegExp => new RegExp(`${pattern}/*$`, 'i')

/** How the paths of servers end at an endpoint, and what an issuer has there instead; the first that fits counts. */
const endings: readonly (readonly [ending: RegExp, instead: string])[] = [
  // Keycloak
  [ending('/protocol/openid-connect/.*'), ''],
  // Microsoft Entra ID
  [ending('/oauth2/v2\\.0/\\w+'), '/v2.0'],
  [ending('/discovery/v2\\.0/keys'), '/v2.0'],
  // Duende IdentityServer, HelseID
  [ending('/\\.well-known/openid-configuration/jwks'), ''],
  [ending('/\\.well-known/jwks(?:\\.json)?'), ''],
  // Okta: its own server, then those one can add
  [ending('/oauth2/v1/\\w+'), ''],
  [ending(`/v1/${operation}`), ''],
  // PingFederate
  [ending('/as/token\\.oauth2'), ''],
  // Salesforce
  [ending('/services/oauth2/\\w+'), ''],
  // SimpleIdServer, OpenIddict, Hydra, Spring, Auth0 and most others
  [ending(`(?:/(?:connect|oauth2?|mtls))*/${operation}(?:/${operation})?`), ''],
]

/** The issuer that an endpoint belongs to, guessed from how its path ends; `null` where it ends like none. */
export function issuerOfEndpoint(url: string): string | null {
  const { origin, pathname } = new URL(url)
  const known = endings.find(([end]) => end.test(pathname))
  return known ? origin + pathname.replace(known[0], known[1]) : null
}
