import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import type { Rule } from '../base/check-log.ts'
import type { Endpoint } from '../base/endpoint.ts'

const published: Rule = { what: 'Only public keys are shown', spec: rfc(7517, '5') }

/** @see RFC 7517 section 5 */
export const jwksEndpoint: Endpoint = {
  path: '/jwks',
  method: 'GET',
  rule: { what: 'GET the JWK Set', spec: rfc(7517, '5') },
  answer: async (_request, { checks, keys }) => {
    const jwks = await keys.publicJwks()
    checks.pass(published, jwks.keys.map(({ alg, kid }) => `${alg ?? ''} ${kid ?? ''}`).join(', '))
    return json(200, jwks, { 'Content-Type': 'application/jwk-set+json' })
  },
}
