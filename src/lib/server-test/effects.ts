import type { Exchange, HttpRequest } from '../http/message.ts'

/** What a test does to the world. */
export interface Effects {
  /** Sends one request; rejects only if it could not even start. */
  readonly send: (request: HttpRequest, purpose: string, signal: AbortSignal) => Promise<Exchange>
  /** Ends early if the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}
