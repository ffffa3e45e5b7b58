import { createProvider } from './oidc-provider.ts'
import { listenOnLoopback } from './loopback.ts'
import { configureProvider } from './provider-configuration.ts'
import { startProtectedApi } from './protected-api.ts'
import { generateJwks } from './signing-keys.ts'
import type { JWK } from 'jose'
import type { TestFile } from '../../src/lib/server-test/read-file.ts'
import type { RegisteredClient } from './clients.ts'

const both = { scope: 'read write', alg: 'ES256' } as const

/** One client for each thing that a test of a server looks at. */
const clients = {
  client: { id: 'tester', secret: 'A-secret-With-letters', method: 'client_secret_basic', ...both },
  operations: {
    id: 'tester-opaque',
    secret: 'another-secret',
    method: 'client_secret_basic',
    format: 'opaque',
    ...both,
  },
  encoding: { id: 'tester:basic', secret: 'p%2Bss+w:rd 100', method: 'client_secret_basic', ...both },
  assertion: { id: 'tester-key', method: 'private_key_jwt', assertionAlg: 'ES256', ...both },
  dpop: {
    id: 'tester-dpop',
    secret: 'a-third-secret',
    method: 'client_secret_basic',
    dpop: 'nonce',
    ...both,
  },
} as const satisfies Readonly<Record<string, RegisteredClient>>

/** A server with all that a test can look at, its API, and the file that a test of it is made from. */
export interface CompleteServer {
  readonly file: TestFile
  /** The keys that sign its access tokens, and the key of its client with assertions. */
  readonly signingKey: JWK
  readonly clientKey: JWK
  close(): Promise<void>
}

/** Starts oidc-provider and an API that accepts its tokens, bound or not. @param issuer where it is reached, if that is not where it listens */
export async function startCompleteServer(issuer?: string): Promise<CompleteServer> {
  const listener = await listenOnLoopback()
  const at = issuer ?? listener.origin
  const apiListener = await listenOnLoopback()
  const signingKey = generateJwks('ES256', 'tokens').privateJwk
  const { configuration, privateJwks } = configureProvider({
    clients: Object.values(clients),
    resources: [apiListener.origin],
    // A client is registered for ID tokens by RS256, whether or not it gets one.
    signingKeys: [signingKey, generateJwks('RS256', 'others').privateJwk],
  })
  const provider = await createProvider(at, configuration)
  provider.proxy = issuer !== undefined
  listener.serve(provider.callback())
  const api = await startProtectedApi({ issuer: at, listener: apiListener })
  const clientOf = ({
    id,
    secret,
    method,
    scope,
  }: (typeof clients)['client' | 'operations' | 'encoding' | 'dpop']) => ({
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: method,
    scope,
  })
  const clientKey = privateJwks[clients.assertion.id] ?? {}
  return {
    signingKey,
    clientKey,
    file: {
      name: 'oidc-provider',
      issuer: at,
      token_endpoint: `${at}/token`,
      introspection_endpoint: `${at}/token/introspection`,
      revocation_endpoint: `${at}/token/revocation`,
      client: clientOf(clients.client),
      operations: clientOf(clients.operations),
      encoding: clientOf(clients.encoding),
      assertion: {
        client_id: clients.assertion.id,
        key: { ...clientKey },
        aud: `${at}/token`,
        scope: 'read',
      },
      dpop: clientOf(clients.dpop),
      // By its resource it is clear which token is for the API.
      api: { url: api.greeting, dpop: true, parameters: { resource: apiListener.origin } },
      throwaway_secret: true,
      pause_ms: 0,
    },
    close: async () => {
      await Promise.all([api.close(), listener.close()])
    },
  }
}
