// Port 3908: protected resources whose metadata (RFC 9728) is wrong in one way each, at /CASE/mcp. CORS is open.
import http from 'node:http'

const BASE = 'http://localhost:3908'
const AS = 'http://localhost:3915'
const meta = (resource, more = {}) => ({ resource, authorization_servers: [AS], ...more })
const cases = {
  good: { note: 'as it should be', meta: (r) => meta(r, { scopes_supported: ['mcp:read'] }) },
  slash: { note: 'resource with a slash at the end', meta: (r) => meta(`${r}/`) },
  otherresource: { note: 'resource of another host', meta: () => meta('https://api.example.com/mcp') },
  origin: { note: 'resource is the origin alone', meta: () => meta(BASE) },
  noserver: { note: 'authorization_servers is missing', meta: (r) => ({ resource: r }) },
  emptyserver: {
    note: 'authorization_servers is empty',
    meta: (r) => meta(r, { authorization_servers: [] }),
  },
  serverurl: {
    note: 'authorization_servers names a metadata URL',
    meta: (r) => meta(r, { authorization_servers: [`${AS}/.well-known/openid-configuration`] }),
  },
  serverslash: {
    note: 'the issuer with a slash; it has none',
    meta: (r) => meta(r, { authorization_servers: [`${AS}/`] }),
  },
  two: {
    note: 'two authorization servers, the first is down',
    meta: (r) => meta(r, { authorization_servers: ['http://localhost:3914', AS] }),
  },
  dpop: {
    note: 'wants tokens bound by DPoP',
    meta: (r) =>
      meta(r, { dpop_bound_access_tokens_required: true, dpop_signing_alg_values_supported: ['ES256'] }),
  },
  nometadata: { note: 'resource_metadata leads to a 404', status: 404 },
  html: { note: 'resource_metadata leads to an HTML page', html: true },
  nocors: { note: 'metadata without CORS', nocors: true, meta: (r) => meta(r) },
  hidden: { note: 'WWW-Authenticate is not exposed', expose: '', meta: (r) => meta(r) },
  bare: { note: '401 without WWW-Authenticate', challenge: () => undefined, meta: (r) => meta(r) },
  rootonly: {
    note: 'no resource_metadata; metadata at the root alone',
    challenge: () => 'Bearer realm="mcp"',
    status: 404,
  },
}

http
  .createServer((request, response) => {
    request.resume()
    const { pathname } = new URL(request.url, BASE)
    const send = (
      status,
      body,
      { headers = {}, cors = true, expose = 'WWW-Authenticate, Mcp-Session-Id' } = {},
    ) => {
      if (cors && request.headers.origin) {
        headers['Access-Control-Allow-Origin'] = request.headers.origin
        headers.Vary = 'Origin'
        if (expose) headers['Access-Control-Expose-Headers'] = expose
      }
      const text = typeof body === 'string'
      if (body !== undefined) headers['Content-Type'] = text ? 'text/html; charset=utf-8' : 'application/json'
      response.writeHead(status, headers).end(text ? body : body && JSON.stringify(body))
    }
    if (request.method === 'OPTIONS') {
      return send(204, undefined, {
        headers: {
          'Access-Control-Allow-Methods': 'GET, POST, DELETE',
          'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
        },
      })
    }
    if (pathname === '/')
      return send(
        200,
        Object.fromEntries(Object.entries(cases).map(([name, { note }]) => [`${BASE}/${name}/mcp`, note])),
      )
    if (pathname === '/.well-known/oauth-protected-resource') return send(200, meta(BASE))

    const asked = /^\/\.well-known\/oauth-protected-resource\/([a-z]+)\/mcp$/.exec(pathname)?.[1]
    if (cases[asked]) {
      const { status, html, nocors, meta: make } = cases[asked]
      if (status) return send(status, { error: 'not_found' })
      if (html) return send(200, '<!doctype html><title>App</title><div id="root"></div>')
      return send(200, make(`${BASE}/${asked}/mcp`), { cors: !nocors })
    }
    const name = /^\/([a-z]+)\/mcp$/.exec(pathname)?.[1]
    if (!cases[name]) return send(404, { error: 'not_found' })
    if (/^bearer \S/i.test(request.headers.authorization ?? ''))
      return send(200, { jsonrpc: '2.0', id: 1, result: {} })
    const {
      challenge = () => `Bearer resource_metadata="${BASE}/.well-known/oauth-protected-resource/${name}/mcp"`,
      expose,
    } = cases[name]
    const value = challenge()
    send(401, { error: 'unauthorized' }, { headers: value ? { 'WWW-Authenticate': value } : {}, expose })
  })
  .listen(3908, '127.0.0.1')
