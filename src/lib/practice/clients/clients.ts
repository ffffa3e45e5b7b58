import type { JWK } from 'jose'
import type { SigningAlg } from '../signatures/signing-keys.ts'

/** A registered client, with the member names of dynamic client registration where it has one. */
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

const confidential = {
  token_endpoint_auth_methods: ['client_secret_basic', 'client_secret_post'],
  grant_types: ['client_credentials'],
  scope: 'read write',
  default_scope: 'read',
  access_token_format: 'jwt',
  access_token_signing_alg: 'RS256',
  // Short enough to see one expire.
  access_token_lifetime: 300,
} as const

/** What clients that register themselves have in common with those of the list. */
export const registeredClient = {
  ...confidential,
  client_secret: null,
  token_endpoint_auth_methods: ['private_key_jwt'],
  description: 'Registered with a key of its own: private_key_jwt.',
} as const

/** The clients of the practice server. The secrets are public on purpose: they open nothing. */
export const practiceClients: readonly PracticeClient[] = [
  {
    ...confidential,
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    description: 'The plain case: a secret by Basic or in the body, scopes read and write, RS256 tokens.',
  },
  {
    ...confidential,
    client_id: 'practice-es256',
    client_secret: 'practice-secret-es256',
    access_token_signing_alg: 'ES256',
    description: 'The same, with tokens signed by an elliptic curve key (ES256).',
  },
  {
    ...confidential,
    client_id: 'practice-encoding',
    client_secret: 'p%C3 s+cr:t ü',
    description:
      'A secret with %, +, a colon, spaces and ü: right only when it is form-encoded before base64.',
  },
  {
    ...confidential,
    client_id: 'practice-secret-jwt',
    // HS512 wants a key of 64 bytes: https://www.rfc-editor.org/rfc/rfc7518#section-3.2
    client_secret: 'practice-secret-jwt-of-at-least-sixty-four-characters-for-HS256-to-HS512',
    token_endpoint_auth_methods: ['client_secret_jwt'],
    description: 'Sends no secret but a JWT signed with it (client_secret_jwt, HS256 to HS512).',
  },
  {
    ...confidential,
    client_id: 'practice-dpop',
    client_secret: 'practice-secret-dpop',
    dpop_bound_access_tokens: true,
    require_dpop_nonce: true,
    description: 'Gets tokens bound to a key only: DPoP proofs, with a nonce from the server.',
  },
  {
    ...confidential,
    client_id: 'practice-opaque',
    client_secret: 'practice-secret-opaque',
    access_token_format: 'opaque',
    description: 'Gets opaque tokens, which only introspection can read and only an API that asks takes.',
  },
  {
    ...confidential,
    client_id: 'practice-brief',
    client_secret: 'practice-secret-brief',
    access_token_lifetime: 10,
    description: 'Gets tokens that live 10 s: long enough to use one, short enough to see it refused.',
  },
  {
    ...confidential,
    client_id: 'practice-rotation',
    client_secret: 'practice-secret-rotation',
    access_token_signing_alg: 'ES256',
    rotates_signing_key: true,
    description:
      'Each of its tokens is signed with a new key; the JWK Set shows the last two, so a third token ends the first.',
  },
  {
    ...confidential,
    client_id: 'practice-no-grant',
    client_secret: 'practice-secret-no-grant',
    grant_types: ['authorization_code'],
    description: 'Authenticates well, but is not registered for this grant: unauthorized_client.',
  },
  {
    ...confidential,
    client_id: 'practice-public',
    client_secret: null,
    token_endpoint_auth_methods: ['none'],
    description: 'A public client without a secret: this grant is for confidential clients only.',
  },
]
