import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import { practiceApis, type PracticeApi } from './apis.ts'
import type { Rule } from '../base/check-log.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { practiceAudience, practiceOrigin } from '../base/origin.ts'
import { metadataPath } from './resource-metadata-url.ts'
import { supportedAlgs } from '../signatures/signature-algs.ts'

/** What the metadata of a protected resource are made of: one API, or all those with one audience. */
interface Described extends Pick<PracticeApi, 'schemes'> {
  readonly resource: string
  readonly name: string
  readonly scopes: readonly string[]
}

const described: Rule = { what: 'The metadata names this resource', spec: rfc(9728, '2') }

/** All APIs that share an audience, and each one by its URL. */
const resources: readonly Described[] = [
  {
    resource: practiceAudience,
    name: 'Practice APIs',
    scopes: [...new Set(practiceApis.flatMap((api) => (api.audience === practiceAudience ? api.scope : [])))],
    schemes: ['Bearer', 'DPoP'],
  },
  ...practiceApis.map(({ id, url, scope, schemes }) => ({
    resource: url,
    name: `Practice API ${id}`,
    scopes: [scope],
    schemes,
  })),
]

/** Where a client that has the URL of an API finds which server issues tokens for it. @see RFC 9728 section 3 */
export const resourceMetadataEndpoints: readonly Endpoint[] = resources.map((one) => ({
  path: metadataPath(one.resource),
  method: 'GET',
  rule: { what: 'GET the protected resource metadata', spec: rfc(9728, '3.1') },
  answer: async (_request, { checks }) => {
    const metadata = await metadataOf(one)
    checks.pass(described, one.resource)
    return json(200, metadata)
  },
}))

/** @see RFC 9728 section 2 */
async function metadataOf({ resource, name, scopes, schemes }: Described): Promise<object> {
  return {
    resource,
    authorization_servers: [practiceOrigin],
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
    resource_name: name,
    dpop_signing_alg_values_supported: await supportedAlgs(),
    ...(schemes.includes('Bearer') ? {} : { dpop_bound_access_tokens_required: true }),
  }
}
