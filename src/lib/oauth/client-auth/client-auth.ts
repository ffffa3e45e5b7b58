import { None, type ClientAuth } from 'oauth4webapi'
import { basicCredentials } from './basic-credentials.ts'
import { clientSecretJwt, privateKeyJwt } from './client-assertion.ts'
import type { AuthMethod, TokenRequestConfig } from '../config/config.ts'
import type { Signing } from '../compose/signing.ts'

/** How each method puts the client's credentials into the request, for oauth4webapi to call. */
const methods: Readonly<Record<AuthMethod, (config: TokenRequestConfig, signing: Signing) => ClientAuth>> = {
  client_secret_basic: basic,
  client_secret_post: post,
  client_secret_jwt: clientSecretJwt,
  private_key_jwt: privateKeyJwt,
  // The certificate is shown in the TLS handshake, which no script takes part in. @see RFC 8705 section 2
  tls_client_auth: () => None(),
  self_signed_tls_client_auth: () => None(),
  none: () => None(),
}

/** The client authentication the configuration asks for. */
export function clientAuth(config: TokenRequestConfig, signing: Signing): ClientAuth {
  return methods[config.token_endpoint_auth_method](config, signing)
}

/** Not the library's own: that one has a single encoding, which fails where a server does not form-decode. */
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
