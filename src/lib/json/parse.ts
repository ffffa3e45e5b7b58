import { Cursor } from './cursor.ts'
import type { JsonProblem } from './problems.ts'
import { readValue } from './read-value.ts'
import { NotJson } from './scan.ts'
import type { JsonValue } from './value.ts'

export type JsonParse =
  | { readonly ok: true; readonly value: JsonValue; readonly problems: readonly JsonProblem[] }
  /** `offset` counts UTF-16 code units from 0, `line` and `column` from 1; `message` is one plain sentence. */
  | {
      readonly ok: false
      readonly offset: number
      readonly line: number
      readonly column: number
      readonly message: string
    }

/**
 * Reads a JSON text without losing anything of it. Accepts what `JSON.parse` accepts, and a byte order mark before
 * it (noted as a problem: "implementations that parse JSON texts MAY ignore the presence of a byte order mark
 * rather than treating it as an error"); refuses more than 200 levels of nesting. Never throws.
 *
 * @see RFC 8259
 */
export function parseJson(text: string): JsonParse {
  const cursor = new Cursor(text)
  try {
    return { ok: true, value: readDocument(cursor), problems: cursor.problems.found }
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    const before = text.slice(0, error.offset).split('\n')
    const column = (before.at(-1)?.length ?? 0) + 1
    return { ok: false, offset: error.offset, line: before.length, column, message: error.message }
  }
}

function readDocument(cursor: Cursor): JsonValue {
  if (cursor.text.startsWith('\uFEFF')) {
    cursor.at = 1
    cursor.problems.note('byte-order-mark', 0, 'The text begins with a byte order mark.')
  }
  const value = readValue(cursor)
  if (cursor.next() !== '') throw cursor.fault('nothing after the value')
  return value
}
