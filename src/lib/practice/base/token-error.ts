import { json } from './response.ts'
import type { Rule } from './check-log.ts'
import { ProtocolError } from './protocol-error.ts'
import { describable } from './wording.ts'

/** @see RFC 6749 section 5.2, RFC 8707 section 2, RFC 9396 section 8, RFC 9449 sections 5 and 8 */
const statusOf = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_scope: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_target: 400,
  invalid_authorization_details: 400,
  invalid_dpop_proof: 400,
  use_dpop_nonce: 400,
} as const

/** Token responses, errors included, are kept out of every cache. @see RFC 6749 section 5.1 */
export const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const

/** Every 401 carries a challenge, whichever way the client authenticated. @see RFC 7617 section 2.1 */
const challenge = { 'WWW-Authenticate': 'Basic realm="practice", charset="UTF-8"' } as const

/**
 * A refusal at the token endpoint. The client learns what was found, unless `description` says less:
 * a server does not say which half of the credentials was wrong.
 * @see RFC 6749 section 5.2
 */
export function tokenError(
  error: keyof typeof statusOf,
  rule: Rule,
  found: string,
  description = found,
  headers: Readonly<Record<string, string>> = {},
): ProtocolError {
  const status = statusOf[error]
  return new ProtocolError(
    rule,
    found,
    json(
      status,
      { error, error_description: describable(description) },
      { ...noStore, ...(status === 401 ? challenge : {}), ...headers },
    ),
  )
}

/** The same for every client that fails: which part of its credentials was wrong is the server's to know. */
export function authenticationFailed(rule: Rule, found: string): ProtocolError {
  return tokenError('invalid_client', rule, found, 'Client authentication failed')
}
