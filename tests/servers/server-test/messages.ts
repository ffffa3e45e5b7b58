import type { HttpRequest, HttpResponse } from '../../../src/lib/http/message.ts'

/** The parameters of a form. */
export const formOf = ({ body }: HttpRequest): URLSearchParams => new URLSearchParams(body ?? '')

/** The value of a field; empty if there is none. */
export const field = ({ headers }: Pick<HttpRequest, 'headers'>, name: string): string =>
  headers.find(([own]) => own.toLowerCase() === name)?.[1] ?? ''

/** With other parameters; the request goes on as if it had been sent so. */
export function withForm(request: HttpRequest, edit: (form: URLSearchParams) => void): HttpRequest {
  const form = formOf(request)
  edit(form)
  return { ...request, body: form.toString() }
}

/** With that field instead of any of its name; `null` leaves it out. */
export function withField<M extends { readonly headers: HttpRequest['headers'] }>(
  message: M,
  name: string,
  value: string | null,
): M {
  const others = message.headers.filter(([own]) => own.toLowerCase() !== name.toLowerCase())
  return { ...message, headers: value === null ? others : [...others, [name, value]] }
}

/** ID and secret of Basic, decoded as RFC 6749 has it. */
export function basicOf(request: HttpRequest): readonly [id: string, secret: string] {
  const joined = atob(/^basic ([\w+/=]+)$/i.exec(field(request, 'authorization'))?.[1] ?? '')
  const at = joined.indexOf(':')
  const decode = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? ''
  return [decode(joined.slice(0, at)), decode(joined.slice(at + 1))]
}

/** The members of a JSON response. */
export const jsonOf = ({ body }: HttpResponse): Record<string, unknown> => {
  const text = new TextDecoder().decode(body)
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
}

/** With other members. */
export function withJson(
  response: HttpResponse,
  edit: (members: Record<string, unknown>) => Record<string, unknown>,
): HttpResponse {
  return { ...response, body: new TextEncoder().encode(JSON.stringify(edit(jsonOf(response)))) }
}

/** Without one member. */
export const without = (members: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([own]) => own !== name))

/** A response as a conforming server would send it, readable for pages. */
export function respond(
  request: HttpRequest,
  status: number,
  members: object,
  more: HttpResponse['headers'] = [],
): HttpResponse {
  const origin = field(request, 'origin')
  return {
    status,
    statusText: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['Cache-Control', 'no-store'],
      ...(origin === '' ? [] : ([['Access-Control-Allow-Origin', origin]] as const)),
      ...(status === 401 ? ([['WWW-Authenticate', 'Basic realm="proxy"']] as const) : []),
      ...more,
    ],
    body: new TextEncoder().encode(JSON.stringify(members)),
  }
}

/** A part of a JWT; empty if it is none. */
export function partOf(jwt: string, at: 0 | 1): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[at] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >
  } catch {
    // SyntaxError: it is no JWT
    return {}
  }
}
