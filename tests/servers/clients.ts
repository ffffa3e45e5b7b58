/** A client known to the local authorization server. A new one is a new row. */
export interface RegisteredClient {
  readonly id: string
  readonly secret?: string
  readonly method: 'client_secret_post' | 'client_secret_basic' | 'none'
  /** The scopes the client may have; the server itself knows `read` and `write`. */
  readonly scope: string
  /** What signs its JWT access tokens; RS256 unless given. */
  readonly alg?: 'RS256' | 'ES256'
  readonly format?: 'jwt' | 'opaque'
  /** Seconds; 300 unless given. */
  readonly lifetime?: number
  readonly grant?: 'client_credentials' | 'authorization_code'
}

/** oidc-provider refuses to register secrets with characters outside RFC 6749's VSCHAR: no letter beyond ASCII. */
export const clients = {
  post: { id: 'm2m', secret: 'password', method: 'client_secret_post', scope: 'read' },
  /** Sent raw, `%2B` and `+` decode to something else: 401, though the secret is right. */
  basic: { id: 'm2m-basic', secret: 'p%2Bss+w:rd 100', method: 'client_secret_basic', scope: 'read' },
  /** Sent raw, the lone `%` cannot be decoded: 400, and a hint. */
  percent: { id: 'm2m-percent', secret: '100% right', method: 'client_secret_basic', scope: 'read' },
  es256: {
    id: 'm2m-es256',
    secret: 'password',
    method: 'client_secret_post',
    scope: 'read write',
    alg: 'ES256',
  },
  /** The one whose tokens can be introspected and revoked. */
  opaque: {
    id: 'm2m-opaque',
    secret: 'password',
    method: 'client_secret_post',
    scope: 'read write',
    format: 'opaque',
  },
  brief: { id: 'm2m-brief', secret: 'password', method: 'client_secret_post', scope: 'read', lifetime: 6 },
  /** oidc-provider lets it, though RFC 6749 4.4 wants confidential clients only. */
  public: { id: 'm2m-public', method: 'none', scope: 'read' },
  noGrant: {
    id: 'm2m-no-grant',
    secret: 'password',
    method: 'client_secret_post',
    scope: 'read',
    grant: 'authorization_code',
  },
} as const satisfies Record<string, RegisteredClient>
