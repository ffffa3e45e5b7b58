/**
 * Metadata of protected resources as servers sent them on 2026-11-30: a server with one thing wrong at each path (port 3908), the SDKs
 * of MCP, and the authorization server that they name (oidc-provider 9.13.3, port 3915; of its metadata what this grant needs).
 */

export const odd = 'http://localhost:3908'
export const authorizationServer = 'http://localhost:3915'

/** What is at `/.well-known/oauth-authorization-server` of the authorization server, and of MCP servers of the TypeScript SDKs. */
export const serverMetadata = {
  issuer: 'http://localhost:3915',
  token_endpoint: 'http://localhost:3915/token',
  jwks_uri: 'http://localhost:3915/jwks',
  introspection_endpoint: 'http://localhost:3915/token/introspection',
  revocation_endpoint: 'http://localhost:3915/token/revocation',
  grant_types_supported: ['implicit', 'authorization_code', 'client_credentials'],
  scopes_supported: ['openid', 'mcp:tools', 'mcp:read', 'mcp:write'],
  token_endpoint_auth_methods_supported: [
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
    'none',
  ],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'],
  dpop_signing_alg_values_supported: ['ES256', 'Ed25519', 'EdDSA'],
}

/** What came, by metadata URL. */
export interface CapturedDocument {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** By the path before `/mcp`; of `query`, the URL that was called has `?tenant=a`. */
export const oddDocuments: Readonly<Record<string, CapturedDocument>> = {
  good: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/good/mcp","authorization_servers":["http://localhost:3915"],"scopes_supported":["mcp:read"]}',
  },
  slash: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/slash/mcp/","authorization_servers":["http://localhost:3915"]}',
  },
  otherres: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"https://api.example.com/mcp","authorization_servers":["http://localhost:3915"]}',
  },
  origin: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908","authorization_servers":["http://localhost:3915"]}',
  },
  noas: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/noas/mcp","scopes_supported":["mcp:read"]}',
  },
  emptyas: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/emptyas/mcp","authorization_servers":[]}',
  },
  asurl: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/asurl/mcp","authorization_servers":["http://localhost:3915/.well-known/openid-configuration"]}',
  },
  asslash: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/asslash/mcp","authorization_servers":["http://localhost:3915/"]}',
  },
  two: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/two/mcp","authorization_servers":["http://localhost:3914","http://localhost:3915"]}',
  },
  dpop: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/dpop/mcp","authorization_servers":["http://localhost:3915"],"bearer_methods_supported":[],"dpop_bound_access_tokens_required":true,"dpop_signing_alg_values_supported":["ES256"]}',
  },
  signed: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/signed/mcp","authorization_servers":["http://localhost:3915"],"signed_metadata":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0."}',
  },
  nometa: {
    status: 404,
    type: 'application/json',
    body: '{"error":"not_found"}',
  },
  html: {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: '<!doctype html><title>App</title><div id="root"></div>',
  },
  nocors: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/nocors/mcp","authorization_servers":["http://localhost:3915"]}',
  },
  hidden: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/hidden/mcp","authorization_servers":["http://localhost:3915"]}',
  },
  otherhost: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/otherhost/mcp","authorization_servers":["http://localhost:3915"]}',
  },
  rootonly: {
    status: 404,
    type: 'application/json',
    body: '{"error":"not_found"}',
  },
  bare: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/bare/mcp","authorization_servers":["http://localhost:3915"]}',
  },
  redirect: {
    status: 302,
    type: '',
    body: '',
  },
  query: {
    status: 200,
    type: 'application/json',
    body: '{"resource":"http://localhost:3908/query/mcp?tenant=a","authorization_servers":["http://localhost:3915"]}',
  },
}

/** What the root of the same origin has, by the source of that server. */
export const oddRoot = { resource: odd, authorization_servers: [authorizationServer] }

/** By what made the server, at `http://localhost:PORT/mcp`. */
export const sdkDocuments = {
  'TypeScript SDK 1': {
    port: 3900,
    body: '{"resource":"http://localhost:3900/mcp","authorization_servers":["http://localhost:3915"],"scopes_supported":["mcp:tools","mcp:read"],"resource_name":"MCP trial server"}',
  },
  'TypeScript SDK 2': {
    port: 3903,
    body: '{"resource":"http://localhost:3903/mcp","authorization_servers":["http://localhost:3915"],"scopes_supported":["mcp:tools","mcp:read"],"resource_name":"MCP trial server v2"}',
  },
  'Python SDK': {
    port: 3905,
    body: '{"resource":"http://localhost:3905/mcp","authorization_servers":["http://localhost:3915"],"scopes_supported":["mcp:tools"],"bearer_methods_supported":["header"]}',
  },
  FastMCP: {
    port: 3906,
    body: '{"resource":"http://localhost:3906/mcp","authorization_servers":["http://localhost:3915/"],"scopes_supported":["mcp:tools"],"bearer_methods_supported":["header"]}',
  },
} as const
