import { Cursor } from './cursor.ts'
import { readValue } from './read-value.ts'
import { NotJson } from './scan.ts'
import type { JsonValue } from './value.ts'

/** A JSON object in a text that is more than that. */
export interface Embedded {
  readonly value: JsonValue
  /** Its place in the text, in UTF-16 code units. */
  readonly start: number
  readonly end: number
}

/** Where an object with members may begin. */
const beginning = /\{\s{0,99}(?=")/g

/** Places that are tried. */
const mostTried = 50

/**
 * The first JSON object in a text that is wanted, whatever is before and after it. Of an object that is not whole, one
 * inside it may be. In linear time. Never throws.
 * @see RFC 8259 section 4
 */
export function embeddedJson(text: string, isWanted: (value: JsonValue) => boolean): Embedded | null {
  beginning.lastIndex = 0
  for (let tried = 0, match = beginning.exec(text); match && tried < mostTried; tried++) {
    const found = objectAt(text, match.index)
    if (found && isWanted(found.value)) return found
    if (found) beginning.lastIndex = found.end
    match = beginning.exec(text)
  }
  return null
}

function objectAt(text: string, start: number): Embedded | null {
  const cursor = new Cursor(text)
  cursor.at = start
  try {
    const value = readValue(cursor)
    return { value, start, end: cursor.at }
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    return null
  }
}
