import { encodeBase64url } from '../../encoding/base64.ts'
import { firstDer, readDer, tags } from '../../encoding/der.ts'
import type { Jws } from './readable-jws.ts'
import type { SignatureAlg } from './signature-alg.ts'
import { type Candidate, tryKeys } from './try-keys.ts'

/** Why a signature is not that of any of the keys, as far as it can be known. Never rejects. */
export async function signatureTrouble(
  jws: Jws,
  alg: SignatureAlg,
  keys: readonly Candidate[],
): Promise<string> {
  const { signature, hasPayload } = jws
  if (alg.kty === 'EC' && alg.length !== null) {
    const raw = fromDer(signature, alg.length / 2)
    if (raw !== null) return derTrouble(jws, alg, keys, raw)
  }
  if (alg.length !== null && signature.length !== alg.length) {
    const cut = signature.length < alg.length ? ' Was it cut?' : ''
    return `It has ${signature.length} bytes, and one of ${alg.name} has ${alg.length}.${cut}`
  }
  if (!hasPayload) {
    return 'The payload is empty: the content was detached from it (RFC 7515 appendix F), or lost. Without it nothing can be verified.'
  }
  return 'Header, payload or signature was changed since, or another key made it.'
}

/** "The JWS Signature value MUST be ... R || S", and some libraries make DER. @see RFC 7518 section 3.4 */
async function derTrouble(
  { token }: Jws,
  alg: SignatureAlg,
  keys: readonly Candidate[],
  raw: Uint8Array,
): Promise<string> {
  const rewritten = `${token.slice(0, token.lastIndexOf('.'))}.${encodeBase64url(raw)}`
  const { verifiedBy } = await tryKeys(rewritten, alg.name, keys)
  const otherwise =
    verifiedBy === null ? '' : ` Rewritten so, ${verifiedBy.name} verifies it: the signer has to be mended.`
  return `It is in DER, as in certificates; a JWS has R and S side by side, ${raw.length} bytes (RFC 7518 section 3.4).${otherwise}`
}

/** R and S of an ECDSA signature in DER, side by side; `null` if it is none. @see RFC 3279 section 2.2.3 */
function fromDer(signature: Uint8Array<ArrayBuffer>, size: number): Uint8Array | null {
  const outer = firstDer(signature)
  if (outer?.tag !== tags.sequence || outer.whole.length !== signature.length) return null
  const parts = readDer(outer.content) ?? []
  if (parts.length !== 2 || parts.some(({ tag }) => tag !== tags.integer)) return null
  const raw = new Uint8Array(2 * size)
  for (const [index, { content }] of parts.entries()) {
    const number = content.subarray(
      Math.max(
        0,
        content.findIndex((byte) => byte !== 0),
      ),
    )
    if (number.length > size) return null
    raw.set(number, (index + 1) * size - number.length)
  }
  return raw
}
