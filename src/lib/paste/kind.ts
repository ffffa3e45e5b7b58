import type { Proposal } from './proposal.ts'

/** What was pasted or dropped. */
export interface Source {
  /** Without a byte order mark and white space around it. */
  readonly text: string
  /** The value of a JSON or YAML text; `undefined` if it is neither. It may have any members: they are read as own ones. */
  readonly document: unknown
  /** The documents of a YAML text after the first; none if it is left out. */
  readonly more?: readonly unknown[]
}

/** What a text is and what can be done with it. */
export interface Recognised {
  /** A noun phrase: “a curl command, as bash reads it”. */
  readonly what: string
  /** The likeliest first; the user chooses if there are several. */
  readonly proposals: readonly [Proposal, ...Proposal[]]
  /** What of the text is not used, and why, in sentences without secrets. */
  readonly ignored: readonly string[]
}

/** A text of a kind that is known, of which nothing is used. */
export interface NotUsed {
  readonly what: string
  /** Why, and what to do, in sentences. */
  readonly refusal: string
}

/** A row of the table of what can be recognised in a pasted text. */
export interface Kind {
  readonly kind: string
  /** `null` for a text that is not clearly of this kind. Gets a text within the bound, and never throws. */
  readonly read: (source: Source) => Recognised | NotUsed | null | Promise<Recognised | NotUsed | null>
}
