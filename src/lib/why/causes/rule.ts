import type { Cause, Certainty } from '../../explanation/explanation.ts'
import type { Symptoms } from '../evidence/symptoms.ts'

/** Says what a cause means at this server, for this page; its id is its key in the table. */
export type Tell = (symptoms: Symptoms) => Omit<Cause, 'id'>

/** One row of the decision table: when it points at a cause, and how surely. */
export interface Rule<Id extends string = string> {
  readonly cause: Id
  readonly when: (symptoms: Symptoms) => boolean
  readonly certainty: Certainty | ((symptoms: Symptoms) => Certainty)
  /** What else speaks for it, besides the exchange and the probes. */
  readonly because?: (symptoms: Symptoms) => readonly string[]
}
