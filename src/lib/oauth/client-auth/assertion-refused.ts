import { ownMembers } from '../../json/own-members.ts'
import { quoted } from '../../text/quoted.ts'
import { usualLifetime } from '../check/check-assertion.ts'
import { usesKey } from '../config/auth-methods.ts'
import { type AssertionAudience, assertionAudiences, type TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import type { Fix } from '../../explanation/explanation.ts'

/** Something about an assertion that few clients do: a likely cause when a server refuses it and does not say why. */
interface Oddity {
  readonly cause: string
  /** What undoes it; none if the general fixes have it. */
  readonly fix: Fix | null
}

/** What is unusual in the assertion of a configuration, the likeliest cause first. @see RFC 7523 section 3 */
export function assertionOddities(config: TokenRequestConfig): Oddity[] {
  return oddities.flatMap((oddity) => oddity(config) ?? [])
}

const oddities: readonly ((config: TokenRequestConfig) => Oddity | null)[] = [
  ({ assertion: { header, payload } }) => {
    const taken = [...replaced(header, headerNames), ...replaced(payload, payloadNames)]
    if (taken.length === 0) return null
    return {
      cause: `Members of your own replace those made here: ${taken.join(', ')}.`,
      fix: 'Look at “More header and payload members” under Client assertion.',
    }
  },
  ({ assertion: { aud, custom_aud } }) => {
    if (aud !== 'custom') return null
    const cause = `aud was typed, ${quoted(custom_aud)}: it has to be what the server calls itself.`
    return { cause, fix: null }
  },
  ({ clock_skew }) => {
    if (clock_skew === 0) return null
    const cause = `A clock skew of ${clock_skew} s is set: iat and exp are that far from this machine’s time.`
    return { cause, fix: { text: 'Clock skew: 0 s', change: { clock_skew: 0 } } }
  },
  (config) => {
    const { assertion } = config
    if (assertion.kid !== 'custom' || assertion.custom_kid === '') return null
    if (usesKey(config)) {
      const cause = `kid was typed, ${quoted(assertion.custom_kid)}: it has to be that of a key registered for this client.`
      return {
        cause,
        fix: { text: 'kid: the key’s own', change: { assertion: { kid: 'key' } } },
      }
    }
    return {
      cause:
        'A kid is sent, and a secret has none: some servers look for a key of that name (oidc-provider).',
      fix: { text: 'kid: none', change: { assertion: { kid: 'none' } } },
    }
  },
  ({ assertion: { lifetime } }) => {
    if (lifetime <= usualLifetime) return null
    return { cause: `It lives ${lifetime} s, and many servers allow a minute or five.`, fix: null }
  },
]

const headerNames = ['alg', 'typ', 'kid', 'x5t#S256']
const payloadNames = ['iss', 'sub', 'aud', 'iat', 'nbf', 'exp', 'jti']

/** The names for which the user's own members replace those made here. */
function replaced(own: string, names: readonly string[]): string[] {
  const read = ownMembers(own)
  const members = read.ok ? read.members : {}
  return names
    .filter((name) => Object.hasOwn(members, name))
    .map((name) => (members[name] === null ? `${name}, which is left out` : name))
}

/** Why a server refuses an assertion, apart from its signature. @see RFC 7523 section 3 */
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
