import type { ServerId } from '../servers/servers.ts'
import type { SpecLink } from '../spec.ts'
import type { RowId } from './table.ts'

/** Why a product does so, and what to set. */
export interface Known {
  readonly says: string
  /** The page of its documentation about that; `null` if it has no setting. */
  readonly link: SpecLink | null
}

type Deviations = Readonly<Partial<Record<RowId, Known>>>

/** It is so, and nothing changes it. */
const always = (says: string): Known => ({ says: `${says} It has no setting for that.`, link: null })

const set = (says: string, label: string, href: string): Known => ({ says, link: { label, href } })

const oidcProvider: Deviations = {
  challenge: always('oidc-provider sends a challenge only if the credentials were in the header.'),
  'assertion-error': always('oidc-provider says invalid_request of an assertion about another client.'),
}

const django = (setting: string): string =>
  `https://django-oauth-toolkit.readthedocs.io/en/latest/settings.html#${setting}`

const spring = 'https://docs.spring.io/spring-authorization-server/reference/'

/** Measured on Keycloak 26.7, Hydra 2.3, Spring Authorization Server 7.0, django-oauth-toolkit 3.4, FastAPI 0.165, SimpleIdServer and mock-oauth2-server 3.0, as they come. */
const known: Readonly<Partial<Record<ServerId, Deviations>>> = {
  local: oidcProvider,
  'oidc-provider': oidcProvider,
  keycloak: {
    'wrong-secret-post': always(
      'Keycloak says unauthorized_client of a wrong secret, and invalid_client of a client that it does not know.',
    ),
    'wrong-secret-basic': always(
      'Keycloak says unauthorized_client of a wrong secret, and invalid_client of a client that it does not know.',
    ),
    challenge: always('Keycloak sends no challenge from its token endpoint.'),
    'empty-scope': always('Keycloak reads an empty scope as a scope without a name.'),
    'two-methods': always('Keycloak uses the secret of the body, and does not look at the header.'),
    'error-characters': always('Keycloak repeats the scopes that were asked for in error_description.'),
    'dpop-error': always('Keycloak says invalid_request of each bad proof.'),
    get: always('Keycloak responds to GET with 405, without Allow and without CORS.'),
    'jwt-profile': set(
      'Switch on “Use "at+jwt" as access token header type” of the client: Advanced, Fine grain OpenID Connect configuration, since 26.2.',
      'Keycloak: administration guide',
      'https://www.keycloak.org/docs/latest/server_admin/index.html',
    ),
    'jwt-audience': set(
      'Keycloak names “account” by the roles that each service account has, and an API by an Audience mapper. Switch off “Full scope allowed” of the client, and add the mapper.',
      'Keycloak: audience',
      'https://www.keycloak.org/docs/latest/server_admin/index.html#_audience_hardcoded',
    ),
    'introspect-active': set(
      'Keycloak calls a token inactive to a client that its aud does not name. Add an Audience mapper for the client that introspects.',
      'Keycloak: introspection and aud',
      'https://www.keycloak.org/docs/latest/upgrading/index.html#token-introspection-now-validates-audience-claim',
    ),
    'revoke-garbage': always('Keycloak responds with 200, and says invalid_token.'),
  },
  hydra: {
    challenge: always('Hydra sends no challenge.'),
    'unknown-grant-type': always('Hydra says invalid_request of a grant that it does not know.'),
    'repeated-parameter': always('Hydra reads the first value.'),
    'repeated-grant-type': always('Hydra reads the first value.'),
    'metadata-form': always('Hydra lists private_key_jwt without its algorithms.'),
    'jwt-profile': set(
      'Hydra’s access tokens are of typ JWT.',
      'Hydra: JWT access tokens',
      'https://www.ory.sh/docs/oauth2-oidc/jwt-access-token',
    ),
    'jwt-audience': set(
      'Hydra names an audience only if the client may have it (its audience list) and asks for it, by the parameter audience.',
      'Hydra: hydra create client --audience',
      'https://www.ory.sh/docs/hydra/cli/hydra-create-client',
    ),
    'introspect-anonymous': always(
      'Hydra introspects at its administration port, without authentication. Keep that port from everybody else.',
    ),
  },
  spring: {
    challenge: always('The token endpoint of Spring Authorization Server sends no challenge.'),
    'error-json': always('Spring Security responds to a request without credentials with an empty 401.'),
    'two-methods': always('Spring Authorization Server reads Basic, and does not look at the body.'),
    get: set(
      'A GET is no request of the token endpoint, so that Spring Security sends it to the page for users. Have another entry point for requests that are not for a browser.',
      'Spring: defaultAuthenticationEntryPointFor',
      `${spring}getting-started.html`,
    ),
    'metadata-form': always('Spring lists private_key_jwt without its algorithms.'),
    'jwt-profile': set(
      'Set typ and client_id in an OAuth2TokenCustomizer.',
      'Spring: OAuth2TokenCustomizer',
      `${spring}core-model-components.html#oauth2-token-customizer`,
    ),
    'jwt-audience': set(
      'Spring puts the client into aud. Set aud in an OAuth2TokenCustomizer.',
      'Spring: OAuth2TokenCustomizer',
      `${spring}core-model-components.html#oauth2-token-customizer`,
    ),
    'dpop-error': always('Spring says invalid_request of two proofs.'),
  },
  django: {
    lifetime: set(
      'Tokens of django-oauth-toolkit live for ten hours unless ACCESS_TOKEN_EXPIRE_SECONDS says otherwise.',
      'django-oauth-toolkit: ACCESS_TOKEN_EXPIRE_SECONDS',
      django('access-token-expire-seconds'),
    ),
    challenge: always('django-oauth-toolkit responds to Basic with a challenge of Bearer.'),
    'missing-grant-type': always('django-oauth-toolkit says unsupported_grant_type.'),
    'repeated-parameter': always('django-oauth-toolkit reads the last value.'),
    'repeated-grant-type': always('django-oauth-toolkit reads the last value.'),
    'basic-case': always('django-oauth-toolkit knows “Basic” alone.'),
    'two-methods': always('django-oauth-toolkit does not look at the body if there is a header.'),
    'empty-scope': always('django-oauth-toolkit refuses an empty scope.'),
    'error-json': always('django-oauth-toolkit responds to a URL with a query with text/html.'),
    'metadata-true': always('django-oauth-toolkit lists no grant_types_supported.'),
    'api-none': set(
      'ProtectedResourceView responds with an empty 403. Use OAuth2Authentication of Django REST framework, as the first of its classes, for 401 and a challenge.',
      'django-oauth-toolkit: REST framework',
      'https://django-oauth-toolkit.readthedocs.io/en/latest/rest-framework/getting_started.html',
    ),
  },
  fastapi: {
    'missing-grant-type': validation(),
    'unknown-grant-type': validation(),
    'no-credentials': validation(),
    'error-json': set(
      'HTTPException puts its words under “detail”. Return a JSONResponse with error at its top.',
      'FastAPI: return a Response',
      'https://fastapi.tiangolo.com/advanced/response-directly/',
    ),
    'no-store': set(
      'FastAPI adds no Cache-Control. Set it on the response.',
      'FastAPI: response headers',
      'https://fastapi.tiangolo.com/advanced/response-headers/',
    ),
  },
  simpleidserver: {
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
  },
  'mock-oauth2-server': {
    'wrong-secret-post': mock(),
    'wrong-secret-basic': mock(),
    'unknown-client': mock(),
    'secret-case': mock(),
    'scope-beyond': mock(),
    'scope-malformed': mock(),
    'jwt-audience': always('mock-oauth2-server puts the scopes into aud.'),
    'cors-refusal': always('mock-oauth2-server sends the fields of CORS with tokens alone.'),
  },
}

function validation(): Known {
  return set(
    'FastAPI responds by itself with 422 if a field of the form is missing or wrong. Handle RequestValidationError, and respond with 400 and the error that the standard names.',
    'FastAPI: request validation errors',
    'https://fastapi.tiangolo.com/tutorial/handling-errors/#override-request-validation-exceptions',
  )
}

function mock(): Known {
  return set(
    'mock-oauth2-server is for tests: it accepts every client, secret and scope.',
    'mock-oauth2-server',
    'https://github.com/navikt/mock-oauth2-server#readme',
  )
}

/** What is known of a product in that respect, measured as it comes; `null` if nothing is. */
export const knownOf = (product: ServerId | null, id: RowId): Known | null =>
  (product === null ? undefined : known[product]?.[id]) ?? null
