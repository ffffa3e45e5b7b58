import { spelledOut } from './invisible.ts'

/** How much of a server's words a sentence of ours has; the whole is in the raw response. */
const longest = 300

/** Words from outside, fit for a sentence: bounded, on one line, and unable to hide or reorder anything. */
export const quoted = (text: string): string => spelledOut(onOneLine(text))

/** The same with the invisible characters left in it, for where each is drawn as a mark. */
export function onOneLine(text: string): string {
  const line = text.slice(0, longest).replace(/[\t\r\n]/g, ' ')
  return text.length > longest ? `${line}… (${text.length} characters)` : line
}
