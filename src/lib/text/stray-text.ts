import { codePoint, eachInvisible } from './invisible.ts'

/** What a paste brings along without anybody seeing it. */
export interface StrayText {
  /** In words: "a line break and U+200E". */
  readonly what: string
  /** The text without it; white space inside stays, as plain spaces. */
  readonly cleaned: string
}

const names: Readonly<Record<string, string>> = {
  ' ': 'a space',
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a line break',
  '\u00A0': 'a no-break space',
  '\u200B': 'a zero-width space',
  '\uFEFF': 'a byte order mark',
}

/** White space other than a plain space, anywhere. */
const oddSpace = /[\t\n\r\v\f\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g
const spaceAtEnds = /^ +| +$/g

/** White space around a value, and characters in it that cannot be seen; `null` when there are none. */
export function strayText(value: string): StrayText | null {
  const found = [oddSpace, eachInvisible, spaceAtEnds].flatMap((pattern) => value.match(pattern) ?? [])
  if (found.length === 0) return null
  const said = new Set(Array.from(found.join(''), (character) => names[character] ?? codePoint(character)))
  return {
    what: [...said].join(' and '),
    cleaned: value.replace(oddSpace, ' ').replace(eachInvisible, '').trim(),
  }
}
