import { decodeBody } from '../../http/body.ts'
import type { HttpRequest, Outcome } from '../../http/message.ts'
import { ownMembers } from '../../json/own-members.ts'
import type { Key } from '../../keys/key.ts'
import { publicJwkSet } from '../../keys/public-key.ts'
import { quoted } from '../../text/quoted.ts'
import { scopeTokens, type TokenRequestConfig } from '../config/config.ts'

/**
 * The request that registers a client for this grant with the public half of a key.
 * @see RFC 7591 section 3.1
 */
export function registrationRequest(
  endpoint: string,
  key: Key,
  { scope, dpop }: TokenRequestConfig,
): HttpRequest {
  const metadata = {
    client_name: 'Client Credentials Playground',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: key.alg,
    jwks: publicJwkSet(key),
    ...(scopeTokens(scope).length > 0 ? { scope } : {}),
    ...(dpop.on ? { dpop_bound_access_tokens: true } : {}),
  }
  return {
    method: 'POST',
    url: endpoint,
    headers: [
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
    ],
    body: JSON.stringify(metadata),
  }
}

/** What came of a registration: the ID of the client, or why there is none. @see RFC 7591 section 3.2 */
export type Registered =
  { readonly ok: true; readonly client_id: string } | { readonly ok: false; readonly message: string }

export function readRegistration(outcome: Outcome): Registered {
  if (outcome.kind !== 'response') {
    return { ok: false, message: 'No response came that a page can read; History has the request.' }
  }
  const body = decodeBody(outcome.response)
  const read = ownMembers(body.kind === 'text' ? body.text : '')
  const { client_id, error, error_description } = read.ok ? read.members : {}
  if (typeof client_id === 'string' && outcome.response.status < 400) return { ok: true, client_id }
  const words = [error, error_description].filter((word) => typeof word === 'string').join(': ')
  return {
    ok: false,
    message: `The server did not register it (${outcome.response.status}). ${quoted(words)}`,
  }
}
