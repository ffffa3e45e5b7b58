import { jsonLines } from './lines.ts'
import { parseJson } from './parse.ts'

/**
 * The same JSON without white space between its parts, digits and order kept; text that is not JSON as it stands.
 * @see RFC 8259 section 2
 */
export function compactJson(text: string): string {
  const parsed = parseJson(text)
  if (!parsed.ok) return text
  let compact = ''
  for (const line of jsonLines(parsed.value, 0)) {
    for (const { kind, text: piece } of line) compact += kind === 'punctuation' ? piece.trim() : piece
  }
  return compact
}
