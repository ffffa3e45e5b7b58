import type { Rule } from '../../base/check-log.ts'
import { ProtocolError } from '../../base/protocol-error.ts'
import { withBody } from '../dotnet-json.ts'

export const noStore = { 'Cache-Control': 'no-store, no-cache, max-age=0', Pragma: 'no-cache' } as const

/** JSON as Duende’s server sends it. */
export const helseIdJson = (
  status: number,
  body: object,
  fields: Readonly<Record<string, string>> = {},
): Response =>
  withBody(status, JSON.stringify(body), { 'Content-Type': 'application/json; charset=UTF-8', ...fields })

/**
 * A refusal of the token endpoint: always 400, and for most errors the code alone. The page reads what was found.
 * @see RFC 6749 section 5.2
 */
export function refuse(
  error: string,
  rule: Rule,
  found: string,
  error_description: string | null = null,
  fields: Readonly<Record<string, string>> = {},
): ProtocolError {
  const body = error_description === null ? { error } : { error, error_description }
  return new ProtocolError(rule, found, helseIdJson(400, body, { ...noStore, ...fields }))
}

/** One code for whatever is wrong with a client, as only the server’s log says what it was. */
export const refuseClient = (rule: Rule, found: string): ProtocolError =>
  refuse('invalid_client', rule, found)
