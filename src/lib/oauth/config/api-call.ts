import { parseJson } from '../../json/parse.ts'
import type { Entry } from './config.ts'

/** How the token is presented to an API, with the words the page uses. */
export const presentations = {
  bearer: 'Bearer token',
  dpop: 'DPoP, with a proof',
  none: 'Not at all',
  broken: 'With its signature broken',
} as const

/** What can be wrong with a proof on purpose, with the words the page uses. @see RFC 9449 section 4.3 */
export const proofFaults = {
  none: 'As it should be',
  htu: 'For another URL (htu)',
  htm: 'For another method (htm)',
  iat: 'An hour old (iat)',
  ath: 'For another token (ath)',
  jti: 'The same jti each time',
  typ: 'Of another typ',
  key: 'By another key',
} as const

/** A call of an API as it was typed; the token is not part of it. */
export interface ApiCall {
  readonly url: string
  readonly method: string
  /** Header fields, in order. */
  readonly headers: readonly Entry[]
  readonly body: string
  readonly presentation: keyof typeof presentations
  /** What is wrong with the proof, if the token is presented with one. */
  readonly proof: keyof typeof proofFaults
}

/** What the page starts with. */
export const emptyApiCall: ApiCall = {
  url: '',
  method: 'GET',
  headers: [],
  body: '',
  presentation: 'bearer',
  proof: 'none',
}

/**
 * The method as it is sent, in capitals as all registered ones are: a browser mends the case of some methods and not of
 * others, and the proof names the method too.
 * @see RFC 9110 section 9.1
 */
export function methodOf({ method }: Pick<ApiCall, 'method'>): string {
  return method.trim().toUpperCase()
}

/** The body as it is sent, `null` for none: a browser sends none with GET and HEAD. */
export function bodyOf(call: ApiCall): string | null {
  return call.body === '' || ['GET', 'HEAD'].includes(methodOf(call)) ? null : call.body
}

/**
 * The media type that goes with the body if the user typed none: said here, as a browser would otherwise call any
 * text `text/plain`, unseen. `null` if nothing is to be added.
 */
export function impliedType(call: ApiCall): string | null {
  const body = bodyOf(call)
  const typed = call.headers.some(({ on, name }) => on && name.toLowerCase() === 'content-type')
  if (body === null || typed) return null
  return parseJson(body).ok ? 'application/json' : 'text/plain;charset=UTF-8'
}

/** Whether the user typed their own Authorization; it can only be sent if the token is not. */
export function hasOwnCredentials({ headers, presentation }: ApiCall): boolean {
  return (
    presentation === 'none' && headers.some(({ on, name }) => on && name.toLowerCase() === 'authorization')
  )
}

/** The fields with that one as it should be: the first of its name is changed, or one is added; `null` removes all of that name. */
export function withHeader(headers: readonly Entry[], name: string, value: string | null): readonly Entry[] {
  if (value === null) return headers.filter((entry) => !isNamed(entry, name))
  const place = headers.findIndex((entry) => isNamed(entry, name))
  const changed = { name, value, on: true }
  return place < 0
    ? [...headers, changed]
    : headers.map((entry, index) => (index === place ? { ...changed, name: entry.name } : entry))
}

const isNamed = (entry: Entry, name: string): boolean =>
  entry.name.trim().toLowerCase() === name.toLowerCase()
