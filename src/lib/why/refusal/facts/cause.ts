import type { Cause, Certainty } from '../../../explanation/explanation.ts'
import type { Stage } from '../../../explanation/stage.ts'
import type { Facts } from './facts.ts'

/** A reason for a server to stop at a stage. Its id is its key in the table. */
export interface RefusalCause {
  readonly stage: Stage
  /** The same at an API, if that calls it otherwise. */
  readonly apiStage?: Stage
  /** What lies before its stage, and which a server that stops here has not looked at. */
  readonly open?: readonly Stage[]
  /** What it means for this request; the fixes are those that any server accepts. */
  readonly tell: (facts: Facts) => Omit<Cause, 'id'>
  /** What the request or the past show by themselves; without words of the server it makes the cause likely. */
  readonly sign?: (facts: Facts) => Sign | null
  /** What speaks against it, in a sentence; a certain cause is likely then. `null` for nothing. */
  readonly against?: (facts: Facts) => string | null
  /** Whether it can be the reason for this request at all: what was not sent cannot be wrong. */
  readonly applies?: (facts: Facts) => boolean
}

/** A fact with its sentence, and how surely it is the reason if the server says nothing else. */
export interface Sign {
  readonly found: string
  readonly certainty: Certainty
}
