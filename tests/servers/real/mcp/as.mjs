// The authorization server of the MCP servers (port 3915): oidc-provider with resource indicators; a JWT with that aud comes of them.
import { Provider, errors } from 'oidc-provider'

const cors = process.env.CORS ?? 'right'
const origin = process.env.ORIGIN
const scope = 'openid mcp:tools mcp:read mcp:write'
const client = (client_id, more = {}) => ({
  client_id,
  client_secret: 'change-me',
  token_endpoint_auth_method: 'client_secret_post',
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  scope,
  ...more,
})

const known = new Set()
for (let port = 3900; port <= 3914; port++) {
  for (const host of ['localhost', '127.0.0.1']) {
    for (const path of ['', '/', '/mcp', '/mcp/']) known.add(`http://${host}:${port}${path}`)
  }
}

const provider = new Provider('http://localhost:3915', {
  clients: [
    client('m2m'),
    client('basic', { token_endpoint_auth_method: 'client_secret_basic' }),
    client('narrow', { scope: 'openid mcp:read' }),
    client('default'),
  ],
  scopes: scope.split(' '),
  clientBasedCORS: (ctx, asked) => cors === 'right' && asked === origin,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true, allowedPolicy: () => true },
    resourceIndicators: {
      enabled: true,
      // The client "default" gets a token for another server when it names none.
      defaultResource: (ctx, { clientId }) =>
        clientId === 'default' ? 'http://localhost:3914/mcp' : undefined,
      getResourceServerInfo(ctx, resource) {
        if (!known.has(resource) && !resource.startsWith('http://localhost:3908/'))
          throw new errors.InvalidTarget('unknown resource')
        return {
          scope,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
          audience: resource,
          accessTokenTTL: 900,
        }
      },
    },
  },
  renderError(ctx, out) {
    ctx.type = 'json'
    ctx.body = out
  },
})
provider.listen(3915, '127.0.0.1')
