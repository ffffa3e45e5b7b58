import {
  createMcpExpressApp,
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  type OAuthTokenVerifier,
  requireBearerAuth,
} from '@modelcontextprotocol/express'
import { toNodeHandler } from '@modelcontextprotocol/node'
import {
  createMcpHandler,
  fromJsonSchema,
  McpServer,
  OAuthError,
  OAuthErrorCode,
} from '@modelcontextprotocol/server'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { Handler } from './loopback.ts'

/** The scope that its tokens need. */
const mcpScope = 'mcp:tools'

/** Whether a path is one of the MCP server, which is next to the API. */
export const isMcp = (path: string): boolean =>
  path === '/mcp' || path.startsWith('/.well-known/oauth-protected-resource')

/**
 * An MCP server of the official SDK, of both generations of the protocol, as a protected resource of that issuer. CORS and preflights are the
 * caller's.
 *
 * @param url where it is, and the audience of its tokens
 * @see RFC 9728
 */
export function mcpHandler(url: URL, issuer: string): Handler {
  const app = createMcpExpressApp()
  const oauthMetadata = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    response_types_supported: ['none'],
  }
  const resource = { resourceServerUrl: url, scopesSupported: [mcpScope], resourceName: 'Local MCP server' }
  app.use(mcpAuthMetadataRouter({ oauthMetadata, ...resource }))
  const handler = toNodeHandler(createMcpHandler(makeServer))
  const authorized = requireBearerAuth({
    verifier: verifierOf(issuer),
    requiredScopes: [mcpScope],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
    expectedResource: url,
  })
  app.all(url.pathname, authorized, (request, response) => handler(request, response, request.body))
  return (request, response) => {
    app(request, response)
  }
}

/** As the examples of the SDK verify a token; the SDK compares the audience. */
function verifierOf(issuer: string): OAuthTokenVerifier {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  return {
    verifyAccessToken: async (token) => {
      const { payload } = await jwtVerify<{ client_id: string; scope?: string }>(token, keys, {
        issuer,
        typ: 'at+jwt',
      }).catch((error: unknown) => {
        if (!(error instanceof errors.JOSEError)) throw error
        const isOld = error instanceof errors.JWTExpired
        throw new OAuthError(
          OAuthErrorCode.InvalidToken,
          isOld ? 'Token has expired' : `Invalid token: ${error.message}`,
        )
      })
      const [audience] = [payload.aud].flat()
      return {
        token,
        clientId: payload.client_id,
        scopes: (payload.scope ?? '').split(' '),
        ...(payload.exp === undefined ? {} : { expiresAt: payload.exp }),
        ...(audience !== undefined && URL.canParse(audience) ? { resource: new URL(audience) } : {}),
      }
    },
  }
}

function makeServer(): McpServer {
  const server = new McpServer({ name: 'local-mcp', version: '1.0.0' }, { capabilities: { logging: {} } })
  server.registerTool(
    'greet',
    {
      description: 'Greets whoever is named',
      inputSchema: fromJsonSchema<{ name: string }>({
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
      }),
    },
    ({ name }) => ({ content: [{ type: 'text', text: `Hello, ${name}!` }] }),
  )
  return server
}
