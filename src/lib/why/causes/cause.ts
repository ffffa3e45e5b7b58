import type { ConfigChange } from '../../explanation/config-change.ts'
import type { SpecLink } from '../../spec.ts'
import type { Symptoms } from '../evidence/symptoms.ts'

/**
 * `certain` where nothing else fits what was observed; `likely` where something else would look the same. The order
 * of causes is that of likelihood.
 */
export type Certainty = 'certain' | 'likely'

/** Why the browser gave no answer. */
export interface Cause {
  /** Names the row of the table; never shown. */
  readonly id: string
  readonly title: string
  readonly certainty: Certainty
  /** What was observed, one sentence each. */
  readonly evidence: readonly string[]
  readonly meaning: string
  readonly fixes: readonly Fix[]
  readonly spec: readonly SpecLink[]
}

/** Something to do about it. */
export type Fix =
  | string
  /** One click. */
  | { readonly text: string; readonly remedy: Remedy }
  /** To be opened in a tab. */
  | { readonly text: string; readonly href: string }
  /** What the server has to be told; the chosen server's guide says how. */
  | { readonly text: string; readonly allowOrigin: string }
  /** The server at this origin, asked by a program beside the page, which needs no CORS. */
  | { readonly text: string; readonly relay: string }
  /** To be copied: the preflight as curl makes it, or the request itself. */
  | { readonly text: string; readonly curl: 'preflight' | 'request' }

/** A change of what is sent, independent of the form that it is made in. */
export type Remedy = { readonly kind: 'move'; readonly url: string } | { readonly kind: 'no-preflight' }

/** What makes the change, where the target is the token endpoint. */
export function configChange(remedy: Remedy): ConfigChange {
  return remedy.kind === 'move'
    ? { token_endpoint: remedy.url }
    : { token_endpoint_auth_method: 'client_secret_post' }
}

/** What is said about a cause, whoever found it. */
type CauseText = Pick<Cause, 'title' | 'meaning' | 'fixes' | 'spec'>

/** Says what a cause means at this server, for this page. */
export type Tell = (symptoms: Symptoms) => CauseText

/** One row of the decision table. */
export interface Rule<Id extends string = string> {
  readonly cause: Id
  readonly when: (symptoms: Symptoms) => boolean
  readonly certainty: Certainty | ((symptoms: Symptoms) => Certainty)
  /** What else speaks for it, besides the exchange and the probes. */
  readonly because?: (symptoms: Symptoms) => readonly string[]
}
