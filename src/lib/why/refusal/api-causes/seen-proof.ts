import { member } from '../../../json/value.ts'
import type { Facts } from '../facts/facts.ts'
import { claim, headerOf, numericClaim } from '../facts/sent.ts'

/** Whether two fields `DPoP` were sent: they arrive as one, joined by a comma. */
export const hasTwoProofs = ({ sent }: Facts): boolean => sent.proof?.raw.includes(',') === true

/** A proof whose header and claims can be read. */
export const isProof = (facts: Facts): boolean => {
  const { proof } = facts.sent
  return proof?.kind === 'jws' && proof.header !== null && proof.claims !== null && !hasTwoProofs(facts)
}

export const lacksClaim = (facts: Facts, name: string): boolean =>
  isProof(facts) && member(facts.sent.proof?.claims, name) === undefined

/** How many seconds `iat` of the proof is ahead of the clock; `null` if there is none. */
export function secondsAhead({ sent: { proof }, now }: Facts): number | null {
  const iat = numericClaim(proof, 'iat')
  return iat === undefined ? null : iat - Math.floor(now / 1000)
}

/** How far `iat` may be from the clock of a careful API, in seconds: a call is under way for a moment. */
const window = { before: 6, after: 5 }

export function isBesideClock(facts: Facts): boolean {
  const ahead = secondsAhead(facts)
  return ahead !== null && (ahead < -window.before || ahead > window.after)
}

/**
 * How `htu` differs from the URL of the request: `null` if it does not, `spelling` if only in what the URL Standard
 * makes equal.
 * @see RFC 9449 section 4.3
 */
export function htuDiffers({ sent: { proof, url } }: Facts): 'spelling' | 'address' | null {
  const htu = claim(proof, 'htu')
  const wanted = url.origin + url.pathname
  if (htu === undefined || htu === wanted) return null
  return URL.canParse(htu) && new URL(htu).href === wanted ? 'spelling' : 'address'
}

export const htmDiffers = ({ sent: { proof, method } }: Facts): boolean => {
  const htm = claim(proof, 'htm')
  return htm !== undefined && htm !== method
}

/** Whether the proof names an algorithm that is none of a private key. */
export const isSymmetric = ({ sent: { proof } }: Facts): boolean =>
  /^(HS|none)/i.test(headerOf(proof, 'alg') ?? '')

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']

/** Whether the key in the proof has its private half with it. */
export const hasPrivateKey = ({ sent: { proof } }: Facts): boolean =>
  privateMembers.some((name) => member(member(proof?.header, 'jwk'), name) !== undefined)
