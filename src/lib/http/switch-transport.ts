import type { Transport } from './message.ts'

/**
 * The one switch between the network and the practice server, which serves its own origin. Each is loaded when it
 * is first needed.
 */
export function switchTransport(
  network: () => Promise<Transport>,
  practice: { readonly origin: string; readonly load: () => Promise<Transport> },
): Transport {
  return async (request, signal) => {
    const inPage = new URL(request.url).origin === practice.origin
    return (await (inPage ? practice.load() : network()))(request, signal)
  }
}
