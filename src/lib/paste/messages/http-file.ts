import { encodeBase64 } from '../../encoding/base64.ts'
import { essence } from '../../http/preflight.ts'
import { headerValue, type HeaderList } from '../../http/message.ts'
import type { Kind } from '../kind.ts'
import { longest, type PastedRequest, proposed, type Refused, requestOf, tooLong } from '../pasted-request.ts'
import { type Fill, fileVariables, setsVariable } from './file-variables.ts'
import { fieldsOf, linesOf } from './message-lines.ts'

const what = 'a file of HTTP requests'

/** A request line of an editor: the method and the version may be missing, and variables may have spaces. */
interface Line {
  readonly method: string | null
  readonly url: string
  readonly hasVersion: boolean
}

/** `null` for a line that is none. */
function requestLineOf(line: string): Line | null {
  const text = line.trim()
  const [before = '', method = null] = /^([A-Z]{2,20})[ \t]+/.exec(text) ?? []
  const [version] = /[ \t]HTTP\/\d(?:\.\d)?$/.exec(text) ?? []
  const url = text.slice(before.length, version === undefined ? undefined : -version.length).trim()
  const isUrl = /^(?:https?:\/\/|\{\{|\/|[\w.-]{1,200}(?::\d|\/))/.test(url)
  return isUrl ? { method, url, hasVersion: version !== undefined } : null
}

/**
 * A file that editors send: REST Client of Visual Studio Code, JetBrains HTTP Client, Visual Studio. Each request is one of
 * several.
 * @see https://github.com/Huachao/vscode-restclient, https://www.jetbrains.com/help/idea/exploring-http-syntax.html
 */
export const httpFile: Kind = {
  kind: 'http-file',
  read({ text }) {
    if (!isFile(text)) return null
    if (text.length > longest) return tooLong(what)
    const found = fileRequests(text)
    const hasScripts = /^[ \t]*[<>] \{%/m.test(text)
    return found.length === 0
      ? null
      : proposed(what, found, hasScripts ? ['Scripts, > {% … %}, are not run.'] : [])
  },
}

/** The requests of a file. */
export function fileRequests(text: string): readonly (PastedRequest | Refused)[] {
  const lines = linesOf(text)
  const fill = fileVariables(lines)
  return blocksOf(lines).flatMap((block) => readBlock(block, fill) ?? [])
}

/** The first line that says something is a request line. A URL alone is of another kind. */
function isFile(text: string): boolean {
  const lines = linesOf(text.slice(0, 20_000)).filter(
    (one) => one.trim() !== '' && !comment.test(one) && !setsVariable(one),
  )
  const [first = '', second = ''] = lines
  const found = requestLineOf(first)
  if (found === null) return false
  if (found.method !== null) return found.hasVersion || !/^(?:\/|[\w.-]+\/)/.test(found.url)
  const hasMore = /^###/m.test(text) || /^[\w-]+:[ \t]/.test(second) || /^\s*[?&]\w/.test(second)
  return /^(?:https?:\/\/|\{\{)/.test(found.url) && (hasMore || lines.length < linesOf(text).length)
}

const comment = /^\s*(?:#|\/\/)/

interface Block {
  readonly name: string
  readonly lines: readonly string[]
}

/** @see https://www.jetbrains.com/help/idea/exploring-http-syntax.html#use-multiple-requests */
function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: { name: string; lines: string[] }[] = [{ name: '', lines: [] }]
  for (const one of lines) {
    const [, title] = /^###+[ \t]*(.*)$/.exec(one) ?? []
    if (title === undefined) blocks.at(-1)?.lines.push(one)
    else blocks.push({ name: title.trim(), lines: [] })
  }
  return blocks.map((block) => ({ ...block, name: nameIn(block.lines) ?? block.name }))
}

const nameIn = (lines: readonly string[]): string | undefined =>
  lines.map((one) => /^\s*(?:#|\/\/)\s*@name\s*=?\s*(\S.*)$/.exec(one)?.[1]?.trim()).find(Boolean)

/** `null` for a block without a request. */
function readBlock({ name, lines }: Block, fill: Fill): PastedRequest | Refused | null {
  const said = withoutScripts(lines).filter((one) => !comment.test(one) && !setsVariable(one))
  const start = said.findIndex((one) => one.trim() !== '')
  if (start < 0) return null
  const found = requestLineOf(said[start] ?? '')
  if (found === null) return { refusal: 'It has no request line that is read here.' }
  const after = said.slice(start + 1)
  const goesOn = after.findIndex((one) => !/^\s+\S|^[?&]/.test(one))
  const more = goesOn < 0 ? after : after.slice(0, goesOn)
  const rest = goesOn < 0 ? [] : after.slice(goesOn)
  const blank = rest.findIndex((one) => one.trim() === '')
  const { headers, others } = fieldsOf((blank < 0 ? rest : rest.slice(0, blank)).map(fill))
  const fields = headers.map(withCredentials)
  const body = bodyOf(blank < 0 ? [] : rest.slice(blank + 1), fields, fill)
  const address = fill([found.url, ...more.map((one) => one.trim())].join(''))
  const host = headerValue(fields, 'host')
  return requestOf({
    name,
    method: found.method ?? 'GET',
    url: address.startsWith('/') && host !== null ? host + address : address,
    headers: fields,
    body: body.text,
    ignored: [
      ...body.ignored,
      ...(others > 0 ? ['A line of its head is no header field, and is not used.'] : []),
    ],
  })
}

/** Without handlers and scripts, over several lines too. @see https://www.jetbrains.com/help/idea/exploring-http-syntax.html#response-handlers */
function withoutScripts(lines: readonly string[]): readonly string[] {
  let isScript = false
  return lines.filter((one) => {
    const begins = /^\s*[<>] \{%/.test(one)
    const isIn = isScript || begins
    isScript = isIn && !one.includes('%}')
    return !isIn && !/^\s*(?:>>?!?|<>)[ \t]+\S/.test(one)
  })
}

/** A form may be over several lines, each with the sign that joins them. @see https://github.com/Huachao/vscode-restclient#request-body */
function bodyOf(
  lines: readonly string[],
  headers: HeaderList,
  fill: Fill,
): { readonly text: string | null; readonly ignored: readonly string[] } {
  const ofFiles = lines.filter((one) => /^\s*<(?:@\S*)?[ \t]+\S/.test(one))
  const isForm = essence(headerValue(headers, 'content-type') ?? '') === 'application/x-www-form-urlencoded'
  const own = lines.filter((one) => !ofFiles.includes(one)).map(fill)
  const text = isForm ? joinedForm(own) : own.join('\n').trimEnd()
  return {
    text: text === '' ? null : text,
    ignored: ofFiles.length === 0 ? [] : ['The body is in a file, which the page does not have.'],
  }
}

/** Spaces around names and values are of the layout. */
const joinedForm = (lines: readonly string[]): string =>
  lines
    .map((one) => one.trim())
    .join('')
    .split('&')
    .map((pair) => pair.trim().replace(/[ \t]{0,99}=[ \t]{0,99}/, '='))
    .join('&')

/** `Basic user password` and `Basic user:password`, which editors encode. @see https://github.com/Huachao/vscode-restclient#basic-auth */
function withCredentials([name, value]: readonly [string, string]): readonly [string, string] {
  const [, user = '', password = ''] = /^Basic[ \t]+([^\s:]+)(?::|[ \t]+)(\S.*)$/is.exec(value) ?? []
  return /^authorization$/i.test(name) && user !== ''
    ? [name, `Basic ${encodeBase64(new TextEncoder().encode(`${user}:${password}`))}`]
    : [name, value]
}
