import type { SigningAlg } from './signing-keys.ts'

/** A registered client, with the member names of dynamic client registration where it has one. */
export interface PracticeClient {
  readonly client_id: string
  /** `null`: a public client. */
  readonly client_secret: string | null
  readonly token_endpoint_auth_methods: readonly string[]
  readonly grant_types: readonly string[]
  /** The scopes it may ask for, separated by spaces. */
  readonly scope: string
  /** What it gets when it asks for none. */
  readonly default_scope: string
  readonly access_token_signing_alg: SigningAlg
  /** One line for the page. */
  readonly description: string
}

const confidential = {
  token_endpoint_auth_methods: ['client_secret_basic', 'client_secret_post'],
  grant_types: ['client_credentials'],
  scope: 'read write',
  default_scope: 'read',
  access_token_signing_alg: 'RS256',
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
