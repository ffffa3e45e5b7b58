import { usesKey } from './auth-methods.ts'
import type { TokenRequestConfig } from './config.ts'

const wellKnown = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)/

/** The issuer identifier: what the metadata named, else what was typed, without the path of a discovery document. */
export function issuerOf({ issuer, discovery }: TokenRequestConfig): string {
  const typed = discovery.trim()
  return issuer || (wellKnown.test(typed) ? typed.replace(/[?#].*$/s, '').replace(wellKnown, '') : typed)
}

/** The thumbprint of the key a DPoP proof is signed with; empty if there is none. */
export function dpopKey(config: TokenRequestConfig): string {
  return config.dpop.key || (usesKey(config) ? config.assertion.key : '')
}

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
