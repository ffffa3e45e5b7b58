import { rfc } from '../../spec.ts'
import { json } from '../base/response.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { readClientRequest } from '../clients/client-request.ts'
import type { PracticeClient } from '../base/server-state.ts'
import type { Endpoint } from '../base/endpoint.ts'
import type { Form } from '../base/form-body.ts'
import { type Grant, grants } from './grants.ts'
import { practiceTokenEndpoint } from '../base/origin.ts'
import { bindingOf, nextNonce } from '../dpop/token-binding.ts'
import { noStore, tokenError } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

const grantType: Rule = { what: 'grant_type is client_credentials', spec: rfc(6749, '4.4.2') }
const mayUse: Rule = { what: 'The client may use this grant', spec: rfc(6749, '5.2') }

const wanted = {
  known: ['grant_type', ...grants.flatMap(({ parameters }) => parameters)],
  spec: rfc(6749, '4.4.2'),
}

/** @see RFC 6749 section 3.2 */
export const tokenEndpoint: Endpoint = {
  path: new URL(practiceTokenEndpoint).pathname,
  method: 'POST',
  rule: { what: 'POST to the token endpoint', spec: rfc(6749, '3.2') },
  answer: async (request, context) => {
    const { client, form } = await readClientRequest(request, wanted, context)
    const grant = findGrant(form, client, context.checks)
    const jkt = await bindingOf(request, client, context)
    const issued = await grant.issue(client, form, jkt, context)
    const nonce = client.require_dpop_nonce === true ? nextNonce(context) : {}
    return json(200, issued, { ...noStore, ...nonce })
  },
}

function findGrant(form: Form, client: PracticeClient, checks: CheckLog): Grant {
  const asked = form.get('grant_type')
  if (asked === undefined) throw tokenError('invalid_request', grantType, 'grant_type is missing')
  const grant = grants.find(({ name }) => name === asked)
  if (!grant) {
    const found = `${quote(asked)} is not supported; this server knows ${grants.map(({ name }) => name).join(', ')}`
    throw tokenError('unsupported_grant_type', grantType, found)
  }
  checks.pass(grantType, asked)
  if (!client.grant_types.includes(asked)) {
    const found = `${client.client_id} is registered for ${client.grant_types.join(', ')} only`
    throw tokenError('unauthorized_client', mayUse, found)
  }
  checks.pass(mayUse, asked)
  return grant
}
