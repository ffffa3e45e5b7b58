/** Why a text is not read as what it looks like, in a sentence without its words. */
export class NotRead extends Error {
  override readonly name: string = 'NotRead'
}

/** A quote or a comment is open at the end, so that nothing behind it is known either. */
export class Unfinished extends NotRead {
  override readonly name = 'Unfinished'

  constructor() {
    super('A quote or a comment is open at its end. Paste all of it.')
  }
}

/** A place in a text of code. */
export class Cursor {
  readonly text: string
  at = 0
  #depth = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  get next(): string {
    return this.text.charAt(this.at)
  }

  /** Steps over what the expression, a sticky one, finds here. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found !== null) this.at = pattern.lastIndex
    return found
  }

  /** Steps over the text if it comes next, and says whether it did. */
  accepts(text: string): boolean {
    const isNext = this.text.startsWith(text, this.at)
    if (isNext) this.at += text.length
    return isNext
  }

  /** Steps over the text, which has to come next. */
  expect(text: string): void {
    if (!this.accepts(text)) throw new NotRead(`It has no ${text} where one has to be.`)
  }

  /** Steps over all up to the end of the text, which has to come, and gives what is before it. */
  skipPast(text: string): string {
    const end = this.text.indexOf(text, this.at)
    if (end < 0) throw new Unfinished()
    const skipped = this.text.slice(this.at, end)
    this.at = end + text.length
    return skipped
  }

  /** A cursor over a text that this one has read, as deep as this one is. */
  inside(text: string): Cursor {
    const cursor = new Cursor(text)
    cursor.#depth = this.#depth
    return cursor
  }

  /** What is read a level further down: of more levels than code has, nothing is read. */
  nested<Value>(read: () => Value): Value {
    if (this.#depth >= 100) throw new NotRead('It is nested more than 100 levels deep.')
    this.#depth += 1
    const value = read()
    this.#depth -= 1
    return value
  }
}

/** What is read, or why it is not. Whatever else is thrown is a fault of ours. */
export function readOr<Value>(read: () => Value): Value | { readonly refusal: string } {
  try {
    return read()
  } catch (error) {
    if (error instanceof NotRead) return { refusal: error.message }
    throw error
  }
}
