import { generateKey } from '../../keys/generate-key.ts'
import type { ApiCall } from '../config/api-call.ts'
import type { Signing, Spoil } from '../compose/signing.ts'

type Fault = ApiCall['proof']

/** Of no token: as long as a hash, so that nothing but its value is wrong. */
const otherHash = 'A'.repeat(43)

/** One member each, so that an API can have one reason alone to refuse. @see RFC 9449 section 4.3 */
export const spoilers: Readonly<Record<Exclude<Fault, 'none' | 'key'>, Spoil>> = {
  htu: (header, claims) => ({ header, claims: { ...claims, htu: 'https://elsewhere.example/' } }),
  htm: (header, claims) => ({
    header,
    claims: { ...claims, htm: claims['htm'] === 'POST' ? 'GET' : 'POST' },
  }),
  iat: (header, claims) => ({ header, claims: { ...claims, iat: Number(claims['iat']) - 3600 } }),
  ath: (header, claims) => ({ header, claims: { ...claims, ath: otherHash } }),
  jti: (header, claims) => ({ header, claims: { ...claims, jti: 'the-same-each-time' } }),
  typ: (header, claims) => ({ header: { ...header, typ: 'JWT' }, claims }),
}

/** What makes a proof wrong in that way; nothing for a right one, or for one that another key signs. */
export const spoilerOf = (fault: Fault): Spoil | undefined =>
  fault === 'none' || fault === 'key' ? undefined : spoilers[fault]

/** The keys of the page, each with another in its place: the token is not bound to that. */
export async function withOtherKey(signing: Signing, name: string): Promise<Signing> {
  const alg = signing.findKey(name)?.alg ?? 'ES256'
  const other = await generateKey(alg, {})
  return { ...signing, findKey: () => other }
}
