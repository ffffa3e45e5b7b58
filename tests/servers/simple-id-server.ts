import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { listenOnLoopback } from './loopback.ts'

export interface SimpleIdServer {
  /** `http://localhost:<port>/master`: the realm is a prefix of every path. */
  readonly issuer: string
  readonly tokenEndpoint: string
  close(): Promise<void>
}

const kid = 'wsFedKid'
const lifetime = 1800

/** The method is fixed per client; secrets in the other place are "bad client credential". */
const clients: Readonly<Record<string, { secret: string; method: 'post' | 'basic'; grant: boolean }>> = {
  m2m: { secret: 'password', method: 'post', grant: true },
  'm2m-basic': { secret: 'password', method: 'basic', grant: true },
  website: { secret: 'password', method: 'post', grant: false },
  special: { secret: '50%+more', method: 'post', grant: true },
  digits: { secret: '0042', method: 'post', grant: true },
}
const allowedScopes = ['read']

type Route = (request: IncomingMessage, form: URLSearchParams) => Answer
interface Answer {
  readonly status: number
  readonly type?: string
  readonly body: string
}

class Refusal extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
  ) {
    super(description)
  }
}

/** For all of them: a pair of RSA takes longer to make than the rest of a server. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/**
 * SimpleIdServer's token endpoint as its source and its own tests have it, deviations included: 400 for
 * `invalid_client`, the scope checked before the client, array `scope` and `aud` in the token, a refresh token
 * that nobody asked for. The host application allows any origin, and exposes no header.
 */
export async function startSimpleIdServer(port = 0): Promise<SimpleIdServer> {
  const listener = await listenOnLoopback(port)
  const issuer = `${listener.origin}/master`
  const issued = new Map<string, Record<string, unknown>>()

  const token: Route = (request, form) => {
    if (form.get('grant_type') !== 'client_credentials') throw new Refusal('invalid_grant', 'bad grant type')
    const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean)
    if (scopes.length === 0) throw new Refusal('invalid_request', 'missing parameter scope')
    const clientId = authenticate(request, form)
    if (clients[clientId]?.grant !== true) {
      throw new Refusal('invalid_client', 'grant type client_credentials is not supported by the client')
    }
    const duplicates = scopes.filter((scope, index) => scopes.indexOf(scope) < index)
    if (duplicates.length > 0)
      throw new Refusal('invalid_scope', `duplicate scopes : ${duplicates.join(',')}`)
    const denied = scopes.filter((scope) => !allowedScopes.includes(scope))
    if (denied.length > 0) throw new Refusal('invalid_scope', `unauthorized to scopes : ${denied.join(',')}`)

    const now = Math.floor(Date.now() / 1000)
    const times = { exp: now + lifetime, iss: issuer, iat: now, nbf: now }
    const claims = { aud: ['shopApi'], client_id: clientId, scope: scopes, ...times }
    const accessToken = jws(claims, privateKey)
    issued.set(accessToken, claims)
    const body = {
      expires_in: lifetime,
      scope: scopes.join(' '),
      access_token: accessToken,
      refresh_token: randomUUID(),
      token_type: 'Bearer',
    }
    return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(body) }
  }

  const introspect: Route = (request, form) => {
    authenticate(request, form)
    const claims = issued.get(form.get('token') ?? '')
    if (claims === undefined) return { status: 200, body: '{"active":false}' }
    const scalars = Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(' ') : value,
    ])
    return { status: 200, body: JSON.stringify({ active: true, ...Object.fromEntries(scalars) }) }
  }

  /** Reads the form instead of the header fields, so Basic credentials are never seen. */
  const revoke: Route = (_request, form) => {
    const hint = form.get('token_type_hint') ?? 'access_token'
    if (!['access_token', 'refresh_token'].includes(hint)) {
      throw new Refusal('unsupported_token_type', `unknown token type hint : ${hint}`)
    }
    authenticate(undefined, form)
    issued.delete(form.get('token') ?? '')
    return { status: 200, body: '' }
  }

  const document = (value: object): Route => {
    return () => ({ status: 200, body: JSON.stringify(value) })
  }
  const metadata = document(metadataOf(issuer))
  const routes: Readonly<Record<string, Route>> = {
    'POST /master/token': token,
    'POST /master/token_info': introspect,
    'POST /master/token/revoke': revoke,
    'GET /master/jwks': document({
      // IdentityModel's key, serialised as it is.
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', key_ops: [], x5c: [] }],
    }),
    'GET /master/.well-known/openid-configuration': metadata,
    'GET /master/.well-known/oauth-authorization-server': metadata,
  }

  listener.serve(async (request, response) => {
    if (allowAnyOrigin(request, response)) return response.writeHead(204).end()
    const { pathname } = new URL(request.url ?? '/', listener.origin)
    const route = routes[`${request.method ?? ''} ${pathname}`]
    if (route === undefined) return response.writeHead(404).end()
    response.setHeader('Set-Cookie', 'IdServerRealm=master; path=/')
    const { status, type = 'application/json', body } = answer(route, request, await text(request))
    if (status === 500) response.removeHeader('Access-Control-Allow-Origin')
    const caching = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }
    return response
      .writeHead(status, { ...(body === '' ? {} : { 'Content-Type': type }), ...caching })
      .end(body)
  })

  return { issuer, tokenEndpoint: `${issuer}/token`, close: () => listener.close() }
}

