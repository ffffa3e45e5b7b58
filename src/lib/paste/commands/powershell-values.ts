import { encodeBase64 } from '../../encoding/base64.ts'
import { unknown } from '../unknown.ts'
import { type Cursor, NotRead, Unfinished } from './cursor.ts'

/** Names and values, in order. */
export interface Table {
  readonly entries: readonly (readonly [name: string, value: Value])[]
}

/** What a literal of PowerShell comes to. */
export type Value = string | Table

/** Variables by their names in lower case, which PowerShell does not tell apart by case. */
export type Scope = Map<string, Value>

const single = "'\u2018-\u201B"
const double = '"\u201C-\u201E'

const spaces = { line: /(?:[ \t\xA0]|`\r?\n)+/y, lines: /(?:\s|`\r?\n)+/y }

/** Steps over white space and comments, in one line or in several. */
export function skipBlank(cursor: Cursor, reach: keyof typeof spaces): void {
  for (;;) {
    const from = cursor.at
    cursor.match(spaces[reach])
    cursor.match(/#[^\r\n]*/y)
    if (cursor.accepts('<#')) cursor.skipPast('#>')
    if (cursor.at === from) return
  }
}

const quotedSingle = new RegExp(`[${single}]((?:[^${single}]|[${single}]{2})*)[${single}]`, 'y')
const variable = /\$(?:\{([^{}\n]{1,100})\}|((?:env|global|script|local|private):\w{1,100}|\w{1,100}))/iy

/** A value with all that is added to it. @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_expressions */
export function readExpression(cursor: Cursor, scope: Scope): Value {
  let value = readTerm(cursor, scope)
  for (;;) {
    const back = cursor.at
    skipBlank(cursor, 'line')
    if (cursor.next === '+') {
      cursor.at += 1
      skipBlank(cursor, 'lines')
      value = added(value, readTerm(cursor, scope))
    } else if (cursor.match(/\|[ \t]*ConvertTo-Json(?:[ \t]+-(?:Compress|Depth[ \t]+\d{1,3}))*/iy)) {
      value = typeof value === 'string' ? value : JSON.stringify(plain(value))
    } else {
      cursor.at = back
      return value
    }
  }
}

const added = (one: Value, other: Value): Value =>
  typeof one === 'string' && typeof other === 'string'
    ? one + other
    : typeof one !== 'string' && typeof other !== 'string'
      ? { entries: [...one.entries, ...other.entries] }
      : notWritten()

const plain = ({ entries }: Table): object =>
  Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : plain(value)]))

function readTerm(cursor: Cursor, scope: Scope): Value {
  const cast = cursor.match(/\[(?:string|ordered|hashtable|pscustomobject)\][ \t]*/iy)
  if (cursor.accepts('@{')) return cursor.nested(() => readTable(cursor, scope))
  if (cast === null && cursor.next === '[') return readStatic(cursor, scope)
  if (cursor.accepts('(')) return cursor.nested(() => readGroup(cursor, scope))
  const text = readQuoted(cursor, scope)
  if (text !== null) return text
  const named = readReference(cursor, scope)
  if (named !== null) return named
  const number = cursor.match(/-?\d{1,20}(?:\.\d{1,20})?(?![\w.])/y)
  return number === null ? notWritten() : number[0]
}

const notWritten = (): never => {
  throw new NotRead(
    'PowerShell would compute part of it, or run a command. Nothing is run. Put the value itself in its place.',
  )
}

/** After the opening parenthesis. */
function readGroup(cursor: Cursor, scope: Scope): Value {
  skipBlank(cursor, 'lines')
  const value = readExpression(cursor, scope)
  skipBlank(cursor, 'lines')
  if (!cursor.accepts(')')) notWritten()
  return value
}

