// TypeScript SDK 2.x. usage: ts2.mjs PORT:MODE...; the mode "modern" accepts the newest protocol version alone.
import {
  createMcpExpressApp,
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  requireBearerAuth,
} from '@modelcontextprotocol/express'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer, OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server'
import cors from 'cors'
import { z } from 'zod'
import { verifier } from './verifier.mjs'

const oauthMetadata = await (await fetch('http://localhost:3915/.well-known/openid-configuration')).json()

function mcp() {
  const server = new McpServer({ name: 'lab-ts2', version: '1.0.0' }, { capabilities: { logging: {} } })
  server.registerTool(
    'echo',
    { description: 'says it again', inputSchema: z.object({ text: z.string() }) },
    async ({ text }) => ({ content: [{ type: 'text', text }] }),
  )
  server.registerTool(
    'count',
    { description: 'notifies, then responds', inputSchema: z.object({ n: z.number() }) },
    async ({ n }, ctx) => {
      for (let i = 1; i <= n; i++) {
        await ctx.mcpReq?.log?.('info', `tick ${i}`)
        await new Promise((done) => setTimeout(done, 500))
      }
      return { content: [{ type: 'text', text: `counted to ${n}` }] }
    },
  )
  return server
}

for (const [port, mode] of process.argv.slice(2).map((argument) => argument.split(':'))) {
  const url = new URL(`http://localhost:${port}/mcp`)
  const app = createMcpExpressApp(mode === 'origins' ? { allowedOrigins: ['app.example.com'] } : {})
  if (mode !== 'none') app.use(cors({ origin: '*', exposedHeaders: ['Mcp-Session-Id', 'WWW-Authenticate'] }))
  app.use(
    mcpAuthMetadataRouter({
      oauthMetadata,
      resourceServerUrl: url,
      scopesSupported: ['mcp:tools', 'mcp:read'],
      resourceName: 'MCP lab server',
    }),
  )
  const auth = requireBearerAuth({
    verifier: verifier((message) => new OAuthError(OAuthErrorCode.InvalidToken, message)),
    requiredScopes: ['mcp:tools'],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
    expectedResource: url,
  })
  const handler = toNodeHandler(createMcpHandler(mcp, mode === 'modern' ? { legacy: 'reject' } : {}))
  app.all('/mcp', auth, (request, response) => handler(request, response, request.body))
  app.listen(Number(port), '127.0.0.1')
}
