import { isSecretName } from '../text/hides-secret.ts'
import type { SpecLink } from '../spec.ts'
import { derivedFields, type BrowserFacts } from './browser-fields.ts'
import type { HttpRequest, HttpResponse } from './message.ts'
import { essence } from './preflight.ts'

/** What a piece of a message is, said to the reader. */
interface Annotation {
  readonly what: string
  /** The accessible names of the form fields that made it; none for what every such request has. */
  readonly fields: readonly string[]
  readonly spec: SpecLink | null
  /** Whether showing it gives the client's credentials away. */
  readonly secret?: boolean
}

/**
 * A piece of a message. The texts of all segments, joined, are the exact message; annotation, redaction and colour
 * are layers over them.
 */
export interface Segment {
  readonly text: string
  /** Who put it there: this page, the browser by its own rules, or the relay. */
  readonly origin: 'page' | 'browser' | 'relay'
  readonly part: 'start' | 'name' | 'value' | 'punctuation' | 'body'
  readonly note: Annotation | null
  /** What was done to it on purpose, in a sentence; absent if nothing was. */
  readonly altered?: string
}

/** What header fields and form parameters mean, by lower-case name. */
export interface Annotations {
  readonly fields: Readonly<Record<string, Annotation>>
  readonly parameters: Readonly<Record<string, Annotation>>
}

const noAnnotations: Annotations = { fields: {}, parameters: {} }

/**
 * A request as HTTP/1.1 text: `Host`, the page's own fields, then the others the browser adds; without `browser` only
 * what the page itself set is given.
 * @see RFC 9112 section 2.1
 */
export function formatRequest(
  request: HttpRequest,
  {
    annotations = noAnnotations,
    browser = null,
  }: { annotations?: Annotations; browser?: BrowserFacts | null } = {},
): Segment[] {
  const { pathname, search } = new URL(request.url)
  const start = startOf(`${request.method} ${pathname}${search} HTTP/1.1`)
  const [host, ...others] = (browser ? derivedFields(request, browser) : []).map(({ name, value, why }) =>
    field(name, value, 'browser', { what: `Added by the browser: ${why}`, fields: [], spec: null }),
  )
  return [
    ...start,
    crlf('page'),
    ...(host ?? []),
    ...request.headers.flatMap(([name, value]) =>
      field(name, value, 'page', meaningOf(annotations.fields, name.toLowerCase())),
    ),
    ...others.flat(),
    crlf('page'),
    ...(request.body === null ? [] : formatBody(request, request.body, annotations)),
  ]
}

/** The start line; what proves the client is a secret in the query too. @see RFC 6749 section 2.3.1 */
const startOf = (line: string): Segment[] =>
  line
    .split(/(?<=[?&](?:client_secret|client_assertion|password)=)([^&\s]+)/)
    .filter((text) => text !== '')
    .map((text, index) =>
      segment(text, 'start', index % 2 === 0 ? startLine : { ...startLine, secret: true }),
    )

/** A preflight as HTTP/1.1 text; every line of it is the browser's. */
export function formatPreflight(request: HttpRequest): Segment[] {
  const url = new URL(request.url)
  const headers: HttpRequest['headers'] = [['Host', url.host], ...request.headers]
  return formatRequest({ ...request, headers }).map((piece) => ({ ...piece, origin: 'browser' }))
}

/** Status line and header fields of a response, with the empty line that ends them. */
export function formatResponseHead({ status, statusText, headers }: Omit<HttpResponse, 'body'>): Segment[] {
  return [
    segment(`HTTP/1.1 ${status} ${statusText}`, 'start', null),
    crlf('page'),
    ...headers.flatMap(([name, value]) => field(name, value, 'page', null)),
    crlf('page'),
  ]
}

/** Neighbouring segments of one origin, so that each group can be drawn as one. */
export function groupByOrigin(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const groups: Segment[][] = []
  for (const segment of segments) {
    const last = groups.at(-1)
    if (last?.[0]?.origin === segment.origin) last.push(segment)
    else groups.push([segment])
  }
  return groups
}

/** The exact message. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('')
}

/** What a name means, if it is known here: `constructor` is in every object, and means nothing. */
export const meaningOf = (meanings: Readonly<Record<string, Annotation>>, name: string): Annotation | null =>
  (Object.hasOwn(meanings, name) && meanings[name]) || (isSecretName(name) ? namedLikeSecret : null)

const namedLikeSecret: Annotation = { what: 'Named like a secret', fields: [], spec: null, secret: true }

const startLine: Annotation = {
  what: 'Method and path of the URL. HTTP/1.1 is the notation; the version is not visible to a page.',
  fields: ['Token endpoint'],
  spec: null,
}

function formatBody({ headers }: HttpRequest, body: string, { parameters }: Annotations): Segment[] {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (essence(type) !== 'application/x-www-form-urlencoded') return [segment(body, 'body', null)]
  return body.split('&').flatMap((pair, index) => {
    const separator = index > 0 ? [segment('&', 'punctuation', null)] : []
    return [...separator, ...parameter(pair, parameters)]
  })
}

function parameter(pair: string, meanings: Annotations['parameters']): Segment[] {
  const [name] = new URLSearchParams(pair).keys()
  const note = meaningOf(meanings, name ?? '')
  const at = pair.indexOf('=')
  if (at < 0) return [segment(pair, 'name', note)]
  const shown = note ? { ...note, secret: false } : null
  return [
    segment(pair.slice(0, at), 'name', shown),
    segment('=', 'punctuation', null),
    segment(pair.slice(at + 1), 'value', note),
  ]
}

/** A header field, with its line end. */
export function field(
  name: string,
  value: string,
  origin: Segment['origin'],
  note: Annotation | null,
): Segment[] {
  const shown = note ? { ...note, secret: false } : null
  return [
    { text: name, origin, part: 'name', note: shown },
    { text: ': ', origin, part: 'punctuation', note: null },
    { text: value, origin, part: 'value', note },
    crlf(origin),
  ]
}

const segment = (text: string, part: Segment['part'], note: Annotation | null): Segment => ({
  text,
  origin: 'page',
  part,
  note,
})

const crlf = (origin: Segment['origin']): Segment => ({
  text: '\r\n',
  origin,
  part: 'punctuation',
  note: null,
})
