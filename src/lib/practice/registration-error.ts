import { json } from './answer.ts'
import type { Rule } from './check-log.ts'
import { ProtocolError } from './protocol-error.ts'
import { noStore } from './token-error.ts'
import { describable } from './wording.ts'

/** A refusal to register a client. @see RFC 7591 section 3.2.2 */
export function registrationError(
  error: 'invalid_client_metadata' | 'invalid_redirect_uri',
  rule: Rule,
  found: string,
): ProtocolError {
  return new ProtocolError(rule, found, json(400, { error, error_description: describable(found) }, noStore))
}
