import { bodyLimit, cutBytes, encodeText } from '../har/body-text.ts'
import { partOf } from '../har/to-har.ts'
import type { Recorded } from '../har/recorded.ts'
import { decodeBody } from '../http/body.ts'
import type { HeaderList, HttpRequest, HttpResponse, Outcome } from '../http/message.ts'
import { headerValue } from '../http/message.ts'
import { isMasked, mask } from '../http/redact.ts'
import { essence } from '../http/preflight.ts'
import type { Entry, TokenRequestConfig } from '../oauth/config/config.ts'
import { knownSecrets } from './known-secrets.ts'
import { Masker } from './masker.ts'
import { isSecret, isSecretField } from './secret-names.ts'

/** Exchanges without secrets, tokens and keys. */
export interface Masked<R extends Recorded> {
  readonly entries: readonly R[]
  /** In how many places of the messages something was masked. */
  readonly places: number
  /** Masks the same in what is said of them. */
  readonly hide: (text: string) => string
}

/**
 * Masks secrets, tokens, keys, assertions, proofs, cookies and IDs of sessions in every place of the exchanges, also those that another of
 * them issued or sent. A body is cut at 1 MiB. A secret that is shorter than six characters, or a word, is masked if a name or a
 * header field says that it is one.
 * @param also secrets that may be in none of them: the one in the form, a token that was pasted
 */
export function maskEntries<R extends Recorded>(
  entries: readonly R[],
  also: readonly string[] = [],
): Masked<R> {
  const masker = new Masker(knownSecrets(entries, also))
  const hidden = entries.map((recorded) => ({
    ...recorded,
    ...wholeOf(recorded),
    exchange: {
      ...recorded.exchange,
      request: maskRequest(masker, recorded.exchange.request),
      outcome: maskOutcome(masker, recorded.exchange.outcome),
      // What only a server in the page shows is no part of a message.
      serverView: null,
    },
  }))
  const { places } = masker
  const hide = (text: string): string => masker.hide(text)
  return {
    places,
    hide,
    entries: hidden.map((recorded) => ({
      ...recorded,
      config: maskConfig(recorded.config, hide),
      exchange: { ...recorded.exchange, purpose: hide(recorded.exchange.purpose) },
    })),
  }
}

/** How long the bodies were, if one of them is cut. */
function wholeOf({ exchange: { request, outcome }, whole }: Recorded): Pick<Recorded, 'whole'> {
  const lengths = { request: request.body?.length ?? 0, response: partOf(outcome)?.body.length ?? 0 }
  const isLong = lengths.request > bodyLimit || lengths.response > bodyLimit
  return whole || !isLong ? {} : { whole: lengths }
}

/** A URL is no place for another mark than ASCII, and neither is a body that is no text. */
const asciiMark = '********'

function maskRequest(masker: Masker, request: HttpRequest): HttpRequest {
  const { headers, body } = request
  const isForm = essence(headerValue(headers, 'content-type') ?? '') === 'application/x-www-form-urlencoded'
  const cut = body?.slice(0, bodyLimit + overlap) ?? null
  return {
    ...request,
    url: maskUrl(masker, request.url),
    headers: maskHeaders(masker, headers),
    body:
      cut === null
        ? null
        : isForm
          ? maskPairs(masker, cut, mask, bodyLimit)
          : masker.hide(cut, mask, bodyLimit),
  }
}

/** As much past the limit is read, so that a secret on the cut is known as one. */
const overlap = 8192

/** The parameters of a form or a query: the whole value of one that is named like a secret, however short. */
function maskPairs(masker: Masker, text: string, mark: string, limit = Infinity): string {
  const named = text.split('&').map((pair) => {
    const at = pair.indexOf('=')
    const [name = ''] = new URLSearchParams(pair).keys()
    const isOne = at >= 0 && pair.length > at + 1 && isSecret(name) && !isMasked(pair)
    return isOne ? `${pair.slice(0, at)}=${masker.put(mark)}` : pair
  })
  return masker.hide(named.join('&'), mark, limit)
}

function maskUrl(masker: Masker, url: string): string {
  const { origin, pathname, search } = new URL(url)
  const query = search === '' ? '' : `?${maskPairs(masker, search.slice(1), asciiMark)}`
  const masked = masker.hide(origin + pathname, asciiMark) + query
  return URL.canParse(masked) ? masked : `https://masked.invalid/${query}`
}

function maskHeaders(masker: Masker, headers: HeaderList): HeaderList {
  return headers.map(([name, value]) => [name, maskField(masker, name, value)])
}

/** Schemes, names of cookies and their attributes stay. */
function maskField(masker: Masker, name: string, value: string): string {
  const put = (before = ''): string => before + masker.put(mask)
  if (value === '' || isMasked(value)) return masker.hide(value)
  if (/^cookie$/i.test(name))
    return masker.hide(value.replace(/(=)[^;]+/g, (_found, sign: string) => put(sign)))
  if (/^set-cookie$/i.test(name))
    return masker.hide(value.replace(/^([^=;]*=)?[^;]+/, (_found, before?: string) => put(before)))
  return isSecretField(name) ? put(/^(?:basic|bearer|dpop) +/i.exec(value)?.[0]) : masker.hide(value)
}

function maskOutcome(masker: Masker, outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'response':
      return { ...outcome, response: maskResponse(masker, outcome.response) }
    case 'failure':
      return {
        ...outcome,
        message: masker.hide(outcome.message),
        partial: maskPartial(masker, outcome.partial),
      }
    case 'aborted':
      return { ...outcome, partial: maskPartial(masker, outcome.partial) }
    case 'opaque':
    case 'opaque-redirect':
      return outcome
    default:
      return outcome satisfies never
  }
}

const maskPartial = (masker: Masker, partial: HttpResponse | null): HttpResponse | null =>
  partial && maskResponse(masker, partial)

const maskResponse = (masker: Masker, response: HttpResponse): HttpResponse => ({
  ...response,
  statusText: masker.hide(response.statusText),
  headers: maskHeaders(masker, response.headers),
  body: maskBody(masker, response),
})

/** The same bytes, or those of the masked text in the same encoding. */
function maskBody(masker: Masker, response: HttpResponse): Uint8Array {
  const bytes = cutBytes(response.body, bodyLimit + overlap)
  const body = decodeBody({ ...response, body: bytes })
  if (body.kind !== 'text') {
    const text = latin1(bytes)
    const hidden = masker.hide(text, asciiMark)
    return hidden === text ? bytes : Uint8Array.from(hidden, (character) => character.charCodeAt(0))
  }
  const isUtf8 = body.charset === 'utf-8'
  const hidden = masker.hide(body.text, isUtf8 ? mask : asciiMark, bodyLimit)
  return hidden === body.text ? bytes : encodeText(hidden, body.charset)
}

/** Each byte as a character. */
function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** Every text in it, which is plain data. */
function maskConfig(config: TokenRequestConfig, hide: (text: string) => string): TokenRequestConfig {
  const entry = ({ name, value, on }: Entry): Entry => ({ name, value: isSecret(name) ? '' : value, on })
  const plain = {
    ...config,
    client_secret: '',
    parameters: config.parameters.map(entry),
    headers: config.headers.map(entry),
  }
  return JSON.parse(JSON.stringify(plain), (_name, value: unknown) =>
    typeof value === 'string' ? hide(value) : value,
  ) as TokenRequestConfig
}
