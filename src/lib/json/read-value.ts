import type { Cursor } from './cursor.ts'
import { readLiteral, readNumber, readString } from './read-scalar.ts'
import type { JsonMember, JsonValue } from './value.ts'
import { type ProblemList, shorten } from './problems.ts'

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

/** Whether any two members share a name. Asked once an object is read, as nearly none has any. */
function hasRepeats(members: readonly JsonMember[]): boolean {
  return members.length > 1 && new Set(members.map(({ key }) => key)).size < members.length
}

/** The members with `duplicate` set on every bearer of a repeated name; each such name is noted once. */
function flagRepeats(
  members: readonly JsonMember[],
  offsets: readonly number[],
  problems: ProblemList,
): readonly JsonMember[] {
  const bearers = new Map<string, number>()
  return members
    .map((member, index) => {
      const count = (bearers.get(member.key) ?? 0) + 1
      bearers.set(member.key, count)
      if (count === 2) note(member.keySource, offsets[index] ?? 0, problems)
      return member
    })
    .map((member) => ({ ...member, duplicate: (bearers.get(member.key) ?? 0) > 1 }))
}

function note(keySource: string, offset: number, problems: ProblemList): void {
  const message = `The name ${shorten(keySource)} appears more than once in one object; most readers use the last.`
  problems.note('duplicate-name', offset, message)
}
