import { allowInsecureRequests, clientCredentialsGrantRequest, customFetch } from 'oauth4webapi'
import type { HeaderList, HttpRequest } from '../http/message.ts'
import { compactJson } from '../json/compact.ts'
import { clientAuth } from './client-auth.ts'
import { issuerOf, type TokenRequestConfig } from './config.ts'
import { dpopProof } from './dpop-proof.ts'
import type { Signing } from './signing.ts'

/**
 * Composes the access token request for a configuration that `checkConfig` found sendable. oauth4webapi builds it;
 * the fetch it is given records and does not send, so that the live preview and the send are one function. What is
 * signed is signed anew by every call.
 * @see RFC 6749 section 4.4.2
 */
export async function composeTokenRequest(
  config: TokenRequestConfig,
  signing: Signing,
): Promise<HttpRequest> {
  const { token_endpoint, client_id } = config
  // The library wants an issuer; where none is known it is not used for anything.
  const as = { issuer: issuerOf(config) || token_endpoint, token_endpoint }
  const proof = dpopProof(config, signing)
  let recorded: HttpRequest | undefined
  await clientCredentialsGrantRequest(as, { client_id }, clientAuth(config, signing), parametersOf(config), {
    [allowInsecureRequests]: true,
    [customFetch]: (url, { method, headers, body }) => {
      const fields = [...Object.entries(headers).map(spelled), ...ownHeaders(config)]
      recorded = { method, url, headers: fields, body: body.toString() }
      return Promise.resolve(new Response(null, { status: 204 }))
    },
    ...(proof ? { DPoP: proof } : {}),
  })
  if (!recorded) throw new Error('oauth4webapi did not call its fetch')
  return recorded
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

/** As a browser puts them on the wire: repeats in one line, under the first spelling. @see RFC 9110 section 5.3 */
function ownHeaders({ headers }: TokenRequestConfig): HeaderList {
  const lines = new Map<string, readonly [string, string]>()
  for (const { name, value } of headers.filter((entry) => entry.on && entry.name !== '')) {
    const [spelling, before] = lines.get(name.toLowerCase()) ?? [name, null]
    const trimmed = value.trim()
    lines.set(name.toLowerCase(), [spelling, before === null ? trimmed : `${before}, ${trimmed}`])
  }
  return [...lines.values()]
}

/** As the standard spells it: some servers look the name up with its capitals. @see RFC 9449 section 4.1 */
function spelled([name, value]: [string, string]): readonly [string, string] {
  return [name === 'dpop' ? 'DPoP' : name, value]
}
