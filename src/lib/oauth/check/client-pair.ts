import { decodeBase64url } from '../../encoding/base64url.ts'
import { decodeUtf8 } from '../../encoding/utf8.ts'
import { membersIn, plainName } from '../../text/around.ts'

/** What the plain name of each ends with, however it is spelled. */
export const names = {
  id: /(client|app|application|consumer)(client)?(id|identifier|key)$|^(id|user|username|client)$/,
  secret:
    /(client|app|application|consumer|oauth|shared)?secret(value|key|text)?$|^(client)?(password|pass|pwd)$|^(value|apikey)$/,
} as const

/** What proves a client, in two fields of the form. */
interface Pair {
  readonly id: string
  readonly secret: string
}

/** ID and secret in one text: of a Basic header, of curl -u, of a JSON object or a form. @see RFC 7617 section 2 */
export function pairIn(text: string): { readonly pair: Pair; readonly what: string } | null {
  const trimmed = text.trim()
  const members = membersIn(trimmed) ?? assignmentsIn(trimmed)
  const of = (pattern: RegExp) => members.find(([name]) => pattern.test(plainName(name)))?.[1]
  const [id, secret] = [of(names.id), of(names.secret)]
  if (id !== undefined && secret !== undefined) return { pair: { id, secret }, what: 'a list of values' }
  const [, , user = ''] = /(?:^|\s)(-u|--user)[\s=]+["']?([^\s"']+:[^\s"']+)/.exec(trimmed) ?? []
  const ofCurl = split(user)
  if (ofCurl) return { pair: ofCurl, what: 'the option -u of curl' }
  const [, scheme, base64 = ''] =
    /^["']?(?:authorization["']?\s*[:=]\s*["']?)?(basic\s+)?["']?([\w+/-]{6,}={0,2})["']?$/i.exec(trimmed) ??
    []
  const joined = split(base64 === '' ? '' : (textOfBase64(base64) ?? ''))
  if (!joined) return null
  const decode = (part: string) => (scheme === undefined ? part : (decodedOf(part) ?? part))
  return {
    pair: { id: decode(joined.id), secret: decode(joined.secret) },
    what: scheme === undefined ? 'base64 of an ID, a colon and a secret' : 'what a Basic header has',
  }
}

/** Several names with values, as the variables of an environment are: `CLIENT_ID=a CLIENT_SECRET=b`. */
function assignmentsIn(text: string): readonly (readonly [string, string])[] {
  return [
    ...text.matchAll(/(?<![\w.-])([A-Za-z][\w.-]{0,80})["']?\s*(?:=|:\s)\s*["']?([^\s"',;]+)["']?/g),
  ].map(([, name = '', value = '']) => [name, value] as const)
}

/** At the first colon, as a server does it; `null` if one of the two is missing. @see RFC 7617 section 2 */
export function split(text: string): Pair | null {
  const at = text.indexOf(':')
  return at < 1 || at === text.length - 1 ? null : { id: text.slice(0, at), secret: text.slice(at + 1) }
}

/** Printable text that was put into base64; `null` if it is other bytes. */
function textOfBase64(base64: string): string | null {
  const { bytes } = decodeBase64url(base64)
  const read = bytes === null ? null : decodeUtf8(bytes)
  return read?.ok === true && /^[^\p{C}]+$/u.test(read.text) && /^[!-~]+:/.test(read.text) ? read.text : null
}

/** Decoded as a value of a form is; `null` for a percent sign that encodes nothing. */
export function decodedOf(text: string): string | null {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    // A percent sign that encodes nothing.
    return null
  }
}
