import { rfc, type SpecLink } from '../../spec.ts'
import type { TokenRequestConfig } from '../config/config.ts'

/** What a status says by itself, whatever the body. */
interface ByStatus {
  readonly meaning: string
  readonly causes: (config: TokenRequestConfig) => readonly string[]
  readonly fixes: readonly string[]
  readonly spec: SpecLink
}

export const checkUrl = 'Compare the URL with token_endpoint in the server’s metadata.'

/** The first row whose test accepts the status explains it; statuses that say nothing by themselves have none. */
const statuses: readonly (readonly [(status: number) => boolean, ByStatus])[] = [
  [
    (status) => status === 401,
    {
      meaning: '401 says that the client did not prove who it is.',
      causes: () => [
        'The client ID or secret is wrong.',
        'A proxy in front of the server wants a login of its own.',
      ],
      fixes: ['Copy the secret again, watching for spaces.', 'Choose another client authentication.'],
      spec: rfc(9110, '15.5.2'),
    },
  ],
  [
    (status) => status === 403,
    {
      meaning: '403 says no without a reason in OAuth’s terms.',
      causes: ({ scope }) => [
        'The client ID or secret is wrong: some servers (Glewlwyd) respond to that with an empty 403.',
        ...(scope === '' ? ['The scope is missing, for the same servers.'] : []),
        'The server does not accept this page’s Origin (Keycloak since 26.6.3).',
        'A firewall or proxy in front of the server stopped the request.',
      ],
      fixes: ['Check client ID, secret and scope.', 'Allow this page’s origin at the server.'],
      spec: rfc(9110, '15.5.4'),
    },
  ],
  [
    (status) => status === 404 || status === 410,
    {
      meaning: 'There is nothing at this path.',
      causes: () => [
        'The path is not that of the token endpoint.',
        'The realm or tenant in the path does not exist.',
      ],
      fixes: [checkUrl],
      spec: rfc(9110, '15.5.5'),
    },
  ],
  [
    (status) => status === 405,
    {
      meaning: 'This path does not accept POST.',
      causes: () => [
        'The URL is another endpoint: an issuer, a discovery document or an authorization endpoint.',
      ],
      fixes: [checkUrl],
      spec: rfc(9110, '15.5.6'),
    },
  ],
  [
    (status) => status === 415,
    {
      meaning: 'The server does not accept a form here.',
      causes: () => ['The URL is an API, not a token endpoint: token requests are always forms.'],
      fixes: [checkUrl],
      spec: rfc(9110, '15.5.16'),
    },
  ],
  [
    (status) => status === 429,
    {
      meaning: 'Too many requests.',
      causes: () => ['The server limits how often a token may be asked for.'],
      fixes: ['Wait, then try again. Real clients keep a token until it expires.'],
      spec: rfc(9110, '15.5'),
    },
  ],
  [
    (status) => status >= 500,
    {
      meaning: 'The server, or a gateway before it, failed.',
      causes: () => [
        'A fault at the server; its log has it.',
        'It is still starting, or a part of it is down.',
      ],
      fixes: ['Read the server’s log at the time of this request, then try again.'],
      spec: rfc(9110, '15.6'),
    },
  ],
]

/** What the status of a response says by itself; `null` if it says nothing. @see RFC 9110 section 15 */
export function explainStatus(status: number): ByStatus | null {
  return statuses.find(([matches]) => matches(status))?.[1] ?? null
}
