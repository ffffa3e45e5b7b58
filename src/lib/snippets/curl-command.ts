import { notesOf } from './notes.ts'
import { type Parts, partsOf, plainText, type Text, variableNamesOf } from './parts.ts'
import type { Recorded, Secrets } from './renderer.ts'

/** An option of curl with what follows it. */
export interface Option {
  readonly name: '-X' | '-H' | '--data-raw' | '--data-urlencode' | '--url'
  readonly text: Text
}

/** How a shell calls curl. */
export interface Shell {
  readonly program: string
  readonly comment: string
  /** What ends a line of a command that goes on. */
  readonly continued: string
  readonly option: (option: Option) => string
  /** What comes before all else for each variable. */
  readonly declare?: (variable: string) => string
  /** What is to be known besides what every language says. */
  readonly notes: (parts: Parts) => readonly string[]
}

/**
 * A request as a command. curl form-encodes what comes from a variable in a form body. -i shows status and fields, -g
 * keeps brackets of the URL, which curl would expand, and -sS keeps the progress away.
 */
export function curlCommand({ request }: Recorded, secrets: Secrets, shell: Shell): string {
  const parts = partsOf(request, secrets)
  const { method, origin, target, fields, body } = parts
  const implied = method === 'GET' || method === 'HEAD' || (method === 'POST' && body !== null)
  const globs = /[[\]{}]/.test(request.url) ? ' -g' : ''
  // With -X HEAD, curl would wait for a body.
  const head = method === 'HEAD' ? ' -I' : ''
  const start = `${shell.program} -isS${globs}${head}`
  const address = shell.option({ name: '--url', text: [origin, ...target] })
  const declared = shell.declare === undefined ? [] : variableNamesOf(parts).map(shell.declare)
  const options: Option[] = [
    ...(implied ? [] : [{ name: '-X', text: [method] } as const]),
    ...fields.map(([name, value]) => ({ name: '-H', text: fieldLine(name, value) }) as const),
    ...data(body ?? []),
  ]
  const comments = [...shell.notes(parts), ...notesOf(request, parts)].map(
    (note) => `${shell.comment} ${note}\n`,
  )
  const lines = [
    ...(declared.length === 0 ? [`${start} ${address}`] : [start, ...declared, address]),
    ...options.map(shell.option),
  ]
  return comments.join('') + lines.join(shell.continued)
}

/** A field without a value is written with a semicolon: with a colon, curl would leave it out. */
export function fieldLine(name: string, value: Text): Text {
  return value.length === 0 ? [`${name};`] : [`${name}: `, ...value]
}

/** curl puts `&` between what it is given, but not after an empty first one. */
function data([first = [], ...others]: readonly Text[]): Option[] {
  const [second, ...rest] = others
  if (plainText(first) === '') return second ? data([['&', ...second], ...rest]) : []
  return [first, ...others].map((text) => ({
    name: text.some((piece) => typeof piece !== 'string' && piece.formEncoded)
      ? '--data-urlencode'
      : '--data-raw',
    text,
  }))
}
