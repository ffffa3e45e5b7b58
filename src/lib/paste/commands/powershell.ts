import type { Kind } from '../kind.ts'
import { proposed } from '../pasted-request.ts'
import { Cursor } from './cursor.ts'
import { curlRequests } from './curl-request.ts'
import { powerShellCalls } from './powershell-commands.ts'
import { shellOf } from './shell.ts'
import { webRequest } from './web-request.ts'

const what = 'a PowerShell command'

/** A longer text is not read, in characters. */
const longest = 1024 * 1024

/** How far a call is looked for: further down it is part of something else. */
const farthest = 20_000

const call =
  /^[ \t]*(?:PS [^\n>]{0,200}>[ \t]*)?(?:\$[\w:]{1,100}[ \t]*=[ \t]*)?\(?[ \t]*(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[ \t]+["'$@`-]|[ \t]+https?:|[ \t]*\r?$)/im

/**
 * “Copy as PowerShell” of developer tools, what documents have, and curl.exe as PowerShell calls it.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest
 */
export const powerShell: Kind = {
  kind: 'powershell',
  read({ text }) {
    const isCurl = shellOf(text, longest)?.shell === 'powershell'
    if (!isCurl && !call.test(text.slice(0, farthest))) return null
    if (text.length > longest)
      return { what, refusal: `At most ${longest} characters of a command are read.` }
    const calls = powerShellCalls(new Cursor(text.replace(/^(?:PS [^\n>]{0,200}>[ \t]*|\$ )/gm, '')))
    const readings = calls.flatMap((one) => {
      if ('refusal' in one) return [one]
      return one.program === 'curl' ? curlRequests(one) : [webRequest(one.parameters, one.session)]
    })
    return readings.length === 0 ? null : proposed(what, readings)
  },
}
