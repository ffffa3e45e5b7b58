import { rfc } from '../../../spec.ts'
import { simpleIdServerOrigin } from '../../base/origin.ts'
import { empty } from '../../base/response.ts'
import type { PracticeServer } from '../../base/served.ts'
import { aspNetServer, type Row } from '../asp-net.ts'
import { dotnetJson, withBody } from '../dotnet-json.ts'
import { createServerKey } from '../server-key.ts'
import { shopApiRow } from './shop-api.ts'
import { respondToIntrospection, respondToRevocation } from './about-token.ts'
import { authorizationServerMembers, openIdMembers } from './metadata.ts'
import { respondToTokenRequest } from './token.ts'
import { createIssuedTokens, type Issuing } from './issued-tokens.ts'

const document = (path: string, what: string, body: () => object | Promise<object>): Row => ({
  path,
  method: 'GET',
  rule: { what, spec: rfc(8414, '3') },
  exposes: [],
  respond: async () =>
    withBody(200, dotnetJson(await body()), { 'Content-Type': 'application/json; charset=utf-8' }),
})

/** An endpoint for clients. The full host allows every origin and exposes nothing. */
const endpoint = (path: string, what: string, respond: Row['respond']): Row => ({
  path,
  method: 'POST',
  rule: { what, spec: rfc(6749, '3.2') },
  exposes: [],
  respond,
})

/**
 * SimpleIdServer as the full host of its machine-to-machine tutorial, after step 2 of it, with the shop’s API. Where it
 * differs: nothing of the connection is sent (`Connection`, `Content-Length`, `Transfer-Encoding`), and no cookie, which a
 * page could not see; the scopes of its administration are not in its metadata, and one key instead of two is in its JWK
 * Set; no client is registered for an assertion, for DPoP or for reference tokens; there is no registration.
 */
export function createSimpleIdServer({ now }: { readonly now: () => number }): PracticeServer {
  const key = createServerKey(({ e, n }) => {
    // `key_ops` is empty, as in every key that IdentityModel writes.
    return { alg: 'RS256', e, key_ops: [], kid: 'rsa-1', kty: 'RSA', n, use: 'sig', x5c: [] } as object
  })
  const issuing: Issuing = { key, issuedTokens: createIssuedTokens(), now }
  const rows: readonly Row[] = [
    endpoint('/master/token', 'POST to the token endpoint', (request, checks) =>
      respondToTokenRequest(request, checks, issuing),
    ),
    endpoint('/master/token_info', 'POST to the introspection endpoint', (request, checks) =>
      respondToIntrospection(request, checks, issuing),
    ),
    endpoint('/master/token/revoke', 'POST to the revocation endpoint', (request, checks) =>
      respondToRevocation(request, checks, issuing),
    ),
    document('/master/.well-known/openid-configuration', 'GET the OpenID configuration', () => openIdMembers),
    document(
      '/master/.well-known/oauth-authorization-server',
      'GET the authorization server metadata',
      () => authorizationServerMembers,
    ),
    document('/master/jwks', 'GET the JWK Set', async () => ({ keys: [await key.publicJwk()] })),
    // The realm left out: the path is one of its administration.
    { ...document('/token', 'GET a page of the administration', () => ({})), respond: () => empty(404) },
    shopApiRow(key, now),
  ]
  return aspNetServer(simpleIdServerOrigin, rows, { now })
}
