import { type HeaderList, type HttpRequest, headerValue } from '../../../http/message.ts'
import { type JsonRpcRequest, readJsonRpcRequest } from '../../../mcp/json-rpc.ts'
import { parseJson } from '../../../json/parse.ts'
import { asNumber, asString, type JsonValue, member } from '../../../json/value.ts'
import { stringsOf } from '../../../jwt/decode/claim-values.ts'
import { claimsOf, decode } from '../../../jwt/decode/decode.ts'

/** A JWT that was sent, as far as it can be read here. */
export interface SentJwt {
  readonly raw: string
  readonly kind: 'jws' | 'jwe' | 'opaque'
  readonly header: JsonValue | null
  readonly claims: JsonValue | null
}

/** What a request carried, read from its bytes. Its configuration says what they were made from. */
export interface Sent {
  readonly url: URL
  readonly method: string
  readonly headers: HeaderList
  readonly body: string | null
  /** Content-Type as it was sent; empty if there is none. */
  readonly type: string
  /** Of the body, if that is a form. */
  readonly parameters: URLSearchParams
  /** The body, if that is JSON. */
  readonly json: JsonValue | null
  /** The message of JSON-RPC that the body is, whatever its type; `null` if it is none. */
  readonly rpc: JsonRpcRequest | null
  /** Where credentials of a client were. */
  readonly places: readonly ('header' | 'body' | 'assertion')[]
  /** The header field, if there is one: its scheme as written, and what follows the space after it. */
  readonly authorization: { readonly scheme: string; readonly credentials: string } | null
  readonly assertion: SentJwt | null
  readonly proof: SentJwt | null
  /** What an API was called with, under whatever scheme. */
  readonly token: SentJwt | null
}

/** Never throws. @see RFC 6749 section 2.3.1, RFC 7521 section 4.2, RFC 9449 section 7.1 */
export function readSent({ url, method, headers, body }: HttpRequest): Sent {
  const type = headerValue(headers, 'content-type') ?? ''
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type)
  const parameters = new URLSearchParams(isForm ? (body ?? '') : '')
  const authorization = readAuthorization(joined(headers, 'authorization'))
  const assertion = readJwt(parameters.get('client_assertion'))
  const inHeader = /^basic$/i.test(authorization?.scheme ?? '')
  return {
    url: new URL(url),
    method,
    headers,
    body,
    type,
    parameters,
    json: /\bjson\b/i.test(type) ? readJson(body ?? '') : null,
    rpc: readJsonRpcRequest(body),
    places: [
      ...(inHeader ? (['header'] as const) : []),
      ...(parameters.get('client_secret') ? (['body'] as const) : []),
      ...(assertion ? (['assertion'] as const) : []),
    ],
    authorization,
    assertion,
    proof: readJwt(joined(headers, 'dpop')),
    token: inHeader ? null : readJwt(authorization?.credentials ?? null),
  }
}

/** A field that is there twice, as a server may see it: joined by a comma. @see RFC 9110 section 5.3 */
function joined(headers: HeaderList, name: string): string | null {
  const values = headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value)
  return values.length === 0 ? null : values.join(', ')
}

function readJson(text: string): JsonValue | null {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : null
}

function readAuthorization(value: string | null): Sent['authorization'] {
  if (value === null) return null
  const [scheme = '', ...credentials] = value.split(' ')
  return { scheme, credentials: credentials.join(' ') }
}

function readJwt(raw: string | null): SentJwt | null {
  if (!raw) return null
  const decoded = decode(raw)
  return {
    raw,
    kind: decoded.kind,
    header: decoded.kind === 'opaque' ? null : decoded.header.value,
    claims: claimsOf(decoded),
  }
}

/** A claim that is a text. */
export const claim = (jwt: SentJwt | null, name: string): string | undefined =>
  asString(member(jwt?.claims, name))

/** A claim that is a number: those of time are seconds since the epoch. */
export const numericClaim = (jwt: SentJwt | null, name: string): number | undefined =>
  asNumber(member(jwt?.claims, name))

/** A claim that is a text or a list of texts, as a list; `null` if it is neither, or absent. */
export const listClaim = (jwt: SentJwt | null, name: string): readonly string[] | null =>
  stringsOf(member(jwt?.claims, name))

/** A header parameter that is a text. */
export const headerOf = (jwt: SentJwt | null, name: string): string | undefined =>
  asString(member(jwt?.header, name))
