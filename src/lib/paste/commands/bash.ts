import type * as Unbash from 'unbash'
import type { Assignment, Command, Redirection, SyntaxNode, Word, WordPart } from 'unbash'
import { quoted } from '../../text/quoted.ts'
import type { Kind } from '../kind.ts'
import { longest, type PastedRequest, proposed, type Refused, tooLong } from '../pasted-request.ts'
import { unknown } from '../unknown.ts'
import { type CurlCommand, curlRequests } from './curl-request.ts'
import { shellOf } from './shell.ts'

const what = 'a curl command, as bash reads it'

/** curl in bash, zsh and sh, as developer tools, Postman and documents write it. @see https://curl.se/docs/manpage.html */
export const bash: Kind = {
  kind: 'curl-bash',
  async read({ text }) {
    const script = shellOf(text)
    if (script === null || script.shell !== 'bash') return null
    if (text.length > longest) return tooLong(what)
    const found = await bashRequests(script.text)
    return found.length === 0 ? null : proposed(what, found, script.ignored)
  },
}

type Bash = typeof Unbash

/** What the assignments of a script have set so far. */
type Variables = Map<string, string>

/** The requests of a text of bash. */
export const bashRequests = async (text: string): Promise<readonly (PastedRequest | Refused)[]> =>
  (await bashCommands(text)).flatMap((one) => ('refusal' in one ? [one] : curlRequests(one)))

/**
 * The calls of curl in a text of bash, in its order, wherever they are: in a pipeline, a substitution, a loop. A variable that
 * the text sets before is read, any other is unknown. Nothing is run: a call that needs the output of a command is refused.
 * @see https://www.gnu.org/software/bash/manual/bash.html
 */
async function bashCommands(text: string): Promise<readonly (CurlCommand | Refused)[]> {
  const bash = await import('unbash')
  // As if Enter was pressed: a backslash at the end goes on to nothing.
  const script = bash.parse(`${text}\n`)
  const variables: Variables = new Map()
  const found: (CurlCommand | Refused)[] = []
  const waiting: { readonly node: SyntaxNode; readonly errors: readonly ScriptError[] }[] = [
    { node: script, errors: script.errors ?? [] },
  ]
  // Not by recursion: a pipeline of a hundred thousand commands is no reason to fail.
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next
    const errors = node.type === 'Script' ? (node.errors ?? []) : next.errors
    if (node.type === 'Command') {
      for (const { name, value } of assignmentsOf(node)) assign(name, value, variables, bash)
      const command = curlOf(node, errors, variables, bash)
      if (command !== null) found.push(withNotes(command, text, node))
    }
    const children: SyntaxNode[] = []
    bash.forEachChild(node, (child) => children.push(child))
    for (const child of children.reverse()) waiting.push({ node: child, errors })
  }
  return found
}

/** What of the command is cut off, which is seldom meant. */
function withNotes(command: CurlCommand | Refused, text: string, { end }: Command): CurlCommand | Refused {
  if ('refusal' in command) return command
  const rest = text.slice(end, end + 200)
  const ignored = [
    ...(/^&[^&\s]/.test(rest)
      ? ['bash ends the command at an & outside of quotes: what follows is not used.']
      : []),
    ...(/^[ \t]*\r?\n[ \t]*--?[A-Za-z]/.test(rest)
      ? ['A line that begins with an option is not used, as the line before does not end with a backslash.']
      : []),
  ]
  return { ...command, ignored }
}

interface ScriptError {
  readonly message: string
  readonly pos: number
}

/** Before the name of a program they are in its environment, and not in the shell. */
function assignmentsOf({ name, prefix, suffix }: Command): readonly Assignment[] {
  const sets = name === undefined || /^(?:export|declare|typeset|local|readonly)$/.test(name.value)
  return sets ? [...prefix, ...suffix].filter((one) => one.type === 'Assignment') : []
}

function assign(
  name: string,
  value: Word | { readonly type: 'ArrayValue' },
  variables: Variables,
  bash: Bash,
): void {
  const text = value.type === 'Word' ? textOf(value, variables, bash) : null
  if (typeof text === 'string') variables.set(name, text)
  else variables.delete(name)
}

/** Words before the name of the program: a prompt, `sudo`, `time` and their options. */
const mostBefore = 6

