import { scopeTokens, type TokenRequestConfig } from '../config/config.ts'
import type { Metadata } from './metadata.ts'

const most = 50

/** Scopes about a user, whom this grant has not. @see OpenID Connect Core section 5.4 */
const ofUsers = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access']

/** A scope to ask for, and the change of the form that does. */
export interface ScopeSuggestion {
  readonly scope: string
  readonly change: Pick<TokenRequestConfig, 'scope'>
}

/** The scopes the server lists that are not asked for yet, those about users last; at most fifty. @see RFC 8414 section 2 */
export function scopeSuggestions(
  { scope }: TokenRequestConfig,
  { scopes_supported: supported = [] }: Metadata,
): readonly ScopeSuggestion[] {
  const asked = scopeTokens(scope)
  const others = [...new Set(supported)].filter((name) => isScope(name) && !asked.includes(name))
  const aboutUsers = (name: string): boolean => ofUsers.includes(name)
  return [...others.filter((name) => !aboutUsers(name)), ...others.filter(aboutUsers)]
    .slice(0, most)
    .map((name) => ({ scope: name, change: { scope: [...asked, name].join(' ') } }))
}

/** @see RFC 6749 section 3.3 */
const isScope = (name: string): boolean => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(name)
