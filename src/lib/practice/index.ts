import { helseIdOrigin, practiceOrigin, simpleIdServerOrigin } from './base/origin.ts'
import type { PracticeServer } from './base/served.ts'
import { createPracticeServer } from './server.ts'

export { practiceTransport } from './browser-view.ts'

interface Clock {
  readonly now: () => number
}

/** The servers of the page by their origin. One with the manners of a product is loaded when it is first asked. */
const makers: Readonly<Record<string, (clock: Clock) => Promise<PracticeServer>>> = {
  [practiceOrigin]: (clock) => Promise.resolve(createPracticeServer(clock)),
  [simpleIdServerOrigin]: async (clock) =>
    (await import('./manners/simpleidserver/server.ts')).createSimpleIdServer(clock),
  [helseIdOrigin]: async (clock) => (await import('./manners/helseid/server.ts')).createHelseId(clock),
}

/** All servers of the page as one, each made at the first request to its origin; rejects for another origin. */
export function createPracticeServers(clock: Clock): PracticeServer {
  const made = new Map<string, Promise<PracticeServer>>()
  const servedBy = new WeakMap<Response, PracticeServer>()
  const serverAt = (origin: string): Promise<PracticeServer> => {
    const make = makers[origin]
    if (!make) return Promise.reject(new Error(`No server of this page is at ${origin}`))
    const server = made.get(origin) ?? make(clock)
    made.set(origin, server)
    // A part that did not load is tried again at the next request.
    void server.catch(() => made.delete(origin))
    return server
  }
  return {
    fetch: async (request) => {
      const server = await serverAt(new URL(request.url).origin)
      const response = await server.fetch(request)
      servedBy.set(response, server)
      return response
    },
    checksOf: (response) => servedBy.get(response)?.checksOf(response) ?? [],
  }
}
