/**
 * What a class of a regular expression holds to find characters that nobody sees, or that only move others: controls but
 * tab and line end, format characters (`Cf`), what Unicode requires to be drawn as nothing (`DI`: fillers, variation selectors,
 * unassigned tags), the separators of lines and paragraphs, and the Braille pattern without dots.
 * @see https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
export const invisibleCharacters = String.raw`\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Cf}\p{DI}\u2028\u2029\u2800`

/** For `match` and `replace`, which leave its place alone. */
export const eachInvisible = new RegExp(`[${invisibleCharacters}]`, 'gu')

/** `U+200E` */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** The text with each of them named in its place, `sc[U+200B]ope`: for places that can draw no mark. */
export const spelledOut = (text: string): string =>
  text.replace(eachInvisible, (found) => `[${codePoint(found)}]`)

/** Which of them are in a text, each once: `U+200B`. */
export const invisibleIn = (text: string): readonly string[] =>
  [...new Set(text.match(eachInvisible))].map(codePoint)
