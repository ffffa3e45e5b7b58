import type { HttpRequest } from '../../http/message.ts'
import type { ProbeKind } from '../evidence/evidence.ts'

interface Common {
  readonly kind: ProbeKind
  /** What it is for, in the words History shows. */
  readonly purpose: string
  /** Milliseconds until it is given up. */
  readonly timeout: number
}

/** One thing to try. */
export type Probe =
  | (Common & { readonly by: 'fetch'; readonly request: HttpRequest })
  /** Open a web socket and note the code it closes with; the policy of the page must allow `wss:`. */
  | (Common & { readonly by: 'web-socket'; readonly url: string })
  /** Fetch both so many times, in turn, and compare the medians. */
  | (Common & {
      readonly by: 'timing'
      readonly request: HttpRequest
      readonly baseline: HttpRequest
      readonly times: number
    })
