import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { ClientMetadata, Configuration, JWK } from 'oidc-provider'
import { clients, type RegisteredClient } from './clients.ts'
import { isLoopbackOrigin, listenOnLoopback } from './loopback.ts'

export { clients } from './clients.ts'

export interface AuthorizationServer {
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly introspectionEndpoint: string
  readonly revocationEndpoint: string
  /** The client that the API itself uses to introspect opaque tokens. */
  readonly resourceServer: { readonly clientId: string; readonly clientSecret: string }
  /** The port that was asked for, if it was busy. */
  readonly busy: number | undefined
  close(): Promise<void>
}

export interface AuthorizationServerOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  /** The resource that tokens are for unless the request names one: the `aud` of every JWT access token. */
  readonly api?: string
}

/** What oidc-provider prints on a Node or in a setting that it would not run on in production. */
const chatter = [
  'Unsupported runtime. Use Node.js v22.x LTS',
  'a quick start development-only in-memory adapter is used',
]

// Evaluated with the module: a script's dynamic imports cannot happen later (see scripts/run.mjs).
const { default: Provider, errors } = await quietly(() => import('oidc-provider'))

/**
 * A real authorization server (oidc-provider, a certified implementation) on the loopback addresses. It gives
 * out tokens to the clients of `clients.ts` and to nobody else; its keys live as long as it does.
 *
 * Introspection and revocation work for opaque tokens (client `m2m-opaque`) only: oidc-provider keeps no record
 * of JWT access tokens and answers 400 `unsupported_token_type` for them, as RFC 7009 2.2.1 provides.
 */
export async function startAuthorizationServer({
  port = 0,
  api = 'http://localhost:9001',
}: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const listener = await listenOnLoopback(port)
  const resourceServer = { clientId: 'api', clientSecret: randomBytes(24).toString('base64url') }
  const rows = new Map<string, RegisteredClient>(Object.values(clients).map((client) => [client.id, client]))

  const configuration: Configuration = {
    clients: [...[...rows.values()].map(metadata), introspector(resourceServer)],
    jwks: { keys: [signingKey('RS256'), signingKey('ES256')] },
    scopes: ['read', 'write'],
    claims: {},
    // The default refuses confidential clients, which is every client of this grant.
    clientBasedCORS: (_ctx, origin) => isLoopbackOrigin(origin),
    ttl: { ClientCredentials: (_ctx, _token, client) => rows.get(client.clientId)?.lifetime ?? 300 },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: mayRevoke },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        getResourceServerInfo: (_ctx, resource, client) => {
          if (resource !== api && resource !== `${api}/`) throw new errors.InvalidTarget()
          const { alg = 'RS256', format = 'jwt' } = rows.get(client.clientId) ?? {}
          return { scope: 'read write', audience: api, accessTokenFormat: format, jwt: { sign: { alg } } }
        },
      },
    },
  }

  const provider = await quietly(() => new Provider(listener.origin, configuration))
  provider.on('server_error', (_ctx, error) => {
    console.error(error)
  })
  listener.serve(provider.callback())
  const issuer = listener.origin
  return {
    issuer,
    tokenEndpoint: `${issuer}/token`,
    introspectionEndpoint: `${issuer}/token/introspection`,
    revocationEndpoint: `${issuer}/token/revocation`,
    resourceServer,
    busy: listener.busy,
    close: () => listener.close(),
  }
}

/** RFC 7009 2.1: only the client that a token was issued to may revoke it, and others are told. */
function mayRevoke(_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }) {
  if (token.clientId === client.clientId) return true
  throw new errors.InvalidRequest('client is not authorized to revoke the presented token')
}

function metadata({
  id,
  secret,
  method,
  scope,
  grant = 'client_credentials',
}: RegisteredClient): ClientMetadata {
  const redirects = grant === 'authorization_code'
  return {
    client_id: id,
    ...(secret === undefined ? {} : { client_secret: secret }),
    token_endpoint_auth_method: method,
    scope,
    grant_types: [grant],
    response_types: redirects ? ['code'] : [],
    redirect_uris: redirects ? ['https://client.example/callback'] : [],
  }
}

function introspector({ clientId, clientSecret }: AuthorizationServer['resourceServer']): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: [],
    response_types: [],
    redirect_uris: [],
  }
}

function signingKey(alg: 'RS256' | 'ES256'): JWK {
  const { privateKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), alg, use: 'sig' }
}

/** Runs something of oidc-provider without its known notices; whatever else it says is still printed. */
async function quietly<T>(run: () => T | Promise<T>): Promise<T> {
  const { warn } = console
  console.warn = (...message: unknown[]) => {
    if (!chatter.some((known) => String(message[0]).includes(known))) warn(...message)
  }
  try {
    return await run()
  } finally {
    console.warn = warn
  }
}
