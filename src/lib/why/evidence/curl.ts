import { isSecretName } from '../../text/hides-secret.ts'
import type { HttpRequest } from '../../http/message.ts'
import { essence } from '../../http/preflight.ts'
import type { Target } from './evidence.ts'

/** A text as one word of sh: nothing in single quotes has a meaning but their end. @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02 */
function shQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** The preflight, as curl asks it: it carries no credential. `origin` is the page's. */
export function curlPreflight({ url, method, asks }: Target, origin: string): string {
  const fields = [
    ['Origin', origin],
    ['Access-Control-Request-Method', method],
    ...(asks.length > 0 ? [['Access-Control-Request-Headers', asks.join(',')] as const] : []),
  ] as const
  return command(['-X OPTIONS', ...fields.map(([name, value]) => field(name, shQuoted(value)))], url)
}

/**
 * The request itself, as from a page of that origin. In place of each secret stands a variable of the shell, named
 * like what it is of: `CLIENT_SECRET`, `AUTHORIZATION`. curl form-encodes what comes from a variable in a form body.
 */
export function curlRequest({ method, url, headers, body }: HttpRequest, origin: string): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const isForm = essence(type) === 'application/x-www-form-urlencoded'
  const post = method === 'POST' && body !== null && body !== ''
  return command(
    [
      ...(post || method === 'GET' ? [] : [`-X ${shQuoted(method)}`]),
      field('Origin', shQuoted(origin)),
      ...headers.map(([name, value]) => field(name, valueOf(name, value))),
      ...bodyOf(body, isForm),
    ],
    url,
  )
}

/** A field without a value is written with a semicolon: with a colon, curl would leave it out. */
function field(name: string, quotedValue: string): string {
  if (quotedValue === "''") return `-H ${shQuoted(`${name};`)}`
  return `-H ${shQuoted(`${name}: `).slice(0, -1)}${quotedValue.startsWith("'") ? quotedValue.slice(1) : `'${quotedValue}`}`
}

/** The scheme of credentials stays readable: `'Basic '"$AUTHORIZATION"`. */
function valueOf(name: string, value: string): string {
  if (value === '' || !(isSecretName(name) || name.toLowerCase() === 'dpop')) return shQuoted(value)
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

const namesSecret = (body: string): boolean => body.split(/[^\w-]+/).some(isSecretName)

/** `client_secret` as `"$CLIENT_SECRET"`. */
function variable(name: string): string {
  const word = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
  return `"$${/^\d/.test(word) ? `_${word}` : word}"`
}

/** -i shows status and fields; -g keeps brackets of the URL, which curl would expand; -sS keeps the progress away. */
function command(options: readonly string[], url: string): string {
  const globs = /[[\]{}]/.test(url) ? '-g ' : ''
  return [`curl -isS ${globs}${shQuoted(safeUrl(url))}`, ...options].join(' \\\n  ')
}

/** The URL without user and password, and with `…` for what a member of its query that is named like a secret has. */
function safeUrl(href: string): string {
  if (!URL.canParse(href)) return href
  const url = new URL(href)
  url.username = ''
  url.password = ''
  const secret = [...new Set(url.searchParams.keys())].filter(isSecretName)
  for (const name of secret) url.searchParams.set(name, '…')
  return url.href
}
