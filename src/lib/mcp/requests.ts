import { encodeBase64 } from '../encoding/base64.ts'
import { type ApiCall, withHeader } from '../oauth/config/api-call.ts'
import { argumentsFor, fieldsFor } from './arguments.ts'
import { acceptsBoth, clientInfo, metaOf, versions } from './messages.ts'
import type { Tool } from './tools.ts'

/** A request, or a notification, that a client of MCP makes; `DELETE` ends a session. */
export type McpMethod =
  | 'server/discover'
  | 'initialize'
  | 'notifications/initialized'
  | 'tools/list'
  | 'tools/call'
  | 'ping'
  | 'DELETE'

/** What the next request depends on. */
export interface McpContext {
  /** The version that the server chose, or is asked for; `null` while that is not known. */
  readonly version: string | null
  /** The ID of the session; `null` if there is none, or no page can read it. */
  readonly session: string | null
  /** The `id` of the next request, which no other request of this server had. */
  readonly nextId: number
}

/** What a request of MCP is in the form of an API call. */
export type McpCall = Pick<ApiCall, 'method' | 'headers' | 'body'>

/** Whether the version is one without `initialize`. They are dates, which order as texts. */
export const isModern = (version: string | null): boolean => version !== null && version >= versions.modern

/** The fields that a request of MCP sets or does without; the user’s others stay. */
const ownFields = ['Accept', 'MCP-Protocol-Version', 'Mcp-Method', 'Mcp-Name', 'Mcp-Session-Id'] as const

/**
 * A request of MCP over Streamable HTTP as an API call. The type of its body follows from the body.
 *
 * @param headers those of the call as it is typed
 * @param tool to be called, for `tools/call`
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export function mcpCall(
  method: McpMethod,
  context: McpContext,
  headers: ApiCall['headers'],
  tool: Tool | null = null,
): McpCall {
  const version = versionOf(method, context)
  const own = fieldsOf(method, version, context, tool)
  const params = tool && isModern(version) ? fieldsFor(tool.inputSchema, argumentsFor(tool.inputSchema)) : []
  const fields: readonly (readonly [name: string, value: string | null])[] = [
    ...ownFields.map((name) => [name, own[name] ?? null] as const),
    ...params.map(([name, value]) => [name, fieldValue(value)] as const),
  ]
  return {
    method: method === 'DELETE' ? 'DELETE' : 'POST',
    headers: fields.reduce<ApiCall['headers']>(
      (all, [name, value]) => withHeader(all, name, value),
      headers.filter(({ name }) => !/^mcp-param-/i.test(name)),
    ),
    body: method === 'DELETE' ? '' : JSON.stringify(messageOf(method, version, context, tool), null, 2),
  }
}

/** What a method says of the version outranks what was found out: `initialize` is of no modern version. */
function versionOf(method: McpMethod, { version }: McpContext): string {
  if (method === 'server/discover') return isModern(version) && version !== null ? version : versions.modern
  const isLegacyOnly = method === 'initialize' || method === 'notifications/initialized' || method === 'ping'
  if (isLegacyOnly || method === 'DELETE')
    return version === null || isModern(version) ? versions.legacy : version
  return version ?? versions.modern
}

function fieldsOf(
  method: McpMethod,
  version: string,
  { session }: McpContext,
  tool: Tool | null,
): Partial<Record<(typeof ownFields)[number], string>> {
  const accept = method === 'DELETE' ? {} : { Accept: acceptsBoth }
  // The version is in the body, and there is no session yet.
  if (method === 'initialize') return accept
  const chosen = { ...accept, 'MCP-Protocol-Version': version }
  if (!isModern(version)) return { ...chosen, ...(session === null ? {} : { 'Mcp-Session-Id': session }) }
  return { ...chosen, 'Mcp-Method': method, ...(tool ? { 'Mcp-Name': fieldValue(tool.name) } : {}) }
}

/** @see https://www.jsonrpc.org/specification#request_object */
function messageOf(method: McpMethod, version: string, { nextId }: McpContext, tool: Tool | null): object {
  const called = tool ? { name: tool.name, arguments: argumentsFor(tool.inputSchema) } : {}
  const message = { jsonrpc: '2.0', id: nextId, method }
  if (method === 'notifications/initialized') return { jsonrpc: '2.0', method }
  if (method === 'ping') return message
  if (method === 'initialize')
    return { ...message, params: { protocolVersion: version, capabilities: {}, clientInfo } }
  return { ...message, params: { ...called, ...(isModern(version) ? { _meta: metaOf(version) } : {}) } }
}

/** A value as a header field carries it: what is not printable ASCII, or looks as if it were encoded, goes as the base64 of its UTF-8. */
function fieldValue(value: string): string {
  const isPlain =
    /^(?:[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?)?$/.test(value) && !/^=\?base64\?.*\?=$/i.test(value)
  return isPlain ? value : `=?base64?${encodeBase64(new TextEncoder().encode(value))}?=`
}
