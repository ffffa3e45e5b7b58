import { issuerOf, type TokenRequestConfig } from './config.ts'

/** What `aud` of the client assertion will be. @see RFC 7523 section 3 */
export function assertionAudience(config: TokenRequestConfig): string | string[] {
  const { assertion, token_endpoint } = config
  const issuer = issuerOf(config)
  const endpoint = token_endpoint.trim()
  return {
    issuer,
    token_endpoint: endpoint,
    both: [issuer, endpoint],
    custom: assertion.custom_aud,
  }[assertion.aud]
}
