/** About how many characters a piece has. */
const pieceLength = 65_536

/**
 * A text in pieces that can be laid out one by one; joined, they are the text. Each ends at a line break if one
 * is near, so that the seam is not seen.
 */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start + pieceLength)
    const near = newline >= 0 && newline < start + pieceLength * 1.5
    const end = near ? newline + 1 : wholeCharacter(text, start + pieceLength)
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}

/** One further if a cut would fall inside a surrogate pair. */
const wholeCharacter = (text: string, end: number): number =>
  /[\uDC00-\uDFFF]/.test(text.charAt(end)) && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end + 1 : end
