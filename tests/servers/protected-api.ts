import type { IncomingMessage, ServerResponse } from 'node:http'
import { proofAlgs, proofChecker } from './check-proof.ts'
import { isLoopbackOrigin, listenOnLoopback, type Listener } from './loopback.ts'
import { isMcp, mcpHandler } from './mcp-server.ts'
import { tokenValidator, type Grant, type Introspection } from './validate-token.ts'

export interface ProtectedApi {
  /** `http://localhost:<port>`: where it is, and the audience its tokens must have. */
  readonly origin: string
  /** Needs scope `read`. */
  readonly greeting: string
  /** Needs scope `read`, and is a resource of its own: the audience of its tokens is this address. */
  readonly reports: string
  /** Needs scope `admin`, which no client may have. */
  readonly admin: string
  /** An MCP server, a resource of its own: it needs scope `mcp:tools`. */
  readonly mcp: string
  readonly busy: number | undefined
  close(): Promise<void>
}

export interface ProtectedApiOptions {
  readonly issuer: string
  readonly port?: number
  /** Where it listens already, if that had to be known earlier. */
  readonly listener?: Listener
  /** For opaque tokens; without it only JWT access tokens are accepted. */
  readonly introspection?: Introspection
}

type Scheme = 'Bearer' | 'DPoP'

interface Credentials {
  readonly scheme: Scheme
  readonly token: string
}

/** RFC 6750 3.1, RFC 9449 7.1. Without an error the request had no credentials, and nothing more is said. */
interface Challenge {
  readonly status: 400 | 401 | 403
  readonly scheme?: Scheme
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'invalid_dpop_proof'
  readonly description?: string
  readonly scope?: string
}

interface Resource {
  readonly scope: string
  /** The path of its audience; the API's own unless given. */
  readonly audience?: string
  readonly body: (grant: Grant) => object
}

const realm = 'Greeting API'
const resources: Readonly<Record<string, Resource>> = {
  '/greeting': { scope: 'read', body: ({ clientId }) => ({ greeting: `Hello, ${clientId}!` }) },
  '/reports': { scope: 'read', audience: '/reports', body: () => ({ reports: ['Nobody was late.'] }) },
  '/admin': { scope: 'admin', body: () => ({ secret: 'Nobody gets here.' }) },
}

/** A resource server as RFC 6750, RFC 9068 section 4 and RFC 9449 section 7 require it, for pages on this machine. */
export async function startProtectedApi(options: ProtectedApiOptions): Promise<ProtectedApi> {
  const listener = options.listener ?? (await listenOnLoopback(options.port))
  const validate = tokenValidator(options)
  const checkProof = proofChecker()
  const mcp = new URL('/mcp', listener.origin)
  const respondAsMcp = mcpHandler(mcp, options.issuer)

  listener.serve(async (request, response) => {
    allowOrigin(request, response)
    if (request.method === 'OPTIONS') return response.writeHead(204).end()

    const url = new URL(request.url ?? '/', listener.origin)
    if (isMcp(url.pathname)) return respondAsMcp(request, response)
    const resource = resources[url.pathname]
    if (resource === undefined) return send(response, 404, { error: 'not_found' })
    if (request.method !== 'GET')
      return send(response, 405, { error: 'method_not_allowed' }, { Allow: 'GET' })

    const credentials = credentialsOf(request, url)
    if ('status' in credentials) return challenge(response, credentials)
    const { scheme, token } = credentials
    const invalid = (description: string) =>
      challenge(response, { status: 401, scheme, error: 'invalid_token', description })
    const grant = await validate(token, listener.origin + (resource.audience ?? ''))
    if (typeof grant === 'string') return invalid(grant)

    if (scheme === 'DPoP') {
      const proof = String(request.headers['dpop'])
      const key = await checkProof(proof, {
        method: 'GET',
        url: `http://${String(request.headers.host)}${url.pathname}`,
        token,
      })
      if (key === undefined) {
        const description = 'The DPoP proof is missing or not good for this request.'
        return challenge(response, { status: 401, scheme, error: 'invalid_dpop_proof', description })
      }
      if (key !== grant.key) return invalid('The access token is not bound to the key of the proof.')
    } else if (grant.key !== undefined) {
      // RFC 9449 7.2: else whoever finds the token could use it.
      return invalid('The access token is bound to a key, and is no bearer token.')
    }

    const { scope } = resource
    if (!grant.scope.includes(scope)) {
      const description = `This resource needs the scope ${scope}.`
      return challenge(response, { status: 403, scheme, error: 'insufficient_scope', description, scope })
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
    reports: `${origin}/reports`,
    admin: `${origin}/admin`,
    mcp: mcp.href,
    busy,
    close: () => listener.close(),
  }
}

function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Vary', 'Origin')
  if (headers.origin === undefined || !isLoopbackOrigin(headers.origin)) return
  response.setHeader('Access-Control-Allow-Origin', headers.origin)
  response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate, Mcp-Session-Id')
  if (headers['access-control-request-method'] === undefined) return
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE')
  response.setHeader(
    'Access-Control-Allow-Headers',
    headers['access-control-request-headers'] ?? 'authorization',
  )
  response.setHeader('Access-Control-Max-Age', '600')
}

/** RFC 6750 2.1, RFC 9449 7.1. The other two ways to send a token are optional, and not offered here. */
function credentialsOf({ headers }: IncomingMessage, url: URL): Credentials | Challenge {
  const [name = '', ...rest] = (headers.authorization ?? '').split(' ')
  const scheme = (['Bearer', 'DPoP'] as const).find((known) => known.toLowerCase() === name.toLowerCase())
  if (scheme === undefined) return { status: 401 }
  const malformed = (description: string) =>
    ({ status: 400, scheme, error: 'invalid_request', description }) as const
  if (url.searchParams.has('access_token'))
    return malformed('The access token was sent in more than one way.')
  const token = rest.join(' ').trimStart()
  return /^[\w.~+/-]+=*$/.test(token) ? { scheme, token } : malformed('The Authorization field is malformed.')
}

function challenge(
  response: ServerResponse,
  { status, scheme = 'Bearer', error, description, scope }: Challenge,
) {
  const algs = scheme === 'DPoP' ? proofAlgs.join(' ') : undefined
  const parameters = Object.entries({ realm, error, error_description: description, scope, algs })
  const text = parameters.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]))
  const body = error === undefined ? undefined : { error, error_description: description, scope }
  return send(response, status, body, { 'WWW-Authenticate': `${scheme} ${text.join(', ')}` })
}

function send(response: ServerResponse, status: number, body?: object, headers: Record<string, string> = {}) {
  response.writeHead(status, {
    ...headers,
    'Cache-Control': 'no-store',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  })
  return response.end(body === undefined ? '' : JSON.stringify(body))
}
