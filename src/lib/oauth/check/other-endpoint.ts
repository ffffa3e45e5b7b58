/** Another endpoint that was typed for the token endpoint. */
export type OtherEndpoint =
  /** `url` is what Find starts from. */
  | { readonly kind: 'discovery'; readonly what: string; readonly url: string }
  /** `url` is where the token endpoint is, if the server has it in the same shape; `isSure` if the path has no other use. */
  | { readonly kind: 'endpoint'; readonly what: string; readonly url: string; readonly isSure: boolean }

const authorization = 'the authorization endpoint'
const userinfo = 'the userinfo endpoint'
const introspection = 'the introspection endpoint'
const revocation = 'the revocation endpoint'
const keys = 'the address of the server’s keys'
const device = 'the device authorization endpoint'
const logout = 'the address where users log out'
const registration = 'the registration endpoint'
const issuer = 'the issuer'

/** The end of a path, what is there, and what the token endpoint of the same server has in its place. The first that fits is used. */
const shapes: readonly (readonly [end: RegExp, what: string, token: string])[] = [
  // Keycloak
  [/\/protocol\/openid-connect\/(?:auth|login)$/, authorization, '/protocol/openid-connect/token'],
  [/\/protocol\/openid-connect\/token\/introspect$/, introspection, '/protocol/openid-connect/token'],
  [/\/protocol\/openid-connect\/auth\/device$/, device, '/protocol/openid-connect/token'],
  [/(\/realms\/[^/]+)\/account$/, 'the account page', '$1/protocol/openid-connect/token'],
  [/(\/realms\/[^/]+)\/clients-registrations\/.*$/, registration, '$1/protocol/openid-connect/token'],
  [/(\/realms\/[^/]+)\/?$/, issuer, '$1/protocol/openid-connect/token'],
  [/\/protocol\/openid-connect$/, 'the beginning of the endpoints', '/protocol/openid-connect/token'],
  // Entra ID
  [/\/discovery\/v2\.0\/keys$/, keys, '/oauth2/v2.0/token'],
  [/\/discovery\/keys$/, keys, '/oauth2/token'],
  [/\/v2\.0\/?$/, issuer, '/oauth2/v2.0/token'],
  // Okta, Google
  [/(\/oauth2\/(?:default|aus\w{10,}))\/?$/, issuer, '$1/v1/token'],
  [/\/o\/oauth2\/(?:v2\/)?auth$/, authorization, '/token'],
  // GitHub, Ping, IdentityServer
  [/\/login\/oauth\/authorize$/, authorization, '/login/oauth/access_token'],
  [/\/authorization\.oauth2$/, authorization, '/token.oauth2'],
  [/\/introspect\.oauth2$/, introspection, '/token.oauth2'],
  [/\/revoke_token\.oauth2$/, revocation, '/token.oauth2'],
  [/\/connect\/endsession$/, logout, '/connect/token'],
  [/\/connect\/deviceauthorization$/, device, '/connect/token'],
  // Its token endpoint is one level below, whatever the authorization endpoint has before.
  [/\/idp\/userinfo\.openid$/, userinfo, '/as/token.oauth2'],
  [/\/pf\/JWKS$/, keys, '/as/token.oauth2'],
  // Of any server
  [/\/authorize\/?$/, authorization, '/token'],
  [/\/authorization\/?$/, authorization, '/token'],
  [/\/(?:user_?info|me)\/?$/i, userinfo, '/token'],
  [/\/token\/(?:introspect|introspection|info)\/?$/, introspection, '/token'],
  [/\/(?:introspect|introspection|introspect_token|token_?info)\/?$/, introspection, '/token'],
  [/\/(?:token\/)?revo(?:ke|cation|ke_token)\/?$/, revocation, '/token'],
  [/\/(?:jwks(?:\.json|_uri)?|certs)\/?$/, keys, '/token'],
  [/\/device(?:_authorization|\/code|_code|code|\/auth)\/?$/, device, '/token'],
  [/\/(?:logout|end_?session|session\/end)\/?$/, logout, '/token'],
  [/\/(?:register|reg|registration|connect\/register)\/?$/, registration, '/token'],
  [/\/par\/?$/, 'the endpoint for pushed authorization requests', '/token'],
]

/** Ends that a token endpoint of somebody’s own may have too. */
const doubtful: typeof shapes = [
  [/\/auth\/?$/, authorization, '/token'],
  [/\/keys\/?$/, keys, '/token'],
  [/\/login\/?$/, 'a login page', '/token'],
]

/** Servers whose token endpoint is at another place than next to the one that was typed. */
const elsewhere: readonly (readonly [host: RegExp, token: string])[] = [
  [/(^|\.)auth0\.com$/, '/oauth/token'],
  [/\.amazoncognito\.com$/, '/oauth2/token'],
  [/^accounts\.google\.com$/, 'https://oauth2.googleapis.com/token'],
  [/^www\.googleapis\.com$/, 'https://oauth2.googleapis.com/token'],
]

/** What another endpoint than that for tokens is, by the end of its path; `null` if nothing shows it. */
export function tokenEndpointFor(url: URL): OtherEndpoint | null {
  const [before = '', document] = url.pathname.split(/\/\.well-known(?:\/|$)/)
  if (document !== undefined)
    return /(^|\/)jwks(\.json)?$|^keys$/.test(document)
      ? { kind: 'discovery', what: keys, url: url.origin + before }
      : { kind: 'discovery', what: 'a discovery document', url: url.href }
  if (url.pathname === '/')
    return { kind: 'discovery', what: 'the address of a server, without a path', url: url.origin }
  for (const [end, what, token] of shapes)
    if (end.test(url.pathname))
      return made(url, what, url.pathname.replace(end, token + slash(url, end)), true)
  for (const [end, what, token] of doubtful)
    if (end.test(url.pathname))
      return made(url, what, url.pathname.replace(end, token + slash(url, end)), false)
  return null
}

/** Django and authentik end their paths with a slash. */
const slash = ({ pathname }: URL, end: RegExp): string =>
  pathname.endsWith('/') && end.source.endsWith('\\/?$') ? '/' : ''

function made(url: URL, what: string, path: string, isSure: boolean): OtherEndpoint {
  const other = elsewhere.find(([host]) => host.test(url.hostname))?.[1]
  const target = new URL(other ?? path, url)
  return { kind: 'endpoint', what, url: target.href, isSure }
}
