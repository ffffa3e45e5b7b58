import type { ConfigChange } from '../../explanation/config-change.ts'
import type { Certainty } from '../../explanation/explanation.ts'
import type { Fix } from '../../explanation/explanation.ts'
import type { ApiCall } from '../../oauth/config/api-call.ts'
import type { Stage } from '../../explanation/stage.ts'
import type { CauseId } from './causes.ts'
import type { Endpoint } from './facts/facts.ts'
import type { Facts } from './facts/facts.ts'

/** What a response proves: the first row that fits is used. */
export interface Row {
  /** The server's words, in the response or in a pasted line of its log. */
  readonly says?: RegExp
  /** Whether its words are a list of alternatives; no other row of what many servers say reads those. */
  readonly ofList?: true
  /** An identifier of the server's own; together with `says`, both must be there. */
  readonly id?: string
  /** Whose error page it is. */
  readonly framework?: NonNullable<Facts['came']['framework']>
  readonly code?: string
  readonly status?: number | readonly number[]
  readonly endpoint?: readonly Endpoint[]
  readonly when?: (facts: Facts) => boolean
  /** The likeliest first. One, if the row names the cause. */
  readonly causes: readonly CauseId[]
  readonly certainty: Certainty
  /** Whether nothing in the request decides between the causes: what it lacks would be seen elsewhere too. */
  readonly undecided?: true
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
  /** What to do at this authorization server if an API refuses a token of it. */
  readonly tokenFixes?: Readonly<Partial<Record<CauseId, readonly Fix[]>>>
  /** What this server means by it, in the place of what the cause says. */
  readonly meanings?: Readonly<Partial<Record<CauseId, string>>>
  /** Changes of the form that this server does not accept: no fix offers them. */
  readonly rejects?: (change: ConfigChange, facts: Facts) => boolean
  /** The same of changes of the API call. */
  readonly rejectsCall?: (call: Partial<ApiCall>) => boolean
  /** How to find the reason in its log; shown if the response does not name it. */
  readonly log?: string | ((facts: Facts) => string | undefined)
}
