/**
 * How shells and editors read what is written for them, from their documentation and not from our code: for those
 * that do not run here.
 */

type Variables = Readonly<Record<string, string>>

/**
 * What a program gets from a line at the prompt of cmd.exe: first variables are replaced, wherever they are, then carets
 * and quotes are read; the program's runtime parses the rest.
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
export function cmdArguments(script: string, variables: Variables): string[] {
  const command = script.replace(/^(?:rem .*\n)*/, '')
  const replaced = command.replace(
    /%([^%\n:]+)%/g,
    (all, name: string) => variables[name.toUpperCase()] ?? all,
  )
  let line = ''
  let inQuotes = false
  for (let index = 0; index < replaced.length; index += 1) {
    const character = replaced.charAt(index)
    if (character === '^' && !inQuotes) {
      index += replaced.charAt(index + 1) === '\n' ? 2 : 1
      line += replaced.charAt(index)
      continue
    }
    if (character === '"') inQuotes = !inQuotes
    if (character === '\n' || (!inQuotes && /[&|<>()]/.test(character))) {
      throw new Error(`The command ends before ${replaced.slice(index)}`)
    }
    line += character
  }
  return runtimeArguments(line)
}

/** @see https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function runtimeArguments(line: string): string[] {
  const found: string[] = []
  let word: string | null = null
  let inQuotes = false
  for (const [token, slashes, quote] of line.matchAll(/(\\*)(")|[^]/g)) {
    if (quote === undefined) {
      if (/[ \t]/.test(token) && !inQuotes) {
        if (word !== null) found.push(word)
        word = null
      } else word = (word ?? '') + token
      continue
    }
    const count = slashes?.length ?? 0
    word = (word ?? '') + '\\'.repeat(Math.floor(count / 2))
    if (count % 2 === 1) word += '"'
    else inQuotes = !inQuotes
  }
  if (inQuotes) throw new Error('A quote is open')
  return word === null ? found : [...found, word]
}

/** What curl makes of `--variable` and of the options that expand one. @see https://curl.se/docs/manpage.html#--variable */
export function expandedByCurl(options: readonly string[], variables: Variables): string[] {
  const imported: Record<string, string> = {}
  const words: string[] = []
  for (let index = 0; index < options.length; index += 1) {
    const option = options[index] ?? ''
    const next = options[index + 1] ?? ''
    if (option === '--variable') {
      const name = /^%(\w+)$/.exec(next)?.[1] ?? ''
      const value = variables[name]
      if (value === undefined) throw new Error(`No variable ${name}`)
      imported[name] = value
      index += 1
    } else if (option.startsWith('--expand-')) {
      words.push(option.replace('--expand-', '--'), expanded(next, imported))
      index += 1
    } else words.push(option)
  }
  return words
}

