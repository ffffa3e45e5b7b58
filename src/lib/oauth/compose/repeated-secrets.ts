import { decodeBody } from '../../http/body.ts'
import { formatRequest, formatResponseHead, type Segment, textOf } from '../../http/format.ts'
import type { HttpRequest, HttpResponse } from '../../http/message.ts'
import { mask } from '../../http/redact.ts'
import { decodeBase64 } from '../../encoding/base64.ts'
import { annotationsFor } from './annotations.ts'

/** Masks in a text from outside what a request has of secrets. */
export type Hide = (text: string) => string

/**
 * Masks every secret of the request, and the client's own, in whatever a server says: as it is, form-encoded,
 * percent-encoded, in a JSON text, and in the base64 of Basic. A word that many texts have ("password") is masked only
 * as the value of a member that is named like a secret, or as what a framework calls `input`.
 * @param secret the client secret at hand; empty for none
 */
export function hideSecretsOf(request: HttpRequest, secret: string): Hide {
  const values = [...new Set([secret, ...secretsIn(request)])].filter((value) => value !== '')
  const strong = values.filter((value) => !isWord(value)).flatMap(spellings)
  const forms = [...new Set(strong)].sort((one, other) => other.length - one.length)
  const named = values.filter(isWord).map(asNamedValue)
  return (text) =>
    named.reduce(
      (rest, pattern) => rest.replace(pattern, `$1${mask}`),
      forms.reduce((rest, form) => rest.replaceAll(form, mask), text),
    )
}

/** Whether the response has something in it that is to be masked, wherever it is. The ID of a session is the server's own word. */
export function repeats(response: HttpResponse, hide: Hide): boolean {
  const body = decodeBody(response)
  const headers = response.headers.filter(([name]) => name.toLowerCase() !== 'mcp-session-id')
  const head = textOf(formatResponseHead({ ...response, headers }))
  const text = head + (body.kind === 'text' ? body.text : textIn(response.body))
  return hide(text) !== text
}

/** The bytes as they are, or those of the masked text, if there is something to be masked in them. */
export function hideInBytes(bytes: Uint8Array, hide: Hide): Uint8Array {
  const text = textIn(bytes)
  const hidden = hide(text)
  return hidden === text ? bytes : new TextEncoder().encode(hidden)
}

/** As many bytes of a body that is no text are shown, and looked at. */
export const hexLimit = 4096

const textIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, hexLimit))

/** What the request shows masked, decoded too; of Basic the secret in it. */
const secretsIn = (request: HttpRequest): string[] =>
  formatRequest(request, { annotations: annotationsFor.introspection })
    .filter(({ note }) => note?.secret)
    .flatMap(valuesOf)

function valuesOf({ text, part }: Segment): string[] {
  const [, scheme = '', value = ''] = /^(?:([A-Za-z]+) )?(.*)$/s.exec(text) ?? []
  if (part !== 'value') return [text]
  const whole = scheme === '' || isScheme.test(scheme) ? value : text
  return [whole, /^basic$/i.test(scheme) ? secretOfBasic(value) : ''].flatMap((one) => [
    one,
    formDecoded(one),
  ])
}

const isScheme = /^(?:basic|bearer|dpop)$/i

/** @see RFC 7617 section 2 */
function secretOfBasic(base64: string): string {
  if (!/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(base64)) return ''
  const joined = new TextDecoder().decode(decodeBase64(base64))
  return joined.slice(joined.indexOf(':') + 1)
}

const formDecoded = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? ''

/** Short, or letters alone: part of too many texts to be looked for everywhere. */
export const isWord = (value: string): boolean => value.length < 6 || /^[a-z_]{1,12}$/i.test(value)

const asNamedValue = (value: string): RegExp =>
  new RegExp(
    String.raw`((?:secret|passw(?:or)?d|input|value)\\?["'\]]{0,3}\s{0,3}[=:,]\s{0,3}\\?["']?)${escaped(value)}(?![\w-])`,
    'gi',
  )

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)

/** As servers write it: in a form, in a URL, in JSON, as PHP and Python write that, and in HTML. */
function spellings(value: string): string[] {
  const form = new URLSearchParams([['', value]]).toString().slice(1)
  const percent = encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''))
  const json = JSON.stringify(value).slice(1, -1)
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const html = value.replace(/[&<>"']/g, (one) => entities[one] ?? one)
  const lower = [form, percent].map((one) => one.replace(/%../g, (code) => code.toLowerCase()))
  return [value, form, percent, ...lower, json, ascii, json.replaceAll('/', '\\/'), html]
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}
