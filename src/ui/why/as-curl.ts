import type { HttpRequest } from '../../lib/http/message.ts'
import { predictPreflight } from '../../lib/http/preflight.ts'
import { fromPage, type Secrets } from '../../lib/snippets/renderer.ts'
import { curl } from '../../lib/snippets/curl.ts'

/** A request of a page of that origin as a terminal sends it, and the preflight before it, if there is one. */
export function asCurl(
  request: HttpRequest,
  origin: string,
  secrets: Secrets = 'variables',
): { readonly preflight: string | null; readonly itself: string } {
  const render = (one: HttpRequest) => curl.render({ request: fromPage(one, origin) }, secrets)
  const preflight = predictPreflight(request, origin)
  return { preflight: preflight && render(preflight.request), itself: render(request) }
}
