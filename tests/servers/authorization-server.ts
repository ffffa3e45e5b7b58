import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { clients } from './clients.ts'
import { listenOnLoopback } from './loopback.ts'
import { createProvider } from './oidc-provider.ts'
import { configureProvider } from './provider-configuration.ts'
import { allowRegistration, hideNonces, registrationPath } from './provider-cors.ts'

export { clients } from './clients.ts'

export interface AuthorizationServer {
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly introspectionEndpoint: string
  readonly revocationEndpoint: string
  /** Registers clients for anybody on this machine. */
  readonly registrationEndpoint: string
  /** The private keys of the clients of `private_key_jwt`, by client ID, with `kid` and `alg`. */
  readonly privateJwks: Readonly<Record<string, JWK>>
  /** The client that the API itself uses to introspect opaque tokens. */
  readonly resourceServer: { readonly clientId: string; readonly clientSecret: string }
  /** The port that was asked for, if it was busy. */
  readonly busy: number | undefined
  close(): Promise<void>
}

export interface AuthorizationServerOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  /** The resource that tokens are for unless the request names another: `${api}/reports` is one. */
  readonly api?: string
  /** Called with the reason why a token request was refused: more than the response says. */
  readonly onRefusal?: (why: string) => void
}

/**
 * A real authorization server (oidc-provider, a certified implementation) on the loopback addresses. It gives
 * out tokens to the clients of `clients.ts` and to those that register; its keys live as long as it does.
 *
 * Introspection and revocation work for opaque tokens (client `m2m-opaque`) only: oidc-provider keeps no record
 * of JWT access tokens and responds with 400 `unsupported_token_type` for them, as RFC 7009 2.2.1 provides.
 */
export async function startAuthorizationServer({
  port = 0,
  api = 'http://localhost:9001',
  onRefusal,
}: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const listener = await listenOnLoopback(port)
  const resourceServer = { clientId: 'api', clientSecret: randomBytes(24).toString('base64url') }
  const { configuration, privateJwks } = configureProvider({
    clients: Object.values(clients),
    resources: [api, `${api}/reports`, `${api}/mcp`],
    resourceServer,
  })
  const provider = await createProvider(listener.origin, configuration)
  provider.use(allowRegistration)
  provider.use(hideNonces)
  provider.on('grant.error', ({ oidc }, { error, error_description, error_detail }) => {
    const client = oidc.client?.clientId ?? 'unknown client'
    onRefusal?.(`${client}: ${error}: ${error_detail ?? error_description ?? ''}`)
  })
  listener.serve(provider.callback())
  const issuer = listener.origin
  return {
    issuer,
    tokenEndpoint: `${issuer}/token`,
    introspectionEndpoint: `${issuer}/token/introspection`,
    revocationEndpoint: `${issuer}/token/revocation`,
    registrationEndpoint: `${issuer}${registrationPath}`,
    privateJwks,
    resourceServer,
    busy: listener.busy,
    close: () => listener.close(),
  }
}
