import type { Kind } from '../kind.ts'
import { expanded } from './expand.ts'
import { clientSettings, defaultsSaid, withSentences } from './recognised.ts'
import { type Setting, setting } from './setting.ts'

/** Characters and lines that are read: no file of variables has more. */
const bounds = { characters: 500_000, lines: 5000 }

interface Variable {
  readonly name: string
  readonly value: string
  /** Single quotation marks keep a `$`, and cmd knows none. */
  readonly isLiteral: boolean
}

interface Notation {
  /** What begins a line, and the name. */
  readonly line: RegExp
  /** The rest of the line is the value, whatever is in it. */
  readonly isRaw?: boolean
}

/** Each is tried at the beginning of a line, the clearest first. */
const notations: readonly Notation[] = [
  // cmd: set "NAME=value" and set NAME=value
  { line: /^@?set\s+(?!-)"([A-Za-z_][\w.-]*)=(?=[^\n]*"\s*$)/i, isRaw: true },
  { line: /^@?set\s+(?!-)([A-Za-z_][\w.-]*)=/i, isRaw: true },
  // PowerShell: $env:NAME = "value"
  { line: /^\$(?:env:|\{env:)?([A-Za-z_][\w.-]*)\}?\s*=\s*/i },
  // setx NAME value; fish: set -gx NAME value; csh: setenv NAME value; Dockerfile: ENV NAME value
  { line: /^(?:setx|set\s+-\w+|setenv|ENV)\s+([A-Za-z_][\w.-]*)\s+(?!=)/ },
  // A shell, .env, docker run -e, docker compose, systemd, a Dockerfile
  {
    line: /^(?:export\s+|declare\s+-\w+\s+|-e\s+|--env[\s=]|-\s+|ENV\s+|ARG\s+|Environment=)?["']?([A-Za-z_][\w.-]*)\s*=[ \t]*/,
  },
]

/** What a text has of variables, and how many lines of it are none. */
interface Variables {
  readonly variables: readonly Variable[]
  readonly others: number
}

/**
 * The variables of a text: `.env`, a shell's `export`, cmd's `set`, PowerShell's `$env:`, the options of `docker run`. Values in
 * quotation marks may have several lines.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 * @see https://docs.docker.com/reference/cli/docker/container/run/#env
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
 */
function variablesIn(text: string): Variables {
  if (/^(?:sudo\s+)?(?:docker|podman)\s/.test(text)) return { variables: optionsOf(text), others: 0 }
  const found: Variable[] = []
  let [lines, others] = [0, 0]
  for (let at = 0; at < text.length && lines < bounds.lines; lines += 1) {
    const end = lineEnd(text, at)
    const line = text.slice(at, end)
    const indent = line.length - line.trimStart().length
    const trimmed = line.trim()
    if (/^(?:#|;|::|rem\s|@?echo\s|@?setlocal|\[[\w .-]+\]$|\\?$)/i.test(trimmed)) {
      at = end + 1
      continue
    }
    const read = variableAt(text, at + indent, end)
    if (read === null) others += 1
    else found.push(read.variable)
    at = lineEnd(text, read?.end ?? at) + 1
  }
  return { variables: found, others }
}

/** The options -e of a command, whatever else it has. */
const optionsOf = (command: string): readonly Variable[] =>
  [
    ...command.matchAll(
      /\s(?:-e|--env)[\s=]+(?:(["'])(?=[A-Za-z_][\w.-]{0,200}=)((?:(?!\1)[^])*)\1|([A-Za-z_][\w.-]{0,200}=)(?:(["'])((?:(?!\4)[^])*)\4|(\S*)))/g,
    ),
  ].map(([, outer, whole = '', name = '', inner, text, bare = '']) => {
    const pair = outer === undefined ? name + (inner === undefined ? bare : (text ?? '')) : whole
    const at = pair.indexOf('=')
    return {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      isLiteral: outer === "'" || inner === "'",
    }
  })

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function variableAt(
  text: string,
  start: number,
  end: number,
): { readonly variable: Variable; readonly end: number } | null {
  const line = text.slice(start, end)
  for (const { line: pattern, isRaw = false } of notations) {
    const [before, name = ''] = pattern.exec(line) ?? []
    if (before === undefined) continue
    const rest = line.slice(before.length)
    if (isRaw) {
      const value = before.includes('"') ? rest.replace(/"\s*$/, '') : rest
      return { variable: { name, value: value.trim(), isLiteral: true }, end }
    }
    const quotedOne = quotedAt(text, start + before.length)
    if (quotedOne !== null) return { variable: { name, ...quotedOne }, end: quotedOne.end }
    const value = rest
      .replace(/\s+#.*$/, '')
      .replace(/\s*\\\s*$/, '')
      .trim()
      // -e "NAME=value" has its marks around both.
      .replace(/^([^"']*)(["'])$/, (whole, inner: string, mark: string) =>
        before.includes(mark) ? inner : whole,
      )
    return { variable: { name, value, isLiteral: false }, end }
  }
  return null
}

/** A value between quotation marks, which may go on over lines; `null` if there is none, or it has no end. */
function quotedAt(text: string, start: number): { value: string; isLiteral: boolean; end: number } | null {
  const mark = text.charAt(start)
  if (mark !== '"' && mark !== "'" && mark !== '`') return null
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\' && mark === '"') at += 1
    else if (character === mark) {
      const inner = text.slice(start + 1, at)
      return { value: mark === '"' ? unescaped(inner) : inner, isLiteral: mark === "'", end: at }
    }
  }
  return null
}

const unescaped = (text: string): string =>
  text.replace(/\\([nrt"\\$`])/g, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? sign)

/** The settings that variables are, with what they refer to, and what is to be said of that. */
function settingsOf(variables: readonly Variable[]): readonly [readonly Setting[], readonly string[]] {
  const values = new Map(variables.map(({ name, value }) => [name, value]))
  const defaults = new Set<string>()
  const settings = variables.map(({ name, value, isLiteral }) => {
    if (isLiteral) return setting(name, value)
    const found = expanded(setting(name, value), (other) => (other === name ? undefined : values.get(other)))
    for (const one of found.defaults) defaults.add(one)
    return found.setting
  })
  return [settings, defaultsSaid([...defaults])]
}

/** Variables of an environment, however they are written. */
export const env: Kind = {
  kind: 'env',
  read({ text }) {
    if (text.length > bounds.characters || !/=|^(?:setx|set\s+-\w+|setenv|ENV)\s/im.test(text)) return null
    // The body of a form in one line.
    if (/^[\w.-]+=[^\s&]*&[\w.-]+=\S*$/.test(text)) return null
    const { variables, others } = variablesIn(text)
    if (variables.length === 0 || others > variables.length) return null
    const [settings, sentences] = settingsOf(variables)
    const what = 'a list of environment variables (.env)'
    return withSentences(clientSettings(settings, { what, alone: others === 0 }), [
      ...sentences,
      ...(others === 0 ? [] : [`${others === 1 ? 'One line is' : `${others} lines are`} no variable.`]),
    ])
  },
}
