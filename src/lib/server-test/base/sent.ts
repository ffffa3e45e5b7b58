import { headerValue, type HttpResponse } from '../../http/message.ts'
import type { Reading } from '../../oauth/response/read-response.ts'
import { quoted } from '../../text/quoted.ts'
import type { Seen, Sent } from './row.ts'
import type { Environment } from './subject.ts'

/** The last of each attempt of a row: a second try replaces the first. */
export function finals({ mine }: Pick<Seen, 'mine'>): readonly Sent[] {
  const tried = mine.filter(({ kind }) => kind !== 'control')
  return tried.filter((sent, at) => !tried.slice(at + 1).some(({ attempt }) => attempt === sent.attempt))
}

export type Issued = Extract<Reading, { kind: 'issued' }>

/** The token of an exchange; `null` if it brought none. */
export const issued = (sent: Sent | undefined): Issued | null =>
  sent?.reading.kind === 'issued' ? sent.reading : null

/** The response, if one was read. */
export function responseOf(sent: Sent | undefined): HttpResponse | null {
  return sent?.exchange.outcome.kind === 'response' ? sent.exchange.outcome.response : null
}

/** 0 if there is none that can be read. */
export const statusOf = (sent: Sent | undefined): number => responseOf(sent)?.status ?? 0

/** The error code; `null` if the response has none. */
export const codeOf = (sent: Sent | undefined): string | null =>
  sent?.reading.kind === 'refused' ? sent.reading.error.error : null

/** The value of a field of the response, repeats joined; `null` if there is none that can be read. */
export function fieldOf(sent: Sent | undefined, name: string): string | null {
  const values = (responseOf(sent)?.headers ?? []).filter(([own]) => own.toLowerCase() === name.toLowerCase())
  return values.length === 0 ? null : values.map(([, value]) => value).join(', ')
}

const safelisted = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]

/** Whether a field that is absent is known to be: a page reads few that are not exposed. @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
export function seesField({ kind }: Environment, sent: Sent | undefined, name: string): boolean {
  return kind === 'node' || safelisted.includes(name.toLowerCase()) || fieldOf(sent, name) !== null
}

/** Whether a page could have read the response; `null` if its request named no origin. */
export function readableByPage({ exchange }: Sent, environment: Environment): boolean | null {
  if (environment.kind === 'page') return exchange.outcome.kind === 'response'
  const origin = headerValue(exchange.request.headers, 'origin')
  if (origin === null || exchange.outcome.kind !== 'response') return null
  const allowed = headerValue(exchange.outcome.response.headers, 'access-control-allow-origin')
  return allowed === '*' || allowed === origin
}

/** Whether a page could have read that field. */
export function exposes(sent: Sent, environment: Environment, name: string): boolean {
  if (environment.kind === 'page') return fieldOf(sent, name) !== null
  const exposed = (fieldOf(sent, 'access-control-expose-headers') ?? '').split(',')
  return exposed.some((one) => one.trim() === '*' || one.trim().toLowerCase() === name.toLowerCase())
}

/** What a request came to, in a sentence without a secret. */
export function came(sent: Sent | undefined): string {
  if (!sent) return 'Nothing was sent.'
  const { outcome } = sent.exchange
  switch (outcome.kind) {
    case 'opaque-redirect':
      return 'The server redirected the request.'
    case 'opaque':
      return 'A response came that cannot be read.'
    case 'failure':
      return 'The connection ended without a response that can be read.'
    case 'aborted':
      return { person: 'It was stopped.', timeout: 'No response came in time.', size: tooLarge }[outcome.by]
    case 'response':
      return inWords(sent, outcome.response.status)
    default:
      return outcome satisfies never
  }
}

const tooLarge = 'The response is too large to be read.'

function inWords({ reading, attempt }: Sent, status: number): string {
  if (attempt.target === 'api') return `The API responded with status ${status}.`
  if (reading.kind === 'issued') return `The server issued a token, with status ${status}.`
  if (reading.kind === 'refused')
    return `The server responded with status ${status} and the error “${quoted(reading.error.error)}”.`
  const page = reading.kind === 'nonconforming' && reading.shape === 'html' ? ' and a web page' : ''
  return `The server responded with status ${status}${page}.`
}
