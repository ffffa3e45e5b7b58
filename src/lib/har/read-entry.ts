import { httpUrl } from '../http/http-url.ts'
import type { EndedBy, Exchange, HeaderList, HttpRequest, HttpResponse, Outcome } from '../http/message.ts'
import { headerValue } from '../http/message.ts'
import { annotationsFor } from '../oauth/compose/annotations.ts'
import { isObject } from '../json/own-members.ts'
import { charsetOf, encodeText, fromBodyText } from './body-text.ts'
import { guessAbout } from './guess-about.ts'
import { parseStored, type StoredConfig } from '../saved/stored-config.ts'
import type { About } from './recorded.ts'

type Members = Readonly<Record<string, unknown>>

/** An exchange of a file, with what it was for. */
export interface FromFile {
  readonly exchange: Exchange
  readonly about: About
  /** What this page wrote of the configuration; empty in the file of another program. */
  readonly written: StoredConfig
}

/** An exchange, perhaps with a note about what it lacks, or why an entry is none; both in a sentence. */
type ReadEntry = (FromFile & { readonly note: string | null }) | { readonly why: string }

/**
 * Reads one entry of HAR.
 * @param isOurs whether this page wrote it: members of our own in the file of another program are not read
 */
export function readEntry(entry: unknown, isOurs: boolean): ReadEntry {
  const request = requestOf(member(entry, 'request'))
  if (typeof request === 'string') return { why: request }
  const facts = isOurs ? objectIn(entry, '_playground') : {}
  const response = responseOf(member(entry, 'response'))
  const outcome = outcomeOf(response, objectIn(facts, 'outcome'))
  const mode = text(facts, 'mode') === 'no-cors' ? { mode: 'no-cors' as const } : {}
  const about = ownAbout(text(facts, 'about')) ?? guessAbout(request, outcome)
  const exchange: Exchange = {
    id: Math.max(0, Math.trunc(number(facts, 'number') ?? 0)),
    purpose: text(facts, 'purpose') || purposes[about],
    request: { ...request, ...mode },
    startedAt: momentOf(text(entry, 'startedDateTime')),
    duration: Math.max(0, number(entry, 'time') ?? 0),
    outcome,
    serverView: null,
    via: 'file',
  }
  return { exchange, about, written: parseStored(member(facts, 'configuration')), note: response.note }
}

/** What History calls a request that another program sent. */
const purposes: Readonly<Record<About, string>> = {
  token: 'Token request',
  api: 'API call',
  metadata: 'Metadata',
  keys: 'Keys',
  introspection: 'Introspection',
  revocation: 'Revocation',
  registration: 'Registration',
  probe: 'Probe',
  test: 'Server test',
  host: 'File of the page',
}

const ownAbout = (name: string): About | null =>
  Object.hasOwn(annotationsFor, name) ? (name as About) : null

function requestOf(value: unknown): HttpRequest | string {
  const method = text(value, 'method')
  const url = httpUrl(text(value, 'url'))
  if (url === null) return 'its URL is no http: or https: URL.'
  if (!/^[\w!#$%&'*+.^`|~-]{1,40}$/.test(method)) return 'its method is none.'
  url.hash = ''
  return { method, url: url.href, headers: headersOf(value), body: bodyOf(objectIn(value, 'postData')) }
}

/** The fields of a list, without the pseudo-header fields of HTTP/2, which some list too. @see RFC 9113 section 8.3 */
const headersOf = (message: unknown): HeaderList =>
  pairsIn(message, 'headers').filter(([name]) => /^[\w!#$%&'*+.^`|~-]{1,200}$/.test(name))

function pairsIn(value: unknown, name: string): HeaderList {
  const list = member(value, name)
  return Array.isArray(list)
    ? list.flatMap((one: unknown) => {
        const [key, words] = [member(one, 'name'), member(one, 'value')]
        return typeof key === 'string' ? [[key, typeof words === 'string' ? words : ''] as const] : []
      })
    : []
}

/** The text, or the form that its parameters make: Charles writes these alone. */
function bodyOf(postData: Members): string | null {
  const written = member(postData, 'text')
  const parameters = pairsIn(postData, 'params')
  if (typeof written === 'string' && (written !== '' || parameters.length === 0)) return written
  return parameters.length === 0
    ? null
    : new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString()
}

interface ReadResponse {
  /** `null` if none came. */
  readonly response: HttpResponse | null
  readonly error: string
  /** Whether it has only the beginning of the body, or nothing of one that there was. */
  readonly isCut: boolean
  readonly note: string | null
}

function responseOf(value: unknown): ReadResponse {
  const status = number(value, 'status') ?? 0
  const error = text(value, '_error')
  if (!Number.isInteger(status) || status < 100 || status > 999)
    return { response: null, error, isCut: false, note: null }
  const headers = headersOf(value)
  const content = objectIn(value, 'content')
  const written = member(content, 'text')
  const size = number(content, 'size') ?? 0
  const encoding = text(content, 'encoding') || null
  const body = typeof written === 'string' ? decoded(written, encoding, headers) : null
  const isMissing = body === null && (size > 0 || typeof written === 'string')
  return {
    response: { status, statusText: text(value, 'statusText'), headers, body: body ?? new Uint8Array() },
    error,
    isCut: isMissing || /^The first \d+ of \d+ bytes\.$/.test(text(content, 'comment')),
    note: isMissing ? 'the file does not have the body of the response.' : null,
  }
}

/** The bytes as the server sent them, as far as its charset is known: the text of the file is Unicode. */
function decoded(written: string, encoding: string | null, headers: HeaderList): Uint8Array | null {
  if (encoding !== null) return fromBodyText(written, encoding)
  return encodeText(written, charsetOf(headerValue(headers, 'content-type') ?? ''))
}

/** How it ended: as this page says if it wrote the file, else by what is there. */
function outcomeOf({ response, error, isCut }: ReadResponse, own: Members): Outcome {
  const kind = text(own, 'kind')
  const partial = member(own, 'has_response') === false ? null : response
  if (kind === 'opaque-redirect' || kind === 'opaque') return { kind }
  if (kind === 'aborted') return { kind, by: endedBy(text(own, 'by')) ?? 'timeout', partial }
  if (kind === 'failure') return { kind, name: text(own, 'name'), message: text(own, 'message'), partial }
  if (response === null)
    return { kind: 'failure', name: 'Error', message: error || 'No reason is in the file.', partial: null }
  if (isCut)
    return {
      kind: 'failure',
      name: 'Error',
      message: 'The file does not have the whole body.',
      partial: response,
    }
  const ended = endedBy(text(own, 'ended'))
  return { kind: 'response', response, ...(ended && { ended }) }
}

const endedBy = (name: string): EndedBy | null =>
  name === 'person' || name === 'timeout' || name === 'size' ? name : null

/** Milliseconds since the epoch; 0 for what is no moment. */
function momentOf(iso: string): number {
  const moment = Date.parse(iso)
  return Number.isNaN(moment) ? 0 : moment
}

/** An own member of an object; `undefined` if there is none. */
const member = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

const objectIn = (value: unknown, name: string): Members => {
  const found = member(value, name)
  return isObject(found) ? found : {}
}

const text = (value: unknown, name: string): string => {
  const found = member(value, name)
  return typeof found === 'string' ? found : ''
}

const number = (value: unknown, name: string): number | null => {
  const found = member(value, name)
  return typeof found === 'number' && Number.isFinite(found) ? found : null
}
