/** A text with a call of curl, and the shell that it is written for. */
export interface ShellText {
  readonly shell: 'bash' | 'cmd' | 'powershell'
  /** From the first line of its script, without a prompt before the call. */
  readonly text: string
  readonly ignored: readonly string[]
}

const prompt = String.raw`PS>[ \t]*|(?:PS )?[A-Za-z]:\\[^\n>]{0,200}>[ \t]*|[\w.@:~/-]{0,80}[$#%>][ \t]+`
const before = String.raw`(?:sudo|time|env|exec|command|echo|export|local|if|!|&)[ \t]+|\w{1,60}=[^\s(]{0,200}[ \t]+`
/** A variable that its output is put into. */
const into = String.raw`(?:\$?\w{1,60}[ \t]?=[ \t]?)?"?(?:\$\(|\x60|\()?[ \t]*`
/** An option, a quote, a variable, a URL, or the end of a line that goes on: words of a sentence are none. */
const after = String.raw`(?=[ \t]+(?:[-'"^$\\\x60{(]|[a-z][a-z+.-]{0,20}:/|localhost|[\w.-]{1,200}(?:\.[a-z]{2,}|:\d)))`

/** A line that calls curl. */
const call = new RegExp(
  String.raw`^[ \t]*(?:${prompt})?((?:${before}){0,9}${into}(?:[\w./~:\\-]{0,200}[/\\])?curl(\.exe)?)${after}`,
  'm',
)

/** A line that may be of the same script: a comment, an option of the shell, an assignment. */
const ofScript = /^\s*(?:#.*|rem\b.*|::.*|set\b.*|@echo off|(?:export\s+)?\$?[\w:]+\s*=.*|)$/i

/** How far a call is looked for: further down it is part of something else. */
const farthest = 20_000

/**
 * Finds a call of curl in a text, and the shell by its quotes and by how it continues a line. `null`: there is none.
 */
export function shellOf(text: string): ShellText | null {
  const found = call.exec(text.slice(0, farthest))
  if (found === null) return null
  const [line, start = '', isProgram] = found
  const lead = text.slice(0, found.index)
  const isLead = lead.split('\n').every((one) => ofScript.test(one.replace(/\r$/, '')))
  // A fence of Markdown ends it.
  const [command = ''] = text.slice(found.index + line.length).split(/^[ \t]*(?:\x60{3}|~{3})/m, 1)
  return {
    shell: shellBy(command, isProgram !== undefined),
    text: unified((isLead ? lead : '') + start + command),
    ignored: isLead ? [] : ['The text before the command is not used.'],
  }
}

/** The first sign that only one shell has: how a line goes on, or a quote. */
function shellBy(command: string, isProgram: boolean): ShellText['shell'] {
  const sign = /\^\r?\n|\^"|\x60[ \t]*\r?\n|\\\r?\n|\$env:|'|"(?:[^"\\]|\\.|"")*(?:"|$)/gs
  for (const [found] of command.matchAll(sign)) {
    if (found.startsWith('^')) return 'cmd'
    if (found.startsWith('\x60') || found.startsWith('$')) return 'powershell'
    if (found.startsWith('\\')) return 'bash'
    if (found === "'") return isProgram ? 'powershell' : 'bash'
  }
  return isProgram ? 'cmd' : 'bash'
}

/** A text whose every line ends as in Windows was changed as a whole when it was copied. */
const unified = (text: string): string => (/(?:^|[^\r])\n/.test(text) ? text : text.replaceAll('\r\n', '\n'))
