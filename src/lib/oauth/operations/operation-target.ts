import { authMethodOf, inHeader } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { TokenOperation } from '../config/token-operation.ts'
import type { Target } from '../response/unreachable.ts'
import type { Fix } from '../../explanation/explanation.ts'

/** An endpoint besides the token endpoint, by the member of the metadata that names it. */
export type Operation = 'introspection_endpoint' | 'revocation_endpoint'

const names: Readonly<Record<Operation, string>> = {
  introspection_endpoint: 'the introspection endpoint',
  revocation_endpoint: 'the revocation endpoint',
}

/** Where the client's credentials are read by every server, and without a preflight. */
const inTheBody = {
  text: 'Send the credentials in the body (client_secret_post)',
  change: { token_endpoint_auth_method: 'client_secret_post' },
} as const satisfies Fix

/** What `Compare the URL` is said of it. */
export const compareWith = (operation: Operation): string =>
  `Compare the URL with ${operation} in the server’s metadata.`

const ofClient = {
  secret: 'the client ID and secret',
  assertion: 'an assertion of the client',
  certificate: 'the client ID',
  nothing: 'the client ID',
} as const

/** What such an endpoint receives of the user, in words. */
export const receives = (config: TokenRequestConfig, { anonymous = false }: TokenOperation): string =>
  anonymous ? 'the token' : `the token and ${ofClient[authMethodOf(config).sends]}`

/** Such an endpoint as the target of a request. @see RFC 7009 section 2.3 */
export function operationTarget(operation: Operation, config: TokenRequestConfig): Target {
  return {
    name: names[operation],
    compare: compareWith(operation),
    causes: ['The token endpoint may have CORS while this one has none: many servers allow it per endpoint.'],
    fixes: inHeader(config) ? [{ ...inTheBody, text: `${inTheBody.text}: it needs no preflight` }] : [],
  }
}
