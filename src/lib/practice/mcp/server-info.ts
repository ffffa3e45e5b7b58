/** What the server says of itself, in both generations of the protocol. */
export const serverInfo = { name: 'Practice MCP server', version: '1.0.0' }
