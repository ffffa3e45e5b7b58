import { mask } from '../../http/redact.ts'
import type { Hide } from './repeated-secrets.ts'

/** A JWT in compact form, signed or encrypted. @see RFC 7515 section 7.1, RFC 7516 section 7.1 */
const jwt = /\beyJ[\w-]+\.[\w-]*(?:\.[\w-]*){0,3}/g

/** Members and parameters whose value is a token, or proves who the client is. @see RFC 6749 section 5.1, RFC 7591 section 3.2.1, RFC 7009 section 2.1 */
const names =
  '(?:access_|refresh_|id_|registration_access_|initial_access_)?token|client_secret|client_assertion|password'

/** The value of such a member in JSON. */
const member = new RegExp(String.raw`("(?:${names})"\s*:\s*)("(?:[^"\\]|\\.)*"|[\d.]+)`, 'gi')

/** The value of such a parameter in a form or a query. */
const parameter = new RegExp(String.raw`(?<![\w-])((?:${names})=)([^&\s"'<>]+)`, 'gi')

/**
 * Masks each token in a text: what is a JWT by its look, what is named like a token or a secret, and the tokens given,
 * as they are and percent-encoded.
 * @param tokens those that have no such look or name
 */
export function hideTokens(tokens: readonly string[]): Hide {
  const given = [...new Set(tokens.flatMap((token) => [token, encodeURIComponent(token)]))]
    .filter((token) => token.length > 3)
    .sort((one, other) => other.length - one.length)
  return (text) =>
    given
      .reduce((rest, token) => rest.replaceAll(token, mask), text)
      .replace(member, `$1"${mask}"`)
      .replace(parameter, `$1${mask}`)
      .replace(jwt, mask)
}
