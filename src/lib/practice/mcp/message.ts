import { rfc } from '../../spec.ts'
import { mcpSpec } from '../../standards.ts'
import { essence } from '../../http/preflight.ts'
import type { Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import { isObject, type JsonObject, parseJson } from '../base/json-object.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { json } from '../base/response.ts'
import { show } from '../base/wording.ts'

/** A request, or a notification if it has no id. @see https://www.jsonrpc.org/specification#request_object */
export interface Message {
  readonly id: string | number | null
  readonly isNotification: boolean
  readonly method: string
  readonly params: JsonObject
}

/** The codes that are given here: those of JSON-RPC, then those of MCP. */
export const codes = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  server: -32000,
  headerMismatch: -32020,
  unsupportedVersion: -32022,
} as const

/** What one kind of refusal consists of; `id` is that of the request, as far as it was read. */
export interface RpcRefusal {
  readonly status: 400 | 404 | 405 | 406 | 415
  readonly code: keyof typeof codes
  readonly message: string
  readonly id?: Message['id']
  readonly data?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** A response with a JSON-RPC error, and the rule that was broken. */
export function rpcRefusal(rule: Rule, found: string, refusal: RpcRefusal): ProtocolError {
  const { status, code, message, id = null, data, headers = {} } = refusal
  const error = { code: codes[code], message, ...(data ? { data } : {}) }
  return new ProtocolError(rule, found, json(status, { jsonrpc: '2.0', id, error }, headers))
}

const isJson: Rule = { what: 'The body is application/json', spec: mcpSpec.transports }
const acceptsBoth: Rule = { what: 'The client accepts JSON and a stream of events', spec: mcpSpec.transports }
const isMessage: Rule = { what: 'The body is one JSON-RPC message', spec: mcpSpec.error }
const fits: Rule = { what: 'The body is not too large', spec: rfc(9110, '15.5.14') }

/** Characters. */
const maxBody = 64 * 1024

const bothTypes = ['application/json', 'text/event-stream']

/**
 * The message of a POST, whose client accepts whichever kind of response the server chooses.
 * @throws ProtocolError
 */
export async function readMessage(request: Request, { checks }: Pick<Context, 'checks'>): Promise<Message> {
  const accept = request.headers.get('accept') ?? ''
  const named = accept.split(',').map((range) => essence(range.trim()))
  if (!bothTypes.every((type) => named.includes(type))) {
    const message = 'Not Acceptable: Client must accept both application/json and text/event-stream'
    const found = accept === '' ? 'There is no Accept' : `Accept is ${show(accept)}`
    throw rpcRefusal(acceptsBoth, found, { status: 406, code: 'server', message })
  }
  checks.pass(acceptsBoth, accept)
  const type = request.headers.get('content-type')
  if (type === null || essence(type) !== 'application/json') {
    const message = 'Unsupported Media Type: Content-Type must be application/json'
    const found = type === null ? 'There is no Content-Type' : `It is ${show(type)}`
    throw rpcRefusal(isJson, found, { status: 415, code: 'server', message })
  }
  checks.pass(isJson, type)
  return messageIn(await request.text(), checks)
}

function messageIn(body: string, checks: Context['checks']): Message {
  if (body.length > maxBody) {
    const found = `It has ${body.length} characters; ${maxBody} is the most`
    throw rpcRefusal(fits, found, { status: 400, code: 'invalidRequest', message: found })
  }
  const value = parseJson(body)
  if (value === undefined) {
    throw rpcRefusal(isMessage, 'It is not JSON', { status: 400, code: 'parse', message: 'Parse error' })
  }
  const bad = (found: string) =>
    rpcRefusal(isMessage, found, {
      status: 400,
      code: 'invalidRequest',
      message: 'Bad Request: the request body is not a valid JSON-RPC message',
    })
  if (!isObject(value)) throw bad(Array.isArray(value) ? 'It is a batch' : 'It is no object')
  const { jsonrpc, id, method, params = {} } = value
  if (jsonrpc !== '2.0') throw bad(`jsonrpc is ${show(jsonrpc)}`)
  if (typeof method !== 'string') throw bad(`method is ${show(method)}`)
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') throw bad(`id is ${show(id)}`)
  if (!isObject(params)) throw bad(`params is ${show(params)}`)
  checks.pass(isMessage, id === undefined ? `The notification ${method}` : `${method}, id ${id}`)
  return { id: id ?? null, isNotification: id === undefined, method, params }
}
