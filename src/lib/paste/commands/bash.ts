import type { Kind } from '../kind.ts'
import { proposed } from '../pasted-request.ts'
import { bashCommands } from './bash-commands.ts'
import { curlRequests } from './curl-request.ts'
import { shellOf } from './shell.ts'

const what = 'a curl command, as bash reads it'

/** A longer text of bash is not read, in characters. */
const longest = 1024 * 1024

/** curl in bash, zsh and sh, as developer tools, Postman and documents write it. @see https://curl.se/docs/manpage.html */
export const bash: Kind = {
  kind: 'curl-bash',
  async read({ text }) {
    const script = shellOf(text, longest)
    if (script === null || script.shell !== 'bash') return null
    if (script.isTooLong) return { what, refusal: `At most ${longest} characters of a command are read.` }
    const commands = await bashCommands(script.text)
    if (commands.length === 0) return null
    const readings = commands.flatMap((one) => ('refusal' in one ? [one] : curlRequests(one)))
    return proposed(what, readings, script.ignored)
  },
}
