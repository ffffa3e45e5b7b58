import { compactVerify, errors, type JWK } from 'jose'
import type { Jws } from './jws.ts'
import { parametersOf } from './public-key.ts'

/** Verifies with a public key or the bytes of a secret: `null`, or in words why not. @see RFC 7515 section 5.2 */
export async function signatureProblem(jws: Jws, key: JWK | Uint8Array): Promise<string | null> {
  try {
    await compactVerify(jws.compact, key instanceof Uint8Array ? key : parametersOf(key), {
      algorithms: [jws.alg],
    })
    return null
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature does not verify'
    // A signature that is not base64url, or a browser without the algorithm
    return `The signature cannot be checked (${error instanceof Error ? error.message : String(error)})`
  }
}
