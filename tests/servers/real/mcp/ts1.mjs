// TypeScript SDK 1.x, streamable HTTP with sessions, as its example simpleStreamableHttp. usage: ts1.mjs PORT:MODE...
import { randomUUID } from 'node:crypto'
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js'
import cors from 'cors'
import { z } from 'zod'
import { verifier } from './verifier.mjs'

const CORS = {
  none: undefined,
  example: { origin: '*', exposedHeaders: ['Mcp-Session-Id'], credentials: true }, // word for word the SDK's example
  whole: { origin: '*', exposedHeaders: ['Mcp-Session-Id', 'WWW-Authenticate', 'Mcp-Protocol-Version'] },
}
const oauthMetadata = await (await fetch('http://localhost:3915/.well-known/openid-configuration')).json()

function mcp() {
  const server = new McpServer({ name: 'lab-ts1', version: '1.0.0' }, { capabilities: { logging: {} } })
  server.registerTool(
    'echo',
    { description: 'says it again', inputSchema: { text: z.string() } },
    async ({ text }) => ({ content: [{ type: 'text', text }] }),
  )
  server.registerTool(
    'count',
    { description: 'notifies, then responds', inputSchema: { n: z.number() } },
    async ({ n }, extra) => {
      for (let i = 1; i <= n; i++) {
        await extra.sendNotification({
          method: 'notifications/message',
          params: { level: 'info', data: `tick ${i}` },
        })
        await new Promise((done) => setTimeout(done, 500))
      }
      return { content: [{ type: 'text', text: `counted to ${n}` }] }
    },
  )
  return server
}

for (const [port, mode] of process.argv.slice(2).map((argument) => argument.split(':'))) {
  const url = new URL(`http://localhost:${port}/mcp`)
  const app = createMcpExpressApp()
  if (CORS[mode]) app.use(cors(CORS[mode]))
  app.use(
    mcpAuthMetadataRouter({
      oauthMetadata,
      resourceServerUrl: url,
      scopesSupported: ['mcp:tools', 'mcp:read'],
      resourceName: 'MCP lab server',
    }),
  )
  const auth = requireBearerAuth({
    verifier: verifier((message) => new InvalidTokenError(message)),
    requiredScopes: ['mcp:tools'],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
    expectedResource: url,
  })
  const sessions = new Map()
  app.post('/mcp', auth, async (request, response) => {
    const id = request.headers['mcp-session-id']
    if (id && sessions.has(id)) return sessions.get(id).handleRequest(request, response, request.body)
    if (!id && isInitializeRequest(request.body)) {
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (made) => sessions.set(made, transport),
      })
      await mcp().connect(transport)
      return transport.handleRequest(request, response, request.body)
    }
    response.status(400).json({
      jsonrpc: '2.0',
      error: { code: -32000, message: 'Bad Request: No valid session ID provided' },
      id: null,
    })
  })
  const session = async (request, response) => {
    const id = request.headers['mcp-session-id']
    if (!id || !sessions.has(id)) return response.status(400).send('Invalid or missing session ID')
    await sessions.get(id).handleRequest(request, response)
  }
  app.get('/mcp', auth, session)
  app.delete('/mcp', auth, session)
  app.listen(Number(port), '127.0.0.1')
}
