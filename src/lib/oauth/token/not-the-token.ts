import { isNothing, type JsonValue, member } from '../../json/value.ts'
import { source } from './member-rules.ts'

/** What the JSON of a success is instead of a token response: a title and what it means. */
interface Instead {
  readonly title: string
  readonly meaning: string
  readonly causes: readonly string[]
}

/** Documents and responses of other endpoints, by members that each of them must have. */
const others: readonly (readonly [names: readonly string[], title: string, meaning: string])[] = [
  [
    ['issuer', 'token_endpoint'],
    'The server’s metadata instead of a token',
    'The URL is that of the discovery document (RFC 8414). Its member token_endpoint has the address to send to.',
  ],
  [
    ['keys'],
    'The server’s keys instead of a token',
    'The URL is that of the JWK Set (RFC 7517), the jwks_uri in the server’s metadata.',
  ],
  [
    ['device_code', 'user_code'],
    'A device code instead of a token',
    'The URL is that of the device authorization endpoint (RFC 8628), which begins another grant.',
  ],
  [
    ['active'],
    'The state of a token instead of a token',
    'The URL is that of the introspection endpoint (RFC 7662), which says whether a token is active.',
  ],
  [
    ['request_uri', 'expires_in'],
    'A request URI instead of a token',
    'The URL is that of the endpoint for pushed authorization requests (RFC 9126).',
  ],
]

/**
 * What a JSON object without a token is: the response of another endpoint, or an `access_token` that is no text. `null` if
 * neither is seen.
 * @see RFC 6749 section 5.1
 */
export function notTheToken(members: JsonValue | null): Instead | null {
  const token = member(members, 'access_token')
  if (token !== undefined) {
    const isEmpty = isNothing(token)
    return {
      title: isEmpty ? 'access_token is there, and empty' : 'access_token is no text',
      meaning: `access_token is ${token.kind === 'string' ? 'a text without characters' : source(token)}. A token is a text, and a client has nothing to send.`,
      causes: isEmpty
        ? ['The server could not make the token, and did not say so: its log has the reason.']
        : ['A program on the way wrote the token as another type.'],
    }
  }
  const found = others.find(([names]) => names.every((name) => member(members, name) !== undefined))
  return found ? { title: found[1], meaning: found[2], causes: [] } : null
}
