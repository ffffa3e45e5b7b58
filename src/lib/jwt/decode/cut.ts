/** A token of which a part was left out, as in documentation, logs and chats. */
export interface Cut {
  /** What is there before the mark. */
  readonly before: string
  /** What is written for the rest: `...`, `…`, `***`, `[truncated]`. */
  readonly mark: string
  /** Whether the token goes on after the mark. */
  readonly goesOn: boolean
}

/**
 * What is written for a part of a token that was left out. No token has such a character, but for dots: of those an
 * encrypted token has two together, if its key is agreed directly, and none has three.
 */
const marks = /[[(<{](?:…|⋯|\.{2,}|\*+|•+|[a-z]{3,12})[\])>}]|[…⋯]+|\.{3,}|\*{2,}|•{2,}/i

/** The first mark of something left out; `null`: the text is as whole as it looks. @see RFC 7516 section 7.1 */
export function cutIn(token: string): Cut | null {
  const found = marks.exec(token)
  if (found === null) return null
  const [mark] = found
  const { index } = found
  return { before: token.slice(0, index), mark, goesOn: index + mark.length < token.length }
}

/** That it is cut, in words. */
export function cutInWords({ mark, goesOn }: Cut): string {
  const place = goesOn ? 'in it' : 'at its end'
  return `It is cut: “${mark}” ${place} was written for the characters that are missing. Copy the whole token.`
}
