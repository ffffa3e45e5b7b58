import type { CryptoKey, JWK } from 'jose'
import type { Verdict } from './verdict.ts'

/**
 * RS256 is what every authorization server and resource server of this profile supports.
 * @see RFC 9068 section 2.1
 */
export const signingAlgs = ['RS256', 'ES256'] as const

export type SigningAlg = (typeof signingAlgs)[number]

export interface SigningKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK & { readonly kid: string; readonly alg: SigningAlg }
}

export interface SigningKeys {
  signingKey(alg: SigningAlg): Promise<SigningKey>
  /** A new key in addition to the others; `withdrawn` is the `kid` of the one that is published no more for it. */
  rotate(alg: SigningAlg): Promise<{ readonly key: SigningKey; readonly withdrawn: string | null }>
  publicJwks(): Promise<{ keys: JWK[] }>
}

/** The nonces this server gave out. @see RFC 9449 section 8 */
export interface DpopNonces {
  /** A new one, which nobody can guess. */
  issue(): string
  /** Whether a proof has one that is still good. It may be used again and again until then. */
  check(nonce: unknown): Verdict
}

/** A registered client, with the member names of dynamic client registration if it has one. */
export interface PracticeClient {
  readonly client_id: string
  /** `null`: it has none. */
  readonly client_secret: string | null
  readonly token_endpoint_auth_methods: readonly string[]
  /** The public keys it signs assertions with, each with a `kid`. @see RFC 7591 section 2 */
  readonly jwks?: { readonly keys: readonly (JWK & { readonly kty: string; readonly kid: string })[] }
  readonly grant_types: readonly string[]
  /** The scopes it may ask for, separated by spaces. */
  readonly scope: string
  /** What it gets when it asks for none. */
  readonly default_scope: string
  /** Whether it gets no token without a proof. @see RFC 9449 section 5.2 */
  readonly dpop_bound_access_tokens?: boolean
  /** Whether its proofs need a nonce of this server. @see RFC 9449 section 8 */
  readonly require_dpop_nonce?: boolean
  /** An opaque token says nothing to anybody but the server. @see RFC 7662 section 1 */
  readonly access_token_format: 'jwt' | 'opaque'
  readonly access_token_signing_alg: SigningAlg
  /** Whether every token is signed with a new key, and the key before the last is withdrawn. */
  readonly rotates_signing_key?: boolean
  /** Seconds. */
  readonly access_token_lifetime: number
  /** One line for the page. */
  readonly description: string
}

/** What a client asked to be registered with, as this server registers it. */
export interface ClientMetadata {
  /** Of its keys. */
  readonly thumbprints: readonly string[]
  readonly members: {
    readonly client_name?: string
    readonly token_endpoint_auth_method: 'private_key_jwt'
    readonly grant_types: readonly string[]
    readonly scope: string
    readonly dpop_bound_access_tokens: boolean
    readonly jwks: NonNullable<PracticeClient['jwks']>
  }
}

/** A client that registered itself, and when, in seconds. */
export interface Registration {
  readonly client_id: string
  readonly client_id_issued_at: number
}

/** The clients of one server: those of the list, and those that registered. */
export interface ClientRegistry {
  find(clientId: string | undefined): PracticeClient | undefined
  /** The same keys again are the same client, with its metadata replaced. `null`: there is no room for another. */
  register(metadata: ClientMetadata, now: number): Registration | null
}

/** The grant types that the token endpoint knows. */
export const grantNames = ['client_credentials'] as const
export type GrantName = (typeof grantNames)[number]
