/**
 * A text in lines of so many characters, broken at spaces; a word that is longer is broken where the line ends. A picture
 * cannot measure its text, so characters are counted.
 */
export function wrapped(text: string, fits: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= fits) {
      lines[lines.length - 1] = `${last} ${word}`
      continue
    }
    // By code points: half of a pair is no character.
    lines.push(...(word.match(new RegExp(`.{1,${fits}}`, 'gsu')) ?? []))
  }
  return lines
}