function expanded(text: string, variables: Variables): string {
  return text.replace(/\\\{\{|\{\{(\w+)(:url)?\}\}/g, (found, name?: string, url?: string) => {
    if (name === undefined) return found.slice(1)
    const value = variables[name] ?? ''
    if (url === undefined) return value
    return encodeURIComponent(value).replace(
      /[!'()*]/g,
      (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  })
}

const singleQuotes = "'\u2018\u2019\u201A\u201B"

/**
 * The words of a PowerShell command, in which a quote that is doubled is one, a backtick joins lines, and an expression in
 * parentheses is one word.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 */
export function powerShellWords(script: string, variables: Variables): string[] {
  const command = script.replace(/^(?:#.*\n)*/, '')
  const token = new RegExp(
    `(?<space>(?: |\`\\n)+)|(?<quoted>[${singleQuotes}](?:[^${singleQuotes}]|[${singleQuotes}]{2})*[${singleQuotes}](?![${singleQuotes}]))|\\$env:(?<name>\\w+)|(?<sign>[()+])|(?<bare>[\\w.-]+)`,
    'uy',
  )
  const words: string[] = []
  let depth = 0
  let open = false
  const add = (text: string): void => {
    if (open) words.push((words.pop() ?? '') + text)
    else words.push(text)
    open = true
  }
  while (token.lastIndex < command.length) {
    const at = token.lastIndex
    const { space, quoted, name, sign, bare } = token.exec(command)?.groups ?? {}
    if (sign === '(') depth += 1
    else if (sign === ')') depth -= 1
    else if (sign === '+' && depth > 0) open = true
    else if (quoted !== undefined) {
      add(quoted.slice(1, -1).replace(new RegExp(`([${singleQuotes}])[${singleQuotes}]`, 'g'), '$1'))
    } else if (name !== undefined) add(variables[name] ?? '')
    else if (bare !== undefined) add(bare)
    else if (space !== undefined) open = depth > 0
    else throw new Error(`Not a word: ${command.slice(at)}`)
  }
  return words
}

interface Message {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string | null
}

const escapes: Variables = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/**
 * The request that a C# program makes, by its statements and its string literals.
 * @see https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure#6456-string-literals
 */
export function csharpRequest(code: string, variables: Variables): Message {
  const literal = String.raw`"(?:[^"\\\n\r\u0085\u2028\u2029]|\\(?:["\\nrt]|u[\dA-Fa-f]{4}))*"`
  const read = String.raw`Environment\.GetEnvironmentVariable\((?:${literal})\)`
  const term = String.raw`(?:${literal}|${read}|Form\(${read}\))`
  const text = String.raw`${term}(?:\s*\+\s*${term})*`
  const unquoted = (quoted: string): string =>
    quoted
      .slice(1, -1)
      .replace(/\\(?:u([\dA-Fa-f]{4})|(.))/g, (_all, hex?: string, one: string = '') =>
        hex === undefined ? (escapes[one] ?? '') : String.fromCharCode(parseInt(hex, 16)),
      )
  const valueOf = (expression: string): string =>
    [...expression.matchAll(new RegExp(term, 'g'))]
      .map(([one]) => {
        if (one.startsWith('"')) return unquoted(one)
        const value = variables[unquoted(/".*"/.exec(one)?.[0] ?? '')] ?? ''
        return one.startsWith('Form')
          ? encodeURIComponent(value)
              .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
              .replaceAll('%20', '+')
          : value
      })
      .join('')
  const find = (statement: string): string | undefined => new RegExp(statement).exec(code)?.[1]
  const required = (statement: string): string => {
    const found = find(statement)
    if (found === undefined) throw new Error(`No ${statement}`)
    return valueOf(found)
  }
  const body = find(String.raw`var body =\s*(${text});`)
  const fields = new RegExp(
    String.raw`^request\.(?:Content\.)?Headers\.TryAddWithoutValidation\((${literal}), (${text})\);$`,
    'gm',
  )
  return {
    method: required(String.raw`new HttpMethod\((${literal})\)`),
    url: required(String.raw`new Uri\((${text}),`),
    headers: [...code.matchAll(fields)].map(([, name = '', value = '']) => [unquoted(name), valueOf(value)]),
    body: body === undefined ? null : valueOf(body),
  }
}

/**
 * The request of an HTTP file: comments and variables first, then the request line and fields up to an empty line.
 * @see https://github.com/Huachao/vscode-restclient#usage
 */
export function httpFileRequest(file: string, environment: Variables): Message {
  const defined = new Map<string, string>()
  const lines = file.split('\n').filter((line) => {
    const [, name, of = ''] = /^\s*@(\S+)\s*=\s*\{\{\$processEnv (\w+)\}\}$/.exec(line) ?? []
    if (name !== undefined) defined.set(name, environment[of] ?? '')
    return name === undefined && !/^\s*(?:#|\/\/)/.test(line)
  })
  while (lines[0]?.trim() === '') lines.shift()
  while (lines.at(-1)?.trim() === '') lines.pop()
  const request = lines.join('\n').replace(/\{\{(.+?)\}\}/g, (all, name: string) => defined.get(name) ?? all)
  const [, head = '', body = null] = /^([^]*?)(?:\n\n([^]*))?$/.exec(request) ?? []
  const [first = '', ...fields] = head.split('\n')
  const [, method = '', url = ''] = /^(\S+) (\S+) HTTP\/1\.1$/.exec(first) ?? []
  return {
    method,
    url,
    headers: fields.map((line) => [
      line.slice(0, line.indexOf(':')),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
    body,
  }
}
