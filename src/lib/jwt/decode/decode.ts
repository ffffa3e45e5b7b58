import { asString, type JsonValue, member } from '../../json/value.ts'
import { type Base64urlDecoded, decodeBase64url } from '../../encoding/base64url.ts'
import { type DecodedPart, decodePart } from './decoded-part.ts'
import { jwePartNames, jweProblems, jwsProblems } from './token-problems.ts'
import { whyOpaque } from './opaque.ts'

/** A part that is bytes and nothing more: a signature, or a part of a JWE. `text` is as in the token. */
export interface BinaryPart extends Base64urlDecoded {
  readonly text: string
}

export type Decoded =
  | {
      readonly kind: 'jws'
      readonly header: DecodedPart
      /** For a JWT, the claims. */
      readonly payload: DecodedPart
      readonly signature: BinaryPart
      /** `alg` is `none`: nothing vouches for the content. */
      readonly unsecured: boolean
      /** The JWT that the payload is, when the header's `cty` says it is one. */
      readonly nested: Decoded | null
      /** What is wrong with the token as a whole; the parts have problems of their own. */
      readonly problems: readonly string[]
    }
  /** Encrypted for the resource server: only the header can be read here. `parts` are the four after it, in order. */
  | {
      readonly kind: 'jwe'
      readonly header: DecodedPart
      readonly parts: readonly (BinaryPart & { readonly name: string })[]
      readonly problems: readonly string[]
    }
  | { readonly kind: 'opaque'; readonly why: string }

const binary = (text: string): BinaryPart => ({ text, ...decodeBase64url(text) })

/**
 * Decodes an access token without a key and without judging it: what can be shown is shown, with a plain
 * sentence for each thing that is wrong. The token is read exactly as given, see `cleanToken` for pasted text. One of
 * megabytes takes a quarter of a second: the owner of a token decodes it, once, and shares the result. Never throws.
 *
 * @see RFC 7519 section 7.2
 * @see RFC 7516 section 9
 */
export function decode(token: string): Decoded {
  return decodeNested(token, 0)
}

/** The claims of a JWT, `null` for a token that cannot be read here: opaque or encrypted. @see RFC 7519 section 4 */
export function claimsOf(decoded: Decoded): JsonValue | null {
  return decoded.kind === 'jws' && decoded.payload.value?.kind === 'object' ? decoded.payload.value : null
}

/** Tokens inside tokens that are opened; further ones stay closed. */
const deepest = 3

/** Parts that are distinguished: more than any token has, and a bound for a text of nothing but dots. */
const mostParts = 7

function decodeNested(token: string, depth: number): Decoded {
  const tilde = token.indexOf('~')
  const jwt = tilde === -1 ? token : token.slice(0, tilde)
  const texts = jwt.split('.', mostParts)
  const header = decodePart(texts[0] ?? '')
  const headed = header.value?.kind === 'object'
  if (headed && (texts.length === 5 || (texts.length > 1 && member(header.value, 'enc') !== undefined))) {
    const parts = texts
      .slice(1)
      .map((text, i) => ({ name: jwePartNames[i] ?? 'Unknown part', ...binary(text) }))
    return { kind: 'jwe', header, parts, problems: jweProblems(header.value, texts.length) }
  }
  const jwtInside = asString(member(header.value, 'cty'))?.toUpperCase() === 'JWT'
  const payload = decodePart(texts[1] ?? '', jwtInside ? 'jwt' : 'json')
  if (texts.length === 1 || !(headed || payload.value?.kind === 'object')) {
    return { kind: 'opaque', why: whyOpaque(token) }
  }
  const signature = binary(jwt.slice(`${header.text}.${payload.text}.`.length))
  const inner = jwtInside && payload.value === null && depth < deepest ? payload.json : null
  return {
    kind: 'jws',
    header,
    payload,
    signature,
    unsecured: asString(member(header.value, 'alg'))?.toLowerCase() === 'none',
    nested: inner === null ? null : decodeNested(inner, depth + 1),
    problems: jwsProblems(header.value, {
      parts: texts.length,
      signed: signature.text !== '',
      disclosed: tilde !== -1,
    }),
  }
}
