import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import type { Rule } from '../base/check-log.ts'
import { readClientRequest } from '../clients/client-request.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { practiceIntrospectionEndpoint } from '../base/origin.ts'
import { sentToken, tokenParameters } from './sent-token.ts'
import { authenticationFailed, noStore } from '../base/token-error.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { stateOfToken } from './token-state.ts'

const spec = rfc(7662, '2.1')
const proved: Rule = { what: 'Whoever asks has proved who it is', spec }
const active: Rule = { what: 'The token is active', spec: rfc(7662, '2.2') }
const mayKnow: Rule = { what: 'Whoever asks may know of the token', spec: rfc(7662, '4') }

/** Says what a token is worth now. @see RFC 7662 section 2 */
export const introspectionEndpoint: Endpoint = {
  path: new URL(practiceIntrospectionEndpoint).pathname,
  method: 'POST',
  rule: { what: 'POST to the introspection endpoint', spec },
  answer: async (request, context) => {
    const { checks } = context
    const { client, form } = await readClientRequest(request, { known: tokenParameters, spec }, context)
    if (client.token_endpoint_auth_methods.includes('none')) {
      throw authenticationFailed(proved, 'A public client proves nothing')
    }
    const state = await stateOfToken(sentToken(form, spec, checks), context)
    if (!state.active) {
      checks.note(active, `It is not, and the response does not tell why: ${state.why}`)
      return json(200, { active: false }, noStore)
    }
    checks.pass(active, state.found)
    checks.note(mayKnow, 'Any client may, here; elsewhere perhaps the API alone that the token is for')
    return json(200, describeToken(state.claims), noStore)
  },
}

/** @see RFC 7662 section 2.2, RFC 9396 section 9.2 and RFC 9449 section 6.2 */
function describeToken(claims: TokenClaims) {
  const { scope, client_id, ...others } = claims
  const token_type = claims.cnf ? 'DPoP' : 'Bearer'
  return { active: true, scope, client_id, token_type, ...others }
}
