import { headerValue, type HttpRequest } from '../http/message.ts'
import { annotationsFor } from '../oauth/compose/annotations.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import { dummySecret } from './fault.ts'

/** A parameter as a body of that type has it. @see RFC 6749 appendix B */
const encoded = (name: string, value: string): string => new URLSearchParams([[name, value]]).toString()

const pairsOf = ({ body }: HttpRequest): string[] => (body === null || body === '' ? [] : body.split('&'))

const nameOf = (pair: string): string => [...new URLSearchParams(pair).keys()][0] ?? ''

/** The form without that parameter; every other byte is as it was. */
export function withoutParameter(request: HttpRequest, name: string): HttpRequest {
  return {
    ...request,
    body: pairsOf(request)
      .filter((pair) => nameOf(pair) !== name)
      .join('&'),
  }
}

/** The form with one parameter more, at its end. */
export function addParameter(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, body: [...pairsOf(request), encoded(name, value)].join('&') }
}

/** The form with another value of that parameter, in its place. */
export function setParameter(request: HttpRequest, name: string, value: string): HttpRequest {
  const pairs = pairsOf(request).map((pair) => (nameOf(pair) === name ? encoded(name, value) : pair))
  return { ...request, body: pairs.join('&') }
}

/** The value of a parameter of the form; `null` if it has none. */
export function parameterOf({ body }: HttpRequest, name: string): string | null {
  return new URLSearchParams(body ?? '').get(name)
}

/** The parameters of the form, with a dummy in the place of each secret: they are to go where a secret must not. */
export function harmless(request: HttpRequest, { client_secret }: TokenRequestConfig): [string, string][] {
  const { parameters } = annotationsFor.token
  return [...new URLSearchParams(request.body ?? '')].map(([name, value]) => {
    const isSecret =
      (Object.hasOwn(parameters, name) && parameters[name]?.secret === true) ||
      isSecretName(name) ||
      hidesSecret(value, client_secret)
    return [name, isSecret ? dummySecret : value]
  })
}

/** The URL with more parameters in its query. */
export function addToQuery(url: string, parameters: [string, string][]): string {
  const more = new URLSearchParams(parameters).toString()
  return more === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${more}`
}

/** With that field instead of any of its name; `null` leaves it out. */
export function setHeader(request: HttpRequest, name: string, value: string | null): HttpRequest {
  const isOther = ([one]: readonly [string, string]): boolean => one.toLowerCase() !== name.toLowerCase()
  const spelled = request.headers.find((field) => !isOther(field))?.[0] ?? name
  const others = request.headers.filter(isOther)
  if (value === null) return { ...request, headers: others }
  const isThere = others.length < request.headers.length
  return {
    ...request,
    headers: isThere
      ? request.headers.map((field) => (isOther(field) ? field : ([spelled, value] as const)))
      : [...others, [name, value]],
  }
}

/** The JWT of that name in a request; empty if there is none. */
export function signedIn(request: HttpRequest, part: 'client_assertion' | 'DPoP'): string {
  return (part === 'DPoP' ? headerValue(request.headers, part) : parameterOf(request, part)) ?? ''
}

/** With a JWT in it replaced by another. */
export function setSigned(
  request: HttpRequest,
  part: 'client_assertion' | 'DPoP',
  to: (jwt: string) => string,
): HttpRequest {
  const jwt = to(signedIn(request, part))
  return part === 'DPoP' ? setHeader(request, part, jwt) : setParameter(request, part, jwt)
}
