import { codePoint, invisibleCharacters } from './invisible.ts'

/** A stretch of a text that is drawn in one way; the texts of all runs, joined, are the text. */
export type Run =
  | { readonly kind: 'plain'; readonly text: string }
  /** Words that are read from right to left: apart from their neighbours, so that they turn none of them around. */
  | { readonly kind: 'right-to-left'; readonly text: string }
  /** One character that nobody would see, with what is drawn for it: `U+202E`. */
  | { readonly kind: 'mark'; readonly text: string; readonly name: string }

/** A text as it is drawn. */
export interface Drawn {
  readonly runs: readonly Run[]
  /** Invisible characters beyond those that have a mark: they are in the last plain run. */
  readonly more: number
}

/** Marks for one text, and as many stretches from right to left: each is an element of the page. */
const most = 2000

/** Blocks of letters that are read from right to left. @see https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types */
const letters = String.raw`\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}`
const invisible = `[${invisibleCharacters}]`
const letter = `(?!${invisible})[${letters}]`
/**
 * With what may be between the words of a sentence, and never with the marks of JSON, of a form or of a header field.
 * Bounded, as an expression that goes back over millions of letters has no room to.
 */
const stretch = String.raw`${letter}(?:[ \d,.;!?-]{0,8}${letter}){0,20000}`

const remarkable = new RegExp(`[${invisibleCharacters}${letters}]`, 'u')
const isMarked = new RegExp(`^${invisible}`, 'u')
const eachMarked = new RegExp(invisible, 'gu')
const eachRun = new RegExp(`${invisible}|${stretch}`, 'gu')

/**
 * Makes the runs of one text, which may come in pieces: the bound is for all of them together. A text without anything
 * remarkable costs one look at it.
 */
export class Marks {
  /** Invisible characters so far that got no mark. */
  more = 0
  #marks = 0
  #stretches = 0

  runs(text: string): readonly Run[] {
    if (!remarkable.test(text)) return plain(text)
    const runs: Run[] = []
    let end = 0
    for (;;) {
      const found = firstFrom(end, text, this.#stretches < most ? eachRun : eachMarked)
      if (found === null) break
      const run = this.#runOf(found[0])
      if (run === null) {
        this.more += count(text, found.index)
        break
      }
      runs.push(...plain(text.slice(end, found.index)), run)
      end = found.index + run.text.length
    }
    return [...runs, ...plain(text.slice(end))]
  }

  /** `null` for an invisible character beyond the bound. */
  #runOf(text: string): Run | null {
    if (!isMarked.test(text)) {
      this.#stretches += 1
      return { kind: 'right-to-left', text }
    }
    if (this.#marks === most) return null
    this.#marks += 1
    return { kind: 'mark', text, name: codePoint(text) }
  }
}

/** A text of one piece. */
export function draw(text: string): Drawn {
  const marks = new Marks()
  return { runs: marks.runs(text), more: marks.more }
}

const plain = (text: string): Run[] => (text === '' ? [] : [{ kind: 'plain', text }])

function firstFrom(start: number, text: string, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = start
  return pattern.exec(text)
}

/** How many invisible characters are in the text from there on. */
function count(text: string, start: number): number {
  let found = 0
  eachMarked.lastIndex = start
  while (eachMarked.test(text)) found += 1
  return found
}
