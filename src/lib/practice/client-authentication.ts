import { rfc } from '../spec.ts'
import { authMethods, failed, none, type Attempt, type AuthMethod } from './auth-methods.ts'
import type { Rule } from './check-log.ts'
import { practiceClients, type PracticeClient } from './clients.ts'
import { tokenError } from './token-error.ts'
import { quote } from './wording.ts'

const oneMethod: Rule = { what: 'One client authentication method', spec: rfc(6749, '2.3') }
const registered: Rule = { what: 'The client is registered', spec: rfc(6749, '3.2.1') }
const sameClient: Rule = { what: 'client_id names the client that authenticates', spec: rfc(6749, '3.2.1') }
const itsMethod: Rule = { what: 'The client authenticates the way it is registered', spec: rfc(6749, '2.3') }

/** Finds out which client is asking, by exactly one method. @see RFC 6749 section 3.2.1 */
export async function authenticateClient(attempt: Attempt): Promise<PracticeClient> {
  const method = usedMethod(attempt)
  const client = findClient(method, attempt)
  const allowed = client.token_endpoint_auth_methods
  if (!allowed.includes(method.name)) {
    const found = `${method.name}, but it is registered for ${allowed.join(' or ')}`
    throw tokenError('invalid_client', itsMethod, found, failed)
  }
  attempt.checks.pass(itsMethod, method.name)
  await method.prove(client, attempt)
  return client
}

function usedMethod(attempt: Attempt): AuthMethod {
  const used = authMethods.filter((method) => method.isUsed(attempt))
  if (used.length > 1) {
    const names = used.map(({ name }) => name).join(' and ')
    throw tokenError('invalid_request', oneMethod, `The request uses ${names}; it must use one of them`)
  }
  const method = used[0] ?? (none.isUsed(attempt) ? none : undefined)
  if (!method) throw tokenError('invalid_client', oneMethod, 'There is no client authentication')
  attempt.checks.pass(oneMethod, method === none ? 'None: a client_id proves nothing' : method.name)
  return method
}

function findClient(method: AuthMethod, attempt: Attempt): PracticeClient {
  const clientId = method.clientId(attempt)
  const client = practiceClients.find(({ client_id }) => client_id === clientId)
  if (!client) {
    const found = clientId === undefined ? 'There is no client_id' : `No client is called ${quote(clientId)}`
    throw tokenError('invalid_client', registered, found, failed)
  }
  attempt.checks.pass(registered, client.client_id)

  const named = attempt.form.get('client_id')
  if (named !== undefined && named !== clientId) {
    const found = `The body names ${quote(named)}, the Authorization header ${quote(client.client_id)}`
    throw tokenError('invalid_request', sameClient, found)
  }
  return client
}
