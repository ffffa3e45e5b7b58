import type { HeaderList } from '../../http/message.ts'

/** The lines of a head, read as header fields. */
export interface Fields {
  readonly headers: HeaderList
  /** How many lines are none. */
  readonly others: number
}

/** `POST /token HTTP/1.1`. @see RFC 9112 section 3 */
export const requestLine = /^([A-Z][\w!#$%&'*+.^`|~-]{0,40}) (\S+) HTTP\/\d(?:\.\d)?$/

/** The lines of a text, however they end. */
export const linesOf = (text: string): readonly string[] => text.split(/\r?\n/)

/** A line that begins with white space goes on with the one before. @see RFC 9112 section 5 */
export function fieldsOf(lines: readonly string[]): Fields {
  const fields: [string, string][] = []
  let others = 0
  for (const line of lines) {
    const last = fields.at(-1)
    const colon = line.indexOf(':', 1)
    if (/^[ \t]/.test(line) && last !== undefined) last[1] = `${last[1]} ${line.trim()}`.trim()
    else if (colon > 0) fields.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()])
    else others += 1
  }
  return { headers: fields, others }
}
