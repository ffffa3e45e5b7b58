import type { Cursor } from './cursor.ts'
import { flagRepeats, hasRepeats } from './repeats.ts'
import { readLiteral, readNumber, readString } from './read-scalar.ts'
import type { JsonMember, JsonValue } from './value.ts'

/** Levels of nesting read before giving up: far more than any token has, far fewer than the stack holds. */
const deepest = 200

/** Reads the value at the cursor, `depth` levels down. */
export function readValue(cursor: Cursor, depth = 0): JsonValue {
  switch (cursor.next()) {
    case '{':
      return readObject(cursor, depth + 1)
    case '[':
      return readArray(cursor, depth + 1)
    case '"':
      return { kind: 'string', ...readString(cursor) }
    case 't':
      return readLiteral(cursor, true)
    case 'f':
      return readLiteral(cursor, false)
    case 'n':
      return readLiteral(cursor, null)
    default:
      return readNumber(cursor)
  }
}

function readObject(cursor: Cursor, depth: number): JsonValue {
  const members: JsonMember[] = []
  const offsets: number[] = []
  open(cursor, depth)
  for (let more = !cursor.takes('}'); more; more = cursor.continues('}')) {
    if (cursor.next() !== '"') throw cursor.fault('a name in double quotes')
    offsets.push(cursor.at)
    const { value: key, source: keySource } = readString(cursor)
    cursor.expect(':')
    members.push({ key, keySource, value: readValue(cursor, depth), duplicate: false })
  }
  const repeated = hasRepeats(members) ? flagRepeats(members, offsets, cursor.problems) : members
  return { kind: 'object', members: repeated }
}

function readArray(cursor: Cursor, depth: number): JsonValue {
  const items: JsonValue[] = []
  open(cursor, depth)
  for (let more = !cursor.takes(']'); more; more = cursor.continues(']')) items.push(readValue(cursor, depth))
  return { kind: 'array', items }
}

function open(cursor: Cursor, depth: number): void {
  if (depth > deepest) throw cursor.fault(`at most ${deepest} levels of nesting`)
  cursor.at++
}
