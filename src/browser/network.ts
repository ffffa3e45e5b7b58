import { guardedSpace } from '../lib/http/address-space.ts'
import type { Transport } from '../lib/http/message.ts'
import { fetchTransport } from '../lib/http/transport.ts'

/** The network, as a page of this origin may use it. */
export function browserNetwork(): Transport {
  return fetchTransport(
    (input, init) => fetch(input, init),
    (url) => guardedSpace(self.origin, new URL(url)),
  )
}
