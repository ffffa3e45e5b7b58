import type { ApiCall } from '../oauth/config/api-call.ts'
import type { StoredConfig } from '../saved/stored-config.ts'
import type { ExchangeCondition } from './conditions.ts'

/** What a lesson puts into the page when it begins. A secret cannot be expressed in it. */
export interface Start {
  /** The id of a server of the picker. */
  readonly server: string
  /** The client ID of a client of the practice server, with the secret that everybody may know; `null` for none. */
  readonly client: string | null
  /** What differs from the values of that server and that client. */
  readonly config: StoredConfig
  /** What differs from the first ready call of that server. */
  readonly call: Partial<Pick<ApiCall, 'url' | 'method' | 'body' | 'presentation'>>
}

/** What is asked before a request is sent. */
export interface Prediction {
  readonly question: string
  readonly choices: readonly string[]
  /** Which of them comes true, counted from 0. */
  readonly right: number
  /** Which step shows it, counted from 0. */
  readonly step: number
  /** Why it is so, said afterwards. */
  readonly because: string
}

/** One thing to do: an exchange that has to happen, or something to find in the token at hand. */
export type Step =
  | { readonly what: string; readonly exchange: ExchangeCondition }
  | { readonly what: string; readonly find: string }

/** An exercise as data: everything in it is text to be shown, or a value to be compared. */
export interface Lesson {
  /** Small letters, digits and hyphens; links name it. */
  readonly id: string
  readonly title: string
  /** What will be achieved, in one sentence. */
  readonly goal: string
  /** Two or three sentences, one each. */
  readonly text: readonly string[]
  readonly start: Start
  readonly prediction: Prediction | null
  /** In the order in which they have to happen. The lesson is solved by the last one. */
  readonly steps: readonly Step[]
  /** Each says more than the one before. */
  readonly hints: readonly string[]
  /** What to remember. */
  readonly closing: string
  /** The sections it rests on, such as `RFC 6749 4.4.2`. */
  readonly sections: readonly string[]
}
