import { practiceApis } from './apis/apis.ts'
import { createClientRegistry } from './clients/client-registry.ts'
import { createDpopNonces } from './dpop/dpop-nonces.ts'
import { exposedFields, route } from './routes.ts'
import { createExpiringMap, createSeenIds } from './base/expiring-map.ts'
import { type PracticeServer, served } from './base/served.ts'
import { createSigningKeys } from './signatures/signing-keys.ts'
import { createTokenRecords } from './base/token-records.ts'

/** Keys, registered clients, tokens and what was seen live as long as the server: reloading the page makes new ones. */
export function createPracticeServer({ now }: { readonly now: () => number }): PracticeServer {
  const shared = {
    keys: createSigningKeys(),
    clients: createClientRegistry(),
    records: createTokenRecords(now),
    assertionIds: createSeenIds(now),
    proofIds: createSeenIds(now),
    nonces: createDpopNonces(now),
    apiUrls: practiceApis.map(({ url }) => url),
    sessions: createExpiringMap<string>(now, 1000),
    now,
  }
  let count = 0
  return served(
    (request, checks) => route(request, { ...shared, checks }),
    (request, answered) => {
      const response = request.method === 'HEAD' ? new Response(null, answered) : answered
      response.headers.set('Access-Control-Allow-Origin', '*')
      const exposed = exposedFields(request)
      if (exposed !== '') response.headers.set('Access-Control-Expose-Headers', exposed)
      // Not exposed, as on most servers: a page cannot read these two.
      response.headers.set('Date', new Date(now()).toUTCString())
      response.headers.set('X-Request-Id', `practice-${++count}`)
      return response
    },
  )
}
