import type { SigningAlg } from './signing-keys.ts'

/** A client known to the local authorization server. A new one is a new row. */
export interface RegisteredClient {
  readonly id: string
  readonly secret?: string
  readonly method:
    'client_secret_post' | 'client_secret_basic' | 'client_secret_jwt' | 'private_key_jwt' | 'none'
  /** What signs its assertions, and nothing else may: for the two methods that have them. */
  readonly assertionAlg?: SecretAlg | SigningAlg
  /** The scopes the client may have; the server itself knows `read` and `write`. */
  readonly scope: string
  /** What signs its JWT access tokens; RS256 unless given. For an HMAC, its own secret. */
  readonly alg?: SecretAlg | SigningAlg
  readonly format?: 'jwt' | 'opaque'
  /** Seconds; 300 unless given. */
  readonly lifetime?: number
  readonly grant?: 'client_credentials' | 'authorization_code'
  /**
   * Whether it must prove a key, which its tokens are bound to then, and whether with a nonce of the server's:
   * one that pages may read, or one that CORS hides from them.
   */
  readonly dpop?: 'required' | 'nonce' | 'hidden nonce'
  /** The types of `authorization_details` it may ask for; all unless given. */
  readonly detailTypes?: readonly string[]
}

type SecretAlg = 'HS256' | 'HS384' | 'HS512'

const withKey = { method: 'private_key_jwt', scope: 'read' } as const
const withSecret = { secret: 'password', method: 'client_secret_post', scope: 'read' } as const
const tokensBy = <Alg extends SecretAlg | SigningAlg>(alg: Alg) =>
  ({ id: `m2m-token-${alg.toLowerCase()}`, ...withSecret, alg }) as const

/**
 * oidc-provider refuses to register secrets with characters outside RFC 6749's VSCHAR: no letter beyond ASCII.
 * The key pairs of `private_key_jwt` are made when the server starts; Ed25519 is registered by that name, and an
 * assertion that calls it `EdDSA` is refused.
 */
export const clients = {
  post: { id: 'm2m', ...withSecret, scope: 'read mcp:tools' },
  /** Sent raw, `%2B` and `+` decode to something else: 401, though the secret is right. */
  basic: { id: 'm2m-basic', secret: 'p%2Bss+w:rd 100', method: 'client_secret_basic', scope: 'read' },
  /** Sent raw, the lone `%` cannot be decoded: 400, and a hint. */
  percent: { id: 'm2m-percent', secret: '100% right', method: 'client_secret_basic', scope: 'read' },
  es256: { id: 'm2m-es256', ...withSecret, scope: 'read write', alg: 'ES256' },
  /** The one whose tokens can be introspected and revoked. */
  opaque: { id: 'm2m-opaque', ...withSecret, scope: 'read write', format: 'opaque' },
  brief: { id: 'm2m-brief', ...withSecret, lifetime: 6 },
  /** oidc-provider lets it, though RFC 6749 4.4 requires confidential clients. */
  public: { id: 'm2m-public', method: 'none', scope: 'read' },
  noGrant: { id: 'm2m-no-grant', ...withSecret, grant: 'authorization_code' },

  // RFC 7518 3.2: a secret as long as the hash at least. oidc-provider accepts shorter ones, too.
  hs256: {
    id: 'm2m-hs256',
    secret: 'a-secret-of-32-bytes-for-HS256--',
    method: 'client_secret_jwt',
    assertionAlg: 'HS256',
    scope: 'read',
  },
  hs384: {
    id: 'm2m-hs384',
    secret: 'a-secret-of-48-bytes-for-HS384------------------',
    method: 'client_secret_jwt',
    assertionAlg: 'HS384',
    scope: 'read',
  },
  hs512: {
    id: 'm2m-hs512',
    secret: 'a-secret-of-64-bytes-for-HS512----------------------------------',
    method: 'client_secret_jwt',
    assertionAlg: 'HS512',
    scope: 'read',
  },

  keyEs256: { id: 'm2m-key-es256', ...withKey, assertionAlg: 'ES256' },
  keyEs384: { id: 'm2m-key-es384', ...withKey, assertionAlg: 'ES384' },
  keyEs512: { id: 'm2m-key-es512', ...withKey, assertionAlg: 'ES512' },
  keyPs256: { id: 'm2m-key-ps256', ...withKey, assertionAlg: 'PS256' },
  keyRs256: { id: 'm2m-key-rs256', ...withKey, assertionAlg: 'RS256' },
  keyRs512: { id: 'm2m-key-rs512', ...withKey, assertionAlg: 'RS512' },
  keyEd25519: { id: 'm2m-key-ed25519', ...withKey, assertionAlg: 'Ed25519' },

  dpop: { id: 'm2m-dpop', ...withSecret, dpop: 'required' },
  dpopNonce: { id: 'm2m-dpop-nonce', ...withSecret, dpop: 'nonce' },
  /** As many servers are set up: the nonce is sent, and a page cannot read it. */
  dpopHiddenNonce: { id: 'm2m-dpop-hidden-nonce', ...withSecret, dpop: 'hidden nonce' },
  /** What profiles such as FAPI 2.0 and HelseID ask for. */
  keyDpopNonce: { id: 'm2m-key-dpop-nonce', ...withKey, assertionAlg: 'ES256', dpop: 'nonce' },

  // With m2m and m2m-es256, one for each algorithm that signs access tokens here.
  tokenRs384: tokensBy('RS384'),
  tokenRs512: tokensBy('RS512'),
  tokenPs256: tokensBy('PS256'),
  tokenPs384: tokensBy('PS384'),
  tokenPs512: tokensBy('PS512'),
  tokenEs384: tokensBy('ES384'),
  tokenEs512: tokensBy('ES512'),
  tokenEd25519: tokensBy('Ed25519'),
  tokenEdDsa: tokensBy('EdDSA'),
  /** Signed with the client's secret, and a short one: what nobody should do. */
  tokenHs256: tokensBy('HS256'),
  tokenHs384: tokensBy('HS384'),
  tokenHs512: tokensBy('HS512'),

  payments: { id: 'm2m-payments', ...withSecret, detailTypes: ['payment_initiation'] },
} as const satisfies Record<string, RegisteredClient>
