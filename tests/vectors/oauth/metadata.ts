/** Metadata as servers publish it, cut to what this project reads, and a little more. */

/** The example of RFC 8414 section 3.2. */
export const example8414 = {
  issuer: 'https://server.example.com',
  authorization_endpoint: 'https://server.example.com/authorize',
  token_endpoint: 'https://server.example.com/token',
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'],
  userinfo_endpoint: 'https://server.example.com/userinfo',
  jwks_uri: 'https://server.example.com/jwks.json',
  registration_endpoint: 'https://server.example.com/register',
  scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
  response_types_supported: ['code', 'code token'],
  service_documentation: 'http://server.example.com/service_documentation.html',
  ui_locales_supported: ['en-US', 'en-GB', 'en-CA', 'fr-FR', 'fr-CA'],
}

const sidAlgs = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'none']

/** SimpleIdServer, with realms. */
export const simpleIdServer = {
  issuer: 'https://localhost:5001/master',
  authorization_endpoint: 'https://localhost:5001/master/authorization',
  token_endpoint: 'https://localhost:5001/master/token',
  jwks_uri: 'https://localhost:5001/master/jwks',
  introspection_endpoint: 'https://localhost:5001/master/token_info',
  revocation_endpoint: 'https://localhost:5001/master/token/revoke',
  registration_endpoint: 'https://localhost:5001/master/register',
  tls_client_certificate_bound_access_tokens: true,
  scopes_supported: ['openid', 'profile', 'read'],
  grant_types_supported: ['client_credentials', 'refresh_token', 'authorization_code'],
  token_endpoint_auth_methods_supported: [
    'private_key_jwt',
    'client_secret_basic',
    'client_secret_jwt',
    'client_secret_post',
    'tls_client_auth',
    'self_signed_tls_client_auth',
  ],
  token_endpoint_auth_signing_alg_values_supported: sidAlgs,
  dpop_signing_alg_values_supported: sidAlgs,
  authorization_details_supported: true,
}

/** Keycloak in a container that does not know its public host name. */
export const keycloak = {
  issuer: 'http://keycloak:8080/realms/lab',
  token_endpoint: 'http://keycloak:8080/realms/lab/protocol/openid-connect/token',
  introspection_endpoint: 'http://keycloak:8080/realms/lab/protocol/openid-connect/token/introspect',
  revocation_endpoint: 'http://keycloak:8080/realms/lab/protocol/openid-connect/revoke',
  jwks_uri: 'http://keycloak:8080/realms/lab/protocol/openid-connect/certs',
  grant_types_supported: [
    'authorization_code',
    'implicit',
    'refresh_token',
    'password',
    'client_credentials',
  ],
  scopes_supported: ['openid', 'offline_access', 'email', 'basic', 'roles'],
  token_endpoint_auth_methods_supported: [
    'private_key_jwt',
    'client_secret_basic',
    'client_secret_post',
    'tls_client_auth',
    'client_secret_jwt',
  ],
  token_endpoint_auth_signing_alg_values_supported: [
    'PS384',
    'RS384',
    'EdDSA',
    'ES384',
    'HS256',
    'HS512',
    'ES256',
  ],
  dpop_signing_alg_values_supported: ['PS384', 'RS384', 'EdDSA', 'ES384', 'ES256'],
  tls_client_certificate_bound_access_tokens: true,
  mtls_endpoint_aliases: {
    token_endpoint: 'http://keycloak:8080/realms/lab/protocol/openid-connect/token',
  },
}

/** HelseID's test environment. */
export const helseId = {
  issuer: 'https://helseid-sts.test.nhn.no',
  jwks_uri: 'https://helseid-sts.test.nhn.no/.well-known/openid-configuration/jwks',
  token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token',
  introspection_endpoint: 'https://helseid-sts.test.nhn.no/connect/introspect',
  revocation_endpoint: 'https://helseid-sts.test.nhn.no/connect/revocation',
  grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS512', 'PS256', 'ES256'],
  dpop_signing_alg_values_supported: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256'],
}

/** Microsoft Entra ID, asked for the tenant `common`. */
export const entraCommon = {
  token_endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  jwks_uri: 'https://login.microsoftonline.com/common/discovery/v2.0/keys',
  issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  tenant_region_scope: null,
  cloud_instance_name: 'microsoftonline.com',
}
