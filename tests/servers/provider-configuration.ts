import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import type { ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { authorizationDetails } from './authorization-details.ts'
import type { RegisteredClient } from './clients.ts'
import { isLoopbackOrigin } from './loopback.ts'
import { errors } from './oidc-provider.ts'
import { generateJwks, signingAlgs, type SigningAlg } from './signing-keys.ts'

export interface ProviderOptions {
  readonly clients: readonly RegisteredClient[]
  /** The resources that tokens can be for; the first is what they are for unless the request names another. */
  readonly resources: readonly [string, ...string[]]
  /** The client that the API itself uses to introspect opaque tokens. */
  readonly resourceServer?: { readonly clientId: string; readonly clientSecret: string }
  /** The private keys that tokens are signed with; new ones unless given. */
  readonly signingKeys?: readonly JWK[]
}

const secretAlgs = ['HS256', 'HS384', 'HS512'] as const

const isShared = (alg: string): alg is (typeof secretAlgs)[number] =>
  secretAlgs.some((shared) => shared === alg)

/** The configuration, and the private keys of the clients that sign with one, by client ID. */
export function configureProvider({
  clients,
  resources,
  resourceServer,
  signingKeys = tokenKeys(),
}: ProviderOptions): {
  readonly configuration: Configuration
  readonly privateJwks: Readonly<Record<string, JWK>>
} {
  const rows = new Map(clients.map((client) => [client.id, client]))
  const rowOf = (ctx: KoaContextWithOIDC) => rows.get(ctx.oidc.client?.clientId ?? '')
  const keys = clients
    .filter(({ method }) => method === 'private_key_jwt')
    .map(({ id, assertionAlg }) => [id, generateJwks(assertionAlg as SigningAlg, id)] as const)
  const publicJwks = new Map(keys.map(([id, { publicJwk }]) => [id, publicJwk]))

  const configuration: Configuration = {
    clients: [
      ...clients.map((client) => metadata(client, publicJwks.get(client.id))),
      ...(resourceServer === undefined ? [] : [introspector(resourceServer)]),
    ],
    jwks: { keys: [...signingKeys] },
    // All that it can verify; it offers less by default.
    enabledJWA: {
      clientAuthSigningAlgValues: [...secretAlgs, ...signingAlgs],
      dPoPSigningAlgValues: [...signingAlgs],
    },
    scopes: ['read', 'write', 'mcp:tools'],
    claims: {},
    // Else a client may ask for no type at all.
    clientDefaults: { authorization_details_types: Object.keys(authorizationDetails.types) },
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
      // For whoever can reach it, which is this machine: a user registers their own key here.
      registration: { enabled: true },
      // With a secret it gives a nonce to every proof that has none, and requires one if so configured.
      dPoP: {
        enabled: true,
        nonceSecret: randomBytes(32),
        requireNonce: (ctx) => /nonce/.test(rowOf(ctx)?.dpop ?? ''),
      },
      richAuthorizationRequests: authorizationDetails,
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resources[0],
        getResourceServerInfo: (ctx, wanted) => {
          const audience = resources.find((resource) => wanted === resource || wanted === `${resource}/`)
          if (audience === undefined) throw new errors.InvalidTarget()
          const { alg = 'RS256', format = 'jwt', secret = '' } = rowOf(ctx) ?? {}
          const sign = isShared(alg) ? { alg, key: Buffer.from(secret) } : { alg }
          return { scope: 'read write mcp:tools', audience, accessTokenFormat: format, jwt: { sign } }
        },
      },
    },
  }
  return {
    configuration,
    privateJwks: Object.fromEntries(keys.map(([id, { privateJwk }]) => [id, privateJwk])),
  }
}

/**
 * The keys of access tokens, one for each algorithm; for those of RSA besides RS256 a single one, which says nothing of
 * its algorithm, because such a pair takes long to make.
 */
export function tokenKeys(): JWK[] {
  const named = (['RS256', 'ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA'] as const).map(
    (alg) => generateJwks(alg).privateJwk,
  )
  const rsa = { ...generateJwks('PS256').privateJwk }
  delete rsa.alg
  return [...named, rsa]
}

/** RFC 7009 2.1: only the client that a token was issued to may revoke it, and others get an error. */
function mayRevoke(_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }) {
  if (token.clientId === client.clientId) return true
  throw new errors.InvalidRequest('client is not authorized to revoke the presented token')
}

function metadata(client: RegisteredClient, publicJwk: JWK | undefined): ClientMetadata {
  const { id, secret, method, assertionAlg, scope, grant = 'client_credentials', dpop, detailTypes } = client
  const redirects = grant === 'authorization_code'
  return {
    client_id: id,
    ...(secret === undefined ? {} : { client_secret: secret }),
    token_endpoint_auth_method: method,
    ...(assertionAlg === undefined ? {} : { token_endpoint_auth_signing_alg: assertionAlg }),
    ...(publicJwk === undefined ? {} : { jwks: { keys: [publicJwk] } }),
    ...(dpop === undefined ? {} : { dpop_bound_access_tokens: true }),
    ...(detailTypes === undefined ? {} : { authorization_details_types: detailTypes }),
    scope,
    grant_types: [grant],
    response_types: redirects ? ['code'] : [],
    redirect_uris: redirects ? ['https://client.example/callback'] : [],
  }
}

function introspector({
  clientId,
  clientSecret,
}: {
  clientId: string
  clientSecret: string
}): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: [],
    response_types: [],
    redirect_uris: [],
  }
}
