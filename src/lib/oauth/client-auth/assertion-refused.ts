import {
  assertionAudiences,
  issuerOf,
  type AssertionAudience,
  type TokenRequestConfig,
} from '../config/config.ts'
import type { Fix } from '../../explanation/explanation.ts'

/** Why a server refuses an assertion, beside its signature. @see RFC 7523 section 3 */
export const assertionCauses: readonly string[] = [
  'aud does not name the server as it calls itself: compare it with the issuer of its metadata, character by character.',
  'The clocks differ, so that it counts as expired or not yet valid.',
  'It lives longer than the server allows, or its jti was used before.',
  'The server expects another typ, or none.',
]

/** What to try, as changes of the form. */
export function assertionFixes(config: TokenRequestConfig): Fix[] {
  const { assertion } = config
  const others = (['issuer', 'token_endpoint'] as const).filter((aud) => aud !== assertion.aud)
  const typ = assertion.typ === 'JWT' ? 'client-authentication+jwt' : 'JWT'
  return [
    ...others
      .filter((aud) => aud !== 'issuer' || issuerOf(config) !== '')
      .map((aud): Fix => ({ text: `aud: ${words(aud)}`, change: { assertion: { aud } } })),
    { text: `typ: ${typ}`, change: { assertion: { typ } } },
    ...(assertion.lifetime > 60 ? [{ text: 'Lifetime: 60 s', change: { assertion: { lifetime: 60 } } }] : []),
  ]
}

const words = (aud: AssertionAudience): string => assertionAudiences[aud].toLowerCase()
