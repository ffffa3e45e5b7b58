/** How a client can authenticate here, by registered name, with the words the page uses. @see RFC 6749 section 2.3 */
export const authMethods = {
  client_secret_basic: 'Basic header',
  client_secret_post: 'Request body',
  none: 'None (client ID only)',
} as const

export type AuthMethod = keyof typeof authMethods

/** How client ID and secret are encoded before they are joined and put into the Basic header. */
export const basicEncodings = {
  form: 'Form-encoded (RFC 6749)',
  strict: 'Form-encoded, strict (oauth4webapi)',
  raw: 'Not encoded (RFC 7617)',
} as const

export type BasicEncoding = keyof typeof basicEncodings

/** All that makes an access token request, in wire names. Serialisable; the secret is the one member never stored. */
export interface TokenRequestConfig {
  readonly token_endpoint: string
  readonly client_id: string
  readonly client_secret: string
  readonly token_endpoint_auth_method: AuthMethod
  readonly basic_encoding: BasicEncoding
  readonly scope: string
}

export const emptyConfig: TokenRequestConfig = {
  token_endpoint: '',
  client_id: '',
  client_secret: '',
  token_endpoint_auth_method: 'client_secret_post',
  basic_encoding: 'form',
  scope: '',
}

/** Whether two configurations ask for the same. */
export function sameConfig(one: TokenRequestConfig, other: TokenRequestConfig): boolean {
  return (Object.keys(one) as (keyof TokenRequestConfig)[]).every((name) => one[name] === other[name])
}
