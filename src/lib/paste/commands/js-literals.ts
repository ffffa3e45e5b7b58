import { unknown } from '../unknown.ts'
import { type Cursor, NotRead, Unfinished } from './cursor.ts'

/** A value that JavaScript code has written out. */
export type Literal =
  string | number | boolean | null | readonly Literal[] | { readonly members: readonly Member[] }

/** A name may be repeated, and any name is one. */
export type Member = readonly [name: string, value: Literal]

/** Steps over white space and comments. */
export function skipSpace(cursor: Cursor): void {
  for (;;) {
    const from = cursor.at
    cursor.match(/\s+/y)
    cursor.match(/\/\/[^\r\n\u2028\u2029]*/y)
    if (cursor.accepts('/*')) cursor.skipPast('*/')
    if (cursor.at === from) return
  }
}

/**
 * A literal of JavaScript, JSON among them, and texts that are added. Of all else only what cannot do anything but write a
 * text otherwise is read: `new URLSearchParams`, `JSON.stringify`, and `process.env`, which is unknown.
 * @see https://tc39.es/ecma262/#sec-primary-expression-literals
 */
export function readLiteral(cursor: Cursor): Literal {
  let value = readTerm(cursor)
  for (;;) {
    skipSpace(cursor)
    if (cursor.next !== '+') return value
    cursor.at += 1
    skipSpace(cursor)
    const other = readTerm(cursor)
    if (typeof value !== 'string' || typeof other !== 'string') return notWritten()
    value += other
  }
}

const notWritten = (): never => {
  throw new NotRead('JavaScript would compute part of it. Nothing is run. Put the value itself in its place.')
}

const words: Readonly<Record<string, Literal>> = { true: true, false: false, null: null, undefined: null }

function readTerm(cursor: Cursor): Literal {
  if (cursor.accepts('{')) return cursor.nested(() => readObject(cursor))
  if (cursor.accepts('[')) return cursor.nested(() => readList(cursor))
  if (/["'`]/.test(cursor.next)) return readString(cursor)
  const number = cursor.match(/-?\d{1,20}(?:\.\d{1,20})?(?![\w.])/y)
  if (number !== null) return Number(number[0])
  const variable = cursor.match(/(?:process|import\.meta)\.env\.(\w{1,100})!?(?![\w.([])/y)
  if (variable !== null) return unknown(variable[1] ?? '')
  for (const [call, write] of calls) {
    if (cursor.match(call) === null) continue
    return cursor.nested(() => write(readArgument(cursor)))
  }
  const [word = ''] = cursor.match(/\w{1,20}(?![\w.([$])/y) ?? []
  return Object.hasOwn(words, word) ? (words[word] ?? null) : notWritten()
}

/** The last is of the code that this page writes. */
const calls: readonly (readonly [call: RegExp, write: (value: Literal) => Literal])[] = [
  [/new\s{1,9}URLSearchParams\s{0,9}\(/y, formOf],
  [/JSON\.stringify\s{0,9}\(/y, (value) => JSON.stringify(plain(value))],
  [/new\s{1,9}Headers\s{0,9}\(/y, (value) => value],
  [/form\(/y, (value) => (typeof value === 'string' && value.startsWith('\uFDD0') ? value : notWritten())],
]

/** After the opening parenthesis: a value, and what `toString` makes of it. */
function readArgument(cursor: Cursor): Literal {
  skipSpace(cursor)
  const value = readLiteral(cursor)
  return cursor.match(/\s*,?\s*\)(?:\.toString\(\))?/y) === null ? notWritten() : value
}

function formOf(value: Literal): string {
  const pairs = pairsOf(value)
  return pairs === null
    ? notWritten()
    : new URLSearchParams(pairs.map(([name, text]) => [name, text])).toString()
}

/** Names and texts, of an object or a list of pairs; `null` if it is neither. */
export function pairsOf(value: Literal): readonly (readonly [string, string])[] | null {
  const members = isList(value)
    ? value.map((item) => (isList(item) ? item : []))
    : typeof value === 'object' && value !== null
      ? value.members
      : null
  if (members === null) return null
  const pairs = members.flatMap(([name, text]): [string, string][] =>
    typeof name === 'string' && (typeof text === 'string' || typeof text === 'number')
      ? [[name, String(text)]]
      : [],
  )
  return pairs.length === members.length ? pairs : null
}

const isList = (value: Literal): value is readonly Literal[] => Array.isArray(value)

const plain = (value: Literal): unknown =>
  isList(value)
    ? value.map(plain)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(value.members.map(([name, one]) => [name, plain(one)]))
      : value

function readObject(cursor: Cursor): Literal {
  const members: Member[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.accepts('}')) return { members }
    const name = /["']/.test(cursor.next) ? readString(cursor) : cursor.match(/[\w$]{1,200}/y)?.[0]
    skipSpace(cursor)
    if (name === undefined || !cursor.accepts(':')) return notWritten()
    skipSpace(cursor)
    members.push([name, readLiteral(cursor)])
    if (!cursor.accepts(',') && cursor.next !== '}') return notWritten()
  }
}

function readList(cursor: Cursor): Literal {
  const items: Literal[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.accepts(']')) return items
    items.push(readLiteral(cursor))
    if (!cursor.accepts(',') && cursor.next !== ']') return notWritten()
  }
}

const named: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
}

const escape = /\\(?:u\{([\dA-Fa-f]{1,6})\}|u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2})|(\r\n|[^]))/y

function readString(cursor: Cursor): string {
  const quote = cursor.next
  cursor.at += 1
  const pieces: string[] = []
  const inside = { '"': /[^"\\\r\n]+/y, "'": /[^'\\\r\n]+/y, '`': /[^`\\$]+/y }[quote] ?? /(?!)/y
  while (!cursor.accepts(quote)) {
    const found = cursor.match(inside)?.[0] ?? readEscape(cursor)
    if (found !== null) pieces.push(found)
    else if (quote === '`' && cursor.next === '$' && !cursor.text.startsWith('${', cursor.at)) {
      pieces.push('$')
      cursor.at += 1
    } else if (quote === '`' && !cursor.isAtEnd) notWritten()
    else throw new Unfinished()
  }
  return pieces.join('')
}

function readEscape(cursor: Cursor): string | null {
  const found = cursor.match(escape)
  if (found === null) return null
  const [, point, unit, byte, character = ''] = found
  const hex = point ?? unit ?? byte
  if (hex === undefined) return /[\r\n\u2028\u2029]/.test(character) ? '' : (named[character] ?? character)
  const code = parseInt(hex, 16)
  return code > 0x10ffff
    ? '\uFFFD'
    : point === undefined
      ? String.fromCharCode(code)
      : String.fromCodePoint(code)
}
