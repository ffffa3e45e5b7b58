import type { Playground } from '../playground.svelte.ts'

/** Seconds the server's clock is ahead: as the user set it, else by the response that brought the token; `null` if unknown. */
export const secondsAhead = ({ connection, atHand }: Playground): number | null =>
  connection.config.clock_skew || (atHand.issued?.understanding?.skew ?? null)
