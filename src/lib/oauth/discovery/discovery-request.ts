import { allowInsecureRequests, customFetch, discoveryRequest } from 'oauth4webapi'
import type { HttpRequest } from '../../http/message.ts'

/**
 * Composes the request for the metadata at one of the URLs of `discoveryAttempts`: a plain GET, for which a browser
 * makes no preflight. oauth4webapi builds it but for the URL, as two rules for one cannot express all that are tried.
 * @see RFC 8414 section 3.1
 */
export async function composeDiscoveryRequest(url: string): Promise<HttpRequest> {
  let recorded: HttpRequest | undefined
  await discoveryRequest(new URL(url), {
    [allowInsecureRequests]: true,
    [customFetch]: (_own, { method, headers }) => {
      recorded = { method, url, headers: Object.entries(headers), body: null }
      return Promise.resolve(new Response(null, { status: 204 }))
    },
  })
  if (!recorded) throw new Error('oauth4webapi did not call its fetch')
  return recorded
}
