import type { ConfigChange } from '../../explanation/config-change.ts'
import type { Cause, Certainty, Fix } from '../../explanation/explanation.ts'
import type { ApiCall } from '../../oauth/config/api-call.ts'
import type { Stage } from '../../explanation/stage.ts'
import type { CauseId } from './causes/causes.ts'
import type { Endpoint, Facts } from './facts.ts'

/** A reason for a server to stop at a stage. Its id is its key in the table. */
export interface RefusalCause {
  readonly stage: Stage
  /** The same at an API, if that calls it otherwise. */
  readonly apiStage?: Stage
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

/** What a response proves: the first row that fits is used. */
export interface Row {
  /** The server's words, in the response or in a pasted line of its log. */
  readonly says?: RegExp
  /** An identifier of the server's own; together with `says`, both must be there. */
  readonly id?: string
  readonly code?: string
  readonly status?: number | readonly number[]
  readonly endpoint?: readonly Endpoint[]
  readonly when?: (facts: Facts) => boolean
  /** The likeliest first. One, if the row names the cause. */
  readonly causes: readonly CauseId[]
  readonly certainty: Certainty
  /** Where it stopped, if that is another stage than the cause's own. */
  readonly stage?: Stage
  /** The stages that this response proves to be passed, in addition to the order. */
  readonly passed?: readonly Stage[]
  /** What lies before it in the order, and this response does not show to be passed. */
  readonly open?: readonly Stage[]
}

/** What is known of the refusals of one server, or of one API. */
export interface RefusalRecord {
  /** As the user knows it: "OpenIddict". */
  readonly name: string
  readonly rows: readonly Row[]
  /** The server checks the first stage before the second: measured pairs only. */
  readonly order: readonly (readonly [before: Stage, after: Stage])[]
  /** What to do at this server; it comes before what any server accepts. */
  readonly fixes?: Readonly<Partial<Record<CauseId, (facts: Facts) => readonly Fix[]>>>
  /** What this server means by it, in the place of what the cause says. */
  readonly meanings?: Readonly<Partial<Record<CauseId, string>>>
  /** Changes of the form that this server does not accept: no fix offers them. */
  readonly rejects?: (change: ConfigChange, facts: Facts) => boolean
  /** The same of changes of the API call. */
  readonly rejectsCall?: (call: Partial<ApiCall>) => boolean
  /** How to find the reason in its log; shown if the response does not name it. */
  readonly log?: string | ((facts: Facts) => string | undefined)
}
