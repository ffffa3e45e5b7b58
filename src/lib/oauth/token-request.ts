import { allowInsecureRequests, clientCredentialsGrantRequest, customFetch } from 'oauth4webapi'
import type { HttpRequest } from '../http/message.ts'
import { clientAuth } from './client-auth.ts'
import type { TokenRequestConfig } from './config.ts'

/**
 * Composes the access token request for a configuration that `checkConfig` found sendable. oauth4webapi builds it;
 * the fetch it is given records and does not send, so that the live preview and the send are one function.
 * @see RFC 6749 section 4.4.2
 */
export async function composeTokenRequest(config: TokenRequestConfig): Promise<HttpRequest> {
  const { token_endpoint, client_id, scope } = config
  // Without discovery there is no issuer; the library wants one and uses it for nothing in this request.
  const as = { issuer: token_endpoint, token_endpoint }
  const parameters = new URLSearchParams(scope === '' ? [] : [['scope', scope]])
  let recorded: HttpRequest | undefined
  await clientCredentialsGrantRequest(as, { client_id }, clientAuth(config), parameters, {
    [allowInsecureRequests]: true,
    [customFetch]: (url, { method, headers, body }) => {
      recorded = { method, url, headers: Object.entries(headers), body: body.toString() }
      return Promise.resolve(new Response(null, { status: 204 }))
    },
  })
  if (!recorded) throw new Error('oauth4webapi did not call its fetch')
  return recorded
}
