import { encodeBase64url } from '../../../encoding/base64.ts'
import { member } from '../../../json/value.ts'
import { tryKeys } from '../../../jwt/verify/try-keys.ts'
import { readVerificationKey } from '../../../jwt/verify/verification-key.ts'
import { proofThumbprint } from '../../../oauth/compose/proof-thumbprint.ts'
import { headerOf, type Sent, type SentJwt } from './sent.ts'

/** What follows from a request by hashing and verifying, which a browser does only in the background. */
export interface Measured {
  /** The thumbprint of the public key in the proof; `null` if it has none. @see RFC 7638 section 3 */
  readonly proofKey: string | null
  /** Whether the proof verifies with that key; `null` if nobody can tell here. */
  readonly proofVerifies: boolean | null
  /** What `ath` of the proof has to be; `null` if no token was sent. @see RFC 9449 section 4.2 */
  readonly tokenHash: string | null
}

/** If nothing was measured. */
export const unmeasured: Measured = { proofKey: null, proofVerifies: null, tokenHash: null }

/** To be made before the facts are gathered. Never rejects. */
export async function measure({ proof, token }: Sent): Promise<Measured> {
  return {
    proofKey: await proofThumbprint(proof?.header ?? null),
    proofVerifies: proof?.kind === 'jws' ? await verifies(proof) : null,
    tokenHash: token ? await hashOf(token.raw) : null,
  }
}

async function hashOf(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return encodeBase64url(new Uint8Array(hash))
}

async function verifies(proof: SentJwt): Promise<boolean | null> {
  const jwk = member(proof.header, 'jwk')
  const alg = headerOf(proof, 'alg') ?? ''
  if (jwk?.kind !== 'object' || !/^(RS|PS|ES|Ed)/.test(alg)) return null
  const { key } = readVerificationKey(jwk)
  const { verifiedBy, refutedBy } = await tryKeys(proof.raw, alg, [{ name: 'jwk', key: key.jwk }])
  if (verifiedBy) return true
  return refutedBy.length > 0 ? false : null
}
