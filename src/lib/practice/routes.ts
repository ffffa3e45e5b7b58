import { fetchStandard, rfc } from '../spec.ts'
import { empty, text } from './base/response.ts'
import type { CheckLog, Rule } from './base/check-log.ts'
import type { Context, Endpoint } from './base/endpoint.ts'
import { practiceOrigin } from './base/origin.ts'
import { apiEndpoints } from './apis/api-endpoints.ts'
import { resourceMetadataEndpoints } from './apis/resource-metadata.ts'
import { introspectionEndpoint } from './tokens/introspection-endpoint.ts'
import { mcpEndpoint } from './mcp/mcp-endpoint.ts'
import { jwksEndpoint } from './signatures/jwks-endpoint.ts'
import { metadataEndpoint } from './metadata-endpoint.ts'
import { ProtocolError } from './base/protocol-error.ts'
import { registrationEndpoint } from './clients/registration-endpoint.ts'
import { revocationEndpoint } from './tokens/revocation-endpoint.ts'
import { tokenEndpoint } from './tokens/token-endpoint.ts'

/** Another endpoint is another row. */
const endpoints: readonly Endpoint[] = [
  tokenEndpoint,
  metadataEndpoint,
  jwksEndpoint,
  registrationEndpoint,
  introspectionEndpoint,
  revocationEndpoint,
  ...apiEndpoints,
  mcpEndpoint,
  ...resourceMetadataEndpoints,
]

const known: Rule = { what: 'There is something at this URL', spec: rfc(9110, '15.5.5') }
const preflight: Rule = {
  what: 'The browser may send the request',
  spec: fetchStandard('cors-preflight-fetch'),
}

/** Finds the endpoint and lets it respond, once the method is right. */
export async function route(request: Request, context: Context): Promise<Response> {
  const { pathname } = new URL(request.url)
  const endpoint = endpointAt(request)
  if (request.method === 'OPTIONS') return answerPreflight(endpoint, context.checks)
  if (!endpoint) {
    const paths = endpoints.map(({ path }) => path).join(', ')
    const refusal = text(404, `Not found. There is: ${paths}`)
    throw new ProtocolError(known, `Nothing at ${pathname.slice(0, 60)}`, refusal)
  }
  const { method, rule, ownMethods } = endpoint
  const isHead = method === 'GET' && request.method === 'HEAD'
  if (!ownMethods && request.method !== method && !isHead) {
    const refusal = text(405, `${endpoint.path} accepts ${method}.`, { Allow: allow(endpoint) })
    throw new ProtocolError(rule, `The method is ${request.method.slice(0, 20)}`, refusal)
  }
  context.checks.pass(rule, `${request.method} ${pathname}`)
  return endpoint.answer(request, context)
}

/** The fields a page may read of a response, besides those it always may. @see RFC 9449 section 7.1 */
export function exposedFields(request: Request): string {
  const endpoint = endpointAt(request)
  if (endpoint?.exposesChallenge === false) return ''
  return ['WWW-Authenticate, DPoP-Nonce', endpoint?.moreFields?.read ?? []].flat().join(', ')
}

function endpointAt({ url }: Request): Endpoint | undefined {
  const { origin, pathname } = new URL(url)
  return endpoints.find(({ path }) => practiceOrigin + path === origin + pathname)
}

/** Any origin may send what this server understands; `dpop` is the header of RFC 9449. */
function answerPreflight(endpoint: Endpoint | undefined, checks: CheckLog): Response {
  const methods = endpoint ? allow(endpoint) : 'GET, HEAD, POST, OPTIONS'
  const headers = ['authorization, content-type, dpop', endpoint?.moreFields?.sent ?? []].flat().join(', ')
  checks.pass(preflight, `From any origin: ${methods}, with ${headers}`)
  return empty(204, {
    Allow: methods,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': headers,
  })
}

function allow({ method, ownMethods = [method] }: Endpoint): string {
  return method === 'GET' ? 'GET, HEAD, OPTIONS' : [...ownMethods, 'OPTIONS'].join(', ')
}
