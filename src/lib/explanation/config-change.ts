import type { AssertionConfig, DpopConfig, TokenRequestConfig } from '../oauth/config/config.ts'

/** A change of the form; of the assertion and of DPoP it names only what becomes another. */
export type ConfigChange = Partial<Omit<TokenRequestConfig, 'assertion' | 'dpop'>> & {
  readonly assertion?: Partial<AssertionConfig>
  readonly dpop?: Partial<DpopConfig>
}

/** A change as whole members of this configuration. */
export function wholeMembers(
  config: TokenRequestConfig,
  { assertion, dpop, ...members }: ConfigChange,
): Partial<TokenRequestConfig> {
  return {
    ...members,
    ...(assertion && { assertion: { ...config.assertion, ...assertion } }),
    ...(dpop && { dpop: { ...config.dpop, ...dpop } }),
  }
}