/** `null` for another program. */
function curlOf(
  { name, suffix, redirects, pos, end }: Command,
  errors: readonly ScriptError[],
  variables: Variables,
  bash: Bash,
): CurlCommand | Refused | null {
  const all = [...(name ? [name] : []), ...suffix]
  const program = all
    .slice(0, mostBefore)
    .findIndex((one) => one.type === 'Word' && /^(?:.*\/)?curl(?:\.exe)?$/.test(one.value))
  if (program < 0) return null
  const error = errors.find((one) => one.pos >= pos && one.pos <= end)
  if (error !== undefined) return { refusal: `bash does not read this command: ${quoted(error.message)}.` }
  const words: string[] = []
  for (const word of all.slice(program + 1)) {
    // With a name before it, it is an argument like any other.
    const text =
      word.type === 'Word' ? textOf(word, variables, bash) : word.type === 'Assignment' ? word.text : null
    if (text === null) continue
    if (typeof text !== 'string') return text
    words.push(text)
  }
  return { words, stdin: stdinOf(redirects, variables, bash) }
}

/** What is written to the command, if the text has it. @see https://www.gnu.org/software/bash/manual/bash.html#Here-Documents */
function stdinOf(redirects: readonly Redirection[], variables: Variables, bash: Bash): string | null {
  const last = redirects.findLast(({ type }) => type !== 'Redirect')
  if (last?.type === 'HereString') {
    const text = last.target && textOf(last.target, variables, bash)
    return typeof text === 'string' ? `${text}\n` : null
  }
  if (last?.type !== 'HereDoc') return null
  const text = last.body.parts === undefined ? last.body.text : joined(last.body.parts, true, variables, bash)
  return typeof text === 'string' ? text : null
}

const textOf = (word: Word, variables: Variables, bash: Bash): string | Refused =>
  word.parts === undefined ? word.value : joined(word.parts, false, variables, bash)

function joined(
  parts: readonly WordPart[],
  isQuoted: boolean,
  variables: Variables,
  bash: Bash,
): string | Refused {
  const texts: string[] = []
  for (const part of parts) {
    const text = partOf(part, isQuoted, variables, bash)
    if (typeof text !== 'string') return text
    texts.push(text)
  }
  return texts.join('')
}

function partOf(part: WordPart, isQuoted: boolean, variables: Variables, bash: Bash): string | Refused {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'Glob':
      return part.value
    case 'AnsiCQuoted':
      return ansiC(part.text, part.value, bash)
    case 'DoubleQuoted':
    case 'LocaleString':
      return joined(part.parts, true, variables, bash)
    case 'SimpleExpansion':
      return valueOf(part.text.slice(1), isQuoted, variables)
    case 'ParameterExpansion': {
      const isPlain = part.prefix === undefined && part.index === undefined && part.operation === undefined
      return isPlain ? valueOf(part.parameter, isQuoted, variables) : unknown(part.parameter)
    }
    case 'ExtendedGlob':
      return part.text
    case 'BraceExpansion':
      return { refusal: 'bash makes several words of braces outside of quotes. Put the text into quotes.' }
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticExpansion':
      return {
        refusal:
          'Part of it is the output of another command, $(…), `…` or <(…). Nothing is run. Put the value itself in its place.',
      }
  }
}

/** bash splits what is not in quotes at spaces, and finds files by it: then it is more than one word, or none. */
function valueOf(name: string, isQuoted: boolean, variables: Variables): string {
  const value = variables.get(name)
  return value === undefined || (!isQuoted && /[\s*?[\]]/.test(value)) ? unknown(name) : value
}

/**
 * What unbash reads otherwise than bash: a backslash before a line break, which is both there. And `\xE9`, a byte that is no
 * UTF-8 alone, is the character of that number, as Firefox means it.
 * @see https://www.gnu.org/software/bash/manual/bash.html#ANSI_002dC-Quoting
 */
function ansiC(text: string, value: string, bash: Bash): string {
  const isByte = value.includes('\uFFFD')
  const mended = text.replace(
    /\\(?:x([89A-Fa-f][\dA-Fa-f])|(\n)|[^])/g,
    (all, hex?: string, end?: string) => {
      if (end !== undefined) return '\\\\\n'
      return hex === undefined || !isByte ? all : `\\u00${hex}`
    },
  )
  if (mended === text) return value
  const [statement] = bash.parse(`: ${mended}`).commands
  const [word] = statement?.command.type === 'Command' ? statement.command.args : []
  return word?.type === 'Word' ? word.value : value
}
