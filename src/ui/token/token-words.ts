import { asString, member } from '../../lib/json/value.ts'
import { quoted } from '../../lib/quoted.ts'
import type { Decoded } from '../../lib/jwt/decode.ts'

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
