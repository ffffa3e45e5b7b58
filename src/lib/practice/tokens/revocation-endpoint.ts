import { rfc } from '../../spec.ts'
import { empty } from '../base/response.ts'
import type { Rule } from '../base/check-log.ts'
import { readClientRequest } from '../clients/client-request.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { practiceRevocationEndpoint } from '../base/origin.ts'
import { sentToken, tokenParameters } from './sent-token.ts'
import { noStore, tokenError } from '../base/token-error.ts'
import { stateOfToken } from './token-state.ts'

const spec = rfc(7009, '2.1')
const owned: Rule = { what: 'The token was issued to this client', spec }
const revoked: Rule = { what: 'The token is revoked', spec: rfc(7009, '2.2') }
const learned: Rule = { what: 'An API learns of it', spec: rfc(7009, '3') }

/** Revokes a token. @see RFC 7009 section 2 */
export const revocationEndpoint: Endpoint = {
  path: new URL(practiceRevocationEndpoint).pathname,
  method: 'POST',
  rule: { what: 'POST to the revocation endpoint', spec },
  answer: async (request, context) => {
    const { checks, records } = context
    const { client, form } = await readClientRequest(request, { known: tokenParameters, spec }, context)
    const state = await stateOfToken(sentToken(form, spec, checks), context)
    if (!state.active) {
      checks.note(revoked, `There is nothing to revoke, which is no error: ${state.why}`)
      return empty(200, noStore)
    }
    const { claims, opaque, found } = state
    if (claims.client_id !== client.client_id) {
      // 2.1 requires that the client is informed of an error of RFC 6749 5.2. Of those, invalid_client would blame credentials
      // that are right, and send the client round in circles.
      throw tokenError('unauthorized_client', owned, 'The token was issued to another client')
    }
    checks.pass(owned, client.client_id)
    records.revoke(claims)
    checks.pass(revoked, found)
    checks.note(
      learned,
      opaque
        ? 'Each that accepts it, since it has to introspect'
        : 'Only one that introspects; one that reads JWTs itself accepts it until it expires',
    )
    return empty(200, noStore)
  },
}
