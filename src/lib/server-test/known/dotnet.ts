import { always, type Deviations, set } from './entry.ts'

/** Measured on SimpleIdServer, built from its source at 57ab71c. */
export const simpleIdServer: Deviations = {
  'secret-case': always('SimpleIdServer compares secrets without regard to case.'),
  'two-methods': always('SimpleIdServer accepts both at once.'),
  'basic-case': always('SimpleIdServer knows “Basic” alone.'),
  'basic-malformed': always('SimpleIdServer does not expect it, and responds with 500.'),
  'jwks-usable': always('SimpleIdServer writes an empty key_ops for each key.'),
  'fresh-token': always('Tokens of SimpleIdServer have no jti: two of one second are the same.'),
  'no-refresh-token': always('SimpleIdServer issues a refresh token that nobody can use.'),
  'assertion-aud-two': always('SimpleIdServer does not expect a list, and responds with 500.'),
  'assertion-future-nbf': always('SimpleIdServer does not look at nbf.'),
  'dpop-header-case': always(
    'SimpleIdServer knows “DPoP” alone, and HTTP/2 never sends it so: offer HTTP/1.1.',
  ),
  'dpop-future-iat': always('SimpleIdServer accepts an iat in the future.'),
  'dpop-no-jti': always('SimpleIdServer does not look at jti.'),
  'dpop-private-jwk': always('SimpleIdServer accepts a private key in jwk.'),
}

const duendeDocs = 'https://docs.duendesoftware.com/identityserver/reference/'

/** Measured on IdentityServer4, which does the same in these respects. */
export const duende: Deviations = {
  'wrong-secret-basic': always(
    'IdentityServer responds with 400 to a wrong secret, also in the header, as OpenID Connect has it.',
    'IdentityServer/IdentityServer3#1740',
  ),
  'two-methods': always('IdentityServer reads Basic, and does not look at the body.'),
  'repeated-parameter': always('IdentityServer does not refuse a parameter that is there twice.'),
  'jwt-audience': set(
    'IdentityServer names an audience for the scopes of an ApiResource alone. Add one, or set EmitStaticAudienceClaim.',
    'IdentityServer: options',
    `${duendeDocs}options`,
  ),
  'introspect-active': set(
    'IdentityServer lets APIs introspect: by the name of an ApiResource, and one of its ApiSecrets.',
    'IdentityServer: introspection endpoint',
    `${duendeDocs}endpoints/introspection`,
  ),
}

/** Measured on OpenIddict 7.8. */
export const openIddict: Deviations = {
  challenge: set(
    'OpenIddict’s challenge has no realm unless SetRealm of UseAspNetCore names one.',
    'OpenIddict: WWW-Authenticate',
    'https://github.com/openiddict/openiddict-core/pull/902',
  ),
  'repeated-parameter': always('OpenIddict reads a parameter that is there twice as if it were not there.'),
  'assertion-error': always(
    'OpenIddict says invalid_token of an assertion for another server, and invalid_grant if iss and sub differ.',
  ),
}
