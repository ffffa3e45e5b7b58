import { clientCredentialsGrantRequest } from 'oauth4webapi'
import type { HttpRequest } from '../../http/message.ts'
import { compactJson } from '../../json/lines.ts'
import { clientAuth } from '../compose/client-auth.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import { dpopProof } from '../compose/dpop-proof.ts'
import { ownHeaders } from '../compose/own-headers.ts'
import { recordRequest } from '../compose/record-request.ts'
import type { Signing } from '../compose/signing.ts'

/**
 * Composes the access token request for a configuration that `checkConfig` found sendable. oauth4webapi builds it,
 * and nothing is sent, so that the live preview and the send are one function. What is signed is signed anew by every
 * call.
 * @see RFC 6749 section 4.4.2
 */
export async function composeTokenRequest(
  config: TokenRequestConfig,
  signing: Signing,
): Promise<HttpRequest> {
  const { token_endpoint, client_id } = config
  // The library requires an issuer; if none is known it is not used for anything.
  const as = { issuer: issuerOf(config) || token_endpoint, token_endpoint }
  const proof = dpopProof(config, signing)
  const { headers, ...request } = await recordRequest(config, (recording) =>
    clientCredentialsGrantRequest(as, { client_id }, clientAuth(config, signing), parametersOf(config), {
      ...recording,
      ...(proof ? { DPoP: proof } : {}),
    }),
  )
  return { ...request, headers: [...headers, ...ownHeaders(config.headers)] }
}

/** What the request asks for, before the library adds the grant and the client. */
function parametersOf(config: TokenRequestConfig): URLSearchParams {
  const { scope, resource, audience, authorization_details, parameters } = config
  const asked = [
    ['scope', scope],
    ...resource.map((value) => ['resource', value] as const),
    ['audience', audience],
    ['authorization_details', authorization_details.trim() && compactJson(authorization_details)],
  ] as const
  const own = parameters.filter(({ on, name }) => on && name !== '')
  return new URLSearchParams([
    ...asked.filter(([, value]) => value !== '').map(([name, value]) => [name, value]),
    ...own.map(({ name, value }) => [name, value]),
  ])
}
