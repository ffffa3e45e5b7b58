import type { ApiCall } from '../oauth/config/api-call.ts'
import type { SpecLink } from '../spec.ts'
import type { ConfigChange } from './config-change.ts'
import type { Rung } from './ladder.ts'

/**
 * What the causes are worth: `certain` if a rule, the server itself or an observation that nothing else explains says
 * so, `likely` in the order of likelihood, `possible` if nothing distinguishes them.
 */
export type Certainty = 'certain' | 'likely' | 'possible'

/** Words of the other side, to be quoted as they are. */
export interface Quote {
  readonly who: 'server' | 'API'
  readonly words: string
}

/** An earlier exchange of the same kind that went well, next to the one that is explained. */
export interface Success {
  readonly id: number
  /** The number of the one that is explained. */
  readonly refused: number
  /** When it worked, and what differs since then: a sentence. */
  readonly text: string
}

/** What happened, why, and what to do, in that order. */
export interface Explanation {
  readonly title: string
  /** Absent if nothing of the kind went well before. */
  readonly success?: Success
  /** What the server itself says of it, shown next to ours; absent if it says nothing. */
  readonly says?: Quote
  readonly meaning: string
  /** A sentence each; none if the title names the cause. */
  readonly causes: readonly string[]
  readonly certainty: Certainty
  /** What was observed besides the response, a sentence each; absent if nothing was. */
  readonly observed?: readonly string[]
  /** What to try, in order. */
  readonly fixes: readonly Fix[]
  readonly spec: readonly SpecLink[]
  /** How far the request got; absent if nothing is known of it. */
  readonly ladder?: readonly Rung[]
}

/** A reason why a request stops, as it applies to one request. Rules point at it by its id. */
export interface Cause extends Pick<Explanation, 'title' | 'meaning' | 'fixes' | 'spec'> {
  /** Names the row of the table; never shown. */
  readonly id: string
}

/** Something to try: advice to follow, or a text with instructions. */
export type Fix = string | Action

/** What one click, or one line to copy, does about it. */
export type Action =
  | FormFix
  /** A change of the API call; of its header fields those that are named are set, or removed if null, and the others stay. */
  | {
      readonly text: string
      readonly call: Partial<ApiCall>
      readonly fields?: readonly (readonly [name: string, value: string | null])[]
    }
  /** A header field of the API call, by name: its value is the user's to enter, and the others stay. */
  | { readonly text: string; readonly header: string }
  /** Another URL for the same request: in the form, in the API call, or in the field next to it. */
  | { readonly text: string; readonly moveTo: string }
  /** The token to go on with: the one of the response, without what is around it. */
  | { readonly text: string; readonly token: string }
  /** Text that a page may not read, and the user can copy out of a tab. */
  | { readonly text: string; readonly paste: 'metadata' | 'keys' }
  /** An http(s) URL to be opened in a tab. */
  | { readonly text: string; readonly href: string }
  /** To be copied: the preflight or the request as curl makes it. */
  | { readonly text: string; readonly copy: 'preflight' | 'request' }
  /** To be done at the server, and the guide of the chosen one says how: allow the origin of this page, or start it. */
  | { readonly text: string; readonly guide: 'origin' | 'start' }
  /** The server at this origin, asked by a program next to the page, which needs no CORS. */
  | { readonly text: string; readonly relay: string }

/** A change of the form. */
export interface FormFix {
  readonly text: string
  readonly change: ConfigChange
}
