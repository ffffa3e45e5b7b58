import { challengeField } from '../http/challenges.ts'
import { headerValue, type HttpRequest, type HttpResponse, type Outcome } from '../http/message.ts'
import { parseJson } from '../json/parse.ts'
import { asString, type JsonValue, member } from '../json/value.ts'
import { decodeBody } from '../http/body.ts'
import { type JsonRpcError, readJsonRpc, readJsonRpcRequest } from './json-rpc.ts'

/** What the response to a request of MCP is a sign of. */
export type McpAnswer =
  | { readonly sign: 'result'; readonly result: JsonValue }
  /** A notification, or the end of a session, that the server accepted. */
  | { readonly sign: 'accepted' }
  /** An error that only a server of the modern versions gives. */
  | { readonly sign: 'modern-error'; readonly supported: readonly string[] }
  /** 404 with -32601: the path is right, and the server has no such method. */
  | { readonly sign: 'method-unknown' }
  /** Another error, or a 400 that says nothing: of a server of the legacy versions, if the request was a modern one. */
  | { readonly sign: 'other-error' }
  /** The token, the origin or the path was refused, or the server failed: it says nothing of the version. */
  | { readonly sign: 'refused' }
  /** No response that a page can read, because of the network or CORS. */
  | { readonly sign: 'unreadable' }
  /** Ended by the user or the page. */
  | { readonly sign: 'ended' }

/** An exchange with a server of MCP. */
export interface McpExchange {
  readonly request: HttpRequest
  readonly outcome: Outcome
}

/** An exchange as it is read. */
export interface ReadExchange {
  /** Of the message; `DELETE` if there was none and the session was ended; `null` if it is no request of MCP. */
  readonly method: string | null
  /** Whether the request had an `id`. */
  readonly hasId: boolean
  /** The session that the request named, and the one that its response gives; `null` for none. */
  readonly session: { readonly sent: string | null; readonly given: string | null }
  readonly status: number | null
  readonly answer: McpAnswer
}

/** -32020: header and body differ. -32021: a capability is missing. -32022: the version is not served. */
const modernErrors = ['-32020', '-32021', '-32022']

/** Reads one exchange with a server of MCP. Never throws. */
export function readExchange({ request, outcome }: McpExchange): ReadExchange {
  const message = readJsonRpcRequest(request.body)
  const isEnd = request.method === 'DELETE' && headerValue(request.headers, 'mcp-session-id') !== null
  const response = responseIn(outcome)
  return {
    method: message?.method ?? (isEnd ? 'DELETE' : null),
    hasId: message?.id !== undefined,
    session: {
      sent: headerValue(request.headers, 'mcp-session-id'),
      given: response && headerValue(response.headers, 'mcp-session-id'),
    },
    status: response?.status ?? null,
    answer: response ? answerIn(response, message?.id) : withoutResponse(outcome),
  }
}

/** A response that broke off, or that was cut off while it went on, counts with what came of it. */
function responseIn(outcome: Outcome): HttpResponse | null {
  if (outcome.kind === 'response') return outcome.response
  return 'partial' in outcome ? outcome.partial : null
}

const withoutResponse = (outcome: Outcome): McpAnswer =>
  outcome.kind === 'aborted' ? { sign: 'ended' } : { sign: 'unreadable' }

/** @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#backward-compatibility */
function answerIn(response: HttpResponse, id: string | undefined): McpAnswer {
  const { status } = response
  const message = readJsonRpc(response, id)?.response ?? null
  if (message?.kind === 'result') return { sign: 'result', result: message.result }
  if (status >= 200 && status < 300)
    return message ? errorAnswer(message.error, status) : { sign: 'accepted' }
  if (message && [400, 404].includes(status)) return errorAnswer(message.error, status)
  return status === 400 && !isOfTheToken(response) ? { sign: 'other-error' } : { sign: 'refused' }
}

function errorAnswer({ code, data }: JsonRpcError, status: number): McpAnswer {
  if (modernErrors.includes(code)) {
    const supported = member(data, 'supported')
    const versions =
      supported?.kind === 'array' ? supported.items.flatMap((item) => asString(item) ?? []) : []
    return { sign: 'modern-error', supported: versions }
  }
  return { sign: status === 404 && code === '-32601' ? 'method-unknown' : 'other-error' }
}

/** A 400 may be about the token too. @see RFC 6750 section 3.1 */
function isOfTheToken(response: HttpResponse): boolean {
  const body = decodeBody(response)
  const parsed = parseJson(body.kind === 'text' ? body.text : '')
  const code = parsed.ok ? asString(member(parsed.value, 'error')) : undefined
  return code !== undefined || challengeField(response.headers) !== ''
}
