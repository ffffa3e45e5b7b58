/**
 * A text in lines of so many characters, broken after a space, a slash or a hyphen, and elsewhere only if there is none
 * for a whole line. A picture cannot measure its text, so characters are counted.
 */
export function wrapped(text: string, fits: number): string[] {
  // By code points: half of a pair is no character.
  const line = new RegExp(`.{1,${fits}}`, 'gsu')
  const lines: string[] = []
  for (const piece of text.split(/(?<=[ /-])/u)) {
    const last = lines.at(-1)
    if (last !== undefined && (last + piece).trimEnd().length <= fits) lines[lines.length - 1] = last + piece
    else lines.push(...(piece.match(line) ?? []))
  }
  return lines.map((words) => words.trim()).filter(Boolean)
}
