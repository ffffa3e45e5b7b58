import type { Refused } from '../pasted-request.ts'
import { type Cursor, NotRead, readOr, Unfinished } from './cursor.ts'
import type { CurlCommand } from './curl-request.ts'
import { skipStatement } from './powershell-skip.ts'
import {
  readExpression,
  readQuoted,
  readReference,
  type Scope,
  skipBlank,
  type Value,
} from './powershell-values.ts'

/** An argument of a cmdlet by the name of its parameter. */
export type Parameters = ReadonlyMap<string, Value>

/** A call that sends a request. */
export type PowerShellCall =
  | ({ readonly program: 'curl' } & CurlCommand)
  | {
      readonly program: 'cmdlet'
      readonly parameters: Parameters
      readonly session: ReadonlyMap<string, string>
    }

/** More are not looked for. */
const most = 100

/**
 * The calls of curl, Invoke-WebRequest and Invoke-RestMethod in a text of PowerShell, in its order. What the text assigns to a
 * variable is read as far as it is written out; nothing is run.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 */
export function powerShellCalls(cursor: Cursor): readonly (PowerShellCall | Refused)[] {
  const scope: Scope = new Map()
  const session = new Map<string, string>()
  const found: (PowerShellCall | Refused)[] = []
  const whole = readOr(() => {
    while (!cursor.isAtEnd && found.length < most) {
      cursor.match(/[\s;{}(]+/y)
      skipBlank(cursor, 'lines')
      const call = readStatement(cursor, scope, session)
      if (call !== null) found.push(call)
    }
    return null
  })
  return whole === null ? found : [...found, whole]
}

const assignment = /\$(?:\w{1,20}:)?(\w{1,100})[ \t]*=(?!=)[ \t]*/y
const userAgent = /\$\w{1,100}\.UserAgent[ \t]*=[ \t]*/iy
const cmdlet = /(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?![\w-])/iy
const curl = /(?:&[ \t]*)?(?:[\w:\\/.~-]{0,200}[\\/])?curl(?:\.exe)?(?![\w.-])/iy

function readStatement(
  cursor: Cursor,
  scope: Scope,
  session: Map<string, string>,
): PowerShellCall | Refused | null {
  const name = cursor.match(assignment)?.[1]
  cursor.match(/\(+[ \t]*/y)
  const start = cursor.at
  const read: (() => PowerShellCall) | null =
    cursor.match(curl) !== null
      ? () => ({ program: 'curl', words: readWords(cursor, scope), stdin: null })
      : cursor.match(cmdlet) !== null
        ? () => ({ program: 'cmdlet', parameters: readParameters(cursor, scope), session })
        : null
  if (read !== null) {
    const call = readOr(read)
    if ('refusal' in call) cursor.at = start
    skipStatement(cursor)
    return call
  }
  if (name !== undefined) {
    const value = writtenOut(cursor, scope)
    if (value === null) scope.delete(name.toLowerCase())
    else scope.set(name.toLowerCase(), value)
  } else if (cursor.match(userAgent) !== null) {
    const value = writtenOut(cursor, scope)
    if (typeof value === 'string') session.set('user-agent', value)
  }
  if (cursor.at === start || !/[\r\n;}]|^$/.test(cursor.next)) skipStatement(cursor)
  return null
}

/** The value that is assigned; `null` if it would be computed. */
function writtenOut(cursor: Cursor, scope: Scope): Value | null {
  const start = cursor.at
  try {
    const value = readExpression(cursor, scope)
    skipBlank(cursor, 'line')
    if (/[\r\n;}]|^$/.test(cursor.next)) return value
  } catch (error) {
    if (!(error instanceof NotRead) || error instanceof Unfinished) throw error
  }
  cursor.at = start
  return null
}

const endOfCommand = /(?=[\r\n;|)}&]|$)|\d?>{1,2}/y
const bare = /[^\s'"\u2018-\u201E`$;|(){}&@,]+/y

/** One word of a command, of what is next to each other; `null` at its end. */
function readWord(cursor: Cursor, scope: Scope): Value | null {
  skipBlank(cursor, 'line')
  if (cursor.match(endOfCommand) !== null || cursor.isAtEnd) return null
  if (cursor.text.startsWith('@{', cursor.at)) return readExpression(cursor, scope)
  const pieces: string[] = []
  const start = cursor.at
  for (;;) {
    const text = cursor.match(bare)?.[0] ?? cursor.match(/`([^\r\n])/y)?.[1] ?? readQuoted(cursor, scope)
    if (text !== null) {
      pieces.push(text)
      continue
    }
    if (cursor.next === '(' || cursor.next === '$') {
      const value = cursor.next === '(' ? readExpression(cursor, scope) : readReference(cursor, scope)
      if (value === null) throw new NotRead('PowerShell would run a command for part of it. Nothing is run.')
      if (typeof value !== 'string') return value
      pieces.push(value)
      continue
    }
    const sign = cursor.match(/[,@{}]/y)
    if (sign !== null && pieces.length > 0) pieces.push(sign[0])
    else if (sign !== null)
      throw new NotRead(`PowerShell reads ${sign[0]} as the beginning of something else than a text.`)
    else {
      if (cursor.at === start) cursor.at += 1
      return pieces.join('')
    }
  }
}

function readWords(cursor: Cursor, scope: Scope): readonly string[] {
  const words: string[] = []
  for (let word = readWord(cursor, scope); word !== null; word = readWord(cursor, scope)) {
    if (typeof word !== 'string') throw new NotRead('A program gets texts, and this is a table.')
    words.push(word)
  }
  return words
}

/** Parameters that have no value. */
const switches =
  /^(?:UseBasicParsing|SkipCertificateCheck|SkipHeaderValidation|SkipHttpErrorCheck|AllowUnencryptedAuthentication|AllowInsecureRedirect|DisableKeepAlive|UseDefaultCredentials|ProxyUseDefaultCredentials|NoProxy|PassThru|PreserveAuthorizationOnRedirect|PreserveHttpMethodOnRedirect|FollowRelLink|Resume|Verbose|Debug)$/i

/** By their names in lower case; what has no name is the URI. @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest */
function readParameters(cursor: Cursor, scope: Scope): Parameters {
  const parameters = new Map<string, Value>()
  for (;;) {
    skipBlank(cursor, 'line')
    const splat = cursor.match(/@(\w{1,100})(?!\w)/y)?.[1]
    if (splat !== undefined) {
      const table = scope.get(splat.toLowerCase())
      if (table === undefined || typeof table === 'string')
        throw new NotRead('Its parameters are in a variable that the text does not have.')
      for (const [key, value] of table.entries) parameters.set(key.toLowerCase(), value)
      continue
    }
    const [, name] = cursor.match(/-([A-Za-z]\w{0,60}):?(?!\w)/y) ?? []
    if (name !== undefined && switches.test(name)) {
      cursor.match(/\$(?:true|false)\b/iy)
      parameters.set(name.toLowerCase(), '')
      continue
    }
    const value = readWord(cursor, scope)
    if (value === null) return parameters
    parameters.set(name?.toLowerCase() ?? 'uri', value)
  }
}
