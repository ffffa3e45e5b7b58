import { type Challenge, challengesOf } from '../../http/challenges.ts'
import { type Body, decodeBody, hasTag } from '../../http/body.ts'
import { headerValue, type HttpResponse, type Outcome } from '../../http/message.ts'
import { essence } from '../../http/preflight.ts'
import { parseJson } from '../../json/parse.ts'
import { carriedBy } from './carried.ts'
import { claimsOf, decode, type Decoded } from '../../jwt/decode/decode.ts'
import { whyNone } from '../../jwt/decode/opaque.ts'
import { cleanToken } from '../../jwt/extract/token-text.ts'
import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'

/** The largest body that is read as a token response; beyond it only the raw bytes are shown. */
const maxReadBytes = 4 * 1024 * 1024

/** What a token endpoint's response amounts to, judged leniently: what deployed servers send is understood. */
export type Reading =
  | ({ readonly kind: 'issued'; readonly answer: Answer } & ReadToken)
  | Refused<ErrorResponse>
  | Nonconforming
  | Unreachable

/** Neither a token nor a refusal. */
export interface Nonconforming {
  readonly kind: 'nonconforming'
  readonly answer: Answer
  readonly shape: Shape
}

/** The refusal of any endpoint. */
export interface Refused<Error extends ErrorResponse | null = ErrorResponse | null> {
  readonly kind: 'refused'
  readonly answer: Answer
  readonly status: number
  /** What is required instead; empty if the response does not say, or CORS hides it. */
  readonly challenges: readonly Challenge[]
  /** `null` if the status alone refuses. */
  readonly error: Error
}

/** Nothing came back that a page can read, of whatever endpoint. */
export interface Unreachable {
  readonly kind: 'unreachable'
  readonly outcome: Exclude<Outcome, { kind: 'response' }>
}

/** An access token and what it says: whoever receives one decodes it, once. */
export interface ReadToken {
  readonly accessToken: string
  readonly decoded: Decoded
  /** `null` if only others can read them. */
  readonly claims: JsonValue | null
}

export function readToken(accessToken: string): ReadToken {
  const decoded = decode(accessToken)
  return { accessToken, decoded, claims: claimsOf(decoded) }
}

/** A response with its body read as far as that goes. */
export interface Answer {
  readonly response: HttpResponse
  readonly mediaType: string
  readonly body: Body
  /** The members of the body, or of what it wraps; `null` if it has none. */
  readonly members: JsonValue | null
  /** How the members came ("as a form", "under “detail”"), if not as those of a JSON object; else `null`. */
  readonly how: string | null
}

/** @see RFC 6749 section 5.2 */
export interface ErrorResponse {
  readonly error: string
  readonly error_description: string | null
  /** What the server adds in members that no standard has: `error_hint`, `error_debug`, `hint`, `message`. */
  readonly hints: readonly string[]
  readonly error_uri: string | null
}

/** What came instead of a token response or an error response. */
export type Shape =
  | 'empty'
  | 'binary'
  | 'too-large'
  | 'html'
  | 'problem'
  | 'broken-json'
  | 'no-object'
  | 'no-token'
  /** `access_token` has in it what can be none. */
  | 'words'
  | 'no-error'
  | 'xml'
  | 'text'

/**
 * Reads a response of whatever endpoint as one of a token endpoint.
 * @param instead the token that the user goes on with, which is in the response under another name or with more around it
 */
export function readResponse(
  response: HttpResponse,
  instead: string | null = null,
): Exclude<Reading, Unreachable> {
  const answer = readAnswer(response)
  const error = errorMember(answer)
  const accessToken = text(answer, 'access_token')
  if (error) return refused(answer, error)
  const token = instead ?? accessToken
  if (token && response.status < 400) {
    const isToken = instead !== null || whyNone(cleanToken(token).token) === null
    return isToken
      ? { kind: 'issued', answer, ...readToken(token) }
      : { kind: 'nonconforming', answer, shape: 'words' }
  }
  return { kind: 'nonconforming', answer, shape: shapeOf(answer) }
}

