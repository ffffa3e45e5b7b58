import type { Symptoms } from '../evidence/symptoms.ts'

/**
 * Whether Chromium needs longer to fail than for a request it refuses by itself: so many times as long, and so many
 * milliseconds more. Then something responded. A measurement: it can be wrong.
 */
const slower =
  (times: number, more: number) =>
  ({ result }: Symptoms): boolean => {
    const timed = result('timing')
    return (
      timed?.kind === 'timed' && timed.median > times * timed.baseline && timed.median > timed.baseline + more
    )
  }

/** A connection that is refused takes as long as one that the browser refuses; a response takes longer. */
export const responded = slower(1.3, 0.5)

/** A handshake of TLS takes longer still. */
export const handshook = slower(1.3, 1.5)

export const becauseSlow = 'It takes longer to fail than a request that never leaves the browser.'
