import type { HttpRequest } from '../http/message.ts'
import { essence } from '../http/preflight.ts'
import { isSecretName } from '../text/hides-secret.ts'
import type { Renderer } from './renderer.ts'
import { isSecretField, namesSecret, safeUrl, variableName } from './secrets.ts'

/** For a POSIX shell. curl form-encodes what comes from a variable in a form body. */
export const curl: Renderer = { label: 'curl', render }

function render({ method, url, headers, body }: HttpRequest): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const isForm = essence(type) === 'application/x-www-form-urlencoded'
  const implied = method === 'GET' || (method === 'POST' && body !== null && body !== '')
  return command(
    [
      ...(implied ? [] : [`-X ${/^[A-Z]+$/.test(method) ? method : shQuoted(method)}`]),
      ...headers.map(([name, value]) => field(name, valueOf(name, value))),
      ...bodyOf(body, isForm),
    ],
    url,
  )
}

/** A text as one word of sh: nothing in single quotes has a meaning but their end. @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02 */
function shQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

const variable = (name: string): string => `"$${variableName(name)}"`

/** A field without a value is written with a semicolon: with a colon, curl would leave it out. */
function field(name: string, quotedValue: string): string {
  if (quotedValue === "''") return `-H ${shQuoted(`${name};`)}`
  return `-H ${shQuoted(`${name}: `).slice(0, -1)}${quotedValue.startsWith("'") ? quotedValue.slice(1) : `'${quotedValue}`}`
}

/** The scheme of credentials stays readable: `'Basic '"$AUTHORIZATION"`. */
function valueOf(name: string, value: string): string {
  if (value === '' || !isSecretField(name)) return shQuoted(value)
  const scheme = /^[A-Za-z]+ (?=\S)/.exec(value)?.[0] ?? ''
  return `${shQuoted(scheme)}${variable(name)}`
}

function bodyOf(body: string | null, isForm: boolean): string[] {
  if (body === null || body === '') return []
  if (!isForm) return [`--data-raw ${namesSecret(body) ? variable('body') : shQuoted(body)}`]
  return body.split('&').map((pair) => {
    const [name = ''] = new URLSearchParams(pair).keys()
    if (!isSecretName(name) || !pair.includes('=')) return `--data-raw ${shQuoted(pair)}`
    return `--data-urlencode ${shQuoted(pair.slice(0, pair.indexOf('=') + 1))}${variable(name)}`
  })
}

/** -i shows status and fields; -g keeps brackets of the URL, which curl would expand; -sS keeps the progress away. */
function command(options: readonly string[], url: string): string {
  const globs = /[[\]{}]/.test(url) ? '-g ' : ''
  return [`curl -isS ${globs}${shQuoted(safeUrl(url))}`, ...options].join(' \\\n  ')
}
