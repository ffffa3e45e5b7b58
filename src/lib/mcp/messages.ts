/** Versions of the protocol that this page speaks: the first without sessions, and the last with them. */
export const versions = { modern: '2026-07-28', legacy: '2025-11-25' } as const

/** What an MCP client accepts: the server chooses. @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports */
export const acceptsBoth = 'application/json, text/event-stream'

/** Where a request of the newer generation has what the older one says once, in initialize. */
export const metaNames = {
  version: 'io.modelcontextprotocol/protocolVersion',
  client: 'io.modelcontextprotocol/clientInfo',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  server: 'io.modelcontextprotocol/serverInfo',
} as const

/** The client as it names itself. */
export const clientInfo = { name: 'Client Credentials Playground', version: '1.0.0' }

/** A message with the header fields that go with it; those that are `null` must not be there. */
export interface McpMessage {
  readonly body: string
  readonly fields: readonly (readonly [name: string, value: string | null])[]
}

const none = { 'Mcp-Session-Id': null, 'MCP-Protocol-Version': null, 'Mcp-Method': null, 'Mcp-Name': null }

const message = (body: object, fields: Readonly<Record<string, string | null>>): McpMessage => ({
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }),
  fields: Object.entries({ Accept: acceptsBoth, 'Content-Type': null, ...none, ...fields }),
})

/** The first message of a client of the older generation: no version and no session in its header. */
export const initialize = (version: string = versions.legacy): McpMessage =>
  message({ method: 'initialize', params: { protocolVersion: version, capabilities: {}, clientInfo } }, {})

/** `_meta` of every request of the newer generation. */
export const metaOf = (version: string): Readonly<Record<string, unknown>> => ({
  [metaNames.version]: version,
  [metaNames.client]: clientInfo,
  [metaNames.capabilities]: {},
})

/** A request of the newer generation: it has no session, and names version and method twice. */
export const modern = (method: string, version: string = versions.modern): McpMessage =>
  message(
    { method, params: { _meta: metaOf(version) } },
    { 'MCP-Protocol-Version': version, 'Mcp-Method': method },
  )

/** The tools by the older generation, in the session that is open. */
export const listTools: McpMessage = {
  body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} }),
  fields: [['Accept', acceptsBoth]],
}
