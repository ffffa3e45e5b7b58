/** How much of a server's words stands in a sentence of ours; the whole is in the raw response. */
const longest = 300

/** Characters that would reorder or break the sentence around them. */
const unruly = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** Words from outside, fit to stand in a sentence: bounded, on one line, and unable to reorder what is around them. */
export function quoted(text: string): string {
  const tame = text.slice(0, longest).replace(unruly, ' ')
  return text.length > longest ? `${tame}… (${text.length} characters)` : tame
}
