import { curlCommand, type Option, type Shell } from './curl-command.ts'
import { plainText, type Text, variablesOf } from './parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const cmd: Shell = {
  program: 'curl.exe',
  comment: 'rem',
  continued: ' ^\n  ',
  option,
  declare: (variable) => `--variable ${cmdQuoted(`%${variable}`)}`,
  notes: (parts) => [
    'For the prompt of cmd.exe; a batch file would read each percent sign as a variable',
    ...(variablesOf(parts).length > 0 ? ['curl 8.3 or later, which reads the variables itself'] : []),
  ],
}

/**
 * For the prompt of cmd.exe. The shell replaces a variable before it reads the quotes, so that a secret could be a command:
 * curl reads the variables instead.
 * @see https://curl.se/docs/manpage.html#--variable
 */
export const curlCmd = {
  label: 'curl for cmd.exe',
  render: (recorded: Recorded, secrets: Secrets) => curlCommand(recorded, secrets, cmd),
} as const satisfies Renderer

const expanding = {
  '-X': '--expand-request',
  '-H': '--expand-header',
  '--data-raw': '--expand-data-raw',
  '--data-urlencode': '--expand-data-raw',
  '--url': '--expand-url',
} as const

function option({ name, text }: Option): string {
  const plain = plainText(text)
  if (plain === null) return `${expanding[name]} ${cmdQuoted(template(text))}`
  return name === '--url' ? cmdQuoted(plain) : `${name} ${cmdQuoted(plain)}`
}

/** As curl expands it; two braces that are no variable have a backslash before them. */
function template(text: Text): string {
  const pieces = text.map((piece) => {
    if (typeof piece === 'string') return piece.replaceAll('{{', '\\{{')
    return `{{${piece.variable}${piece.formEncoded ? ':url' : ''}}}`
  })
  return pieces.join('')
}

/**
 * A text as one argument of a program that cmd.exe starts. The program reads backslashes before a quote as escapes; cmd.exe
 * reads the quotes as its own unless a caret is before each, as before all else it knows, and behind a percent sign, so
 * that no variable has the name that follows. A line break is a caret and two of them.
 * @see https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
export function cmdQuoted(text: string): string {
  const argument = `"${text.replace(/(\\*)("|$)/g, (_all, slashes: string, end: string) => slashes + slashes + (end && `\\${end}`))}"`
  const characters = Array.from(argument.replaceAll('\r\n', '\n'))
  return characters
    .map((character, index) => {
      if (character === '\n') return '^\n\n'
      return '"^&|<>()'.includes(character) || characters[index - 1] === '%' ? `^${character}` : character
    })
    .join('')
}
