import { type Cursor, Unfinished } from './cursor.ts'
import { hereQuote, isDouble, isSingle, skipBlank } from './powershell-values.ts'

/** What ends a statement outside of brackets. */
const end = /[\r\n;{}]/

/**
 * Steps to the end of a statement of PowerShell, over quotes and brackets, whatever it does.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 */
export function skipStatement(cursor: Cursor): void {
  let depth = 0
  for (;;) {
    skipBlank(cursor, depth > 0 ? 'lines' : 'line')
    if (cursor.isAtEnd || (depth === 0 && end.test(cursor.next))) return
    if (cursor.match(/@\{|[([]/y) !== null) depth += 1
    else if (cursor.match(/[)\]}]/y) !== null) depth = Math.max(0, depth - 1)
    else skipToken(cursor)
  }
}

/** One text in quotes, or what is no quote and no bracket. */
function skipToken(cursor: Cursor): void {
  const [, here] = cursor.match(hereQuote) ?? []
  if (here !== undefined) {
    cursor.at -= 1
    cursor.skipPast(isSingle.test(here) ? "\n'@" : '\n"@')
  } else if (isSingle.test(cursor.next)) {
    cursor.at += 1
    while (!isSingle.test(cursor.next)) skipCharacter(cursor)
    cursor.at += 1
  } else if (isDouble.test(cursor.next)) skipExpandable(cursor)
  else if (cursor.match(/`[^]|[\w.:=,|-]+/y) === null) cursor.at += 1
}

/** A doubled quote is two texts next to each other, which comes to the same. */
function skipExpandable(cursor: Cursor): void {
  cursor.at += 1
  while (!isDouble.test(cursor.next)) {
    if (cursor.accepts('$(')) cursor.nested(() => skipGroup(cursor))
    else if (cursor.match(/`[^]/y) === null) skipCharacter(cursor)
  }
  cursor.at += 1
}

function skipGroup(cursor: Cursor): void {
  let depth = 1
  while (depth > 0) {
    if (cursor.isAtEnd) throw new Unfinished()
    skipBlank(cursor, 'lines')
    if (cursor.accepts('(')) depth += 1
    else if (cursor.accepts(')')) depth -= 1
    else skipToken(cursor)
  }
}

function skipCharacter(cursor: Cursor): void {
  if (cursor.isAtEnd) throw new Unfinished()
  cursor.at += 1
}
