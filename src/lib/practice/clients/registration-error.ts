import { json } from '../base/response.ts'
import type { Rule } from '../base/check-log.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { noStore } from '../base/token-error.ts'
import { describable } from '../base/wording.ts'

/** A refusal to register a client. @see RFC 7591 section 3.2.2 */
export function registrationError(
  error: 'invalid_client_metadata' | 'invalid_redirect_uri',
  rule: Rule,
  found: string,
): ProtocolError {
  return new ProtocolError(rule, found, json(400, { error, error_description: describable(found) }, noStore))
}
