/** Bytes read as UTF-8: exactly, or with U+FFFD in place of what is not UTF-8, and where that begins. */
export type Utf8 =
  | { readonly ok: true; readonly text: string }
  /** `offset` counts bytes from 0. */
  | { readonly ok: false; readonly text: string; readonly offset: number }

const options = { ignoreBOM: true }

/**
 * Reads UTF-8 and keeps everything, a byte order mark too. Never throws.
 *
 * @see RFC 3629 section 3
 */
export function decodeUtf8(bytes: Uint8Array): Utf8 {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { ...options, fatal: true }).decode(bytes) }
  } catch {
    // A fatal decoder throws for bytes that are not UTF-8, and does not say where they are.
    const text = new TextDecoder('utf-8', options).decode(bytes)
    return { ok: false, text, offset: firstDifference(bytes, new TextEncoder().encode(text)) }
  }
}

/** Where `bytes` stop being what they were read as; steps back to the beginning of that character. */
function firstDifference(bytes: Uint8Array, read: Uint8Array): number {
  let at = 0
  while (at < bytes.length && bytes[at] === read[at]) at++
  while (at > 0 && ((read[at] ?? 0) & 0xc0) === 0x80) at--
  return at
}
