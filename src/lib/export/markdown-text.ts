import { spelledOut } from '../text/invisible.ts'

/** A text that has a meaning in UTF-8, with what nobody sees spelled out; its lines end in LF. */
const visible = (text: string): string =>
  spelledOut(text.replaceAll('\r\n', '\n').replaceAll('\r', '[U+000D]\n')).replace(
    /\p{Surrogate}/gu,
    '\uFFFD',
  )

/**
 * A text as a block of code, which nothing in it can end: its fence is longer than any run of backticks in it.
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function codeBlock(text: string, language: string): string {
  const fence = fenceFor(text, 3)
  return `${fence}${language}\n${visible(text).replace(/\n$/, '')}\n${fence}`
}

/** The same within a line. @see https://spec.commonmark.org/0.31.2/#code-spans */
export function code(text: string): string {
  const line = visible(text).replaceAll('\n', ' ')
  if (line.trim() === '') return line === '' ? '(empty)' : '(white space)'
  const fence = fenceFor(line, 1)
  const space = /^`|`$|^ .* $/.test(line) ? ' ' : ''
  return fence + space + line + space + fence
}

/** Longer than the longest run of backticks in the text. */
function fenceFor(text: string, least: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  return '`'.repeat(Math.max(least, longest + 1))
}

/**
 * Words of a sentence, as they are: no mark-up, no HTML, no formula, no link, and no mention of anybody or of an issue of the tracker.
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export const words = (text: string): string =>
  visible(text)
    .replaceAll('\n', ' ')
    .replace(/[\\`*[\]<>~$&|]/g, String.raw`\$&`)
    .replace(/(?<![A-Za-z\d])_|_(?![A-Za-z\d])/g, String.raw`\_`)
    .replace(/[@#](?=[\w-])|:(?=\/\/)|\bwww(?=\.)/gi, '$&<!-- -->')
    .replace(/^\s*(?:[-+=#]|\d{1,9}[.)](?=\s|$))/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
