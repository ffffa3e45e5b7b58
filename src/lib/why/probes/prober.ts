import type { Exchange, Transport } from '../../http/message.ts'
import type { AddressSpace } from '../../http/address-space.ts'
import type { Evidence, PageFacts, PolicyViolation } from '../evidence/evidence.ts'

type Guarded = Exclude<AddressSpace, 'public'>

/** What a browser shows a page of a request, besides its response. */
export interface Prober {
  facts(): PageFacts
  /** Opens a web socket; the outcome is a failure whose message is the code it closed with. */
  readonly socket: Transport
  /** Milliseconds of the Resource Timing entry of an exchange; `undefined` if there is none. */
  timing(exchange: Exchange): Promise<number | undefined>
  /** Reports what this page's own policy forbids, until the signal aborts. */
  watchPolicy(found: (violation: PolicyViolation) => void, until: AbortSignal): void
  /** The state of the permission for that space, now and whenever it changes, until the signal aborts. */
  watchPermission(
    space: Guarded,
    found: (state: Evidence['permission']) => void,
    until: AbortSignal,
  ): Promise<void>
}
