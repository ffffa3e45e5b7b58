import { rfc, type SpecLink } from '../../spec.ts'
import { bareClientId, carriers } from './carriers.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { authenticateClient } from './client-authentication.ts'
import type { PracticeClient } from '../base/server-state.ts'
import type { Context } from '../base/endpoint.ts'
import { type Form, readForm } from '../base/form-body.ts'
import { tokenError } from '../base/token-error.ts'
import { listNames } from '../base/wording.ts'

/** A request that a client sends in its own name, and the client. */
export interface ClientRequest {
  readonly client: PracticeClient
  readonly form: Form
}

const bodyOnly: Rule = { what: 'Client credentials are not in the URL', spec: rfc(6749, '2.3.1') }
const unrecognized: Rule = { what: 'Unrecognized parameters are ignored', spec: rfc(6749, '3.2') }

const credentialParameters = [...carriers, bareClientId].flatMap(({ parameters }) => parameters)

/**
 * What every endpoint for clients does first: reads the form that `spec` requires, and finds out who sent it. `known` are
 * the parameters of the endpoint besides the credentials.
 * @see RFC 6749 sections 2.3 and 3.2
 */
export async function readClientRequest(
  request: Request,
  { known, spec }: { readonly known: readonly string[]; readonly spec: SpecLink },
  context: Context,
): Promise<ClientRequest> {
  const { checks } = context
  checkUrl(new URL(request.url), checks)
  const form = await readForm(request, spec, checks)
  const unknown = form.names.filter((name) => ![...known, ...credentialParameters].includes(name))
  if (unknown.length > 0) checks.note(unrecognized, listNames(unknown))
  const authorization = request.headers.get('authorization')
  return { client: await authenticateClient({ ...context, authorization, form }), form }
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
