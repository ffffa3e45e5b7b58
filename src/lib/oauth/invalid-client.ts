import { rfc } from '../spec.ts'
import { encodingMatters } from './basic-credentials.ts'
import { basicEncodings, type AuthMethod, type TokenRequestConfig } from './config.ts'
import type { Explanation, Fix } from './explanation.ts'

/** The refusal with the most causes: the client, its secret, its method, or the encoding of both. @see RFC 6749 section 5.2 */
export function invalidClient(config: TokenRequestConfig): Omit<Explanation, 'title' | 'certainty'> {
  return {
    meaning: 'The server does not know this client, or did not accept its proof.',
    causes: [...encodingCauses(config), ...clientCauses[config.token_endpoint_auth_method]],
    fixes: [...encodingFixes(config), ...clientFixes[config.token_endpoint_auth_method]],
    spec: [rfc(6749, '5.2'), rfc(6749, '2.3.1')],
  }
}

const wrongPair = 'The client ID or the secret is wrong, or belongs to another realm or tenant.'
const wrongMethod = 'The client is registered for another method; many servers fix one per client.'

const clientCauses = {
  client_secret_basic: [wrongPair, wrongMethod],
  client_secret_post: [wrongPair, wrongMethod, 'The server forbids credentials in the body.'],
  none: ['The server wants a proof; this grant is for clients that have one.', 'The client ID is unknown.'],
} as const

const copyAgain = 'Copy the secret again, watching for spaces.'
const useBody: Fix = {
  text: 'Send the credentials in the body (client_secret_post)',
  change: { token_endpoint_auth_method: 'client_secret_post' },
}
const useHeader: Fix = {
  text: 'Send the credentials in the header (client_secret_basic)',
  change: { token_endpoint_auth_method: 'client_secret_basic' },
}

const clientFixes: Readonly<Record<AuthMethod, readonly Fix[]>> = {
  client_secret_basic: [copyAgain, useBody],
  client_secret_post: [copyAgain, useHeader],
  none: [useBody, useHeader],
}

/** Only worth a word where the encodings differ for this very id and secret. */
function encodingCauses(config: TokenRequestConfig): string[] {
  if (!encodingIsACause(config)) return []
  return [
    config.basic_encoding === 'raw'
      ? 'The server form-decodes Basic credentials, as the standard says, and these were not encoded.'
      : 'The server does not form-decode Basic credentials, and for this ID and secret that makes a difference.',
  ]
}

function encodingFixes(config: TokenRequestConfig): Fix[] {
  if (!encodingIsACause(config)) return []
  const other = config.basic_encoding === 'raw' ? 'form' : 'raw'
  return [{ text: `Encode otherwise: ${basicEncodings[other]}`, change: { basic_encoding: other } }]
}

function encodingIsACause(config: TokenRequestConfig): boolean {
  const { token_endpoint_auth_method: method, basic_encoding, client_id, client_secret } = config
  return method === 'client_secret_basic' && encodingMatters(basic_encoding, client_id, client_secret)
}
