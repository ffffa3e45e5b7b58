import { pointerNames } from '../../json/pointer.ts'
import { rfc } from '../../spec.ts'
import { findExplanation, specified, type Explanation } from './entry.ts'
import { specifiedClaims } from './specified-claims.ts'
import { vendorClaims, vendorPrefixes } from './vendor-claims.ts'

const claims = { ...vendorClaims, ...specifiedClaims }

const namespaced = specified(
  'Claim in a namespace',
  'Its name is a URI, so that no two issuers mean different things by it. The issuer says what it means.',
  rfc(7519, '4.2'),
)

/**
 * What a claim means, or a value inside one.
 *
 * @param path where it stands in the claims, as a JSON Pointer: `/exp`, `/cnf/jkt`, `/realm_access/roles/0`
 * @returns `null` for a claim that neither a specification nor a vendor known here has defined
 * @see RFC 7519 section 4
 */
export function explainClaim(path: string): Explanation | null {
  const names = pointerNames(path)
  const found = findExplanation(claims, names)
  const [name] = names
  if (found !== null || name === undefined || names.length > 1) return found
  const byPrefix = vendorPrefixes.find(([prefix]) => name.startsWith(prefix))?.[1]
  return byPrefix ?? (/^(?:https?:\/\/|urn:)/i.test(name) ? namespaced : null)
}