/** Reads what a request for an access token came to; `instead` as `readResponse` has it. @see RFC 6749 sections 5.1 and 5.2 */
export function readTokenResponse(outcome: Outcome, instead: string | null = null): Reading {
  if (outcome.kind !== 'response') return { kind: 'unreachable', outcome }
  return readResponse(outcome.response, instead)
}

/** A response as the refusal it is. */
export function refused<Error extends ErrorResponse | null>(answer: Answer, error: Error): Refused<Error> {
  const { status, headers } = answer.response
  return { kind: 'refused', answer, status, challenges: challengesOf(headers), error }
}

/**
 * The refusal of an endpoint where the client authenticates as at the token endpoint: by its error code, else by its
 * status; `null` if it is none.
 * @see RFC 7662 section 2.3, RFC 7009 section 2.2.1
 */
export function refusalIn(reading: Exclude<Reading, Unreachable>): Refused | null {
  if (reading.kind === 'refused') return reading
  const { status } = reading.answer.response
  const isRedirect = status >= 300 && status < 400
  return status === 401 || status === 403 || isRedirect ? refused(reading.answer, null) : null
}

function readAnswer(response: HttpResponse): Answer {
  const mediaType = essence(headerValue(response.headers, 'content-type') ?? '')
  const body: Body = response.body.length > maxReadBytes ? tooLarge : decodeBody(response)
  const { members, how } =
    body.kind === 'text'
      ? carriedBy(body.text, response.status < 400 && !/jwt$/.test(mediaType))
      : { members: null, how: null }
  return { response, mediaType, body, members, how }
}

const tooLarge: Body = { kind: 'binary', why: 'It is too large to be read as a token response.' }

/** A string member of the response; empty and missing are alike. */
export function text({ members }: Answer, name: string): string | null {
  return (members && asString(member(members, name))) || null
}

/** Whether it is the error page of Spring Boot: `error` there is the status in words, and no code of OAuth. */
export const isBootPage = ({ members, response: { status } }: Answer): boolean =>
  asNumber(member(members, 'status')) === status &&
  ['timestamp', 'error', 'path'].every((name) => member(members, name) !== undefined)

/** Whether `error` is the status in words, next to the status itself, as frameworks write it in their error pages. */
const isStatusInWords = ({ members, response: { status } }: Answer): boolean =>
  ['status', 'statusCode'].some((name) => asNumber(member(members, name)) === status) &&
  /^[A-Z][a-z]/.test(asString(member(members, 'error')) ?? '')

/** Members in which servers say more than error_description does, or say it in its place. */
const hinting = ['error_hint', 'error_debug', 'hint', 'reason', 'error_reason', 'message', 'detail'] as const

function errorMember(answer: Answer): ErrorResponse | null {
  const error = text(answer, 'error')
  const description = text(answer, 'error_description')
  if (!error || isBootPage(answer) || (description === null && isStatusInWords(answer))) return null
  return {
    error,
    error_description: description,
    hints: hinting
      .flatMap((name) => text(answer, name) ?? [])
      .filter((hint, at, all) => hint !== description && hint !== error && all.indexOf(hint) === at),
    error_uri: text(answer, 'error_uri'),
  }
}

function shapeOf({ response, mediaType, body, members }: Answer): Shape {
  if (response.body.length > maxReadBytes) return 'too-large'
  if (body.kind !== 'text') return body.kind
  if (mediaType === 'application/problem+json') return 'problem'
  if (members) return response.status < 400 ? 'no-token' : 'no-error'
  const start = body.text.trimStart().slice(0, 200)
  if ((mediaType === 'text/html' && hasTag(start)) || /^<(!doctype|html|head|body)/i.test(start))
    return 'html'
  if (/\bxml$/.test(mediaType) || /^<[?\w]/.test(start)) return 'xml'
  if (parseJson(body.text).ok) return 'no-object'
  return mediaType.endsWith('json') || /^[{[]/.test(start) ? 'broken-json' : 'text'
}
