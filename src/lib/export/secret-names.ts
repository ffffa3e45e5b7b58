import { isSecretName } from '../text/hides-secret.ts'

/** Names with “token” or “key” in them whose values are what metadata and registrations say about tokens and keys. */
const harmless =
  /(?:[-_](?:hint|alg|enc|supported|expires_(?:in|at)|uri|url|lifetime|use|ttl|ops|time|server|nonce)s?|(?:token|key|secret)[-_]?(?:id|name)|public[-_]?key|^keys)$/i

/** Whether the value of a parameter or a header field of that name is masked in what is exported. */
export const isSecret = (name: string): boolean => isSecretName(name) && !harmless.test(name)

/** The same of a member of JSON: there, `code` is what went wrong. */
export const isSecretMember = (name: string): boolean => isSecret(name) && !/^code$/i.test(name)

/** Members of a private JWK. @see RFC 7518 sections 6.2.2, 6.3.2 and 6.4 */
export const privateMembers: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'priv'])

/** Header fields whose whole value is masked, but for a scheme. */
export const isSecretField = (name: string): boolean =>
  isSecret(name) || /^(?:dpop|mcp-session-id|x-csrf.*|.*session.*)$/i.test(name)
