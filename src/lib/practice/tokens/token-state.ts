import type { Context } from '../base/endpoint.ts'
import { verifyWithPublishedKeys } from '../signatures/published-keys.ts'
import { hashToken } from '../base/token-hash.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { when } from '../base/wording.ts'

/** What the authorization server knows of a token that somebody holds. */
export type TokenState =
  | { readonly active: true; readonly opaque: boolean; readonly claims: TokenClaims; readonly found: string }
  /** `why` is for the list of checks; the client does not learn it. */
  | { readonly active: false; readonly why: string }

type Known = Pick<Context, 'keys' | 'records' | 'now'>

/** Finds a token of any kind, and whether it still holds. @see RFC 7662 section 4 */
export async function stateOfToken(token: string, known: Known): Promise<TokenState> {
  const issued = await findIssued(token, known)
  if (typeof issued === 'string') return { active: false, why: issued }
  const { claims, opaque } = issued
  const seconds = Math.floor(known.now() / 1000)
  if (claims.exp <= seconds) return { active: false, why: `It expired ${when(claims.exp, seconds)}` }
  const revoked = known.records.revokedAt(claims)
  if (revoked !== undefined) return { active: false, why: `It was revoked ${when(revoked, seconds)}` }
  return {
    active: true,
    ...issued,
    found: `${opaque ? 'An opaque token' : 'A JWT'}, ${claims.exp - seconds} s left`,
  }
}

/** A token this server issued, by its signature or by what was kept of it; a sentence if it is none. */
async function findIssued(
  token: string,
  { keys, records }: Known,
): Promise<{ readonly opaque: boolean; readonly claims: TokenClaims } | string> {
  const verified = await verifyWithPublishedKeys(token, keys)
  if (typeof verified !== 'string') return { opaque: false, claims: verified.claims }
  const claims = records.find(await hashToken(token))
  if (claims) return { opaque: true, claims }
  return token.split('.').length === 3 ? verified : 'No token of this server is like it'
}