/** A text in quotes, or one over several lines; `null` if none is here. @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
export function readQuoted(cursor: Cursor, scope: Scope): string | null {
  const [, quote] = cursor.match(hereQuote) ?? []
  if (quote !== undefined) return readHere(cursor, isSingle.test(quote), scope)
  const plainText = cursor.match(quotedSingle)
  if (plainText !== null) return (plainText[1] ?? '').replace(doubled, '$1')
  if (isSingle.test(cursor.next)) throw new Unfinished()
  return isDouble.test(cursor.next) ? readExpandable(cursor, scope) : null
}

export const isSingle = new RegExp(`[${single}]`)
export const isDouble = new RegExp(`[${double}]`)
const doubled = new RegExp(`([${single}])[${single}]`, 'g')
export const hereQuote = new RegExp(`@([${single}${double}])[ \\t]*\\r?\\n`, 'y')

/** A text over several lines, which ends in front of its quote. */
function readHere(cursor: Cursor, isPlain: boolean, scope: Scope): string {
  // An empty one ends with the line break that it begins with.
  cursor.at -= 1
  const text = cursor
    .skipPast(isPlain ? "\n'@" : '\n"@')
    .slice(1)
    .replace(/\r$/, '')
  if (isPlain) return text
  const inner = cursor.inside(text)
  const pieces: string[] = []
  while (!inner.isAtEnd) pieces.push(readPiece(inner, scope, /[^`$]+/y))
  return pieces.join('')
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1B',
}

const inQuotes = new RegExp(`[^${double}\`$]+`, 'y')
const escaped = /`(?:u\{([\dA-Fa-f]{1,6})\}|([^]))/y

function readExpandable(cursor: Cursor, scope: Scope): string {
  cursor.at += 1
  const pieces: string[] = []
  for (;;) {
    if (cursor.isAtEnd) throw new Unfinished()
    if (isDouble.test(cursor.next)) {
      cursor.at += 1
      if (!isDouble.test(cursor.next)) return pieces.join('')
      pieces.push(cursor.next)
      cursor.at += 1
    } else pieces.push(readPiece(cursor, scope, inQuotes))
  }
}

function readPiece(cursor: Cursor, scope: Scope, plainText: RegExp): string {
  const found = cursor.match(plainText)
  if (found !== null) return found[0]
  const escape = cursor.match(escaped)
  if (escape !== null) {
    const [, hex, character = ''] = escape
    if (hex !== undefined)
      return parseInt(hex, 16) > 0x10ffff ? '\uFFFD' : String.fromCodePoint(parseInt(hex, 16))
    return escapes[character] ?? character
  }
  if (cursor.accepts('$(')) {
    const value = cursor.nested(() => readGroup(cursor, scope))
    return typeof value === 'string' ? value : notWritten()
  }
  const named = readVariable(cursor, scope)
  if (named !== null) return typeof named === 'string' ? named : notWritten()
  const sign = cursor.next
  cursor.at += 1
  return sign
}

/** The value of a variable, or a member of it, which is of what a command gave; `null` if none is here. */
export function readReference(cursor: Cursor, scope: Scope): Value | null {
  const start = cursor.at
  const value = readVariable(cursor, scope)
  if (value === null || cursor.match(/(?:\.\w{1,100}){1,9}(?![\w(])/y) === null) return value
  return unknown(cursor.text.slice(start + 1, cursor.at))
}

/** The value of a variable, unknown if nothing before sets it; `null` if none is here. */
function readVariable(cursor: Cursor, scope: Scope): Value | null {
  const found = cursor.match(variable)
  if (found === null) return null
  const name = (found[1] ?? found[2] ?? '').replace(/^(?:env|global|script|local|private):/i, '')
  return scope.get(name.toLowerCase()) ?? unknown(name)
}

const name = /[\w-]{1,200}/y

/** After `@{`. */
function readTable(cursor: Cursor, scope: Scope): Table {
  const entries: (readonly [string, Value])[] = []
  for (;;) {
    skipBlank(cursor, 'lines')
    if (cursor.accepts('}')) return { entries }
    if (cursor.accepts(';')) continue
    const key = readQuoted(cursor, scope) ?? cursor.match(name)?.[0]
    if (key === undefined) return notWritten()
    skipBlank(cursor, 'lines')
    cursor.expect('=')
    skipBlank(cursor, 'lines')
    entries.push([key, readExpression(cursor, scope)])
    skipBlank(cursor, 'line')
    if (!/[\r\n;}]/.test(cursor.next)) return notWritten()
  }
}

/** Functions that only write a text otherwise. */
const functions: readonly (readonly [call: RegExp, write: (text: string) => string])[] = [
  [/\[(?:System\.)?Text\.Encoding\]::(?:UTF8|ASCII|Default|Latin1)\.GetBytes\(/iy, (text) => text],
  [/\[(?:System\.)?Convert\]::ToBase64String\(/iy, (text) => encodeBase64(new TextEncoder().encode(text))],
  [
    /\[(?:System\.)?(?:uri\]::EscapeDataString|Web\.HttpUtility\]::UrlEncode|Net\.WebUtility\]::UrlEncode)\(/iy,
    (text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')),
  ],
]

function readStatic(cursor: Cursor, scope: Scope): string {
  const character = cursor.match(/\[char\](?:0x([\dA-Fa-f]{1,4})|(\d{1,5}))/iy)
  if (character !== null) {
    const [, hex, decimal = ''] = character
    return String.fromCharCode(hex === undefined ? Number(decimal) : parseInt(hex, 16))
  }
  for (const [call, write] of functions) {
    if (cursor.match(call) === null) continue
    const value = cursor.nested(() => readGroup(cursor, scope))
    return typeof value === 'string' ? write(value) : notWritten()
  }
  return notWritten()
}
