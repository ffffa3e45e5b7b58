import type { Kind } from '../kind.ts'
import { longest, type PastedRequest, proposed, type Refused, tooLong } from '../pasted-request.ts'
import { unknown } from '../unknown.ts'
import { type CurlCommand, curlRequests } from './curl-request.ts'
import { shellOf } from './shell.ts'

const what = 'a curl command, as cmd.exe reads it'

/** curl at the prompt of Windows, as developer tools write it. @see https://learn.microsoft.com/windows-server/administration/windows-commands/cmd */
export const cmd: Kind = {
  kind: 'curl-cmd',
  read({ text }) {
    const script = shellOf(text)
    if (script === null || script.shell !== 'cmd') return null
    if (text.length > longest) return tooLong(what)
    const found = cmdRequests(script.text)
    return found.length === 0 ? null : proposed(what, found, script.ignored)
  },
}

/** The requests of a text of cmd.exe. */
export const cmdRequests = (text: string): readonly (PastedRequest | Refused)[] =>
  cmdCommands(text).flatMap((one) => ('refusal' in one ? [one] : curlRequests(one)))

/** The calls of curl in a text of cmd.exe. `set` in it is read, any other variable is unknown. */
function cmdCommands(text: string): readonly (CurlCommand | Refused)[] {
  return commandLines(withVariables(text)).flatMap((line): readonly (CurlCommand | Refused)[] => {
    if (/^[ \t@]*(?:rem\b|::|set\b)/i.test(line)) return []
    const words = programWords(line)
    if (words === null)
      return /curl/i.test(line.slice(0, 200))
        ? [{ refusal: 'The command ends inside quotes. Paste all of it.' }]
        : []
    const program = words.slice(0, 3).findIndex((word) => /^(?:.*[\\/])?curl(?:\.exe)?$/i.test(word))
    return program < 0 ? [] : [{ words: words.slice(program + 1), stdin: null }]
  })
}

/** A name that begins and goes on with two hexadecimal digits is rather percent-encoding. */
const variable = /%%|%([A-Za-z_]\w{0,100})(?::[^%\n]{0,100})?%(?![\dA-Fa-f]{2})/g

/** Variables are replaced before anything else is read, in quotes too. Two percent signs are one, as in a batch file. */
function withVariables(text: string): string {
  const variables = new Map<string, string>()
  for (const [, name = '', value = ''] of text.matchAll(/^[ \t@]*set[ \t]+"?(\w{1,100})=([^"\r\n]*)"?/gim))
    variables.set(name.toUpperCase(), value)
  return text.replace(variable, (_all, name?: string) =>
    name === undefined ? '%' : (variables.get(name.toUpperCase()) ?? unknown(name)),
  )
}

/**
 * The commands as cmd.exe hands them to programs: a caret outside of quotes is an escape, and a line break behind one is none.
 */
function commandLines(text: string): readonly string[] {
  const lines: string[] = []
  let line: string[] = []
  let isQuoted = false
  const end = (): void => {
    lines.push(line.join(''))
    line = []
    isQuoted = false
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '^' && !isQuoted) {
      // A line break behind it is none, and what comes then is as it is: another one, too.
      const escaped = /(?:\r?\n)?(\r?\n|[^]|$)/y
      escaped.lastIndex = at + 1
      line.push((escaped.exec(text)?.[1] ?? '').replace('\r\n', '\n'))
      at = escaped.lastIndex - 1
    } else if (character === '\n' || (!isQuoted && /[&|<>]/.test(character))) {
      // What is behind a pipe or goes into a file is no command of ours.
      end()
      if (character !== '\n' && character !== '&') at = endOfLine(text, at)
    } else {
      if (character === '"') isQuoted = !isQuoted
      line.push(character)
    }
  }
  end()
  return lines.map((one) => one.replace(/\r$/, ''))
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/**
 * The words that the runtime of a program makes of its line: backslashes before a quote are escapes, and two quotes inside
 * quotes are one. `null`: a quote is open at the end.
 * @see https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
function programWords(line: string): readonly string[] | null {
  const words: string[] = []
  let word: string[] = []
  let hasWord = false
  let isQuoted = false
  const token = /(\\*)"|\\+|[ \t]+|[^\\" \t]+/g
  for (let found = token.exec(line); found !== null; found = token.exec(line)) {
    const [text, slashes] = found
    if (slashes === undefined) {
      if (!isQuoted && /[ \t]/.test(text)) {
        if (hasWord) words.push(word.join(''))
        word = []
        hasWord = false
      } else {
        word.push(text)
        hasWord = true
      }
      continue
    }
    word.push('\\'.repeat(Math.floor(slashes.length / 2)))
    hasWord = true
    if (slashes.length % 2 === 1) word.push('"')
    else if (isQuoted && line.charAt(token.lastIndex) === '"') {
      word.push('"')
      token.lastIndex += 1
    } else isQuoted = !isQuoted
  }
  if (isQuoted) return null
  return hasWord ? [...words, word.join('')] : words
}
