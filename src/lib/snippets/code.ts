import { notesOf } from './notes.ts'
import { merged, type Parts, partsOf, type Text, type Variable, variablesOf } from './parts.ts'
import type { Recorded, Secrets } from './renderer.ts'

/** How a language writes a text. */
export interface Syntax {
  readonly comment: string
  readonly quoted: (text: string) => string
  /** Joins two texts. */
  readonly plus: string
  readonly variable: (name: string) => string
  /** The value of a variable, form-encoded. */
  readonly formEncoded: (name: string) => string
}

/** What a program is written from. */
export interface Code {
  readonly parts: Parts
  /** Whether it has variables at all, and whether it form-encodes any. */
  readonly reads: boolean
  readonly encodes: boolean
  /** What is worth knowing, as comments, each with its line break. */
  readonly comments: string
  /** A text as an expression of the language. */
  readonly text: (text: Text) => string
  /** The body as an expression, a line for each parameter of a form; `null`: no body. */
  readonly body: (indent: string) => string | null
}

/** What every language makes of a request; `notes` are those of the language. */
export function codeOf(
  { request }: Recorded,
  secrets: Secrets,
  syntax: Syntax,
  notes: (parts: Parts) => readonly string[],
): Code {
  const parts = partsOf(request, secrets)
  const variables = variablesOf(parts)
  const text = (pieces: Text) => expression(pieces, syntax)
  return {
    parts,
    reads: variables.length > 0,
    encodes: variables.some(({ formEncoded }) => formEncoded),
    comments: [...notes(parts), ...notesOf(request, parts)]
      .map((note) => `${syntax.comment} ${note}\n`)
      .join(''),
    text,
    body: (indent) =>
      parts.body &&
      parts.body
        .map((pieces, index) => text(index === 0 ? pieces : prefixed(pieces)))
        .join(`${syntax.plus.trimEnd()}\n${indent}`),
  }
}

function expression(text: Text, { quoted, plus, variable, formEncoded }: Syntax): string {
  const value = (piece: Variable) =>
    piece.formEncoded ? formEncoded(piece.variable) : variable(piece.variable)
  const pieces = merged(text).map((piece) => (typeof piece === 'string' ? quoted(piece) : value(piece)))
  return pieces.length === 0 ? quoted('') : pieces.join(plus)
}

const prefixed = ([first = '', ...rest]: Text): Text =>
  typeof first === 'string' ? [`&${first}`, ...rest] : ['&', first, ...rest]

/** Lines of code, those that are `null` left out. */
export function lines(...all: readonly (string | null)[]): string {
  return all.filter((line) => line !== null).join('\n')
}

/** Controls, and what is not seen or turns the text around. */
const unseen = /[\p{Cc}\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A text as it is written between the quotes of most languages: a backslash before each of `special` and before itself, and
 * numbers for what cannot be seen.
 */
export function escaped(
  text: string,
  special: string,
  numbered: (hex: string) => string = (hex) => `\\u${hex}`,
  isNumbered: RegExp = unseen,
): string {
  return text
    .split('')
    .map((unit) => {
      if (unit === '\\' || special.includes(unit)) return `\\${unit}`
      if (!isNumbered.test(unit)) return unit
      return named[unit] ?? numbered(unit.charCodeAt(0).toString(16).padStart(4, '0'))
    })
    .join('')
}
