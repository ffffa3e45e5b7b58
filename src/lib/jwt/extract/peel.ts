/** A token as it can be sent, and in words what was removed around it. */
export interface CleanToken {
  readonly token: string
  /** Noun phrases: "the scheme Bearer", "quotation marks". Empty when the text was clean. */
  readonly removed: readonly string[]
}

/** What may surround a token that nothing marks as one; each is anchored at an end, so that no pattern searches the whole text. */
const leading: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^-H\s*(?=["'])/, 'the option -H of curl'],
  [/^(?:proxy-)?authorization\s*["']?\s*[:=]/i, 'the header name Authorization'],
  [/^bearer(?=[\s:])[\s:]+(?=\S)/i, 'the scheme Bearer'],
  [/^dpop(?=[\s:])[\s:]+(?=\S)/i, 'the scheme DPoP'],
  [/^["'`\u2018-\u201F\u00AB\u00BB\s]+/, 'quotation marks'],
  [/^[<([](?=\S*[>)\]]$)/, 'brackets'],
  [/^\*{1,3}(?=[^\s*]+\*{1,3}$)/, 'the marks of Markdown'],
]

const trailing: readonly (readonly [characters: string, what: string])[] = [
  ['"\'`\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u00AB\u00BB', 'quotation marks'],
  [',', 'a trailing comma'],
  [';', 'a trailing semicolon'],
]

/** The other half of a pair, whose first is gone by now. */
const closing: typeof leading = [
  [/^([^\s<([]+)[>)\]]$/, 'brackets'],
  [/^([^\s*]+)\*{1,3}$/, 'the marks of Markdown'],
]

/** Layers of wrapping removed: quotes in a header in quotes in a command are three. */
const mostLayers = 8

/**
 * A token without a mark of its own, without what clings to it: the one word of a text, or the one word that looks like a
 * token, or lines that were wrapped. Else the text as it is, on one line. Never throws.
 */
export function peeled(text: string): CleanToken {
  const removed = new Set<string>()
  const rest = peel(text, removed)
  const token = unwrapped(rest, removed) ?? onlyLikely(rest, removed) ?? onOneLine(rest, removed)
  return { token, removed: [...removed] }
}

function note(before: string, after: string, removed: Set<string>, what: string): string {
  if (before !== after) removed.add(what)
  return after
}

function peel(text: string, removed: Set<string>): string {
  let rest = note(text, text.trim(), removed, 'white space around the token')
  for (let layer = 0; layer < mostLayers; layer++) {
    const before = rest
    for (const [pattern, what] of leading)
      rest = note(rest, rest.replace(pattern, '').trimStart(), removed, what)
    for (const [pattern, what] of closing) rest = note(rest, rest.replace(pattern, '$1'), removed, what)
    for (const [characters, what] of trailing) rest = note(rest, withoutEnd(rest, characters), removed, what)
    if (rest === before) break
  }
  return rest
}

function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end).trimEnd()
}

/** Shorter lines are words. */
const shortestLine = 20

/** Lines of one length and a last one that is no longer: one word that was wrapped. */
function unwrapped(text: string, removed: Set<string>): string | null {
  if (!/[\r\n]/.test(text)) return null
  const lines = text.split(/\r\n?|\n/).map((line) =>
    line
      .trim()
      .replace(/^>[>\s]*|\\$/g, '')
      .trim(),
  )
  const [{ length } = ''] = lines
  const isOne =
    length >= shortestLine &&
    lines.every(
      (line, at) =>
        /^[\w.~+/=-]+$/.test(line) &&
        (at === lines.length - 1 ? line.length <= length : line.length === length),
    )
  if (!isOne) return null
  removed.add('white space inside the token')
  return lines.map((line, at) => (at < lines.length - 1 ? line.replace(/=$/, '') : line)).join('')
}

/** The one word among others that is long, and of letters and digits. */
function onlyLikely(text: string, removed: Set<string>): string | null {
  if (!/\s/.test(text)) return null
  const likely = text.split(/[\s"'`<>,;()]+/, 2000).filter(isLikely)
  const [only] = likely
  if (only === undefined || likely.length > 1) return null
  removed.add('the text around it')
  return only
}

const isLikely = (word: string): boolean =>
  word.length >= 20 && /^[\w.~+/-]+=*$/.test(word) && /\d/.test(word) && /[A-Za-z]/.test(word)

const onOneLine = (text: string, removed: Set<string>): string =>
  /[\r\n]/.test(text) ? note(text, text.split(/\s+/).join(' '), removed, 'line breaks') : text
