import { rfc } from '../../../spec.ts'
import { createSeenIds } from '../../base/expiring-map.ts'
import { helseIdOrigin } from '../../base/origin.ts'
import type { PracticeServer } from '../../base/served.ts'
import { createDpopNonces } from '../../dpop/dpop-nonces.ts'
import { aspNetServer, type Row } from '../asp-net.ts'
import type { ClientKeys } from './client.ts'
import { openIdMembers } from './metadata.ts'
import { helseIdJson } from './refusal.ts'
import { respondToRegistration } from './registration.ts'
import { type HelseIdState, respondToTokenRequest } from './token.ts'
import { sampleApiRow } from './sample-api.ts'
import { createServerKey } from '../server-key.ts'

const keySet = '/.well-known/openid-configuration/jwks'

/**
 * HelseID’s test environment as its client credentials sample meets it, and the sample’s API at the same origin. HelseID
 * itself was never measured: its responses are those of the imitation that its .NET client was run with, and its words
 * those of Duende’s public source and of its own documentation. Where it differs from what is known: CORS allows any origin
 * and exposes DPoP-Nonce, which HelseID may not; a key is registered by RFC 7591, for which HelseID has Selvbetjening; two
 * scopes more than the sample’s are there to be refused by the API; introspection and revocation are in its metadata and
 * not here; the Sample API has the three lines of CORS that it comes without.
 */
export function createHelseId({ now }: { readonly now: () => number }): PracticeServer {
  const key = createServerKey(({ e, n, kty }, { kid, x5t }) => {
    return { kty, use: 'sig', kid, x5t, e, n, alg: 'RS256' } as object
  })
  let clientKeys: ClientKeys = { keys: [] }
  const shared = { key, proofIds: createSeenIds(now), now }
  const state: HelseIdState = {
    ...shared,
    clientKeys: () => clientKeys,
    assertionIds: createSeenIds(now),
    nonces: createDpopNonces(now),
  }
  const readable = { exposes: ['DPoP-Nonce', 'WWW-Authenticate', 'Date'] } as const
  const rows: readonly Row[] = [
    {
      ...readable,
      path: '/connect/token',
      method: 'POST',
      rule: { what: 'POST to the token endpoint', spec: rfc(6749, '3.2') },
      respond: (request, checks) => respondToTokenRequest(request, checks, state),
    },
    {
      ...readable,
      path: '/.well-known/openid-configuration',
      method: 'GET',
      rule: { what: 'GET the OpenID configuration', spec: rfc(8414, '3') },
      respond: () => helseIdJson(200, openIdMembers),
    },
    {
      ...readable,
      path: keySet,
      method: 'GET',
      rule: { what: 'GET the JWK Set', spec: rfc(7517, '5') },
      respond: async () => helseIdJson(200, { keys: [await key.publicJwk()] }),
    },
    {
      ...readable,
      path: '/register',
      method: 'POST',
      rule: { what: 'POST to the client registration endpoint', spec: rfc(7591, '3.1') },
      respond: (request, checks) =>
        respondToRegistration(request, checks, (keys) => {
          clientKeys = keys
        }),
    },
    sampleApiRow(shared),
  ]
  return aspNetServer(helseIdOrigin, rows, { now })
}
