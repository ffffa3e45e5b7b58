import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Explained, Explanation } from '../../explanation/explanation.ts'
import { invalidClient } from '../client-auth/invalid-client.ts'
import type { ErrorResponse, Refused } from '../response/read-response.ts'

/** What a code means at one of these endpoints. */
export type Codes = Readonly<Record<string, (config: TokenRequestConfig, error: ErrorResponse) => Explained>>

/** What both endpoints say in the same way: they require client authentication as the token endpoint does. */
const sharedCodes: Codes = {
  invalid_client: (config) => ({ ...invalidClient(config), certainty: 'likely' }),
  unauthorized_client: () => ({
    meaning: 'The client is known, but may not do this.',
    certainty: 'likely',
    causes: ['The server lets only some clients use this endpoint.'],
    fixes: ['Allow it for this client at the server.'],
    spec: [rfc(6749, '5.2')],
  }),
}

/**
 * Explains a refusal by its code, else by its status.
 *
 * @param own what this endpoint's codes mean; they win over those shared with the other
 * @param byStatus what a bare 401 or 403 means here
 */
export function operationRefused(
  { status, error }: Refused,
  config: TokenRequestConfig,
  own: Codes,
  byStatus: (config: TokenRequestConfig) => Explained,
  spec: SpecLink,
): Explanation {
  if (error === null) return { title: `${status} without a reason`, ...byStatus(config) }
  const codes = { ...sharedCodes, ...own }
  const row = Object.hasOwn(codes, error.error) ? codes[error.error] : undefined
  return {
    title: `The server refused: ${quoted(error.error)}`,
    ...(row?.(config, error) ?? unknown(error, spec)),
  }
}

const unknown = ({ error }: ErrorResponse, spec: SpecLink): Explained => ({
  meaning: `${quoted(error)} is not a code registered for this endpoint; only the server’s own documentation explains it.`,
  certainty: 'possible',
  causes: [],
  fixes: ['Read the error_description, if there is one, and the server’s log at the time of this request.'],
  spec: [spec],
})
