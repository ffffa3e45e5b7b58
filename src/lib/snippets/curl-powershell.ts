import { curlCommand, type Option, type Shell } from './curl-command.ts'
import { merged } from './parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const powerShell: Shell = {
  // In Windows PowerShell, curl alone is another command.
  program: 'curl.exe',
  comment: '#',
  continued: ' `\n  ',
  option,
  notes: () => ['PowerShell 7.3 or later: older ones lose the double quotes in what a program is given'],
}

/**
 * For PowerShell. curl and not Invoke-WebRequest, which normalizes the URL, joins fields and, before version 7, sends a
 * body in Latin-1.
 */
export const curlPowerShell = {
  label: 'curl for PowerShell',
  render: (recorded: Recorded, secrets: Secrets) => curlCommand(recorded, secrets, powerShell),
} as const satisfies Renderer

function option({ name, text }: Option): string {
  const pieces = merged(text).map((piece) =>
    typeof piece === 'string' ? powerShellQuoted(piece) : `$env:${piece.variable}`,
  )
  const word = pieces.length > 1 ? `(${pieces.join(' + ')})` : (pieces[0] ?? "''")
  return name === '--url' ? word : `${name} ${word}`
}

/** A text in single quotes, of which PowerShell knows five. @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
export function powerShellQuoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201B]/g, '$&$&')}'`
}
