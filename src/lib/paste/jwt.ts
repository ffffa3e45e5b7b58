import { asString, member } from '../json/value.ts'
import { decode, type Decoded } from '../jwt/decode/decode.ts'
import { cleanToken } from '../jwt/extract/token-text.ts'
import type { Kind } from './kind.ts'

/** A JWT in compact form: signed (JWS), not even that (`alg` is `none`), or encrypted (JWE). */
export interface PastedJwt {
  /** As it can be sent. */
  readonly token: string
  /** In words, what was removed around it and inside; empty if nothing was. */
  readonly removed: readonly string[]
  /** The decoded token, decoded once. */
  readonly decoded: Extract<Decoded, { kind: 'jws' | 'jwe' }>
}

/** A longer text is not examined, in characters: no token is that long. */
const longest = 8 * 1024 * 1024

/** Two or three parts, perhaps with the disclosures of an SD-JWT, or five. Padding and the characters of plain base64 are mended. */
const compact = /^[\w+/=-]+(?:(?:\.[\w+/=-]*){1,2}(?:~[\w-]*)*|(?:\.[\w+/=-]*){4})$/

/**
 * The JWT in a text, whatever is around it: a header field, a command, a token response, a line of a log, words. Of several
 * it is the first; `null` if there is none. Never throws.
 * @see RFC 7519 sections 3 and 7.2
 */
export function recogniseJwt(text: string): PastedJwt | null {
  if (text.length > longest) return null
  const { token, removed } = cleanToken(text)
  if (!compact.test(token)) return null
  const decoded = decode(token)
  // Two tokens one after the other are no token.
  if (decoded.kind === 'jws' && token.split('.', 5).length === 5) return null
  return decoded.kind !== 'opaque' && isJwt(decoded) ? { token, removed, decoded } : null
}

/** Dots and a header are not enough: a JWS may sign anything, and a JWT has claims, or another JWT inside. */
function isJwt(decoded: PastedJwt['decoded']): boolean {
  const { value: header } = decoded.header
  const names = (parameter: string): boolean => asString(member(header, parameter)) !== undefined
  if (!names('alg')) return false
  if (decoded.kind === 'jws')
    return (
      decoded.payload.value?.kind === 'object' ||
      (decoded.nested !== null && decoded.nested.kind !== 'opaque')
    )
  return names('enc') && decoded.parts.length === 4 && decoded.parts.every(({ bytes }) => bytes !== null)
}

/** A text with a JWT in it that is of no other kind. */
export const jwt: Kind = {
  kind: 'jwt',
  read({ text }) {
    const found = recogniseJwt(text)
    return (
      found && {
        what: found.decoded.kind === 'jwe' ? 'an encrypted JWT' : 'a JWT',
        proposals: [{ kind: 'token', name: '', text: found.token }],
        ignored: found.removed.length === 0 ? [] : [`Removed: ${found.removed.join(', ')}.`],
      }
    )
  },
}
