import { always, type Deviations, set } from './entry.ts'

const guide = 'https://www.keycloak.org/docs/latest/'

const wrongSecret = always(
  'Keycloak says unauthorized_client of a wrong secret, and invalid_client of a client that it does not know.',
  'keycloak/keycloak#49625',
)

/** Measured on Keycloak 26.7.3. */
export const keycloak: Deviations = {
  'wrong-secret-post': wrongSecret,
  'wrong-secret-basic': wrongSecret,
  challenge: always('Keycloak sends no challenge from its token endpoint.', 'keycloak/keycloak#11741'),
  'empty-scope': always('Keycloak reads an empty scope as a scope without a name.'),
  'two-methods': always('Keycloak uses the secret of the body, and does not look at the header.'),
  'error-characters': always('Keycloak repeats the scopes that were asked for in error_description.'),
  'error-disclosure': always(
    'Keycloak names its Java exception in error_description if the signature of a DPoP proof is wrong.',
  ),
  'dpop-error': always(
    'Keycloak says invalid_request of each bad proof: the code that it has to send if there is no proof.',
    'keycloak/keycloak#34842',
  ),
  get: always('Keycloak responds to GET with 405, without Allow and without CORS.'),
  'cors-refusal': always(
    'Keycloak looks for the client, and so for its Web origins, after grant_type and the form: those refusals have no CORS.',
  ),
  'cors-expose': always('Keycloak exposes Access-Control-Allow-Methods alone.'),
  'cors-vary': always('Keycloak repeats the origin, and sends no Vary.'),
  'jwt-profile': set(
    'Switch on “Use "at+jwt" as access token header type” of the client: Advanced, Fine grain OpenID Connect configuration, since 26.2.',
    'keycloak/keycloak#37573',
    'https://github.com/keycloak/keycloak/pull/37573',
  ),
  'jwt-audience': set(
    'Keycloak names “account” by the roles that each service account has, and an API by an Audience mapper. Switch off “Full scope allowed” of the client, and add the mapper.',
    'Keycloak: audience',
    `${guide}server_admin/index.html#_audience_hardcoded`,
  ),
  'introspect-active': set(
    'Keycloak calls a token inactive to a client that its aud does not name. Add an Audience mapper for the client that introspects.',
    'Keycloak: introspection and aud',
    `${guide}upgrading/index.html#token-introspection-now-validates-audience-claim`,
  ),
  'revoke-garbage': always('Keycloak responds with 200, and says invalid_token.'),
}

const assertionTime = always(
  'Hydra responds with 500 to an assertion whose exp, nbf or iat is wrong.',
  'ory/hydra#2066',
)

/** Measured on Hydra 2.3.0. */
export const hydra: Deviations = {
  challenge: always('The token endpoint of Hydra sends no challenge.'),
  'unknown-grant-type': always('Hydra says invalid_request of a grant that it does not know.'),
  'repeated-parameter': always('Hydra reads the first value.'),
  'repeated-grant-type': always('Hydra reads the first value.'),
  'no-scope': set(
    'Hydra issues a token for nothing if no scope is asked for. Set oauth2.client_credentials.default_grant_allowed_scope to true: the client then gets all scopes that it may have.',
    'Hydra: configuration',
    'https://www.ory.sh/docs/hydra/reference/configuration',
  ),
  'metadata-form': always('Hydra lists private_key_jwt without its algorithms.'),
  'jwt-profile': always('The typ of Hydra’s access tokens is JWT.'),
  'jwt-audience': set(
    'Hydra names an audience only if the client may have it (its audience list) and asks for it, by the parameter audience.',
    'Hydra: hydra create client --audience',
    'https://www.ory.sh/docs/hydra/cli/hydra-create-client',
  ),
  'assertion-expired': assertionTime,
  'assertion-future-nbf': assertionTime,
  'assertion-aud-issuer': always('Hydra wants the token endpoint as audience.'),
  'error-json': always('Hydra says jti_known of an assertion that it saw before.'),
  'cors-expose': set(
    'Hydra exposes some fields of HTTP alone. Add WWW-Authenticate to serve.public.cors.exposed_headers.',
    'Hydra: configuration',
    'https://www.ory.sh/docs/hydra/reference/configuration',
  ),
  'introspect-anonymous': always(
    'Hydra introspects at its administration port, without authentication. Keep that port from everybody else.',
  ),
}
