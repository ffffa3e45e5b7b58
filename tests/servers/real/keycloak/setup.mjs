// Makes the realm "lab" and its clients anew, by Keycloak's administration API.
import { readFileSync } from 'node:fs'

const base = 'http://localhost:8080'
const origin = process.env.ORIGIN ?? 'http://localhost:4290'
const webOrigins = { right: [origin], wrong: ['http://localhost:9'], none: [] }[process.env.CORS ?? 'right']
const jwks = readFileSync(process.env.JWKS, 'utf8')

async function login() {
  const body = new URLSearchParams({
    grant_type: 'password',
    client_id: 'admin-cli',
    username: 'admin',
    password: 'admin',
  })
  const response = await fetch(`${base}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body,
  })
  return (await response.json()).access_token
}
// A token of this client is good for a minute, and a busy machine needs longer for all of it.
let token = await login()
let since = Date.now()

async function api(method, path, body) {
  if (Date.now() - since > 20_000) {
    token = await login()
    since = Date.now()
  }
  const response = await fetch(`${base}/admin/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok && !(method === 'DELETE' && response.status === 404))
    throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}

const client = (clientId, more = {}) => ({
  clientId,
  secret: 'change-me',
  enabled: true,
  protocol: 'openid-connect',
  publicClient: false,
  serviceAccountsEnabled: true,
  standardFlowEnabled: false,
  directAccessGrantsEnabled: false,
  redirectUris: [],
  webOrigins,
  ...more,
})
const audience = (value, key = 'included.custom.audience') => ({
  name: 'audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { [key]: value, 'access.token.claim': 'true', 'introspection.token.claim': 'true' },
})

for (const realm of ['lab', 'off']) {
  await api('DELETE', `realms/${realm}`)
  await api('POST', 'realms', { realm, enabled: true, accessTokenLifespan: 300 })
}

const clients = [
  client('m2m'),
  client('basic-only', {
    attributes: { 'client.secret.authentication.allowed.method': 'client_secret_basic' },
  }),
  client('no-account', { serviceAccountsEnabled: false, standardFlowEnabled: true }),
  client('public', {
    publicClient: true,
    serviceAccountsEnabled: false,
    standardFlowEnabled: true,
    secret: undefined,
    redirectUris: [`${origin}/*`],
  }),
  client('disabled', { enabled: false }),
  client('signed-jwt', {
    clientAuthenticatorType: 'client-jwt',
    attributes: { 'use.jwks.string': 'true', 'jwks.string': jwks },
  }),
  client('secret-jwt', {
    clientAuthenticatorType: 'client-secret-jwt',
    secret: 'change-me-please-0123456789-abcdefgh',
  }),
  client('no-origins', { webOrigins: [] }),
  client('slash-origin', { webOrigins: [`${origin}/`] }),
  client('dpop', { attributes: { 'dpop.bound.access.tokens': 'true' } }),
  client('audience', { protocolMappers: [audience('https://api.example')] }),
  client('at-jwt', { attributes: { 'access.token.header.type.rfc9068': 'true' } }),
  client('short', { attributes: { 'access.token.lifespan': '20' } }),
  client('special', { secret: 'p%ss+w:rd/ä ~=&' }),
  client('api', { secret: 'api-secret' }),
]
for (const c of clients) await api('POST', 'realms/lab/clients', c)
await api('POST', 'realms/off/clients', client('m2m'))
await api('PUT', 'realms/off', { ...(await api('GET', 'realms/off')), enabled: false })

// Scopes: read comes by default, write on demand; write adds the audience "api".
for (const name of ['read', 'write']) {
  await api('POST', 'realms/lab/client-scopes', {
    name,
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'false' },
  })
}
const scopes = Object.fromEntries((await api('GET', 'realms/lab/client-scopes')).map((s) => [s.name, s.id]))
await api(
  'POST',
  `realms/lab/client-scopes/${scopes.write}/protocol-mappers/models`,
  audience('api', 'included.client.audience'),
)
const assign = async (clientId, kind, scope) => {
  const [{ id }] = await api('GET', `realms/lab/clients?clientId=${clientId}`)
  await api('PUT', `realms/lab/clients/${id}/${kind}-client-scopes/${scopes[scope]}`)
}
for (const id of ['m2m', 'dpop', 'at-jwt']) await assign(id, 'default', 'read')
await assign('m2m', 'optional', 'write')
console.log(`realm lab: ${clients.length} clients, Web origins ${JSON.stringify(webOrigins)}`)
