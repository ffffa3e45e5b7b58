import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose'

/** Seconds that a proof is good for, either way: clocks differ. */
const window = 60

export const proofAlgs = ['RS256', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'Ed25519']

export interface ProvenRequest {
  readonly method: string
  /** Without query and fragment. */
  readonly url: string
  readonly token: string
}

/**
 * Checks DPoP proofs, each of which is good once.
 *
 * @returns The thumbprint of the key that was proven; `undefined` for a proof that is not good for this request.
 * @see RFC 9449 section 4.3
 */
export function proofChecker(): (proof: string, request: ProvenRequest) => Promise<string | undefined> {
  const seen = new Map<string, number>()

  return async (proof, { method, url, token }) => {
    const now = Date.now() / 1000
    for (const [id, end] of seen) if (end < now) seen.delete(id)

    const options = { typ: 'dpop+jwt', algorithms: proofAlgs, requiredClaims: ['jti', 'iat'] }
    const verified = await jwtVerify(proof, EmbeddedJWK, options).catch(() => undefined)
    if (verified === undefined) return undefined
    const { htm, htu, ath, iat = 0, jti = '' } = verified.payload
    if (htm !== method || typeof htu !== 'string' || !URL.canParse(htu)) return undefined
    const { origin, pathname } = new URL(htu)
    if (origin + pathname !== url || Math.abs(now - iat) > window) return undefined
    if (ath !== createHash('sha256').update(token).digest('base64url')) return undefined

    const thumbprint = await calculateJwkThumbprint(verified.protectedHeader.jwk as JWK)
    if (seen.has(thumbprint + jti)) return undefined
    seen.set(thumbprint + jti, iat + window)
    return thumbprint
  }
}
