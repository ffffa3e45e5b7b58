import { type ClientAuth, None } from 'oauth4webapi'
import type { Signing } from './signing.ts'
import type { AuthMethod } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { basicCredentials } from './basic-credentials.ts'
import { clientSecretJwt, privateKeyJwt } from './client-assertion.ts'

/** Puts the client's proof into a request; oauth4webapi calls it. */
type Compose = (config: TokenRequestConfig, signing: Signing) => ClientAuth

/** The certificate is shown in the TLS handshake, which no script takes part in. @see RFC 8705 section 2 */
const nothing: Compose = () => None()

/** What the form has to know of the methods is in `config/auth-methods.ts`, why they are refused in `why/refusal`. */
const methods: Readonly<Record<AuthMethod, Compose>> = {
  client_secret_basic: basic,
  client_secret_post: post,
  client_secret_jwt: clientSecretJwt,
  private_key_jwt: privateKeyJwt,
  tls_client_auth: nothing,
  self_signed_tls_client_auth: nothing,
  none: nothing,
}

/** The client authentication the configuration asks for. */
export function clientAuth(config: TokenRequestConfig, signing: Signing): ClientAuth {
  return methods[config.token_endpoint_auth_method](config, signing)
}

/** Not the library's own: that one has a single encoding, which fails if a server does not form-decode. */
function basic({ basic_encoding, client_id, client_secret }: TokenRequestConfig): ClientAuth {
  const { base64 } = basicCredentials(basic_encoding, client_id, client_secret)
  return (_as, _client, _body, headers) => {
    headers.set('authorization', `Basic ${base64}`)
  }
}

/** "The client MAY omit the parameter if the client secret is an empty string." @see RFC 6749 section 2.3.1 */
function post({ body_encoding, client_id, client_secret }: TokenRequestConfig): ClientAuth {
  const encode = body_encoding === 'twice' ? encodeURIComponent : String
  return (_as, _client, body) => {
    body.set('client_id', encode(client_id))
    if (client_secret !== '') body.set('client_secret', encode(client_secret))
  }
}
