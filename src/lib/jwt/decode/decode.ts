import { asString, type JsonValue, member } from '../../json/value.ts'
import { type Base64urlDecoded, decodeBase64url } from '../../encoding/base64url.ts'
import { type Compression, compressionOf, compressionProblem } from './compression.ts'
import { cutIn, cutInWords } from './cut.ts'
import { type DecodedPart, decodePart } from './decoded-part.ts'
import { brokenShape, jwePartNames, jweProblems, jwsProblems } from './token-problems.ts'
import { type Unreadable, whyOpaque } from './opaque.ts'

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
      /** The JWT that the payload is, whether the header's `cty` says so or not. */
      readonly nested: Decoded | null
      /** How the payload is compressed; `null`: it is not. */
      readonly compression: Compression | null
      /** Why it is no JWS in three parts: it is cut, or has another number of them; `null`: it is one. */
      readonly broken: string | null
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
  | ({ readonly kind: 'opaque' } & Unreadable)

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

/** @see RFC 7519 section 5.2, RFC 7515 section 4.1.9 */
const isJwtType = (cty: JsonValue | undefined): boolean =>
  /^(?:application\/)?jwt$/i.test(asString(cty) ?? '')

/** How a token begins that is the text of another part. */
const jwtText = /^\s*eyJ[\w-]*\.[\w-]*(?:\.[\w-]*){1,3}\s*$/

function decodeNested(token: string, depth: number): Decoded {
  const tilde = token.indexOf('~')
  const jwt = tilde === -1 ? token : token.slice(0, tilde)
  const cut = cutOf(jwt)
  const whole = cut?.before ?? jwt
  const texts = whole.split('.', mostParts)
  const header = decodePart(texts[0] ?? '')
  const headed = header.value?.kind === 'object'
  const encrypted = member(header.value, 'enc') !== undefined
  const content = decodePart(texts[1] ?? '')
  if (
    headed &&
    ((encrypted && texts.length > 1) || (texts.length === 5 && content.value?.kind !== 'object'))
  ) {
    const parts = texts
      .slice(1)
      .map((text, i) => ({ name: jwePartNames[i] ?? 'Unknown part', ...binary(text) }))
    const problems = jweProblems(header.value, cut === null ? texts.length : null)
    return { kind: 'jwe', header, parts, problems: [...(cut ? [cutInWords(cut)] : []), ...problems] }
  }
  if (!(headed && (texts.length > 1 || cut !== null)) && content.value?.kind !== 'object')
    return { kind: 'opaque', ...whyOpaque(token) }
  const inside = insideOf(header.value, content)
  const compression = compressionOf(header.value, content)
  const compressed = compressionProblem(header.value, compression)
  const read = inside !== null || compression !== null ? decodePart(content.text, 'bytes') : content
  const payload = compressed === null ? read : { ...read, problems: [...read.problems, compressed] }
  const signature = binary(whole.slice(`${header.text}.${payload.text}.`.length))
  const disclosed = tilde !== -1
  const broken = cut
    ? cutInWords(cut)
    : brokenShape(header.value, { parts: texts.length, disclosed, content })
  return {
    kind: 'jws',
    header,
    payload,
    signature,
    unsecured: asString(member(header.value, 'alg'))?.toLowerCase() === 'none',
    nested: inside === null || depth >= deepest ? null : decodeNested(inside, depth + 1),
    compression,
    broken,
    problems: [
      ...(broken === null ? [] : [broken]),
      ...jwsProblems(header.value, {
        signed: signature.text !== '',
        // Of what is cut, nobody knows how it was.
        isWhole: broken === null,
        isNested: inside !== null,
        disclosed,
      }),
    ],
  }
}

/** Three dots are no cut in a JWE that lacks key and initialization vector, and has all five parts. */
function cutOf(jwt: string): ReturnType<typeof cutIn> {
  const cut = cutIn(jwt)
  const isJwe = (): boolean => {
    const [header = '', , , ciphertext, tag, ...more] = jwt.split('.', mostParts)
    const ends = ciphertext !== undefined && ciphertext !== '' && tag !== undefined && more.length === 0
    return ends && member(decodePart(header).value, 'enc') !== undefined
  }
  return cut?.mark === '...' && isJwe() ? null : cut
}

/** The text of the token that a payload is: as it is, or as a string of JSON. */
function insideOf(header: JsonValue | null, { json, value }: DecodedPart): string | null {
  const text = asString(value) ?? (value === null ? json : null)
  if (text === null || text === '') return null
  return jwtText.test(text) || (value === null && isJwtType(member(header, 'cty'))) ? text.trim() : null
}
