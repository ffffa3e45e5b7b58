/** Why and where a text is not JSON. Thrown inside the parser only; `parseJson` turns it into a result. */
export class NotJson extends Error {
  readonly offset: number

  constructor(text: string, offset: number, expected: string) {
    const found =
      offset >= text.length ? 'the text ends' : `there is ${JSON.stringify(characterAt(text, offset))}`
    super(`Expected ${expected}, but ${found}.`)
    this.offset = offset
  }
}

const characterAt = (text: string, offset: number) => String.fromCodePoint(text.codePointAt(offset) ?? 0)

/** The offset of the first character at or after `at` that is not white space (RFC 8259 section 2). */
export function skipSpace(text: string, at: number): number {
  for (let end = at; ; end++) {
    const code = text.charCodeAt(end)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return end
  }
}

const quote = 0x22
const backslash = 0x5c
const hex4 = /[\da-fA-F]{4}/y

/** The offset after the string literal that begins at `start`, whose quote is already seen (RFC 8259 section 7). */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === backslash) at = escapeEnd(text, at) - 1
    // Past the end the code is NaN, which is not >= 0x20 either.
    else if (!(code >= 0x20)) throw new NotJson(text, at, 'the rest of a string, control characters escaped')
  }
}

function escapeEnd(text: string, at: number): number {
  const letter = text.charAt(at + 1)
  if (letter !== 'u') {
    if (letter !== '' && '"\\/bfnrt'.includes(letter)) return at + 2
    throw new NotJson(text, at + 1, 'one of " \\ / b f n r t u after a backslash')
  }
  hex4.lastIndex = at + 2
  if (hex4.test(text)) return at + 6
  throw new NotJson(text, at + 2, 'four hexadecimal digits after \\u')
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** The offset after the number that begins at `start`, or `start` when none does (RFC 8259 section 6). */
export function numberEnd(text: string, start: number): number {
  number.lastIndex = start
  return number.test(text) ? number.lastIndex : start
}
