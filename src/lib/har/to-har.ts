import { engineOf } from '../http/engine.ts'
import type { Exchange, HeaderList, HttpResponse } from '../http/message.ts'
import { headerValue } from '../http/message.ts'
import { essence } from '../http/preflight.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import { toStored } from '../saved/stored-config.ts'
import { bodyLimit, charsetOf, cutBytes, cutText, toBodyText } from './body-text.ts'
import type { Har, HarEntry, HarPair, HarResponse, OwnOutcome } from './har.ts'
import { pageName, type Recorded, type Versions } from './recorded.ts'

/**
 * Recorded exchanges as HAR 1.2, in the order given, as the developer tools of Chrome and Firefox import it. A longer body than 1 MiB is
 * cut, and the entry says so. Never throws.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function toHar(entries: readonly Recorded[], versions: Versions): Har {
  const { version, commit, userAgent } = versions
  return {
    log: {
      version: '1.2',
      creator: { name: pageName, version, comment: `commit ${commit}` },
      browser: browserOf(userAgent),
      pages: [],
      entries: entries.map(harEntry),
    },
  }
}

/** One exchange. */
export function harEntry(recorded: Recorded): HarEntry {
  const { exchange, about, config } = recorded
  const { id, purpose, startedAt, duration, request, via } = exchange
  return {
    startedDateTime: isoDate(startedAt),
    time: duration,
    request: requestOf(recorded),
    response: responseOf(recorded),
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: duration, receive: 0 },
    _resourceType: 'fetch',
    _playground: {
      number: id,
      about,
      purpose,
      outcome: outcomeOf(exchange),
      configuration: toStored(config, emptyConfig),
      ...(via && { via }),
      ...(request.mode && { mode: request.mode }),
    },
  }
}

/** A moment as ISO 8601; the epoch for what is none. */
export const isoDate = (milliseconds: number): string =>
  Number.isFinite(milliseconds) && Math.abs(milliseconds) < 8e15
    ? new Date(milliseconds).toISOString()
    : new Date(0).toISOString()

const pair = ([name, value]: readonly [string, string]): HarPair => ({ name, value })

/** A page does not see the version of HTTP. */
const httpVersion = 'HTTP/1.1'

function requestOf({ exchange: { request }, whole }: Recorded): HarEntry['request'] {
  const { method, url, headers, body } = request
  const mimeType = headerValue(headers, 'content-type') ?? ''
  const text = body === null ? '' : cutText(body, bodyLimit)
  const length = whole?.request ?? body?.length ?? 0
  const isForm = essence(mimeType) === 'application/x-www-form-urlencoded'
  return {
    method,
    url: url.replace(/#.*$/s, ''),
    httpVersion,
    cookies: cookiesOf(headers, 'cookie'),
    headers: headers.map(pair),
    queryString: [...new URL(url).searchParams].map(pair),
    ...(body !== null && {
      postData: {
        mimeType,
        params: isForm ? [...new URLSearchParams(text)].map(pair) : [],
        text,
        ...(text.length < length && { comment: `The first ${text.length} of ${length} characters.` }),
      },
    }),
    headersSize: -1,
    bodySize: body === null ? 0 : new TextEncoder().encode(body).length,
  }
}

function responseOf({ exchange, whole }: Recorded): HarResponse {
  const { outcome } = exchange
  const response = partOf(outcome)
  const error = errorOf(outcome)
  if (response === null)
    return {
      status: 0,
      statusText: '',
      httpVersion,
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _error: error ?? '',
    }
  const { status, statusText, headers, body } = response
  const size = whole?.response ?? body.length
  const shown = cutBytes(body, bodyLimit)
  const type = headerValue(headers, 'content-type') ?? ''
  return {
    status,
    statusText,
    httpVersion,
    cookies: cookiesOf(headers, 'set-cookie'),
    headers: headers.map(pair),
    content: {
      size,
      mimeType: type || 'x-unknown',
      ...toBodyText(shown, charsetOf(type)),
      ...(shown.length < size && { comment: `The first ${shown.length} of ${size} bytes.` }),
    },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: size,
    ...(error !== null && { _error: error }),
  }
}

/** The response as far as it came; `null` if none did. */
export const partOf = (outcome: Exchange['outcome']): HttpResponse | null =>
  'response' in outcome ? outcome.response : 'partial' in outcome ? outcome.partial : null

/** Why there is no whole response, in a line; `null` if there is one. */
function errorOf(outcome: Exchange['outcome']): string | null {
  switch (outcome.kind) {
    case 'response':
      return null
    case 'opaque-redirect':
      return 'A redirect, which the page does not follow and cannot read'
    case 'opaque':
      return 'A response that the page cannot read'
    case 'failure':
      return `${outcome.name}: ${outcome.message}`
    case 'aborted':
      return { person: 'Cancelled', timeout: 'Timed out', size: 'Too large' }[outcome.by]
    default:
      return outcome satisfies never
  }
}

function outcomeOf({ outcome }: Exchange): OwnOutcome {
  const { kind } = outcome
  return {
    kind,
    has_response: partOf(outcome) !== null,
    ...(kind === 'failure' && { name: outcome.name, message: outcome.message }),
    ...(kind === 'aborted' && { by: outcome.by }),
    ...(kind === 'response' && outcome.ended && { ended: outcome.ended }),
  }
}

/** Names and values of cookies, without their attributes. @see RFC 6265 sections 4.1.1 and 4.2.1 */
function cookiesOf(headers: HeaderList, field: 'cookie' | 'set-cookie'): readonly HarPair[] {
  return headers
    .filter(([name]) => name.toLowerCase() === field)
    .flatMap(([, value]) => (field === 'cookie' ? value.split(';') : value.split(';').slice(0, 1)))
    .map((text) => {
      const at = text.indexOf('=')
      return at < 0
        ? { name: '', value: text.trim() }
        : { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }
    })
}

/** Name and version of a browser, by what it says of itself. */
function browserOf(userAgent: string): Har['log']['browser'] {
  const pattern = {
    firefox: /Firefox\/([\d.]+)/,
    chromium: /Chrom(?:e|ium)\/([\d.]+)/,
    webkit: /Version\/([\d.]+)/,
  }
  const names = { firefox: 'Firefox', chromium: 'Chrome', webkit: 'Safari', other: 'unknown' }
  const engine = engineOf(userAgent)
  const version = engine === 'other' ? undefined : pattern[engine].exec(userAgent)?.[1]
  return { name: names[engine], version: version ?? 'unknown', comment: userAgent }
}
