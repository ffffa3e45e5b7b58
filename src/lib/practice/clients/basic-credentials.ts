import { rfc } from '../../spec.ts'
import type { Rule } from '../base/check-log.ts'
import { decodeFormValue } from '../base/form-body.ts'
import { tokenError } from '../base/token-error.ts'

/** User-id and password of a Basic header, as received and form-decoded. */
interface BasicCredentials {
  readonly client_id: string
  readonly client_secret: string
  readonly undecoded: { readonly client_id: string; readonly client_secret: string }
}

const wellFormed: Rule = { what: 'The Authorization header holds Basic credentials', spec: rfc(7617, '2') }

/**
 * Basic authentication, then the client's own step: both parts are form-encoded before they are joined.
 * @see RFC 6749 section 2.3.1
 * @see RFC 7617 section 2
 */
export function readBasicCredentials(authorization: string): BasicCredentials {
  const [scheme = '', ...rest] = authorization.split(' ')
  if (scheme.toLowerCase() !== 'basic') throw malformed('The scheme is not Basic')
  const joined = decodeBase64Utf8(rest.join(' ').trim())
  const colon = joined.indexOf(':')
  if (colon === -1) throw malformed('There is no colon between client_id and client_secret')
  const undecoded = { client_id: joined.slice(0, colon), client_secret: joined.slice(colon + 1) }
  return {
    client_id: decodeFormValue(undecoded.client_id),
    client_secret: decodeFormValue(undecoded.client_secret),
    undecoded,
  }
}

function decodeBase64Utf8(token: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.replace(/=+$/, '').length % 4 === 1) {
    throw malformed('What follows Basic is not base64')
  }
  const bytes = Uint8Array.from(atob(token), (character) => character.charCodeAt(0))
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (decoded.includes('\ufffd'))
    throw malformed('The credentials are not UTF-8: perhaps ISO-8859-1, which btoa makes')
  return decoded
}

function malformed(found: string) {
  return tokenError('invalid_client', wellFormed, found, `Client authentication failed: ${found}`)
}
