import type { Source } from '../../explanation/server-record.ts'
import { type Framework, type FrameworkForm, literal } from './framework.ts'

const docs = (label: string, href: string): Source => ({ label, href })

/** What a page sends to an MCP server, and reads of its responses; a browser asks for each before it sends one. */
const sent = [
  'Authorization',
  'Content-Type',
  'Mcp-Method',
  'Mcp-Name',
  'MCP-Protocol-Version',
  'Mcp-Session-Id',
]
const read = ['Mcp-Session-Id', 'WWW-Authenticate']

const list = (names: readonly string[], quote: string): string =>
  names.map((name) => quote + name + quote).join(', ')

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).hostname : 'localhost')

/** The URL of the server, as tokens are for it: the audience of the form, with the path of what is called. */
const urlOf = ({ audience, path }: FrameworkForm): string =>
  URL.canParse(audience) && new URL(audience).pathname === '/' ? new URL(path, audience).href : audience

const starletteCors = (origin: string, indent: string): string =>
  [
    `allow_origins=["${origin}"],`,
    'allow_methods=["GET", "POST", "DELETE"],',
    `allow_headers=[${list(sent, '"')}],`,
    `expose_headers=[${list(read, '"')}],`,
  ]
    .map((line) => indent + line)
    .join('\n')

const bearerAlone =
  'The SDK knows no DPoP: it reads the scheme Bearer alone, so ask for a token that is bound to no key.'

export const mcpTypeScript: Framework = {
  name: 'MCP server: TypeScript SDK',
  cors: ({ origin }) => [
    {
      text: 'In the folder of the project:',
      language: 'shell',
      code: 'npm install @modelcontextprotocol/server @modelcontextprotocol/express @modelcontextprotocol/node express cors',
    },
    {
      text: 'Below the line that makes app, before every other app.use. That line has the host of this page, as the SDK refuses other origins with 403 before CORS. The examples of the SDK expose Mcp-Session-Id alone, which hides the challenge of a 401.',
      language: 'JavaScript',
      code: `import cors from 'cors'
import { createMcpExpressApp } from '@modelcontextprotocol/express'

const app = createMcpExpressApp({ allowedOrigins: ['${hostOf(origin)}'] })

app.use(
  cors({
    origin: '${origin}',
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: [${list(sent, "'")}],
    exposedHeaders: [${list(read, "'")}],
  }),
)`,
      source: docs('cors: README', 'https://github.com/expressjs/cors'),
    },
  ],
  token: (form) => [
    {
      text: 'Below it (npm install jose). mcpAuthMetadataRouter serves the metadata of RFC 9728; without expectedResource every token of the issuer is accepted.',
      language: 'JavaScript',
      code: `import * as mcp from '@modelcontextprotocol/express'
import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = ${literal(form.issuer)}
const url = new URL(${literal(urlOf(form))})
const wellKnown = issuer + '/.well-known/openid-configuration' // or where its metadata are
const oauthMetadata = await (await fetch(wellKnown)).json()
const keys = createRemoteJWKSet(new URL(oauthMetadata.jwks_uri))

const verifier = {
  async verifyAccessToken(token) {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: url.href })
      const scopes = (payload.scope ?? '').split(' ')
      return { token, clientId: payload.client_id, scopes, expiresAt: payload.exp, resource: url }
    } catch (error) {
      throw new OAuthError(OAuthErrorCode.InvalidToken, error.message)
    }
  },
}

app.use(mcp.mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: url, scopesSupported: [${literal(form.scope)}] }))
const authorized = mcp.requireBearerAuth({
  verifier,
  requiredScopes: [${literal(form.scope)}],
  resourceMetadataUrl: mcp.getOAuthProtectedResourceMetadataUrl(url),
  expectedResource: url,
})`,
      source: docs('TypeScript SDK', 'https://github.com/modelcontextprotocol/typescript-sdk'),
    },
    {
      text: 'Put authorized before the handler of the endpoint: app.all(url.pathname, authorized, handler).',
    },
  ],
  dpop: [{ text: bearerAlone }],
}

