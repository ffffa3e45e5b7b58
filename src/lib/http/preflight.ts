import type { HttpRequest } from './message.ts'

/** The question a browser asks a server before it sends a request that a plain form could not have sent. */
export interface Preflight {
  readonly request: HttpRequest
  /** Why the browser will ask, one sentence each; never empty. */
  readonly reasons: readonly string[]
}

const safelistedMethods = ['GET', 'HEAD', 'POST']
const safelistedTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

// eslint-disable-next-line no-control-regex -- the Fetch Standard names these bytes one by one
const unsafeBytes = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/
const languageBytes = /^[0-9A-Za-z *,\-.;=]*$/

/** Whether a field of that name may carry that value without a preflight; other names never may. */
const safelistedValues: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['accept', (value: string) => !unsafeBytes.test(value)],
  ['accept-language', (value: string) => languageBytes.test(value)],
  ['content-language', (value: string) => languageBytes.test(value)],
  ['content-type', (value: string) => !unsafeBytes.test(value) && safelistedTypes.includes(essence(value))],
  ['range', (value: string) => /^bytes=\d+-\d*$/.test(value)],
])

/**
 * The preflight a browser makes for this request from that page, `null` if it makes none: for what its own server gets,
 * for what is sent without CORS, for a web socket, and for what a plain form could send.
 * `pageOrigin` is the serialized origin of the page (`null` as text on file://).
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function predictPreflight(request: HttpRequest, pageOrigin: string): Preflight | null {
  const { origin, protocol } = new URL(request.url)
  if (origin === pageOrigin || request.mode === 'no-cors' || !/^https?:$/.test(protocol)) return null
  const names = unsafeHeaderNames(request)
  const reasons = names.map((name) => reasonFor(name, request))
  if (!safelistedMethods.includes(request.method)) reasons.unshift(`The method is ${request.method}.`)
  if (reasons.length === 0) return null
  return { request: preflightRequest(request, pageOrigin, names), reasons }
}

function unsafeHeaderNames({ headers }: HttpRequest): string[] {
  const names = headers
    .filter(([name, value]) => !(value.length <= 128 && safelistedValues.get(name.toLowerCase())?.(value)))
    .map(([name]) => name.toLowerCase())
  return [...new Set(names)].sort()
}

function reasonFor(name: string, { headers }: HttpRequest): string {
  if (!safelistedValues.has(name)) return `The header ${name} is not one a plain form could send.`
  const value = headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1] ?? ''
  return `The header ${name} has a value a plain form could not send: ${value}.`
}

function preflightRequest({ method, url }: HttpRequest, origin: string, names: string[]): HttpRequest {
  const asked = names.length > 0 ? [['access-control-request-headers', names.join(',')] as const] : []
  const headers = [['accept', '*/*'], ['access-control-request-method', method], ...asked, ['origin', origin]]
  return { method: 'OPTIONS', url, headers: headers as [string, string][], body: null }
}

/** A media type without its parameters, in lower case. @see https://mimesniff.spec.whatwg.org/#mime-type-essence */
export function essence(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}
