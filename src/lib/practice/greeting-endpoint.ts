import { rfc } from '../spec.ts'
import { json } from './answer.ts'
import { bearerError } from './bearer-error.ts'
import { readBearerToken } from './bearer-token.ts'
import type { CheckLog, Rule } from './check-log.ts'
import type { Endpoint } from './endpoint.ts'
import { isObject } from './json-object.ts'
import { practiceAudience } from './origin.ts'
import { verifyAccessToken } from './verify-access-token.ts'
import { show } from './wording.ts'

const unbound: Rule = { what: 'The token is not bound to a key', spec: rfc(9449, '7.2') }
const hasScope: Rule = { what: 'The token has the scope read', spec: rfc(6750, '3.1') }

/** A protected resource, to use a token on. @see RFC 6750 section 2.1 */
export const greetingEndpoint: Endpoint = {
  path: `${new URL(practiceAudience).pathname}/greeting`,
  method: 'GET',
  rule: { what: 'GET the greeting', spec: rfc(9110, '9.3.1') },
  answer: async (request, context) => {
    const token = readBearerToken(request, context.checks)
    const { sub, scope, cnf } = await verifyAccessToken(token, context)
    checkUnbound(cnf, context.checks)
    const granted = String(scope)
    if (!granted.split(' ').includes('read')) {
      throw bearerError('insufficient_scope', hasScope, `The scope of the token is ${granted}`, 'read')
    }
    context.checks.pass(hasScope, granted)
    return json(200, { greeting: `Hello, ${sub ?? ''}!`, scope: granted }, { 'Cache-Control': 'no-store' })
  },
}

/** @see RFC 9449 section 7.2: a resource "MUST reject a DPoP-bound access token received as a bearer token" */
function checkUnbound(cnf: unknown, checks: CheckLog): void {
  if (cnf === undefined) {
    checks.pass(unbound, 'There is no cnf')
    return
  }
  const found = `It has cnf with ${isObject(cnf) ? Object.keys(cnf).join(', ') : show(cnf)}: it is no bearer token`
  throw bearerError('invalid_token', unbound, found)
}