export const mcpPython: Framework = {
  name: 'MCP server: Python SDK (Starlette)',
  cors: ({ origin }) => [
    {
      text: 'Where the app is made. Without allow_headers a preflight with authorization is 400 “Disallowed CORS headers”. transport_security is needed for a page that is not at localhost: other origins are refused with 403.',
      language: 'Python',
      code: `from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware.cors import CORSMiddleware

security = TransportSecuritySettings(
    allowed_hosts=["127.0.0.1:*", "localhost:*"], allowed_origins=["${origin}"]
)
app = CORSMiddleware(
    server.streamable_http_app(transport_security=security),
${starletteCors(origin, '    ')}
)`,
      source: docs('Starlette: CORSMiddleware', 'https://www.starlette.io/middleware/#corsmiddleware'),
    },
  ],
  token: (form) => [
    {
      text: 'Where the server is made (pip install mcp pyjwt cryptography). AuthSettings serves the metadata of RFC 9728; without validate_token_resource every token of the issuer is accepted.',
      language: 'Python',
      code: `import jwt
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import MCPServer

ISSUER = ${literal(form.issuer)}
URL = ${literal(urlOf(form))}


class Verifier(TokenVerifier):
    keys = jwt.PyJWKClient(ISSUER + "/jwks")  # the jwks_uri of its metadata

    async def verify_token(self, token):
        try:
            key = self.keys.get_signing_key_from_jwt(token).key
            claims = jwt.decode(token, key, ["RS256", "ES256"], audience=URL, issuer=ISSUER)
        except jwt.PyJWTError:
            return None
        return AccessToken(token=token, client_id=claims["client_id"], scopes=claims.get("scope", "").split(),
                           expires_at=claims["exp"], resource=URL)


server = MCPServer("my server", token_verifier=Verifier(), auth=AuthSettings(
    issuer_url=ISSUER, resource_server_url=URL, required_scopes=[${literal(form.scope)}],
    validate_token_resource=True))`,
      source: docs('Python SDK', 'https://github.com/modelcontextprotocol/python-sdk'),
    },
  ],
  dpop: [{ text: bearerAlone }],
}

export const fastMcp: Framework = {
  name: 'MCP server: FastMCP',
  cors: ({ origin }) => [
    {
      text: 'Where the server is started. FastMCP’s documentation leaves mcp-method and mcp-name out: a page can then use initialize, and no request of 2026-07-28.',
      language: 'Python',
      code: `from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

cors = Middleware(
    CORSMiddleware,
${starletteCors(origin, '    ')}
)
server.run(transport="http", middleware=[cors])`,
      source: docs('FastMCP: HTTP deployment', 'https://gofastmcp.com/deployment/http'),
    },
  ],
  token: (form) => [
    {
      text: 'Where the server is made. RemoteAuthProvider serves the metadata of RFC 9728; without audience every token of the issuer is accepted. AnyHttpUrl adds a slash to an issuer without a path, which makes it another issuer.',
      language: 'Python',
      code: `from fastmcp import FastMCP
from fastmcp.server.auth import RemoteAuthProvider
from fastmcp.server.auth.providers.jwt import JWTVerifier
from pydantic import AnyHttpUrl

ISSUER = ${literal(form.issuer)}
URL = ${literal(urlOf(form))}

server = FastMCP("my server", auth=RemoteAuthProvider(
    token_verifier=JWTVerifier(
        jwks_uri=ISSUER + "/jwks",  # the jwks_uri of its metadata
        issuer=ISSUER, audience=URL, required_scopes=[${literal(form.scope)}]),
    authorization_servers=[AnyHttpUrl(ISSUER)], base_url=URL.removesuffix("/mcp")))`,
      source: docs('FastMCP: remote OAuth', 'https://gofastmcp.com/servers/auth/remote-oauth'),
    },
  ],
  dpop: [{ text: bearerAlone }],
}
