import { rfc } from '../../spec.ts'
import { authMethods, none } from './auth-methods.ts'
import { bareClientId, type Carrier, carriers } from './carriers.ts'
import type { Attempt } from './attempt.ts'
import type { Rule } from '../base/check-log.ts'
import type { PracticeClient } from '../base/server-state.ts'
import { authenticationFailed, tokenError } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

const oneMethod: Rule = { what: 'One client authentication method', spec: rfc(6749, '2.3') }
const registered: Rule = { what: 'The client is registered', spec: rfc(6749, '3.2.1') }
const itsMethod: Rule = { what: 'The client authenticates the way it is registered', spec: rfc(6749, '2.3') }

/** Finds out which client is asking, by exactly one method. @see RFC 6749 section 3.2.1 */
export async function authenticateClient(attempt: Attempt): Promise<PracticeClient> {
  const carrier = usedCarrier(attempt)
  const client = findClient(carrier, attempt)
  const allowed = client.token_endpoint_auth_methods
  const method = [...authMethods, none].find((one) => one.carrier === carrier && allowed.includes(one.name))
  if (!method) {
    const used = carrier === bareClientId ? none.name : carrier.name
    throw authenticationFailed(itsMethod, `${used}, but it is registered for ${allowed.join(' or ')}`)
  }
  attempt.checks.pass(itsMethod, method.name)
  await method.prove(client, attempt)
  return client
}

function usedCarrier(attempt: Attempt): Carrier {
  const used = carriers.filter((carrier) => carrier.isUsed(attempt))
  if (used.length > 1) {
    const names = used.map(({ name }) => name).join(' and ')
    throw tokenError('invalid_request', oneMethod, `The request uses ${names}; it must use one of them`)
  }
  const carrier = used[0] ?? (bareClientId.isUsed(attempt) ? bareClientId : undefined)
  if (!carrier) throw tokenError('invalid_client', oneMethod, 'There is no client authentication')
  attempt.checks.pass(oneMethod, carrier.name)
  return carrier
}

function findClient(carrier: Carrier, attempt: Attempt): PracticeClient {
  const { checks, clients, form } = attempt
  const clientId = carrier.clientId(attempt)
  const client = clients.find(clientId)
  if (!client) {
    const found = clientId === undefined ? 'There is no client_id' : `No client is called ${quote(clientId)}`
    throw authenticationFailed(registered, found)
  }
  checks.pass(registered, client.client_id)
  checkClientIdBeside(carrier, client, form.get('client_id'), attempt)
  return client
}

function checkClientIdBeside(
  { beside }: Carrier,
  { client_id }: PracticeClient,
  named: string | undefined,
  { checks }: Attempt,
): void {
  if (!beside || named === undefined) return
  if (named !== client_id) {
    const found = `client_id is ${quote(named)}, and ${quote(client_id)} authenticates`
    if (beside.error === 'invalid_client') throw authenticationFailed(beside.rule, found)
    throw tokenError(beside.error, beside.rule, found)
  }
  checks.pass(beside.rule, named)
}
