import { rfc } from '../../../spec.ts'
import type { Rule } from '../../base/check-log.ts'
import { ProtocolError } from '../../base/protocol-error.ts'
import { empty } from '../../base/response.ts'
import type { Row } from '../asp-net.ts'
import { dotnetJson, withBody } from '../dotnet-json.ts'
import { believe } from '../jwt-bearer.ts'
import type { ServerKey } from '../server-key.ts'
import { issuer } from './setup.ts'

const audience = 'shopApi'
const wantedScope = 'read'

const present: Rule = { what: 'A Bearer token is present', spec: rfc(6750, '2.1') }
const hasScope: Rule = { what: `The token has the scope ${wantedScope}`, spec: rfc(6750, '3.1') }

/**
 * The API that the tutorial’s step 1 names and does not have: ASP.NET Core’s JwtBearer with the issuer as authority, the
 * audience `shopApi`, and a policy that requires the claim `scope` to have `read`. It allows pages by CORS, and exposes its
 * challenge.
 */
export function shopApiRow(key: ServerKey, now: () => number): Row {
  const wanted = {
    issuer,
    audience,
    isFor: (audiences: readonly string[]) => audiences.includes(audience),
    key,
    // JwtBearer 10 has lost the name by the time it writes the challenge.
    named: () => '(null)',
    now,
  }
  return {
    path: '/shopApi/products',
    method: 'GET',
    rule: { what: 'GET the products', spec: rfc(9110, '9.3.1') },
    exposes: ['WWW-Authenticate'],
    respond: async (request, checks) => {
      const [, token] = /^Bearer (.*)$/i.exec(request.headers.get('authorization') ?? '') ?? []
      if (token === undefined) {
        const found = 'There is no Authorization header with the scheme Bearer'
        throw new ProtocolError(present, found, empty(401, { 'WWW-Authenticate': 'Bearer' }))
      }
      checks.pass(present, `${token.length} characters`)
      const { client_id, scope } = await believe(token.trim(), wanted, checks)
      const scopes = [scope ?? []].flat().map(String)
      if (!scopes.includes(wantedScope)) {
        throw new ProtocolError(hasScope, `scope is ${scopes.join(', ') || 'empty'}`, empty(403))
      }
      checks.pass(hasScope, scopes.join(', '))
      const body = { shop: 'shopApi', client: client_id, products: ['Apples', 'Bread', 'Coffee'] }
      return withBody(200, dotnetJson(body), { 'Content-Type': 'application/json; charset=utf-8' })
    },
  }
}
