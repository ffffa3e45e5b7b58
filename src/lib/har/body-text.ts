import { decodeBase64, encodeBase64 } from '../encoding/base64.ts'

/** As much of a body is exported, in bytes of a response and characters of a request. */
export const bodyLimit = 1024 * 1024

/** A body as a text of JSON: as Unicode, else in base64. */
export interface BodyText {
  readonly text: string
  readonly encoding?: 'base64'
}

/** The bytes as such a text, none lost: of a charset that `encodeText` can write, or in base64. */
export function toBodyText(bytes: Uint8Array, charset: string): BodyText {
  const text = decoded(bytes, charset)
  const isSame = text !== null && sameBytes(encodeText(text, charset), bytes)
  return isSame ? { text } : { text: encodeBase64(bytes), encoding: 'base64' }
}

function decoded(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(nameOf(charset), { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // TypeError: the bytes are not in that encoding
    return null
  }
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

/** The bytes of such a text; `null` for base64 that is none. Other encodings are not known to the format. */
export function fromBodyText(text: string, encoding: string | null): Uint8Array | null {
  if (encoding === null) return new TextEncoder().encode(text)
  if (encoding.toLowerCase() !== 'base64') return null
  try {
    return decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    // InvalidCharacterError: it is no base64
    return null
  }
}

/** The beginning of a body, which ends between two characters of UTF-8. */
export function cutBytes(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes
  let end = limit
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end)
}

/** The beginning of a text, which ends between two characters. */
export const cutText = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')

/** The encoding that Content-Type names. @see RFC 9110 section 8.3 */
export const charsetOf = (contentType: string): string =>
  /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8'

/**
 * A text in that encoding: UTF-16, or one with a byte for each character. In any other, and for what that cannot say, it is UTF-8.
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function encodeText(text: string, charset: string): Uint8Array {
  const encoding = nameOf(charset)
  if (encoding.startsWith('utf-16')) return encodeUtf16(text, encoding === 'utf-16be')
  const codes = /^(utf|gb|big5|euc|shift|iso-2022|replacement)/.test(encoding) ? null : codesOf(encoding)
  const bytes = codes && Array.from(text, (character) => codes.get(character) ?? -1)
  return bytes === null || bytes.includes(-1) ? new TextEncoder().encode(text) : Uint8Array.from(bytes)
}

/** What the Encoding Standard calls it; UTF-8 for what it does not know. */
function nameOf(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    // RangeError: no encoding has that name
    return 'utf-8'
  }
}

function encodeUtf16(text: string, bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !bigEndian)
  return new Uint8Array(view.buffer)
}

const codesOf = (encoding: string): ReadonlyMap<string, number> =>
  new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]),
  )
