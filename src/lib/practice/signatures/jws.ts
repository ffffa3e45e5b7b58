import { base64url } from 'jose'
import { isObject, parseJson, type JsonObject } from '../base/json-object.ts'

/** A signed JWT in its compact serialization, taken apart and not yet verified. @see RFC 7515 section 7.1 */
export interface Jws {
  readonly compact: string
  readonly header: JsonObject
  /** Empty if the header names none. */
  readonly alg: string
  readonly claims: JsonObject
}

/** Characters. Ten times what a JWT needs, unless a post-quantum key signed it. */
const maxLength = 16 * 1024

/** Decodes one signed JWT; a sentence if it is none. @see RFC 7519 section 7.2 */
export function readJws(compact: string): Jws | string {
  if (compact.length > maxLength) return `It has ${compact.length} characters; ${maxLength} is the most`
  const parts = compact.split('.')
  if (parts.length === 5) return 'It has 5 parts: it is encrypted, and should be signed only'
  if (parts.length !== 3) return `It has ${parts.length} parts; a signed JWT has 3`
  const [header, claims] = parts.map(decodeObject)
  if (!header) return 'Its header is not a JSON object in base64url'
  if (!claims) return 'Its payload is not a JSON object in base64url'
  // Whoever does not know an extension that is marked critical must reject the JWS, and this server knows none.
  if (header['crit'] !== undefined) return 'Its crit demands extensions, and this server has none'
  const { alg } = header
  return { compact, header, claims, alg: typeof alg === 'string' ? alg : '' }
}

function decodeObject(part: string): JsonObject | null {
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(part)))
    return isObject(value) ? value : null
  } catch {
    // TypeError: not base64url, or not UTF-8
    return null
  }
}
