import type { Explanation } from '../explanation/explanation.ts'
import type { Recorded } from '../har/recorded.ts'

/** An exchange with what the page says of it; `null` if there is nothing to explain. */
export interface Explained extends Recorded {
  readonly explanation: Explanation | null
}
