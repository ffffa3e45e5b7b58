import { httpUrl } from '../../http/http-url.ts'
import { rfc } from '../../spec.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import { quoted } from '../../text/quoted.ts'
import { isBroken, mendScheme, urlIn } from '../../text/url-in.ts'
import { issuerOf } from '../config/derived-values.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { bare, use } from '../../text/around.ts'
import { listed } from '../../text/listed.ts'
import { tokenEndpointFor } from './other-endpoint.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import type { Remark } from './problem.ts'

/** A remark that is in the place of what was said of the same field at first. */
export type Instead = Remark & { readonly instead?: true }

/** The words of a button that leave a URL; it is not shown if a secret may be in it. */
const useUrl = (url: string): string => (hidesSecret(url, '') ? 'Use the URL alone' : use(url))

/** What surrounds the URL in a field that has one, or what is wrong with its beginning; `null` for a URL alone. */
export function urlRule(value: string): Instead | null {
  const trimmed = value.trim()
  const instead = (message: string, url: string): Instead => ({
    level: 'warning',
    message,
    fix: { label: useUrl(url), value: url },
    instead: true,
  })
  // Whole, as it is in the query of another URL.
  if (/^https?%3A/i.test(trimmed)) return instead('The URL is percent-encoded.', decoded(trimmed))
  if (isBroken(trimmed)) {
    const joined = mendScheme(trimmed.replace(/\s+/g, ''))
    if (joined !== null)
      return instead('There is a space in the URL, which may come from a line break.', joined)
  }
  const url = urlIn(trimmed)
  if (url === null) {
    const { value: inner, around } = bare(trimmed, /(endpoint|ur[il]|issuer|authority|server|host)$/)
    const isAddress = /^[\w.-]+(\.[\w-]+|:\d+)(\/\S*)?$/.test(inner)
    return around.length > 0 && isAddress
      ? instead(`The address has something around it: ${listed(around)}.`, inner)
      : null
  }
  // In a query a browser encodes a space.
  if (url === trimmed || (trimmed.startsWith(url) && /^[^\s]*\?[^\s]*\s[\w=&+ -]+$/.test(trimmed)))
    return null
  const rest = url.replace(/^https?:\/\//i, '')
  const beginning = trimmed.slice(0, trimmed.length - rest.length)
  return instead(
    trimmed.endsWith(rest) && !/[\s"'`“”‘’<(=]/.test(beginning)
      ? `${quoted(beginning)} is the beginning of no URL.`
      : 'There is more than a URL here, and all of it is used as the address.',
    url,
  )
}

/** What is said of a token endpoint besides what prevents sending. @see RFC 6749 section 3.2 */
export const endpointRules: readonly ((value: string, config: TokenRequestConfig) => Instead | null)[] = [
  (value) => urlRule(value),
  pathAlone,
  placeholder,
  credentials,
  otherEndpoint,
  query,
]

/** What documents have in the place of a name in a path or a host. */
const inUrl =
  /\$?\{\{?[^{}/]*\}?\}|<[^<>/]+>|%7B[\w-]+%7D|%3C[\w-]+%3E|(?<=\/):[A-Za-z]\w*(?=[/?]|$)|\[[A-Za-z][\w -]*\](?!:|\/\/)|(?<=[/.])your[-_ ]?(tenant|domain|realm|org|company|pool|host|server|app)[\w-]*|%[A-Z_]{3,}%|\$[A-Z][A-Z_]{2,}|x{5,}|(?<=\/)(TENANT|REALM)(_?(ID|NAME))?(?=\/)|(?<=\/\/)(your|example-)[\w-]*(?=\.)|(?<=\/)(tenant|realm)[-_]?(id|name)(?=\/)/i

/** The placeholder in a URL; `null` if it has none. */
export function placeholderInUrl(value: string): string | null {
  return /^[a-z][\w+.-]*:\/\//i.test(value.trim()) ? (inUrl.exec(value.trim())?.[0] ?? null) : null
}

/** A path needs the server before it; if the issuer is known, that is it. */
function pathAlone(value: string, config: TokenRequestConfig): Instead | null {
  const [, path] = /^(?:POST\s+)?(\/(?!\/)[^\s]*)(?:\s+HTTP\/[\d.]+)?$/i.exec(value.trim()) ?? []
  if (path === undefined) return null
  const origin = httpUrl(issuerOf(config))?.origin
  return {
    level: 'warning',
    message: 'This is a path, and the server before it is missing.',
    ...(origin === undefined ? {} : { fix: { label: useUrl(origin + path), value: origin + path } }),
    instead: true,
  }
}

export function placeholder(value: string, config: TokenRequestConfig): Instead | null {
  const text = value.trim()
  const whole = placeholderIn(text)
  if (whole?.level === 'warning')
    return {
      level: 'warning',
      message: `${quoted(text)} ${whole.what}: enter the URL.`,
      fix: { label: 'Clear it', value: '' },
      instead: true,
    }
  const found = placeholderInUrl(text)
  if (found === null) return null
  const at = text.indexOf(found)
  const issuer = issuerOf(config)
  // The issuer has the same beginning, and in its place the name itself.
  const name = issuer.startsWith(text.slice(0, at)) ? (/^[^/?#{}<>:]+/.exec(issuer.slice(at))?.[0] ?? '') : ''
  const mended = text.slice(0, at) + name + text.slice(at + found.length)
  return {
    level: 'warning',
    message: `${quoted(found)} is a placeholder: enter in its place what it is at your server.`,
    ...(name === '' ? {} : { fix: { label: useUrl(mended), value: mended } }),
    instead: true,
  }
}

/** In the place of `user:password@`, which no browser sends, the fields that are for it. */
function credentials(value: string, { client_id, client_secret }: TokenRequestConfig): Instead | null {
  const url = httpUrl(value.trim())
  if (url === null || url.username === '' || url.password === '') return null
  const [id, secret] = [decoded(url.username), decoded(url.password)]
  if ((client_id !== '' && client_id !== id) || (client_secret !== '' && client_secret !== secret))
    return null
  url.username = ''
  url.password = ''
  return {
    level: 'error',
    message:
      'Browsers refuse to send to a URL with a user name or password in it. These may be the client’s ID and secret.',
    fix: {
      label: 'Move them to client ID and secret',
      value: url.href,
      also: { client_id: id, client_secret: secret },
    },
    instead: true,
  }
}

/** What belongs in the body, and has a field. */
const fields = ['client_id', 'client_secret', 'scope', 'audience'] as const

/** "The client [...] parameters [...] MUST NOT be included in the request URI." @see RFC 6749 section 2.3.1 */
function query(value: string, config: TokenRequestConfig): Instead | null {
  // Whoever wrote `&` meant `?`.
  const url = httpUrl(value.trim().replace(/^([^?#]*?)&(?=(?:client_|grant_type|scope)\w*=)/, '$1?'))
  if (url === null) return null
  const own = [...url.searchParams].filter(([name]) =>
    /^(grant_type|client_id|client_secret|scope|audience|username|password|client_assertion(_type)?|access_token|response_type|redirect_uri|code|refresh_token)$/.test(
      name,
    ),
  )
  if (own.length === 0) return null
  const names = [...new Set(own.map(([name]) => name))]
  const hasSecret = names.some((name) => /secret|password|assertion|access_token/.test(name))
  // What the form has otherwise stays in the URL until the user removes it.
  const moved = fields.filter((name) => names.includes(name) && ['', last(own, name)].includes(config[name]))
  const gone = moved.length > 0 ? [...moved, 'grant_type'] : names
  for (const name of gone) url.searchParams.delete(name)
  const isOne = names.length === 1
  return {
    level: 'warning',
    message: `${listed(names)} ${isOne ? 'is in the URL, and belongs' : 'are in the URL, and belong'} in the body${hasSecret ? ': URLs end up in logs' : ''}.`,
    fix: {
      label:
        moved.length > 0
          ? `Move ${listed(moved)} to the form`
          : `Remove ${isOne ? 'it' : 'them'} from the URL`,
      value: url.href,
      ...(moved.length > 0 ? { also: Object.fromEntries(moved.map((name) => [name, last(own, name)])) } : {}),
    },
    spec: rfc(6749, hasSecret ? '2.3.1' : '4.4.2'),
  }
}

const last = (entries: readonly (readonly [string, string])[], name: string): string =>
  entries.findLast(([other]) => other === name)?.[1] ?? ''

/** Another endpoint of the same server: the one for tokens has its shape. */
function otherEndpoint(value: string): Instead | null {
  const url = httpUrl(value.trim())
  const found = url && tokenEndpointFor(url)
  if (!found) return null
  if (found.kind === 'discovery')
    return {
      level: 'warning',
      message: `This is ${found.what}. The token_endpoint member of the server’s metadata is what belongs here: Find reads it.`,
      fix: {
        label: `Use ${quoted(found.url)} as the discovery URL`,
        value: '',
        also: { discovery: found.url, issuer: '' },
      },
      spec: rfc(8414, '2'),
      instead: true,
    }
  return {
    level: found.isSure ? 'warning' : 'note',
    message: `This looks like ${found.what}, which issues no token of this grant.`,
    fix: { label: useUrl(found.url), value: found.url },
    spec: rfc(6749, '3.2'),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that encodes nothing.
    return text
  }
}
