import type { Transport } from './message.ts'

/**
 * The one switch between the network and the servers in this page, which serve origins of their own. Each side is loaded
 * when it is first needed.
 */
export function switchTransport(
  network: () => Promise<Transport>,
  practice: { readonly serves: (url: string) => boolean; readonly load: () => Promise<Transport> },
): Transport {
  return async (request, ...how) =>
    (await (practice.serves(request.url) ? practice.load() : network()))(request, ...how)
}