function answer(route: Route, request: IncomingMessage, form: string): Answer {
  try {
    return route(request, readForm(form))
  } catch (error) {
    if (error instanceof Exception) return { status: 500, body: '' }
    if (!(error instanceof Refusal)) throw error
    const body = { error: error.error, error_description: error.description }
    return { status: 400, body: JSON.stringify(body, undefined, 2) }
  }
}

/** Values of the body are decoded twice, and read as JSON: what is no text then ends in an exception. */
function readForm(text: string): URLSearchParams {
  const form = new URLSearchParams(text)
  for (const [name, value] of form) {
    const decoded = new URLSearchParams(`value=${value}`).get('value') ?? ''
    if (/^(\d+|true|false)$/.test(decoded)) throw new Exception()
    form.set(name, decoded)
  }
  return form
}

/** Nobody catches it, so that the response has no CORS header. */
class Exception extends Error {}

/** Basic credentials are split at the colon and not decoded any further. */
function authenticate(request: IncomingMessage | undefined, form: URLSearchParams): string {
  const [scheme, credentials = ''] = (request?.headers.authorization ?? '').split(' ')
  const parts = Buffer.from(credentials, 'base64').toString().split(':')
  const basic = scheme === 'Basic' && parts.length === 2 ? parts : undefined
  const clientId = basic?.[0] ?? form.get('client_id')
  if (clientId === null) throw new Refusal('invalid_client', 'missing client_id')
  const client = clients[clientId]
  if (client === undefined) throw new Refusal('invalid_client', `unknown client ${clientId}`)
  const secret = client.method === 'basic' ? basic?.[1] : form.get('client_secret')
  if (secret !== client.secret) throw new Refusal('invalid_client', 'bad client credential')
  return clientId
}

function jws(claims: object, key: KeyObject): string {
  const header = { alg: 'RS256', kid, typ: 'JWT' }
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

/** ASP.NET Core's AllowAnyOrigin, AllowAnyMethod, AllowAnyHeader. True for a preflight. */
function allowAnyOrigin({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  if (headers.origin === undefined) return false
  response.setHeader('Access-Control-Allow-Origin', '*')
  const wantedMethod = headers['access-control-request-method']
  if (method !== 'OPTIONS' || wantedMethod === undefined) return false
  response.setHeader('Access-Control-Allow-Methods', wantedMethod)
  const wantedHeaders = headers['access-control-request-headers']
  if (wantedHeaders !== undefined) response.setHeader('Access-Control-Allow-Headers', wantedHeaders)
  return true
}

function metadataOf(issuer: string) {
  const signing = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'none']
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorization`,
    registration_endpoint: `${issuer}/register`,
    token_endpoint: `${issuer}/token`,
    revocation_endpoint: `${issuer}/token/revoke`,
    jwks_uri: `${issuer}/jwks`,
    introspection_endpoint: `${issuer}/token_info`,
    tls_client_certificate_bound_access_tokens: true,
    scopes_supported: allowedScopes,
    token_endpoint_auth_methods_supported: [
      'private_key_jwt',
      'client_secret_basic',
      'client_secret_jwt',
      'client_secret_post',
      'tls_client_auth',
      'self_signed_tls_client_auth',
    ],
    token_endpoint_auth_signing_alg_values_supported: signing,
    dpop_signing_alg_values_supported: signing,
    authorization_details_supported: true,
  }
}
