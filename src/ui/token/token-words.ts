import { asString, member } from '../../lib/json/value.ts'
import { quoted } from '../../lib/text/quoted.ts'
import type { Decoded } from '../../lib/jwt/decode/decode.ts'
import type { Verification } from '../../lib/jwt/verify/verify.ts'

/** What kind of token it is, in a word or two. */
export function kindOf(decoded: Decoded): string {
  switch (decoded.kind) {
    case 'jws':
      return decoded.unsecured
        ? 'JWT, unsecured'
        : `JWT, ${quoted(asString(member(decoded.header.value, 'alg')) ?? 'no alg')}`
    case 'jwe':
      return 'JWE, encrypted'
    case 'opaque':
      return 'opaque'
    default:
      return decoded satisfies never
  }
}

type Words = readonly [tone: 'ok' | 'warn' | 'bad', text: string]

const verdicts: Readonly<Record<Verification['verdict'], Words>> = {
  verified: ['ok', 'signature verified'],
  failed: ['bad', 'signature not accepted'],
  unchecked: ['warn', 'decoded, not verified'],
}

/** What is known of the signature; `null`: nothing yet. */
export function verdictOf(verification: Verification | null): Words {
  return verdicts[verification?.verdict ?? 'unchecked']
}

const proofs: Readonly<Record<Verification['verdict'], string>> = {
  verified:
    'It was verified: whoever has the private key, or the shared secret, signed what stands above as it stands.',
  failed: 'It was not accepted: what stands above is what the token says, and these keys do not prove it.',
  unchecked: 'It could not be verified: what stands above is what the token says, not what is proven.',
}

/** What the signature proves by now; `null`: it was not checked. */
export function proofOf(verification: Verification | null): string {
  return verification === null
    ? 'It was not checked: what stands above is what the token says, not what is proven.'
    : proofs[verification.verdict]
}
