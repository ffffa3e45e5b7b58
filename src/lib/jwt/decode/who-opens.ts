import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'

/** Who has the key of an encrypted token. */
interface Opener {
  /** Whether the key is a shared secret, so that whoever opens the token could have made it. */
  readonly isSymmetric: boolean
  readonly sentence: string
}

/** A key or a password on both sides. @see RFC 7518 sections 4.4 to 4.5, 4.7 and 4.8 */
const symmetric = /^(?:dir|A(?:128|192|256)(?:GCM)?KW|PBES2-HS\d{3}\+A\d{3}KW)$/

/**
 * Who can open an encrypted token, by how its content key is protected: with a public key the resource server whose key
 * it is; with a symmetric one whoever shares that, which is most often the server that issued it and nobody else.
 * @param header of the JWE, `null` if it cannot be read
 * @see RFC 7518 section 4.1
 */
export function whoOpens(header: JsonValue | null): Opener {
  const alg = asString(member(header, 'alg')) ?? ''
  if (!symmetric.test(alg))
    return {
      isSymmetric: false,
      sentence: 'The claims are encrypted, and only the resource server with the private key can read them.',
    }
  const shared = `The claims are encrypted with a symmetric key (alg ${quoted(alg)}), most likely the server’s own.`
  const rest =
    'Such a token is as good as opaque: an API asks the server about it (introspection), unless it was given that key.'
  return { isSymmetric: true, sentence: `${shared} ${rest}` }
}
