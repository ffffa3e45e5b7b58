/** Something the JSON grammar allows (or a reader may overlook) and that readers still disagree about. */
export interface JsonProblem {
  readonly kind: 'byte-order-mark' | 'duplicate-name' | 'inexact-number' | 'lone-surrogate'
  /** UTF-16 code units from the start of the text. */
  readonly offset: number
  /** One plain sentence. */
  readonly message: string
}

/** The most problems kept of one text: a reader needs the first few, not a hundred thousand. */
const mostProblems = 100

/** A list of problems that stops growing. */
export class ProblemList {
  readonly found: JsonProblem[] = []

  note(kind: JsonProblem['kind'], offset: number, message: string): void {
    if (this.found.length < mostProblems) this.found.push({ kind, offset, message })
  }
}

/**
 * Whether a number literal is one that readers keep differently: an integer outside ±(2^53 - 1), or beyond the
 * range of a double.
 *
 * @see RFC 8259 section 6
 */
export function isInexact(source: string): boolean {
  const number = Number(source)
  if (!Number.isFinite(number)) return true
  return source.length > 15 && !Number.isSafeInteger(number) && /^-?\d+$/.test(source)
}

/** A literal short enough for a sentence. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
