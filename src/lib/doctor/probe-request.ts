import type { HttpRequest } from '../http/message.ts'
import type { AddressSpace } from './address-space.ts'
import type { ProbeKind } from './evidence.ts'

/**
 * A request that a probe makes. It is an `HttpRequest` with two members more, which `fetchTransport` has to learn:
 * - `mode`, `cors` where it is left out. In `no-cors` the transport must set `redirect: 'follow'`, as the Fetch Standard
 *   makes a network error of any other; no credential is in such a request. The answer is opaque
 *   (`response.type === 'opaque'`, status 0, no body): an outcome of its own, `{ kind: 'opaque' }`, beside
 *   `opaque-redirect`.
 * - `targetAddressSpace`, handed on to fetch where it is given; a browser that does not know it ignores it.
 *
 * What else a probe needs is one number that the transport can observe: the duration of the request's Resource Timing
 * entry, `undefined` where there is none, for `wireOf`. It fits into `Observation`, beside `serverView`.
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
export interface ProbeRequest extends HttpRequest {
  readonly mode: 'cors' | 'no-cors'
  readonly targetAddressSpace?: Exclude<AddressSpace, 'public'>
}

interface Common {
  readonly kind: ProbeKind
  /** What it is for, in the words History shows. */
  readonly purpose: string
  /** Milliseconds until it is given up. */
  readonly timeout: number
}

/** One thing to try. */
export type Probe =
  | (Common & { readonly by: 'fetch'; readonly request: ProbeRequest })
  /** Open a web socket and note the code it closes with; the policy of the page must allow `wss:`. */
  | (Common & { readonly by: 'web-socket'; readonly url: string })
  /** Fetch both so many times, in turn, and compare the medians. */
  | (Common & {
      readonly by: 'timing'
      readonly request: ProbeRequest
      readonly baseline: ProbeRequest
      readonly times: number
    })
