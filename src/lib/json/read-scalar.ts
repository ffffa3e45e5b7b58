import type { Cursor } from './cursor.ts'
import { isInexact, shorten } from './problems.ts'
import { numberEnd, stringEnd } from './scan.ts'
import type { JsonValue } from './value.ts'

/** Reads the string literal at the cursor, whose opening quote is already seen. */
export function readString(cursor: Cursor): { readonly value: string; readonly source: string } {
  const start = cursor.at
  cursor.at = stringEnd(cursor.text, start)
  const source = cursor.text.slice(start, cursor.at)
  if (!source.includes('\\')) return { value: source.slice(1, -1), source }
  const value = JSON.parse(source) as string
  if (/\p{Surrogate}/u.test(value)) {
    cursor.problems.note(
      'lone-surrogate',
      start,
      `${shorten(source)} escapes half of a surrogate pair, which is not a character.`,
    )
  }
  return { value, source }
}

/** Reads the number at the cursor, or fails: nothing else can begin a value here. */
export function readNumber(cursor: Cursor): JsonValue {
  const start = cursor.at
  const end = numberEnd(cursor.text, start)
  if (end === start) throw cursor.fault('a value')
  cursor.at = end
  const source = cursor.text.slice(start, end)
  if (isInexact(source)) {
    cursor.problems.note(
      'inexact-number',
      start,
      `${shorten(source)} is beyond the numbers that every JSON reader keeps exactly.`,
    )
  }
  return { kind: 'number', source }
}

/** Reads `true`, `false` or `null`. */
export function readLiteral(cursor: Cursor, value: true | false | null): JsonValue {
  const word = String(value)
  if (!cursor.text.startsWith(word, cursor.at)) throw cursor.fault('a value')
  cursor.at += word.length
  return { kind: 'literal', value }
}
