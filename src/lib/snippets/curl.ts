import { curlCommand, type Option, type Shell } from './curl-command.ts'
import { merged } from './parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const posix: Shell = {
  program: 'curl',
  comment: '#',
  continued: ' \\\n  ',
  option,
  notes: () => [],
}

/** For a POSIX shell. */
export const curl = {
  label: 'curl',
  render: (recorded: Recorded, secrets: Secrets) => curlCommand(recorded, secrets, posix),
} as const satisfies Renderer

function option({ name, text }: Option): string {
  const words = merged(text).map((piece) =>
    typeof piece === 'string' ? shQuoted(piece) : `"$${piece.variable}"`,
  )
  const word = words.join('') || "''"
  if (name === '--url') return word
  return `${name} ${name === '-X' && /^'[A-Z]+'$/.test(word) ? word.slice(1, -1) : word}`
}

/** A text as one word of sh: nothing in single quotes has a meaning but their end. @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02 */
export function shQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
