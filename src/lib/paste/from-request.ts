import { headerValue, type HttpRequest } from '../http/message.ts'
import { isObject, parsePlain } from '../json/own-members.ts'
import { emptyApiCall } from '../oauth/config/api-call.ts'
import { jsonHidesSecret } from '../text/hides-secret.ts'
import { type FromRequest, fromTokenRequest } from './from-token-request.ts'
import { addressOf, type Address } from './pasted-address.ts'
import { leftOpen, ownFields, type Pair, secretsLeft } from './pasted-fields.ts'
import { unknownIn } from './unknown.ts'

/**
 * A request as it was pasted, as members of the form: a token request if it has a `grant_type` among its parameters, else
 * the call of an API. Secrets go into the field of the client secret only, and what only has their place goes nowhere; the
 * token of a call is given apart. Never throws.
 * @param hasCertificate whether the client shows a certificate. @see RFC 8705 section 2
 */
export function fromRequest(request: HttpRequest, hasCertificate = false): FromRequest {
  const address = addressOf(request.url)
  const { parameters, why } = parametersOf(request, address)
  return parameters === null
    ? apiCall(request, address)
    : fromTokenRequest({ request, parameters, why, address, hasCertificate })
}

/** The parameters of a token request, wherever it has them; `null`: it has no `grant_type`. @see RFC 6749 section 4.4.2 */
function parametersOf(
  { body }: HttpRequest,
  address: Address,
): { readonly parameters: readonly Pair[] | null; readonly why: readonly string[] } {
  const form = [...new URLSearchParams(body ?? '')]
  if (has(form)) return { parameters: form, why: [] }
  const parsed = /^\s*\{/.test(body ?? '') ? parsePlain(body ?? '') : null
  const members = parsed?.ok && isObject(parsed.value) ? ofJson(parsed.value) : []
  if (has(members))
    return { parameters: members, why: ['The body is JSON. The page sends a form, as RFC 6749 has it.'] }
  if ((body ?? '') === '' && has(address.query))
    return {
      parameters: address.query,
      why: ['The parameters are in the URL, which is logged. The page sends them in the body.'],
    }
  return { parameters: null, why: [] }
}

const has = (parameters: readonly Pair[]): boolean => parameters.some(([name]) => name === 'grant_type')

/** The members that a form can have: texts, numbers, and lists of texts; other values as JSON. */
function ofJson(members: Readonly<Record<string, unknown>>): readonly Pair[] {
  return Object.entries(members).flatMap(([name, value]): Pair[] => {
    if (value === null || value === undefined) return []
    if (typeof value === 'string') return [[name, value]]
    if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      return name === 'scope' ? [[name, value.join(' ')]] : value.map((item) => [name, item])
    return [[name, JSON.stringify(value)]]
  })
}

/** @see RFC 6750 section 2, RFC 9449 section 7.1 */
function apiCall(request: HttpRequest, address: Address): FromRequest {
  const authorization = headerValue(request.headers, 'authorization')?.trim() ?? ''
  const [, scheme = '', credentials = ''] = /^(bearer|dpop)[ \t]+(\S+)$/i.exec(authorization) ?? []
  const tokenInUrl = address.query.find(([name]) => name === 'access_token')?.[1]
  const isOpen = unknownIn(credentials).length > 0
  const token = scheme === '' ? (tokenInUrl ?? null) : isOpen ? null : credentials
  const fields = ownFields(request.headers, ['authorization', 'dpop'])
  const body = bodyOf(request)
  return {
    proposal: {
      kind: 'call',
      call: {
        ...emptyApiCall,
        url: address.url ?? '',
        method: request.method,
        headers: fields.kept,
        body: body.text,
        presentation:
          scheme === '' && tokenInUrl === undefined
            ? 'none'
            : scheme.toLowerCase() === 'dpop'
              ? 'dpop'
              : 'bearer',
      },
      token,
    },
    ignored: [
      ...secretsLeft(address.secrets.filter((name) => name !== 'access_token').map(inUrl)),
      ...address.ignored,
      ...(scheme !== '' && isOpen
        ? [`${leftOpen('The token', credentials)} The page presents its own.`]
        : []),
      ...(tokenInUrl === undefined ? [] : ['The token was in the URL. The page sends it in a header field.']),
      ...(authorization !== '' && scheme === '' ? secretsLeft(['Authorization']) : []),
      ...(address.userinfo === null ? [] : secretsLeft(['User and password in the URL'])),
      ...body.ignored,
      ...fields.ignored,
    ],
  }
}

const inUrl = (name: string): string => `${name} in the URL`

/** The body of a call, unless it may have a secret in it or is not whole. */
function bodyOf({ method, body }: HttpRequest): {
  readonly text: string
  readonly ignored: readonly string[]
} {
  const left = (why: string) => ({ text: '', ignored: [why] })
  if (body === null || body === '') return { text: '', ignored: [] }
  if (unknownIn(body).length > 0) return left(leftOpen('The body', body))
  if (jsonHidesSecret(body, '')) return left('The body may have a secret in it, and is not filled in.')
  return /^(?:GET|HEAD)$/i.test(method)
    ? left(`The body is not filled in: a browser sends none with ${method.toUpperCase()}.`)
    : { text: body, ignored: [] }
}
