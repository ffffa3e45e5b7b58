/** A way in which lines of base64 are copied: what it looks like, how to undo it, and what to say. `null`: not seen. */
interface Mend {
  readonly says: string
  readonly undo: (body: string, prefix: string) => string | null
}

/**
 * The base64 of a PEM block without what surrounds its lines, and in words what that was.
 * @param prefix what is before BEGIN on its line
 */
export function bodyOf(
  body: string,
  prefix: string,
): { readonly base64: string; readonly removed: readonly string[] } {
  let base64 = body.replace(headerLine, '')
  const removed: string[] = []
  for (const { says, undo } of mends) {
    const undone = undo(base64, prefix)
    if (undone === null) continue
    base64 = undone
    removed.push(says)
  }
  return { base64, removed }
}

/** `Proc-Type: 4,ENCRYPTED`, `Comment: "…"`. @see RFC 1421 section 4.6, RFC 4716 section 3.3 */
const headerLine = /^(?:Proc-Type|DEK-Info|Comment|Subject|Version|Hash|Charset|x-[\w-]{1,40}):.*$/gim

const tag = /<\/?(?:br|p|div|span|code|pre|li|ul|ol|td|tr|b|i|em|strong|font|wbr)\b[^<>]{0,200}>/gi

/** In the order in which they are undone. */
const mends: readonly Mend[] = [
  { says: 'HTML tags', undo: (body) => (body.search(tag) < 0 ? null : body.replace(tag, '\n')) },
  { says: 'what each line begins with', undo: withoutPrefix },
  { says: 'the quotes and operators of strings in source code', undo: withoutJoints },
  { says: 'quotation marks', undo: (body) => without(body, /["'`\u2018-\u201F\u00AB\u00BB]/g) },
  { says: 'marks at the lines', undo: (body) => without(body, /[\\,;|>]/g) },
  { says: 'what was left of the line breaks', undo: withoutLostBreaks },
  { says: 'spaces in place of +', undo: withPlus },
  { says: 'missing line breaks', undo: (body) => (onOneLine.test(body.trim()) ? body.trim() : null) },
  {
    says: 'spaces in place of line breaks',
    undo: (body) => (bySpaces.test(body.trim()) ? body.replace(/\s+/g, '\n') : null),
  },
  { says: 'indentation', undo: (body) => (indented.test(body) ? body.replace(/[ \t\u00A0]+/g, '') : null) },
  { says: 'characters that cannot be seen', undo: (body) => without(body, unseen) },
]

const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g

function without(body: string, seen: RegExp): string | null {
  return body.search(seen) < 0 ? null : body.replace(seen, '')
}

/**
 * Of a text that is copied out of a comment, a quotation, a log or a numbered listing, each line begins as that of BEGIN
 * does, whatever the digits are.
 */
function withoutPrefix(body: string, prefix: string): string | null {
  if (!/[^\s"'`([]/.test(prefix) || /[=:({[]\s*["'`]?$/.test(prefix) || /["'`]\s*$/.test(prefix)) return null
  const shape = prefix
    .trim()
    .replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    .replace(/\d+/g, '\\d+')
    .replace(/\s+/g, '\\s+')
  const each = new RegExp(`^[ \\t]{0,40}${shape}[ \\t]{0,8}`)
  const lines = body.split(/\r\n?|\n/)
  const [rest = '', ...others] = lines
  const bare = others.filter((line) => line.trim() !== '')
  if (bare.length === 0 || !bare.every((line) => each.test(line))) return null
  return [rest, ...others.map((line) => line.replace(each, ''))].join('\n')
}

/** What a string in source code may hold of a key: base64, or nothing but escapes. */
const inside = /^[\w+/=\s-]*$/

/**
 * Strings that source code joins: `"MII…" +`, `'MII…' . PHP_EOL .`, `sb.append("MII…");`. BEGIN is inside of the first,
 * so every other piece between two quotes is code.
 */
function withoutJoints(body: string): string | null {
  const plain = body.replace(/\\+(["'`])/g, '$1')
  const [quote] = /["'`]/.exec(plain) ?? []
  if (quote === undefined) return null
  const pieces = plain.split(quote)
  const held = pieces.filter((_, index) => index % 2 === 0)
  const code = pieces.filter((_, index) => index % 2 === 1)
  if (!held.every((piece) => inside.test(piece)) || !code.some((piece) => /\S/.test(piece))) return null
  // Between the quotes of a joint is no base64.
  if (code.some((piece) => /[\w+/]{40}/.test(piece))) return null
  return held.join('\n')
}

/** What is left of a line break if a shell swallowed the backslash of `\n`, or a form wrote a space as `+`. */
const lost = ['rn', 'n', '+']

/** Lines of 64 characters with such a thing between them are nothing else. @see RFC 7468 section 2 */
function withoutLostBreaks(body: string): string | null {
  const text = body.trim()
  for (const sign of lost) {
    const width = 64 + sign.length
    const starts = text.startsWith(sign) ? sign.length : 0
    if (starts === 0 || text.length < width || /\s/.test(text)) continue
    const lines: string[] = []
    let at = starts
    for (; at + 64 < text.length && text.startsWith(sign, at + 64); at += width)
      lines.push(text.slice(at, at + 64))
    const last = text.slice(at, at + 64)
    if (lines.length === 0 || text.length - at > width) continue
    return [...lines, last.endsWith(sign) ? last.slice(0, -sign.length) : last].join('\n')
  }
  return null
}

/** Where a line break has to be, every 64 characters, is none, or a space. @see RFC 7468 section 2 */
const onOneLine = /^[\w+/=-]{77,}$/
const bySpaces = /^(?:[\w+/=-]+[^\S\r\n]+)+[\w+/=-]+$/
const indented = /(?:\r\n?|\n)[ \t\u00A0]+[\w+/]/

/** A form that decoded `+` as a space: the lines keep their length. */
function withPlus(body: string): string | null {
  const lines = body.trim().split(/\r\n?|\n/)
  const [first = ''] = lines
  const even = lines.slice(0, -1).every((line) => line.length === first.length)
  if (lines.length < 3 || !even || !/[\w+/] +[\w+/]/.test(body) || first.length % 4 !== 0) return null
  return lines.map((line) => line.replaceAll(' ', '+')).join('\n')
}
