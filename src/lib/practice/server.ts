import type { Check } from '../check.ts'
import { CheckLog } from './base/check-log.ts'
import { createClientRegistry } from './clients/client-registry.ts'
import { createDpopNonces } from './dpop/dpop-nonces.ts'
import type { Context } from './base/endpoint.ts'
import { ProtocolError } from './base/protocol-error.ts'
import { exposedFields, route } from './routes.ts'
import { createSeenIds } from './base/expiring-map.ts'
import { createSigningKeys } from './signatures/signing-keys.ts'
import { createTokenRecords } from './base/token-records.ts'

/** An authorization server and an API that live in the page: a request in, a response out, no network. */
export interface PracticeServer {
  fetch(request: Request): Promise<Response>
  /** What the server checked for this response, in order. */
  checksOf(response: Response): readonly Check[]
}

/** Keys, registered clients, tokens and what was seen live as long as the server: reloading the page makes new ones. */
export function createPracticeServer({ now }: { readonly now: () => number }): PracticeServer {
  const shared = {
    keys: createSigningKeys(),
    clients: createClientRegistry(),
    records: createTokenRecords(now),
    assertionIds: createSeenIds(now),
    proofIds: createSeenIds(now),
    nonces: createDpopNonces(now),
    now,
  }
  const checksByResponse = new WeakMap<Response, readonly Check[]>()
  let served = 0
  return {
    fetch: async (request) => {
      const checks = new CheckLog()
      const answered = await answer(request, { ...shared, checks })
      const response = request.method === 'HEAD' ? new Response(null, answered) : answered
      response.headers.set('Access-Control-Allow-Origin', '*')
      const exposed = exposedFields(request)
      if (exposed !== '') response.headers.set('Access-Control-Expose-Headers', exposed)
      // Not exposed, as on most servers: a page cannot read these two.
      response.headers.set('Date', new Date(now()).toUTCString())
      response.headers.set('X-Request-Id', `practice-${++served}`)
      checksByResponse.set(response, checks.made)
      return response
    },
    checksOf: (response) => checksByResponse.get(response) ?? [],
  }
}

async function answer(request: Request, context: Context): Promise<Response> {
  try {
    return await route(request, context)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    context.checks.fail(error.rule, error.found)
    return error.response
  }
}
