import type { JsonValue } from './value.ts'
import { parseJson } from './parse.ts'

/** A piece of a line. */
type JsonSegment =
  | { readonly kind: 'key'; readonly text: string; readonly duplicate: boolean }
  | { readonly kind: 'punctuation' | 'string' | 'number' | 'literal'; readonly text: string }

export type JsonLine = readonly JsonSegment[]

type Container = Extract<JsonValue, { kind: 'object' | 'array' }>

/** A container whose opening line is out and whose children are not all out yet. */
interface Open {
  readonly value: Container
  next: number
}

const sizeOf = (value: Container) => (value.kind === 'object' ? value.members.length : value.items.length)
const brackets = { object: ['{', '}'], array: ['[', ']'] } as const
const mark = (text: string): JsonSegment => ({ kind: 'punctuation', text })
const pad = (width: number): JsonSegment[] => (width > 0 ? [mark(' '.repeat(width))] : [])

/**
 * The lines of the pretty-printed text, one at a time, so that a page can show the first hundred of a hundred
 * thousand and ask for more. Joined, they are exactly {@link formatJson}.
 *
 * @param indent spaces per level
 */
export function* jsonLines(root: JsonValue, indent = 2): Generator<JsonLine, void, undefined> {
  const open: Open[] = []
  yield [...begin(root, open)]
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.next === sizeOf(top.value)) {
      open.pop()
      yield [...pad(open.length * indent), mark(brackets[top.value.kind][1] + comma(open.at(-1)))]
      continue
    }
    const depth = open.length
    const line = [...pad(depth * indent), ...child(top, open)]
    // A child that opened a container has its comma after the closing bracket.
    if (open.length === depth && comma(top) !== '') line.push(mark(','))
    yield line
  }
}

const comma = (parent: Open | undefined) =>
  parent !== undefined && parent.next < sizeOf(parent.value) ? ',' : ''

/** The next child of `top`: its key, if it has one, and the beginning of its value. */
function child(top: Open, open: Open[]): JsonSegment[] {
  const index = top.next++
  if (top.value.kind === 'array') {
    const item = top.value.items[index]
    return item === undefined ? [] : begin(item, open)
  }
  const member = top.value.members[index]
  if (member === undefined) return []
  return [
    { kind: 'key', text: member.keySource, duplicate: member.duplicate },
    mark(': '),
    ...begin(member.value, open),
  ]
}

/** A scalar or an empty container whole; of any other container the opening bracket, and an entry in `open`. */
function begin(value: JsonValue, open: Open[]): JsonSegment[] {
  switch (value.kind) {
    case 'object':
    case 'array':
      if (sizeOf(value) === 0) return [mark(brackets[value.kind].join(''))]
      open.push({ value, next: 0 })
      return [mark(brackets[value.kind][0])]
    case 'literal':
      return [{ kind: 'literal', text: String(value.value) }]
    case 'string':
    case 'number':
      return [{ kind: value.kind, text: value.source }]
  }
}

/**
 * The tree as JSON text, laid out as `JSON.stringify` would but with the order, the repeated names, the digits and
 * the escapes of the text it was read from.
 *
 * @param indent spaces per level
 */
export function formatJson(value: JsonValue, indent = 2): string {
  const lines: string[] = []
  for (const line of jsonLines(value, indent)) lines.push(line.map(({ text }) => text).join(''))
  return lines.join('\n')
}

/**
 * The same JSON without white space between its parts, digits and order kept; text that is not JSON unchanged.
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
