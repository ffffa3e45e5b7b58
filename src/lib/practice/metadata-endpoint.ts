import { rfc } from '../spec.ts'
import { json } from './base/response.ts'
import type { Rule } from './base/check-log.ts'
import { authMethods } from './clients/auth-methods.ts'
import { authorizationTypes } from './tokens/authorization-details-types.ts'
import { practiceClients } from './clients/clients.ts'
import type { Endpoint } from './base/endpoint.ts'
import {
  practiceIntrospectionEndpoint,
  practiceOrigin,
  practiceResources,
  practiceRevocationEndpoint,
} from './base/origin.ts'
import { grantNames } from './base/server-state.ts'
import { jwksEndpoint } from './signatures/jwks-endpoint.ts'
import { registrationEndpoint } from './clients/registration-endpoint.ts'
import { macAlgs, supportedAlgs } from './signatures/signature-algs.ts'
import { tokenEndpoint } from './tokens/token-endpoint.ts'

/** The same at every endpoint where clients authenticate. */
const authMethodNames = authMethods.map(({ name }) => name)

const described: Rule = { what: 'The metadata names this issuer', spec: rfc(8414, '2') }

/**
 * What the server can do, taken from the tables it works by; what the browser can sign is added when it is asked. There is no `response_types_supported`: section 2
 * requires it, but without an authorization endpoint it would be empty, and section 3.2 forbids empty members.
 * @see RFC 8414 sections 2 and 3.2, RFC 9396 section 10, RFC 9449 section 5.1 and RFC 9728 section 4
 */
const metadata = {
  issuer: practiceOrigin,
  token_endpoint: practiceOrigin + tokenEndpoint.path,
  jwks_uri: practiceOrigin + jwksEndpoint.path,
  registration_endpoint: practiceOrigin + registrationEndpoint.path,
  introspection_endpoint: practiceIntrospectionEndpoint,
  revocation_endpoint: practiceRevocationEndpoint,
  scopes_supported: [...new Set(practiceClients.flatMap(({ scope }) => scope.split(' ')))],
  grant_types_supported: grantNames,
  token_endpoint_auth_methods_supported: authMethodNames,
  introspection_endpoint_auth_methods_supported: authMethodNames,
  revocation_endpoint_auth_methods_supported: authMethodNames,
  authorization_details_types_supported: authorizationTypes.map(({ type }) => type),
  protected_resources: practiceResources,
}

/** Not also at `openid-configuration`: this server is no OpenID Provider. @see RFC 8414 section 3 */
export const metadataEndpoint: Endpoint = {
  path: '/.well-known/oauth-authorization-server',
  method: 'GET',
  rule: { what: 'GET the authorization server metadata', spec: rfc(8414, '3') },
  answer: async (_request, { checks }) => {
    const algs = await supportedAlgs()
    checks.pass(described, practiceOrigin)
    const assertionAlgs = [...macAlgs, ...algs]
    return json(200, {
      ...metadata,
      token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
      introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
      revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
      dpop_signing_alg_values_supported: algs,
    })
  },
}
