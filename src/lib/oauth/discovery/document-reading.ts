import { decodeBody } from '../../http/body.ts'
import { headerValue, type Outcome } from '../../http/message.ts'
import { essence } from '../../http/preflight.ts'
import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'

/** The largest document that is read: 1 MiB. Those in use have some kilobytes. */
const maxBytes = 1024 * 1024

/** JSON that was fetched or pasted, whatever it says. */
interface JsonDocument {
  readonly kind: 'json'
  readonly value: JsonValue
  /** Without parameters; `null` for what was pasted. */
  readonly mediaType: string | null
}

/** `why` is a sentence; `status` is `null` for what was pasted. */
export interface NotMetadata {
  readonly kind: 'not-metadata'
  readonly why: string
  readonly status: number | null
}

/** Why asking for a document brought none. */
export type NoDocument =
  | NotMetadata
  /** Any status but 2xx. */
  | { readonly kind: 'absent'; readonly status: number }
  | { readonly kind: 'unreadable'; readonly outcome: Exclude<Outcome, { kind: 'response' }> }

/** Reads the JSON that a request for metadata came to. @see RFC 8414 section 3.2 @see RFC 9728 section 3.2 */
export function readDocument(outcome: Outcome): JsonDocument | NoDocument {
  if (outcome.kind !== 'response') return { kind: 'unreadable', outcome }
  const { response } = outcome
  const { status } = response
  if (status < 200 || status > 299) return { kind: 'absent', status }
  if (response.body.length > maxBytes) return { kind: 'not-metadata', why: tooLarge, status }
  const body = decodeBody(response)
  switch (body.kind) {
    case 'empty':
      return { kind: 'not-metadata', why: 'The response is empty.', status }
    case 'binary':
      return { kind: 'not-metadata', why: `The response is not text. ${body.why}`, status }
    case 'text':
      return readText(body.text, essence(headerValue(response.headers, 'content-type') ?? ''), status)
    default:
      return body satisfies never
  }
}

/**
 * Reads a document that was pasted, as a browser or curl shows it: a byte order mark, the response's head and whatever
 * else surrounds the JSON is no hindrance. Never throws.
 */
export function parseDocument(text: string): JsonDocument | NotMetadata {
  if (text.trim() === '') return { kind: 'not-metadata', why: 'Nothing was pasted.', status: null }
  if (text.length > maxBytes) return { kind: 'not-metadata', why: tooLarge, status: null }
  if (/^\s*https?:\S*\s*$/i.test(text)) {
    return { kind: 'not-metadata', why: 'This is a URL: it belongs into the field above.', status: null }
  }
  return readText(unwrapJson(text), null, null)
}

const tooLarge = 'It is larger than 1 MiB, and not read.'

function readText(text: string, mediaType: string | null, status: number | null): JsonDocument | NotMetadata {
  const parsed = parseJson(text)
  if (!parsed.ok) {
    const place = `line ${parsed.line}, column ${parsed.column}`
    const why = /^\s*</.test(text)
      ? 'This is a web page.'
      : `This is not JSON. At ${place}: ${parsed.message}`
    return { kind: 'not-metadata', why, status }
  }
  return { kind: 'json', value: parsed.value, mediaType }
}

/**
 * The JSON object in a text that has more around it: the head of a response as `curl -i` prints it, a prompt, a fence.
 * What is before it becomes white space, so that lines and columns stay what they were; a text that begins with
 * the object, or has none, is given back as it is.
 */
function unwrapJson(text: string): string {
  const head = headLength(text)
  const start = text.indexOf('{', head)
  if (start < 0 || text.slice(0, start).trim() === '') return text
  const end = text.lastIndexOf('}') + 1
  return text.slice(0, start).replace(/[^\n]/g, ' ') + text.slice(start, end > start ? end : text.length)
}

/** How much of the text is heads of responses: a field may have braces of its own. A proxy's head may come first. */
function headLength(text: string): number {
  const head = /[^]*?\r?\n\r?\n/y
  let length = 0
  while (/^HTTP\/\d/.test(text.slice(length, length + 8))) {
    head.lastIndex = length
    if (!head.test(text)) return length
    length = head.lastIndex
  }
  return length
}
