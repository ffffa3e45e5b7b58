/**
 * `specified`: by RFC 6749 section 5.2 itself; `registered`: for token endpoints, in IANA’s OAuth Extensions Error
 * Registry; `unregistered`: neither.
 */
export type Registration = 'specified' | 'registered' | 'unregistered'

const registrations: Readonly<Record<string, Registration>> = {
  invalid_request: 'specified',
  invalid_client: 'specified',
  invalid_grant: 'specified',
  unauthorized_client: 'specified',
  unsupported_grant_type: 'specified',
  invalid_scope: 'specified',
  invalid_target: 'registered',
  invalid_authorization_details: 'registered',
  use_dpop_nonce: 'registered',
  invalid_dpop_proof: 'registered',
  access_denied: 'registered',
  authorization_pending: 'registered',
  slow_down: 'registered',
  expired_token: 'registered',
}

/** How an error code of a token endpoint is known. */
export const registrationOf = (code: string): Registration =>
  (Object.hasOwn(registrations, code) && registrations[code]) || 'unregistered'
