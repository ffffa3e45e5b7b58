import { headerValue, type HttpResponse } from './message.ts'
import { essence } from './preflight.ts'

/** A body as text if it is text, distinguished from bytes that are not. */
export type Body =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'text'
      readonly text: string
      /** The encoding the text was decoded with, as the Encoding Standard names it. */
      readonly charset: string
      /** What the reader should know about the decoding; empty when there is nothing odd. */
      readonly notes: readonly string[]
    }
  | { readonly kind: 'binary'; readonly why: string }

const binaryTypes = /^(image|audio|video|font)\/(?!svg)|^application\/(octet-stream|pdf|zip|gzip|wasm)$/

/**
 * Decodes a response body by the charset its Content-Type names, UTF-8 if it names none, strictly: bytes that are
 * not in that encoding make it binary instead of being replaced. A byte order mark is kept as the character it is.
 * @see RFC 9110 section 8.3
 */
export function decodeBody({ headers, body }: HttpResponse): Body {
  if (body.length === 0) return { kind: 'empty' }
  const contentType = headerValue(headers, 'content-type') ?? ''
  if (binaryTypes.test(essence(contentType))) return { kind: 'binary', why: `Content-Type: ${contentType}` }
  const wide = utf16Of(body)
  if (wide) return decodeAs(new TextDecoder(wide, strict), body, [])
  const label = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  const decoder = decoderFor(label)
  if (!decoder)
    return decodeAs(new TextDecoder('utf-8', strict), body, [`Unknown charset ${label}: read as UTF-8.`])
  return decodeAs(decoder, body, [])
}

/** Whether the server says that the body is a stream of events. */
export const isEventStream = ({ headers }: HttpResponse): boolean =>
  essence(headerValue(headers, 'content-type') ?? '') === 'text/event-stream'

/** UTF-16 by its byte order mark, or by the zero in every pair of bytes of an ASCII text; `null` for anything else. @see RFC 8259 section 8.1 */
function utf16Of(body: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = body
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (body.length < 4 || body.length % 2 !== 0) return null
  if (first > 0 && second === 0 && third > 0 && fourth === 0) return 'utf-16le'
  return first === 0 && second > 0 && third === 0 && fourth > 0 ? 'utf-16be' : null
}

const strict = { fatal: true, ignoreBOM: true }

function decodeAs(decoder: TextDecoder, body: Uint8Array, notes: string[]): Body {
  if (body.subarray(0, 8192).includes(0) && !decoder.encoding.startsWith('utf-16')) {
    return { kind: 'binary', why: 'It contains NUL bytes.' }
  }
  try {
    const text = decoder.decode(body)
    if (text.startsWith('\uFEFF')) notes.push('The body starts with a byte order mark (U+FEFF).')
    if (decoder.encoding !== 'utf-8') notes.push(`Decoded from ${decoder.encoding}.`)
    return { kind: 'text', text, charset: decoder.encoding, notes }
  } catch {
    // TypeError: the bytes are not in the encoding the server named
    return { kind: 'binary', why: `Its bytes are not valid ${decoder.encoding}.` }
  }
}

function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, strict)
  } catch {
    // RangeError: a label the Encoding Standard does not know, "utf8-bom" for one
    return null
  }
}

/** Whether there is a tag at all in what a server calls text/html: frameworks call a bare sentence so (Express: `res.send`). */
export const hasTag = (text: string): boolean => /<[a-z!/]/i.test(text.slice(0, 10_000))

/** `65 79 4a …  eyJ…`: sixteen bytes a line, as a hex dump shows them. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const row = [...bytes.subarray(offset, offset + 16)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${ascii}`)
  }
  return lines.join('\n')
}
