import { decodeBody } from '../http/body.ts'
import { parseEventStream } from './event-stream.ts'
import { headerValue, type HttpResponse } from '../http/message.ts'
import { essence } from '../http/preflight.ts'
import { parseJson } from '../json/parse.ts'
import { asString, type JsonValue, member } from '../json/value.ts'

/** The id of a message as JSON text (`1`, `"a"`, `null`), so that 1 and "1" are two; `undefined` if it has none. */
export type JsonRpcId = string | undefined

/** What a client sends: a notification if it has no id. @see https://www.jsonrpc.org/specification#request_object */
export interface JsonRpcRequest {
  readonly id: JsonRpcId
  readonly method: string
  readonly params: JsonValue | null
}

/** The message with what is in it. @see https://www.jsonrpc.org/specification#response_object */
type JsonRpcResponse =
  | {
      readonly kind: 'result'
      readonly id: JsonRpcId
      readonly result: JsonValue
      readonly message: JsonValue
    }
  | {
      readonly kind: 'error'
      readonly id: JsonRpcId
      readonly error: JsonRpcError
      readonly message: JsonValue
    }

/** @see https://www.jsonrpc.org/specification#error_object */
export interface JsonRpcError {
  /** The digits as written: `-32602`; empty if it is no number. */
  readonly code: string
  readonly message: string
  readonly data: JsonValue | null
}

/** Something that JSON-RPC does not provide for, and that servers do. */
export type JsonRpcDeviation =
  /** `jsonrpc` is not "2.0", or is left out. */
  | 'version'
  /** The id is null, which is right only if the server could not read that of the request. */
  | 'id-null'
  /** The id is neither that of the request nor null. */
  | 'id-other'
  /** More than one response to one request. */
  | 'two-responses'
  /** `result` and `error` in one response. */
  | 'both'
  /** `error` is no object, or its code no number. */
  | 'error-shape'

/** The JSON-RPC messages of one response body. */
export interface JsonRpcReading {
  /** The response to the request; `null` if none has come, or not yet. */
  readonly response: JsonRpcResponse | null
  /** What the server says or asks on the way there. */
  readonly notifications: readonly JsonRpcRequest[]
  /** Whether an array of messages came, which MCP had in 2025-03-26 alone. */
  readonly batch: boolean
  readonly deviations: readonly JsonRpcDeviation[]
}

/** The largest body that is read for its messages. */
const maxReadBytes = 4 * 1024 * 1024

/** Messages that are read of one body. */
const mostMessages = 1000

/** The JSON-RPC request in a request body, the last one of a batch; `null` if it is none. Never throws. */
export function readJsonRpcRequest(body: string | null): JsonRpcRequest | null {
  const parsed = parseJson(body ?? '')
  if (!parsed.ok) return null
  return messagesIn(parsed.value).flatMap((message) => asRequest(message) ?? [])[0] ?? null
}

/** Whether the data of an event is the response to the request with that id. Never throws. */
export function respondsTo(data: string, requestId: JsonRpcId): boolean {
  const parsed = parseJson(data)
  if (!parsed.ok) return false
  return messagesIn(parsed.value).some(
    (message) => isJsonRpc(message) && asResponse(message)?.response.id === requestId,
  )
}

/**
 * The messages of a response, which is one JSON text or a stream of events with one in each. Of several responses the
 * last one with the id of the request is meant; if none has it, the last one without an id or with another. `null` if
 * no message of JSON-RPC is in the body. Never throws.
 *
 * @param requestId of the request that was sent; `undefined` if that had none
 * @see https://www.jsonrpc.org/specification
 */
export function readJsonRpc(response: HttpResponse, requestId: JsonRpcId): JsonRpcReading | null {
  if (response.body.length > maxReadBytes) return null
  const body = decodeBody(response)
  if (body.kind !== 'text') return null
  const values = valuesIn(body.text, essence(headerValue(response.headers, 'content-type') ?? ''))
  const batch = values.some(({ kind }) => kind === 'array')
  const messages = values.flatMap(messagesIn).filter(isJsonRpc)
  if (messages.length === 0) return null
  const responses = messages.flatMap((message) => asResponse(message) ?? [])
  const own = responses.filter(({ response: { id } }) => id === requestId)
  const chosen = (own.length > 0 ? own : responses).at(-1) ?? null
  return {
    response: chosen?.response ?? null,
    notifications: messages.flatMap((message) => asRequest(message) ?? []),
    batch,
    deviations: [
      ...(messages.some((message) => asString(member(message, 'jsonrpc')) !== '2.0')
        ? ['version' as const]
        : []),
      ...(chosen?.deviations ?? []),
      ...idDeviation(chosen?.response, requestId),
      ...(responses.length > 1 && !batch ? ['two-responses' as const] : []),
    ],
  }
}

/** The JSON values of a body: of each event one, else the body itself. A last event without its empty line counts too. */
function valuesIn(text: string, mediaType: string): readonly JsonValue[] {
  const isStream = mediaType === 'text/event-stream' || /^(?::|(?:event|data|id|retry):)/.test(text)
  const texts = isStream ? parseEventStream(`${text}\n\n`).events.map(({ data }) => data) : [text]
  return texts.slice(-mostMessages).flatMap((each) => {
    const parsed = parseJson(each)
    return parsed.ok ? [parsed.value] : []
  })
}

const messagesIn = (value: JsonValue): readonly JsonValue[] =>
  value.kind === 'array' ? value.items.slice(-mostMessages) : [value]

/** Whether it says of itself that it is one, or has the shape of a response and nothing else. */
function isJsonRpc(value: JsonValue): boolean {
  if (member(value, 'jsonrpc') !== undefined) return true
  const error = member(value, 'error')
  return member(value, 'id') !== undefined && member(error, 'code')?.kind === 'number'
}

function asRequest(message: JsonValue): JsonRpcRequest | null {
  const method = asString(member(message, 'method'))
  return method === undefined
    ? null
    : { id: idOf(message), method, params: member(message, 'params') ?? null }
}

interface ReadResponse {
  readonly response: JsonRpcResponse
  readonly deviations: readonly JsonRpcDeviation[]
}

function asResponse(message: JsonValue): ReadResponse | null {
  const id = idOf(message)
  const error = member(message, 'error')
  const result = member(message, 'result')
  if (error !== undefined && !(error.kind === 'literal' && error.value === null && result !== undefined)) {
    const code = member(error, 'code')
    const isShaped = code?.kind === 'number'
    return {
      response: { kind: 'error', id, error: errorOf(error), message },
      deviations: [
        ...(isShaped ? [] : ['error-shape' as const]),
        ...(result === undefined ? [] : ['both' as const]),
      ],
    }
  }
  return result === undefined ? null : { response: { kind: 'result', id, result, message }, deviations: [] }
}

function errorOf(error: JsonValue): JsonRpcError {
  const code = member(error, 'code')
  return {
    code: code?.kind === 'number' ? code.source : '',
    message: asString(member(error, 'message')) ?? asString(error) ?? '',
    data: member(error, 'data') ?? null,
  }
}

function idOf(message: JsonValue): JsonRpcId {
  const id = member(message, 'id')
  if (id === undefined) return undefined
  if (id.kind === 'string' || id.kind === 'number')
    return id.kind === 'string' ? JSON.stringify(id.value) : id.source
  return 'null'
}

function idDeviation(
  response: JsonRpcResponse | undefined,
  requestId: JsonRpcId,
): readonly JsonRpcDeviation[] {
  if (!response || response.id === requestId) return []
  return [response.id === undefined || response.id === 'null' ? 'id-null' : 'id-other']
}
