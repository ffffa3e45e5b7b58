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
      return decoded.isWhole ? 'opaque' : 'not a token'
    default:
      return decoded satisfies never
  }
}

type Words = readonly [tone: 'ok' | 'warn' | 'bad', text: string]

const verdicts: Readonly<Record<Verification['verdict'], Words>> = {
  verified: ['ok', 'signature verified'],
  failed: ['bad', 'signature not accepted'],
  unchecked: ['warn', 'signature not checked'],
}

/** What is known of the signature; `null`: nothing yet. */
export function verdictOf(verification: Verification | null): Words {
  return verdicts[verification?.verdict ?? 'unchecked']
}

const proofs: Readonly<Record<Verification['verdict'], string>> = {
  verified: 'Verified: the holder of the key signed these claims, and nothing has changed since.',
  failed: 'Not accepted: the claims are what the token says, and these keys do not prove it.',
  unchecked: 'Not verified: anyone could have written these claims.',
}

/** What the signature proves by now; `null`: it was not checked. */
export function proofOf(verification: Verification | null): string {
  return verification === null
    ? 'Not checked: anyone could have written these claims.'
    : proofs[verification.verdict]
}
