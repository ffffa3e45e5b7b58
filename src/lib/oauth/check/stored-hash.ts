import type { Beforehand } from '../../explanation/server-record.ts'
import { usesSecret } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'

/** How Django, Spring, PHP and Node begin the hash of a secret: with the name of the function that made it. */
const marked =
  /^(pbkdf2_sha\d+\$|bcrypt(_sha256)?\$|scrypt\$|argon2\$|\$2[aby]\$|\$argon2|\{(bcrypt|pbkdf2|scrypt|noop|argon2)[^}]*\})/i

/** SHA-256 in hex or base64, as IdentityServer stores it; a good secret may look the same. */
const digest = /^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$/i

/** Whether a secret may be the hash that a server stores of it; a client never sends one. */
export const mayBeHash = (secret: string): boolean => marked.test(secret) || digest.test(secret)

/** What to say before a hash is sent as the secret. @see RFC 6749 section 2.3.1 */
export function hashRemark(config: TokenRequestConfig): readonly Beforehand[] {
  if (!usesSecret(config) || !marked.test(config.client_secret)) return []
  return [
    {
      text: 'The secret looks like the hash that a server stores of it. A client sends the secret itself, which is shown once, when it is made: make a new one if nobody kept it.',
    },
  ]
}
