import type { PracticeClient } from '../base/server-state.ts'

const confidential = {
  token_endpoint_auth_methods: ['client_secret_basic', 'client_secret_post'],
  grant_types: ['client_credentials'],
  scope: 'read write mcp:tools',
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
    description:
      'The plain case: a secret by Basic or in the body, scopes read, write and mcp:tools, RS256 tokens.',
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
    // HS512 requires a key of 64 bytes: https://www.rfc-editor.org/rfc/rfc7518#section-3.2
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
