import { rfc } from '../spec.ts'
import { json } from './answer.ts'
import { bearerError } from './bearer-error.ts'
import { readBearerToken } from './bearer-token.ts'
import type { Rule } from './check-log.ts'
import type { Endpoint } from './endpoint.ts'
import { practiceAudience } from './origin.ts'
import { verifyAccessToken } from './verify-access-token.ts'

const hasScope: Rule = { what: 'The token has the scope read', spec: rfc(6750, '3.1') }

/** A protected resource, to use a token on. @see RFC 6750 section 2.1 */
export const greetingEndpoint: Endpoint = {
  path: `${new URL(practiceAudience).pathname}/greeting`,
  method: 'GET',
  rule: { what: 'GET the greeting', spec: rfc(9110, '9.3.1') },
  answer: async (request, context) => {
    const token = readBearerToken(request, context.checks)
    const { sub, scope } = await verifyAccessToken(token, context)
    const granted = String(scope)
    if (!granted.split(' ').includes('read')) {
      throw bearerError('insufficient_scope', hasScope, `The scope of the token is ${granted}`, 'read')
    }
    context.checks.pass(hasScope, granted)
    return json(200, { greeting: `Hello, ${sub ?? ''}!`, scope: granted }, { 'Cache-Control': 'no-store' })
  },
}
