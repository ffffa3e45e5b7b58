/** Characters of a JWT, of the disclosures of an SD-JWT, and padding. */
const chunk = /[\w+/.~=-]*/y

/** What has no "=" but as padding. */
export const clean = /^[\w+/-]*={0,2}(?:\.[\w+/-]*={0,2})*(?:~[\w-]*)*$/

/**
 * Where a text goes on after a break: white space, with what mail, shells and programs put at the end of a line (a backslash, the
 * caret of cmd, the backtick of PowerShell, a closing quotation mark) and at its beginning (the mark of a quoted mail).
 */
const separator =
  /(?:["'](?:[ \t]*[+&.])?)?[ \t]*(?:[\\^`][ \t]*)?(?:\r\n?|\n)\s*(?:>[>\s]*)?["']?|[ \t\u00A0]+/y

/** Characters of a token without a break. */
export interface Piece {
  readonly text: string
  readonly end: number
}

/** The one that begins there; may be empty. */
export function chunkAt(text: string, start: number): Piece {
  chunk.lastIndex = start
  const [found = ''] = chunk.exec(text) ?? []
  return { text: found, end: start + found.length }
}

/** A chunk after a break. */
export interface Next extends Piece {
  /** What is between. */
  readonly between: string
}

/** The one after the break that is there; `null` if there is none, or a word of its own follows. */
export function nextAt(text: string, end: number): Next | null {
  separator.lastIndex = end
  const [between = ''] = separator.exec(text) ?? []
  if (between === '') return null
  const piece = chunkAt(text, end + between.length)
  // Followed by a bracket, a colon or the like it is a word of its own.
  const isAlone = /^(?:[\s"'`\\^,;<>)\]}]|$)/.test(text.charAt(piece.end))
  return piece.text === '' || !isAlone || !clean.test(piece.text.replace(/=$/, ''))
    ? null
    : { ...piece, between }
}
