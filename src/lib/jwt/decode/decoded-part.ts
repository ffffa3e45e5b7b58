import { parseJson } from '../../json/parse.ts'
import type { JsonValue } from '../../json/value.ts'
import { decodeBase64url } from '../../encoding/base64url.ts'
import { decodeUtf8 } from '../../encoding/utf8.ts'

/** One base64url part of a token that is meant to hold a JSON object: as much of it as could be read. */
export interface DecodedPart {
  /** The base64url text, as in the token. */
  readonly text: string
  readonly bytes: Uint8Array<ArrayBuffer> | null
  /** The bytes as UTF-8 text, JSON or not; `null` when they are not UTF-8. */
  readonly json: string | null
  /**
   * The text as a JSON tree; `null` when it is not JSON. Of bytes that are not UTF-8 it is what a lenient reader
   * would see, U+FFFD in place of the bad ones.
   */
  readonly value: JsonValue | null
  /** One plain sentence each, in the order of the steps. */
  readonly problems: readonly string[]
}

/**
 * Decodes a part in the steps of RFC 7519 section 7.2: base64url, UTF-8, JSON, object. Goes on if it can, and
 * says what is wrong.
 *
 * @param holds `bytes` for a payload that need not be JSON: a token of its own, or compressed
 */
export function decodePart(text: string, holds: 'json' | 'bytes' = 'json'): DecodedPart {
  if (text === '') return { text, bytes: new Uint8Array(), json: '', value: null, problems: ['It is empty.'] }
  const { bytes, problems: first } = decodeBase64url(text)
  if (bytes === null) return { text, bytes, json: null, value: null, problems: first }
  const problems = [...first]
  const utf8 = decodeUtf8(bytes)
  if (!utf8.ok && holds === 'json') {
    const byte = (bytes[utf8.offset] ?? 0).toString(16).toUpperCase().padStart(2, '0')
    problems.push(`It is not UTF-8: the byte 0x${byte} at offset ${utf8.offset} does not belong there.`)
  }
  const parsed = parseJson(utf8.text)
  if (!parsed.ok) {
    if (holds === 'json')
      problems.push(`It is not JSON: ${parsed.message} (Line ${parsed.line}, column ${parsed.column}.)`)
  } else {
    if (parsed.value.kind !== 'object')
      problems.push(`It is JSON, but ${named[parsed.value.kind]} and not an object.`)
    problems.push(...parsed.problems.map(({ message }) => message))
  }
  return { text, bytes, json: utf8.ok ? utf8.text : null, value: parsed.ok ? parsed.value : null, problems }
}

const named = { array: 'an array', string: 'a string', number: 'a number', literal: 'a literal' } as const
