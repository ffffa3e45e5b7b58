import { empty, json } from './answer.ts'
import type { Rule } from './check-log.ts'
import { ProtocolError } from './protocol-error.ts'
import { describable } from './wording.ts'

/** @see RFC 6750 section 3.1 */
const statusOf = { invalid_request: 400, invalid_token: 401, insufficient_scope: 403 } as const

const realm = 'Bearer realm="practice"'

/** A refusal of a request that came with a token; `scope` names what it would take. @see RFC 6750 section 3 */
export function bearerError(
  error: keyof typeof statusOf,
  rule: Rule,
  found: string,
  scope?: string,
): ProtocolError {
  const error_description = describable(found)
  const needs = scope === undefined ? '' : `, scope="${scope}"`
  const challenge = `${realm}, error="${error}", error_description="${error_description}"${needs}`
  const headers = { 'WWW-Authenticate': challenge, 'Cache-Control': 'no-store' }
  return new ProtocolError(rule, found, json(statusOf[error], { error, error_description }, headers))
}

/**
 * Whoever did not authenticate at all is told how to, and given no error code.
 * @see RFC 6750 section 3.1
 */
export function bearerChallenge(rule: Rule, found: string): ProtocolError {
  return new ProtocolError(
    rule,
    found,
    empty(401, { 'WWW-Authenticate': realm, 'Cache-Control': 'no-store' }),
  )
}
