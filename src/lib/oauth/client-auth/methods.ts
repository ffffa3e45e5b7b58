import { type ClientAuth, None } from 'oauth4webapi'
import type { Fix } from '../../explanation/explanation.ts'
import type { Signing } from '../compose/signing.ts'
import type { AuthMethod } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { basicCredentials, encodingCauses, encodingFixes } from './basic-credentials.ts'
import { clientSecretJwt, privateKeyJwt } from './client-assertion.ts'

/** How one method puts the client's proof into a request, and why a server may not accept it. */
interface Row {
  /** For oauth4webapi to call. */
  readonly compose: (config: TokenRequestConfig, signing: Signing) => ClientAuth
  /** Why it is refused as invalid_client, and what to try; of an assertion, besides what its claims may cause. */
  readonly causes: (config: TokenRequestConfig) => readonly string[]
  readonly fixes: (config: TokenRequestConfig) => readonly Fix[]
}

const wrongPair = 'The client ID or the secret is wrong, or belongs to another realm or tenant.'
const wrongMethod = 'The client is registered for another method; many servers fix one per client.'
const wrongAlg = 'The client is registered for another algorithm.'

const copyAgain = 'Copy the secret again, watching for spaces.'
const useBody: Fix = {
  text: 'Send the credentials in the body (client_secret_post)',
  change: { token_endpoint_auth_method: 'client_secret_post' },
}
const useHeader: Fix = {
  text: 'Send the credentials in the header (client_secret_basic)',
  change: { token_endpoint_auth_method: 'client_secret_basic' },
}

/** The certificate is shown in the TLS handshake, which no script takes part in. @see RFC 8705 section 2 */
const byCertificate: Row = {
  compose: () => None(),
  causes: () => [
    'No certificate was shown: a page sends without credentials, and the browser presents none for it.',
  ],
  fixes: () => [
    'Send it from a program that can show a certificate: curl --cert client.pem --key client.key.',
  ],
}

/** The methods; what the form has to know of them is in `config/auth-methods.ts`. */
export const methods: Readonly<Record<AuthMethod, Row>> = {
  client_secret_basic: {
    compose: basic,
    causes: (config) => [...encodingCauses(config), wrongPair, wrongMethod],
    fixes: (config) => [...encodingFixes(config), copyAgain, useBody],
  },
  client_secret_post: {
    compose: post,
    causes: () => [wrongPair, wrongMethod, 'The server forbids credentials in the body.'],
    fixes: () => [copyAgain, useHeader],
  },
  client_secret_jwt: {
    compose: clientSecretJwt,
    causes: () => ['The server verifies the signature with another secret.', wrongMethod, wrongAlg],
    fixes: () => [copyAgain],
  },
  private_key_jwt: {
    compose: privateKeyJwt,
    causes: () => [
      'The public key is not registered for this client, or not under this kid.',
      wrongMethod,
      wrongAlg,
    ],
    fixes: () => [
      'Compare the public key and its kid under Keys with what the server has registered for this client.',
    ],
  },
  tls_client_auth: byCertificate,
  self_signed_tls_client_auth: byCertificate,
  none: {
    compose: () => None(),
    causes: () => [
      'The server wants a proof; this grant is for clients that have one.',
      'The client ID is unknown.',
    ],
    fixes: () => [useBody, useHeader],
  },
}

/** The client authentication the configuration asks for. */
export function clientAuth(config: TokenRequestConfig, signing: Signing): ClientAuth {
  return methods[config.token_endpoint_auth_method].compose(config, signing)
}

/** Not the library's own: that one has a single encoding, which fails if a server does not form-decode. */
function basic({ basic_encoding, client_id, client_secret }: TokenRequestConfig): ClientAuth {
  const { base64 } = basicCredentials(basic_encoding, client_id, client_secret)
  return (_as, _client, _body, headers) => {
    headers.set('authorization', `Basic ${base64}`)
  }
}

/** "The client MAY omit the parameter if the client secret is an empty string." @see RFC 6749 section 2.3.1 */
function post({ client_id, client_secret }: TokenRequestConfig): ClientAuth {
  return (_as, _client, body) => {
    body.set('client_id', client_id)
    if (client_secret !== '') body.set('client_secret', client_secret)
  }
}
