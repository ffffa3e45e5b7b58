import { rfc } from '../spec.ts'
import { json } from './answer.ts'
import type { CheckLog, Rule } from './check-log.ts'
import { bareClientId, carriers } from './carriers.ts'
import { authenticateClient } from './client-authentication.ts'
import type { PracticeClient } from './clients.ts'
import type { Endpoint } from './endpoint.ts'
import { readForm, type Form } from './form-body.ts'
import { grants, type Grant } from './grants.ts'
import { practiceTokenEndpoint } from './origin.ts'
import { bindingOf, nextNonce } from './token-binding.ts'
import { noStore, tokenError } from './token-error.ts'
import { listNames, quote } from './wording.ts'

const bodyOnly: Rule = { what: 'Client credentials are not in the URL', spec: rfc(6749, '2.3.1') }
const unrecognized: Rule = { what: 'Unrecognized parameters are ignored', spec: rfc(6749, '3.2') }
const grantType: Rule = { what: 'grant_type is client_credentials', spec: rfc(6749, '4.4.2') }
const mayUse: Rule = { what: 'The client may use this grant', spec: rfc(6749, '5.2') }

const credentialParameters = [...carriers, bareClientId].flatMap(({ parameters }) => parameters)

/** @see RFC 6749 section 3.2 */
export const tokenEndpoint: Endpoint = {
  path: new URL(practiceTokenEndpoint).pathname,
  method: 'POST',
  rule: { what: 'POST to the token endpoint', spec: rfc(6749, '3.2') },
  answer: async (request, context) => {
    const { checks } = context
    checkUrl(new URL(request.url), checks)
    const form = await readForm(request, checks)
    noteUnrecognized(form, checks)
    const authorization = request.headers.get('authorization')
    const client = await authenticateClient({ ...context, authorization, form })
    const grant = findGrant(form, client, checks)
    const jkt = await bindingOf(request, client, context)
    const issued = await grant.issue(client, form, jkt, context)
    const nonce = client.require_dpop_nonce === true ? nextNonce(context) : {}
    return json(200, issued, { ...noStore, ...nonce })
  },
}

/** @see RFC 6749 section 2.3.1: the parameters "MUST NOT be included in the request URI" */
function checkUrl({ searchParams }: URL, checks: CheckLog): void {
  const names = [...new Set(searchParams.keys())]
  const credentials = names.filter((name) => credentialParameters.includes(name))
  if (credentials.length > 0) {
    const found = `Found in the query: ${credentials.join(', ')}; send it in the body or the Authorization header`
    throw tokenError('invalid_request', bodyOnly, found)
  }
  if (names.length > 0) checks.note(unrecognized, `in the query: ${listNames(names)}`)
}

function noteUnrecognized(form: Form, checks: CheckLog): void {
  const known = ['grant_type', ...credentialParameters, ...grants.flatMap(({ parameters }) => parameters)]
  const unknown = form.names.filter((name) => !known.includes(name))
  if (unknown.length > 0) checks.note(unrecognized, listNames(unknown))
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
