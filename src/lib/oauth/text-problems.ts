/** What a paste brings along without anybody seeing it. */
export interface StrayText {
  /** In words: "a line break, U+200B". */
  readonly what: string
  /** The text without it. */
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

/** Control, format and exotic space characters, anywhere. */
const invisible = /[\p{Cc}\p{Cf}\u00A0\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/gu
const spaceAtEnds = /^\s+|\s+$/g

/** White space around a value and characters in it that cannot be seen; `null` when there are none. */
export function strayText(value: string): StrayText | null {
  const found = [...(value.match(invisible) ?? []), ...(value.match(spaceAtEnds) ?? [])]
  if (found.length === 0) return null
  const said = new Set(Array.from(found.join(''), (character) => names[character] ?? codePoint(character)))
  return { what: [...said].join(', '), cleaned: value.replace(invisible, '').trim() }
}

/** `U+200B` */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
