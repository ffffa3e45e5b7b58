/** What one method of client authentication makes of the client, as far as the form and its checks have to know. */
interface AuthMethodRow {
  /** The words the page uses. */
  readonly label: string
  /** What goes out as the client's proof. */
  readonly sends: 'secret' | 'assertion' | 'certificate' | 'nothing'
  /** What that is made with. */
  readonly by: 'secret' | 'key' | 'issued certificate' | 'own certificate' | 'nothing'
  /** The parameters and the header fields it makes, whatever was there; header fields in lower case. */
  readonly parameters: readonly string[]
  readonly headers: readonly string[]
  /** Which of the methods that a server accepts comes first. */
  readonly rank: number
}

const idAlone = { parameters: ['client_id'], headers: [] } as const
const assertion = {
  sends: 'assertion',
  parameters: ['client_id', 'client_assertion', 'client_assertion_type'],
  headers: [],
} as const

/** A row more here asks for one more in `compose/client-auth.ts`, which the compiler names. */
const rows = {
  client_secret_basic: {
    label: 'Basic header',
    sends: 'secret',
    by: 'secret',
    parameters: [],
    headers: ['authorization'],
    rank: 1,
  },
  client_secret_post: {
    label: 'Request body',
    sends: 'secret',
    by: 'secret',
    parameters: ['client_id', 'client_secret'],
    headers: [],
    rank: 2,
  },
  client_secret_jwt: { label: 'JWT signed with the secret', by: 'secret', ...assertion, rank: 3 },
  private_key_jwt: { label: 'JWT signed with a key', by: 'key', ...assertion, rank: 4 },
  tls_client_auth: {
    label: 'Certificate of a CA',
    sends: 'certificate',
    by: 'issued certificate',
    ...idAlone,
    rank: 6,
  },
  self_signed_tls_client_auth: {
    label: 'Self-signed certificate',
    sends: 'certificate',
    by: 'own certificate',
    ...idAlone,
    rank: 7,
  },
  none: { label: 'None (client ID only)', sends: 'nothing', by: 'nothing', ...idAlone, rank: 5 },
} as const satisfies Readonly<Record<string, AuthMethodRow>>

export type AuthMethod = keyof typeof rows

/** How a client can authenticate, by registered name. @see RFC 6749 section 2.3 */
export const authMethods: Readonly<Record<AuthMethod, AuthMethodRow>> = rows

/** Whether this page knows the method. */
export function isAuthMethod(name: string): name is AuthMethod {
  return Object.hasOwn(authMethods, name)
}

/** As a configuration names it. */
interface Chosen {
  readonly token_endpoint_auth_method: AuthMethod
}

/** What is known of the method of a configuration. */
export function authMethodOf({ token_endpoint_auth_method: method }: Chosen): AuthMethodRow {
  return authMethods[method]
}

/** Whether the client authenticates with a JWT. */
export function usesAssertion(config: Chosen): boolean {
  return authMethodOf(config).sends === 'assertion'
}

/** Whether the client has a secret and this method uses it. */
export function usesSecret(config: Chosen): boolean {
  return authMethodOf(config).by === 'secret'
}

/** Whether the client has a key and this method signs with it. */
export function usesKey(config: Chosen): boolean {
  return authMethodOf(config).by === 'key'
}

/** Whether the client authenticates in the Authorization header, which costs a page a preflight. */
export function inHeader(config: Chosen): boolean {
  return authMethodOf(config).headers.includes('authorization')
}

/** Each as it is chosen: in words, with its registered name. */
export const methodWords = Object.fromEntries(
  Object.entries(authMethods).map(([name, { sends, label }]) => [
    name,
    sends === 'nothing' ? label : `${label} · ${name}`,
  ]),
) as Record<AuthMethod, string>
