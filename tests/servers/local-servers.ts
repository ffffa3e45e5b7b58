import {
  startAuthorizationServer,
  type AuthorizationServer,
  type AuthorizationServerOptions,
} from './authorization-server.ts'
import { listenOnLoopback } from './loopback.ts'
import { startProtectedApi, type ProtectedApi } from './protected-api.ts'

export interface LocalServers {
  readonly authorizationServer: AuthorizationServer
  readonly api: ProtectedApi
  close(): Promise<void>
}

/** The authorization server and the API that accepts its tokens, which must know of each other. */
export async function startLocalServers(
  ports: { authorizationServer?: number; api?: number } = {},
  { onRefusal }: Pick<AuthorizationServerOptions, 'onRefusal'> = {},
): Promise<LocalServers> {
  const listener = await listenOnLoopback(ports.api)
  const authorizationServer = await startAuthorizationServer({
    port: ports.authorizationServer ?? 0,
    api: listener.origin,
    ...(onRefusal === undefined ? {} : { onRefusal }),
  })
  const { issuer, introspectionEndpoint, resourceServer } = authorizationServer
  const introspection = { endpoint: introspectionEndpoint, ...resourceServer }
  const api = await startProtectedApi({ listener, issuer, introspection })
  return {
    authorizationServer,
    api,
    close: async () => {
      await Promise.all([authorizationServer.close(), api.close()])
    },
  }
}
