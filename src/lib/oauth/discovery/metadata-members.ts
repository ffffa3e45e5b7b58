import { rfc, type SpecLink } from '../../spec.ts'

/** A member of the metadata that is known by name. */
export interface KnownMember {
  readonly means: string
  /** Whether it has to do with this grant. */
  readonly matters: boolean
  readonly spec: SpecLink | null
}

const matters = (means: string, spec: SpecLink): KnownMember => ({ means, matters: true, spec })
const defined = rfc(8414, '2')

/** Those that matter for this grant, in the order they are shown. */
const ofThisGrant: Readonly<Record<string, KnownMember>> = {
  issuer: matters('Who the server is: iss of its tokens, and aud of a client assertion.', defined),
  token_endpoint: matters('Where the token request goes.', defined),
  grant_types_supported: matters('The grants it knows; this one is client_credentials.', defined),
  token_endpoint_auth_methods_supported: matters('How clients may authenticate.', defined),
  token_endpoint_auth_signing_alg_values_supported: matters(
    'What a client assertion may be signed with.',
    defined,
  ),
  scopes_supported: matters('Scopes to ask for; it need not list them all.', defined),
  jwks_uri: matters('Where its public keys are, to verify its tokens with.', defined),
  introspection_endpoint: matters('Where to ask whether a token is valid.', defined),
  introspection_endpoint_auth_methods_supported: matters('How to authenticate there.', defined),
  introspection_endpoint_auth_signing_alg_values_supported: matters(
    'What an assertion may be signed with there.',
    defined,
  ),
  revocation_endpoint: matters('Where to revoke a token.', defined),
  revocation_endpoint_auth_methods_supported: matters('How to authenticate there.', defined),
  revocation_endpoint_auth_signing_alg_values_supported: matters(
    'What an assertion may be signed with there.',
    defined,
  ),
  registration_endpoint: matters('Where a client may register itself.', defined),
  dpop_signing_alg_values_supported: matters(
    'Tokens can be bound to a key by DPoP; a proof may be signed with these.',
    rfc(9449, '5.1'),
  ),
  authorization_details_types_supported: matters(
    'The types that authorization_details may have.',
    rfc(9396, '10'),
  ),
  authorization_details_supported: matters(
    'SimpleIdServer’s own name for: authorization_details is understood.',
    rfc(9396, '10'),
  ),
  tls_client_certificate_bound_access_tokens: matters(
    'Tokens can be bound to the client’s certificate.',
    rfc(8705, '3.3'),
  ),
  mtls_endpoint_aliases: matters('The endpoints for clients that show a certificate.', rfc(8705, '5')),
  signed_metadata: matters('The same as a signed JWT. This page does not use it.', rfc(8414, '2')),
}

/** Groups of members that are known and have nothing to do with this grant. */
const others: readonly (readonly [means: string, spec: SpecLink | null, names: readonly string[]])[] = [
  [
    'For grants that lead a user through the browser.',
    defined,
    [
      'authorization_endpoint',
      'response_types_supported',
      'response_modes_supported',
      'code_challenge_methods_supported',
    ],
  ],
  [
    'For grants that lead a user through the browser.',
    null,
    [
      'pushed_authorization_request_endpoint',
      'require_pushed_authorization_requests',
      'authorization_response_iss_parameter_supported',
      'request_parameter_supported',
      'request_uri_parameter_supported',
      'require_request_uri_registration',
      'require_signed_request_object',
      'request_object_signing_alg_values_supported',
      'request_object_encryption_alg_values_supported',
      'request_object_encryption_enc_values_supported',
      'authorization_signing_alg_values_supported',
      'authorization_encryption_alg_values_supported',
      'authorization_encryption_enc_values_supported',
      'prompt_values_supported',
      'acr_values_supported',
      'display_values_supported',
      'device_authorization_endpoint',
      'backchannel_authentication_endpoint',
      'backchannel_token_delivery_modes_supported',
      'backchannel_user_code_parameter_supported',
      'backchannel_authentication_request_signing_alg_values_supported',
    ],
  ],
  [
    'About users, whom this grant has not (OpenID Connect).',
    null,
    [
      'userinfo_endpoint',
      'userinfo_signing_alg_values_supported',
      'userinfo_encryption_alg_values_supported',
      'userinfo_encryption_enc_values_supported',
      'subject_types_supported',
      'id_token_signing_alg_values_supported',
      'id_token_encryption_alg_values_supported',
      'id_token_encryption_enc_values_supported',
      'claim_types_supported',
      'claims_supported',
      'claims_locales_supported',
      'claims_parameter_supported',
      'end_session_endpoint',
      'check_session_iframe',
      'frontchannel_logout_supported',
      'frontchannel_logout_session_supported',
      'backchannel_logout_supported',
      'backchannel_logout_session_supported',
    ],
  ],
  [
    'For people who read about the server.',
    defined,
    ['service_documentation', 'ui_locales_supported', 'op_policy_uri', 'op_tos_uri'],
  ],
  [
    'For responses of the introspection endpoint that are signed or encrypted.',
    rfc(9701, '5'),
    [
      'introspection_signing_alg_values_supported',
      'introspection_encryption_alg_values_supported',
      'introspection_encryption_enc_values_supported',
    ],
  ],
  ['The APIs that this server is for.', null, ['protected_resources']],
]

/** All members known by name, those that matter first. */
export const knownMembers: Readonly<Record<string, KnownMember>> = {
  ...ofThisGrant,
  ...Object.fromEntries(
    others.flatMap(([means, spec, names]) => names.map((name) => [name, { means, matters: false, spec }])),
  ),
}
