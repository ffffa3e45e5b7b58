import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { isLoopbackOrigin, listenOnLoopback, type Listener } from './loopback.ts'

export interface ProtectedApi {
  /** `http://localhost:<port>`: where it is, and the audience its tokens must have. */
  readonly origin: string
  /** Needs scope `read`. */
  readonly greeting: string
  /** Needs scope `admin`, which no client may have. */
  readonly admin: string
  readonly busy: number | undefined
  close(): Promise<void>
}

export interface ProtectedApiOptions {
  readonly issuer: string
  readonly port?: number
  /** Where it listens already, if that had to be known earlier. */
  readonly listener?: Listener
  /** For opaque tokens; without it only JWT access tokens are accepted. */
  readonly introspection?: {
    readonly endpoint: string
    readonly clientId: string
    readonly clientSecret: string
  }
}

interface Grant {
  readonly clientId: string
  readonly scope: readonly string[]
}

/** RFC 6750 3.1. Without an error the request had no credentials, and nothing more is said (section 3). */
interface Challenge {
  readonly status: 400 | 401 | 403
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope'
  readonly description?: string
  readonly scope?: string
}

const realm = 'Greeting API'
const resources: Readonly<Record<string, { scope: string; body: (grant: Grant) => object }>> = {
  '/greeting': { scope: 'read', body: ({ clientId }) => ({ greeting: `Hello, ${clientId}!` }) },
  '/admin': { scope: 'admin', body: () => ({ secret: 'Nobody gets here.' }) },
}

/** A resource server as RFC 6750 and RFC 9068 section 4 want it, for pages on this machine. */
export async function startProtectedApi(options: ProtectedApiOptions): Promise<ProtectedApi> {
  const listener = options.listener ?? (await listenOnLoopback(options.port))
  const validate = tokenValidator(listener.origin, options)

  listener.serve(async (request, response) => {
    allowOrigin(request, response)
    if (request.method === 'OPTIONS') return response.writeHead(204).end()

    const url = new URL(request.url ?? '/', listener.origin)
    const resource = resources[url.pathname]
    if (resource === undefined) return send(response, 404, { error: 'not_found' })
    if (request.method !== 'GET')
      return send(response, 405, { error: 'method_not_allowed' }, { Allow: 'GET' })

    const token = bearerToken(request, url)
    if (typeof token !== 'string') return challenge(response, token)
    const grant = await validate(token)
    if ('status' in grant) return challenge(response, grant)
    if (!grant.scope.includes(resource.scope)) {
      const description = `This resource needs the scope ${resource.scope}.`
      return challenge(response, {
        status: 403,
        error: 'insufficient_scope',
        description,
        scope: resource.scope,
      })
    }
    return send(response, 200, {
      ...resource.body(grant),
      client_id: grant.clientId,
      scope: grant.scope.join(' '),
    })
  })

  const { origin, busy } = listener
  return {
    origin,
    greeting: `${origin}/greeting`,
    admin: `${origin}/admin`,
    busy,
    close: () => listener.close(),
  }
}

function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Vary', 'Origin')
  if (headers.origin === undefined || !isLoopbackOrigin(headers.origin)) return
  response.setHeader('Access-Control-Allow-Origin', headers.origin)
  response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate')
  if (headers['access-control-request-method'] === undefined) return
  response.setHeader('Access-Control-Allow-Methods', 'GET')
  response.setHeader(
    'Access-Control-Allow-Headers',
    headers['access-control-request-headers'] ?? 'authorization',
  )
  response.setHeader('Access-Control-Max-Age', '600')
}

/** RFC 6750 2.1. The other two ways to send a token are optional, and not offered here. */
function bearerToken({ headers }: IncomingMessage, url: URL): string | Challenge {
  const [scheme, ...rest] = (headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer') return { status: 401 }
  if (url.searchParams.has('access_token')) {
    const description = 'The access token was sent in more than one way.'
    return { status: 400, error: 'invalid_request', description }
  }
  const token = rest.join(' ').trimStart()
  if (/^[\w.~+/-]+=*$/.test(token)) return token
  return { status: 400, error: 'invalid_request', description: 'The Authorization field is malformed.' }
}

function tokenValidator(audience: string, { issuer, introspection }: ProtectedApiOptions) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  const invalid = (description: string): Challenge => ({ status: 401, error: 'invalid_token', description })

  return async (token: string): Promise<Grant | Challenge> => {
    if (token.split('.').length === 3) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          typ: 'at+jwt',
          algorithms: ['RS256', 'ES256'],
          requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'],
        })
        return grantOf(payload)
      } catch (error) {
        if (error instanceof errors.JWTExpired) return invalid('The access token expired.')
        if (error instanceof errors.JWTClaimValidationFailed) {
          return invalid(`The access token is not for this API: ${error.claim}.`)
        }
        if (error instanceof errors.JOSEError) return invalid('The access token is malformed or not trusted.')
        throw error
      }
    }
    if (introspection === undefined) return invalid('The access token is not a JWT.')
    const { endpoint, clientId, clientSecret } = introspection
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ token }),
    })
    const claims = (await response.json()) as Record<string, unknown>
    return claims['active'] === true && claims['aud'] === audience
      ? grantOf(claims)
      : invalid('The access token is unknown, expired or revoked.')
  }
}

function grantOf({ client_id, scope }: Record<string, unknown>): Grant {
  return {
    clientId: String(client_id),
    scope: typeof scope === 'string' ? scope.split(' ') : [],
  }
}

function challenge(response: ServerResponse, { status, error, description, scope }: Challenge) {
  const parameters = Object.entries({ realm, error, error_description: description, scope })
  const text = parameters.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]))
  const body = error === undefined ? undefined : { error, error_description: description, scope }
  return send(response, status, body, { 'WWW-Authenticate': `Bearer ${text.join(', ')}` })
}

function send(response: ServerResponse, status: number, body?: object, headers: Record<string, string> = {}) {
  response.writeHead(status, {
    ...headers,
    'Cache-Control': 'no-store',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  })
  return response.end(body === undefined ? '' : JSON.stringify(body))
}
