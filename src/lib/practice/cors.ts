import { headerValue, type HeaderList, type HttpRequest, type HttpResponse } from '../http/message.ts'

/** What a page may always read of a cross-origin response. */
const safelisted = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]
const never = ['set-cookie', 'set-cookie2']
const safelistedMethods = ['GET', 'HEAD', 'POST']

/** The CORS check for requests without credentials. @see https://fetch.spec.whatwg.org/#concept-cors-check */
export function mayRead(response: HttpResponse, pageOrigin: string): boolean {
  const allowed = headerValue(response.headers, 'access-control-allow-origin')
  return allowed === '*' || allowed === pageOrigin
}

/** Whether the response to a preflight lets the request go out. @see https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function maySend(preflight: HttpRequest, answer: HttpResponse, pageOrigin: string): boolean {
  if (answer.status < 200 || answer.status > 299 || !mayRead(answer, pageOrigin)) return false
  const methods = listOf(answer.headers, 'access-control-allow-methods')
  const headers = listOf(answer.headers, 'access-control-allow-headers')?.map((name) => name.toLowerCase())
  if (!methods || !headers) return false
  const method = headerValue(preflight.headers, 'access-control-request-method') ?? ''
  const asked = listOf(preflight.headers, 'access-control-request-headers') ?? []
  return (
    [...safelistedMethods, ...methods].some((one) => one === method || one === '*') &&
    // The wildcard does not cover Authorization: it must be listed by name.
    asked.every((name) => headers.includes(name) || (headers.includes('*') && name !== 'authorization'))
  )
}

/** Parts the fields of a response into those a page may read and those it may not. */
export function splitHeaders(headers: HeaderList): {
  readonly visible: HeaderList
  readonly hidden: HeaderList
} {
  const exposed = (listOf(headers, 'access-control-expose-headers') ?? []).map((name) => name.toLowerCase())
  const isVisible = ([field]: readonly [string, string]): boolean => {
    const name = field.toLowerCase()
    return !never.includes(name) && [...safelisted, ...exposed].some((one) => one === name || one === '*')
  }
  return { visible: headers.filter(isVisible), hidden: headers.filter((field) => !isVisible(field)) }
}

/** The names in a field; `null` if it is not a list of tokens. */
function listOf(headers: HeaderList, field: string): readonly string[] | null {
  const names = (headerValue(headers, field) ?? '').split(',').map((name) => name.trim())
  const tokens = names.filter((name) => name !== '')
  return tokens.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name)) ? tokens : null
}
