import { issuerOf } from '../../../oauth/config/derived-values.ts'
import { member } from '../../../json/value.ts'
import type { Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { claim, headerOf, listClaim, numericClaim, type SentJwt } from '../facts/sent.ts'

export const likely = (is: boolean, found: string): Sign | null =>
  is ? { found, certainty: 'likely' } : null
export const possible = (is: boolean, found: string): Sign | null =>
  is ? { found, certainty: 'possible' } : null

/** Whether the client authenticated, or tried to, with an assertion. @see RFC 7521 section 4.2 */
export const triesAssertion = ({ sent: { parameters } }: Facts): boolean =>
  parameters.has('client_assertion') || parameters.has('client_assertion_type')

/** Whether the server says how the client has to authenticate, and not only that it did not. */
export const speaksOfMethod = ({ came: { words } }: Facts): boolean =>
  /client_secret|\bsecret\b|\bbasic\b|\bpost\b|\bmethods?\b|credentials?\b/i.test(words)

/** Whether there is an assertion whose claims can be read here. */
export const readsAssertion = ({ sent: { assertion } }: Facts): boolean =>
  (assertion?.claims ?? null) !== null

/** `client_assertion_type` of a JWT. @see RFC 7523 section 2.2 */
export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** What every assertion has to say, and what most servers demand in addition. @see RFC 7523 section 3 */
const demanded = ['iss', 'sub', 'aud', 'exp'] as const

export const missingClaims = ({ sent: { assertion } }: Facts): readonly string[] =>
  assertion?.claims ? [...demanded, 'jti'].filter((name) => member(assertion.claims, name) === undefined) : []

/** Whether one is missing that the standard demands. */
export const lacksDemanded = (facts: Facts): boolean =>
  missingClaims(facts).some((name) => demanded.some((one) => one === name))

/** Whom the assertion is for. */
export const audiences = ({ sent: { assertion } }: Facts): readonly string[] =>
  listClaim(assertion, 'aud') ?? []

/** Whether the assertion is for the server, by its issuer or by its token endpoint; a slash at the end is let pass. */
export function isForServer(facts: Facts): boolean {
  const bare = (url: string): string => url.trim().replace(/\/$/, '')
  const { config, sent } = facts
  const own = [issuerOf(config), config.token_endpoint, sent.url.href].filter(Boolean).map(bare)
  return audiences(facts).some((aud) => own.includes(bare(aud)))
}

/** Whether it is for some URL of the server. */
export const isForOrigin = (facts: Facts): boolean =>
  audiences(facts).some((aud) => URL.canParse(aud) && new URL(aud).origin === facts.sent.url.origin)

/** Those of `iss`, `sub` and the parameter `client_id` that are there, and differ. */
export function differing({ sent: { assertion, parameters } }: Facts): string | null {
  const names = [
    ['iss', claim(assertion, 'iss')],
    ['sub', claim(assertion, 'sub')],
    ['client_id', parameters.get('client_id') || undefined],
  ] as const
  const there = names.filter(([, value]) => value !== undefined)
  return new Set(there.map(([, value]) => value)).size > 1
    ? there.map(([name, value]) => `${name} is “${value ?? ''}”`).join(', ')
    : null
}

/** Seconds from a claim of time to the server's clock, or to this machine's: positive if the time is past. */
export function secondsSince(jwt: SentJwt | null, name: string, now: number): number | null {
  const at = numericClaim(jwt, name)
  return at === undefined ? null : Math.round(now / 1000 - at)
}

/** Seconds from `iat`, or from now, to `exp`. */
export function lifetimeOf(jwt: SentJwt | null, now: number): number | null {
  const exp = numericClaim(jwt, 'exp')
  return exp === undefined ? null : Math.round(exp - (numericClaim(jwt, 'iat') ?? now / 1000))
}

/** Whether it is signed with a secret. @see RFC 7518 section 3.2 */
export const isHmac = (jwt: SentJwt | null): boolean => /^HS\d+$/.test(headerOf(jwt, 'alg') ?? '')

/** Whether it says of itself that nothing signs it. @see RFC 7518 section 3.6 */
export const isUnsigned = (jwt: SentJwt | null): boolean => /^none$/i.test(headerOf(jwt, 'alg') ?? '')
