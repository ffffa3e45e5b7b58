import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { encodeBase64url } from '../../encoding/base64.ts'
import { type DecodedPart, decodePart } from './decoded-part.ts'

/** How a payload was compressed, by the names that browsers have for it. */
export type Compression = 'deflate-raw' | 'deflate' | 'gzip'

/** How bytes begin that no JSON begins with. @see RFC 1952 section 2.3.1, RFC 1950 section 2.2 */
const beginnings: readonly (readonly [bytes: readonly number[], format: Compression])[] = [
  [[0x1f, 0x8b], 'gzip'],
  [[0x78, 0x01], 'deflate'],
  [[0x78, 0x5e], 'deflate'],
  [[0x78, 0x9c], 'deflate'],
  [[0x78, 0xda], 'deflate'],
]

/**
 * Whether the payload of a JWS is compressed: by the word of its header, or by how its bytes begin.
 * @see RFC 7516 section 4.1.3
 */
export function compressionOf(header: JsonValue | null, payload: DecodedPart): Compression | null {
  const { bytes, value } = payload
  if (bytes === null || bytes.length === 0 || value !== null) return null
  const byBytes = beginnings.find(([begins]) => begins.every((byte, index) => bytes[index] === byte))?.[1]
  return byBytes ?? (member(header, 'zip') === undefined || payload.json !== null ? null : 'deflate-raw')
}

/** What is wrong with a JWS that is compressed, or that says it is. */
export function compressionProblem(header: JsonValue | null, compression: Compression | null): string | null {
  const zip = member(header, 'zip')
  if (compression === null)
    return zip === undefined ? null : 'The header has zip, and the payload is not compressed.'
  const said =
    zip === undefined
      ? `It is compressed (${compression}), and no zip in the header says so.`
      : `It is compressed (zip: ${quoted(asString(zip) ?? zip.kind)}).`
  return `${said} zip is registered for encrypted tokens only (RFC 7516 section 4.1.3): an API that does not inflate the payload of a signed one cannot read the claims.`
}

/** Bytes of a payload that are shown; a token that inflates to more is no token. */
const mostInflated = 256 * 1024

export type Inflated =
  | { readonly kind: 'inflated'; readonly part: DecodedPart; readonly bytes: number }
  /** It goes on beyond what is read here: so much longer than the token that it may be meant to exhaust its reader. */
  | { readonly kind: 'too-long'; readonly limit: number }
  | { readonly kind: 'damaged' }

/**
 * Inflates a compressed payload, and no more of it than a token may have. Never rejects.
 * @param most bytes that are read
 * @see RFC 1951
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  format: Compression,
  most = mostInflated,
): Promise<Inflated> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > most) {
        await reader.cancel()
        return { kind: 'too-long', limit: most }
      }
      chunks.push(next.value)
    }
  } catch {
    // A TypeError: the bytes are not what their header says
    return { kind: 'damaged' }
  }
  const whole = new Uint8Array(await new Blob(chunks).arrayBuffer())
  return { kind: 'inflated', part: decodePart(encodeBase64url(whole)), bytes: length }
}
