import type { HttpRequest } from '../http/message.ts'
import { essence } from '../http/preflight.ts'
import type { Secrets } from './renderer.ts'
import { isHidden, namesSecret, variableNames } from './secrets.ts'

/** What replaces a secret. */
export interface Variable {
  readonly variable: string
  /** Whether the code form-encodes its value; else the value is put in as it is. */
  readonly formEncoded: boolean
}

/** A text that code puts together. */
export type Text = readonly (string | Variable)[]

/** A request as every language writes it, without the secrets if they are not to be shown. */
export interface Parts {
  readonly method: string
  readonly origin: string
  /** Path and query, as they are sent. */
  readonly target: Text
  readonly fields: readonly (readonly [name: string, value: Text])[]
  /** `null`: no body. The parameters of a form, which `&` joins; any other body is one text. */
  readonly body: readonly Text[] | null
}

/** Splits a request into its parts. User, password and fragment of a URL are no part of what a page sends. */
export function partsOf({ method, url, headers, body }: HttpRequest, secrets: Secrets): Parts {
  const variableFor = variableNames()
  const hide = (hidden: boolean, name: string, value: string): Text => {
    if (value === '') return []
    return hidden ? [{ variable: variableFor(name, value), formEncoded: false }] : [value]
  }
  const { origin, path, query } = addressOf(url)
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const isForm = essence(type) === 'application/x-www-form-urlencoded'

  /** A parameter of a form; if encoding its value again would give other bytes, the variable has it encoded. */
  const parameter = (pair: string): Text => {
    const [[name = '', value = ''] = []] = new URLSearchParams(pair)
    const written = pair.slice(pair.indexOf('=') + 1)
    if (!pair.includes('=') || written === '' || !isHidden(name, value, secrets)) return [pair]
    const formEncoded = new URLSearchParams([['', value]]).toString().slice(1) === written
    const variable = variableFor(name, formEncoded ? value : written)
    return [pair.slice(0, pair.indexOf('=') + 1), { variable, formEncoded }]
  }

  /** A member of the query, its variable as it is in the URL. */
  const member = (pair: string): Text => {
    const [[name = '', value = ''] = []] = new URLSearchParams(pair)
    const start = pair.indexOf('=') + 1
    if (start === 0) return [pair]
    return [pair.slice(0, start), ...hide(isHidden(name, value, secrets), name, pair.slice(start))]
  }

  /** The scheme of credentials stays readable. */
  const field = (name: string, value: string): Text => {
    const hidden = isHidden(name, value, secrets)
    const scheme = (hidden && /^[A-Za-z]+ (?=\S)/.exec(value)?.[0]) || ''
    return merged([scheme, ...hide(hidden, name, value.slice(scheme.length))])
  }

  const bodyOf = (text: string): readonly Text[] =>
    isForm ? text.split('&').map(parameter) : [hide(secrets !== 'shown' && namesSecret(text), 'body', text)]

  const bytes = (body ?? '').replace(/\p{Surrogate}/gu, '\uFFFD')
  return {
    method,
    origin,
    target: merged([path, ...(query === null ? [] : ['?', ...joined(query.split('&').map(member))])]),
    fields: headers.map(([name, value]) => [name, field(name, value)]),
    body: bytes === '' ? null : bodyOf(bytes),
  }
}

/** The texts with `&` between them. */
export function joined(texts: readonly Text[]): Text {
  return texts.flatMap((text, index) => (index === 0 ? text : ['&', ...text]))
}

/** Every variable of a request, in its order. */
export function variablesOf({ target, fields, body }: Parts): Variable[] {
  const pieces = [...target, ...fields.flatMap(([, value]) => value), ...(body ?? []).flat()]
  return pieces.filter((piece) => typeof piece !== 'string')
}

/** What is to be set in the environment. */
export function variableNamesOf(parts: Parts): string[] {
  return [...new Set(variablesOf(parts).map(({ variable }) => variable))]
}

/** A text without variables, `null` if there are some. */
export function plainText(text: Text): string | null {
  const strings = text.filter((piece) => typeof piece === 'string')
  return strings.length === text.length ? strings.join('') : null
}

/** Neighbouring strings as one, none of them empty. */
export function merged(text: Text): Text {
  const pieces: (string | Variable)[] = []
  for (const piece of text) {
    const last = pieces.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece
    else if (piece !== '') pieces.push(piece)
  }
  return pieces
}

function addressOf(href: string): { origin: string; path: string; query: string | null } {
  const url = new URL(href)
  url.username = ''
  url.password = ''
  url.hash = ''
  const [path = '', ...query] = url.href.slice(url.origin.length).split('?')
  return { origin: url.origin, path, query: query.length === 0 ? null : query.join('?') }
}
