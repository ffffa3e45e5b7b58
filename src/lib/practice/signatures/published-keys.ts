import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors } from 'jose'
import { signingAlgs, type SigningKeys } from '../base/server-state.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { show } from '../base/wording.ts'

/** A token whose signature is good. */
interface VerifiedToken {
  readonly header: { readonly alg: string; readonly kid?: string }
  /** As this server wrote them, since nobody else has its keys. */
  readonly claims: TokenClaims
}

/** Verifies a token with the JWK Set as it is published now; a sentence why not. @see RFC 9068 section 4 */
export async function verifyWithPublishedKeys(
  token: string,
  keys: SigningKeys,
): Promise<VerifiedToken | string> {
  const keySet = createLocalJWKSet(await keys.publicJwks())
  try {
    const { protectedHeader: header } = await compactVerify(token, keySet, { algorithms: [...signingAlgs] })
    return { header, claims: decodeJwt<TokenClaims>(token) }
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    if (error instanceof errors.JWKSNoMatchingKey) return withoutKey(decodeProtectedHeader(token).kid)
    return `The signature does not verify (${error.code})`
  }
}

function withoutKey(kid: unknown): string {
  return `No key of the JWK Set has kid ${show(kid)}: it was withdrawn, or is not of this issuer`
}
