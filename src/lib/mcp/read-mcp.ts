import type { Exchange, HttpResponse } from '../http/message.ts'
import { headerValue } from '../http/message.ts'
import { asString, type JsonValue, member } from '../json/value.ts'
import { type JsonRpcDeviation, readJsonRpc, readJsonRpcRequest } from './json-rpc.ts'
import { metaNames } from './messages.ts'
import { type Tool, toolsIn } from './tools.ts'

/** What a response of an MCP server says of the server. */
export interface McpReading {
  /** The method that was called; empty if the call was no request of JSON-RPC. */
  readonly method: string
  /** Its name and version as one text; `null` if it does not say. */
  readonly server: string | null
  /** The version that was negotiated, or those that it serves; empty if it does not say. */
  readonly versions: readonly string[]
  /** The names of its capabilities; `null` if it does not say. */
  readonly capabilities: readonly string[] | null
  /** `null` if the response is no list of tools. */
  readonly tools: readonly Pick<Tool, 'name' | 'description'>[] | null
  /** Whether there are more of them than these. */
  readonly hasMore: boolean
  /** What a page knows of the session that `initialize` may open, in a sentence; `null` for other methods. */
  readonly session: string | null
  /** How many messages came before the response. */
  readonly notifications: number
  /** What JSON-RPC does not provide for, a sentence each. */
  readonly deviations: readonly string[]
}

const most = { tools: 50, names: 20, characters: 300 }

const cut = (text: string): string =>
  text.length > most.characters ? `${text.slice(0, most.characters)}…` : text

/**
 * What an exchange says of an MCP server; `null` if its response has no result of JSON-RPC. A response that broke off, or
 * goes on, counts with what has come of it. Never throws.
 */
export function readMcp({ request, outcome }: Pick<Exchange, 'request' | 'outcome'>): McpReading | null {
  const response =
    outcome.kind === 'response' ? outcome.response : 'partial' in outcome ? outcome.partial : null
  const sent = readJsonRpcRequest(request.body)
  const reading = response && readJsonRpc(response, sent?.id)
  if (!reading || reading.response?.kind !== 'result') return null
  const { result } = reading.response
  const method = sent?.method ?? ''
  return {
    method,
    server: serverOf(result),
    versions: versionsOf(result),
    capabilities: namesOf(member(result, 'capabilities')),
    ...toolsOf(result),
    session: method === 'initialize' ? sessionOf(response) : null,
    notifications: reading.notifications.length,
    deviations: reading.deviations.map((deviation) => deviations[deviation]),
  }
}

function serverOf(result: JsonValue): string | null {
  const info = member(result, 'serverInfo') ?? member(member(result, '_meta'), metaNames.server)
  const named = [
    asString(member(info, 'title')) ?? asString(member(info, 'name')),
    asString(member(info, 'version')),
  ]
  const text = named.filter(Boolean).join(' ')
  return text === '' ? null : cut(text)
}

const textsIn = (value: JsonValue | undefined): readonly string[] =>
  value?.kind === 'array' ? value.items.flatMap((item) => asString(item) ?? []) : []

function versionsOf(result: JsonValue): readonly string[] {
  const negotiated = asString(member(result, 'protocolVersion'))
  const all = negotiated === undefined ? textsIn(member(result, 'supportedVersions')) : [negotiated]
  return all.slice(0, most.names).map(cut)
}

const namesOf = (value: JsonValue | undefined): readonly string[] | null =>
  value?.kind === 'object' ? value.members.slice(0, most.names).map(({ key }) => cut(key)) : null

function toolsOf(result: JsonValue): Pick<McpReading, 'tools' | 'hasMore'> {
  if (member(result, 'tools')?.kind !== 'array') return { tools: null, hasMore: false }
  const { tools, more } = toolsIn(result)
  return {
    tools: tools
      .slice(0, most.tools)
      .map(({ name, description }) => ({ name: cut(name), description: cut(description) })),
    hasMore: more || tools.length > most.tools,
  }
}

/** Every server sends Date, which CORS hides too: who sees that sees everything. */
function sessionOf({ headers }: HttpResponse): string {
  if (headerValue(headers, 'mcp-session-id') !== null)
    return 'The server opened a session: further calls name it in Mcp-Session-Id.'
  return headerValue(headers, 'date') === null
    ? 'No Mcp-Session-Id can be read: the server keeps no sessions, or CORS hides it. If further calls are refused, let the server send Access-Control-Expose-Headers: Mcp-Session-Id.'
    : 'The server opened no session: further calls need none.'
}

/** @see https://www.jsonrpc.org/specification#response_object */
const deviations: Readonly<Record<JsonRpcDeviation, string>> = {
  version: 'A message does not have jsonrpc: "2.0".',
  'id-null': 'The response has no id, or null, though the id of the request could be read.',
  'id-other': 'The response has another id than the request: 1 and "1" are two.',
  'two-responses': 'More than one response came: the last one with the id of the request counts.',
  both: 'The response has result and error, of which one must be there.',
  'error-shape': 'The error has no number as its code.',
}
