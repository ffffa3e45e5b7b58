import { ProblemList } from './problems.ts'
import { NotJson, skipSpace } from './scan.ts'

/** A place in a JSON text, and what was noted on the way there. */
export class Cursor {
  readonly problems = new ProblemList()
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Steps over white space and gives the next character, empty at the end. */
  next(): string {
    this.at = skipSpace(this.text, this.at)
    return this.text.charAt(this.at)
  }

  /** Steps over `character`, which must come next. */
  expect(character: string, named = `"${character}"`): void {
    if (!this.takes(character)) throw this.fault(named)
  }

  /** Steps over `character` if it comes next, and says whether it did. */
  takes(character: string): boolean {
    if (this.next() !== character) return false
    this.at++
    return true
  }

  /** Steps over a comma (true: more follows) or over `close`. */
  continues(close: string): boolean {
    if (this.takes(close)) return false
    this.expect(',', `"," or "${close}"`)
    return true
  }

  fault(expected: string): NotJson {
    return new NotJson(this.text, this.at, expected)
  }
}
