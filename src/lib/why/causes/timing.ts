import type { Durations } from '../evidence/evidence.ts'
import type { Symptoms } from '../evidence/symptoms.ts'

/**
 * Whether Chromium needs longer to fail than for a request it refuses by itself: so many times as long, and so many
 * milliseconds more. Then something responded. A measurement: it can be wrong.
 */
const slower =
  (of: keyof Durations, times: number, more: number) =>
  ({ result }: Symptoms): boolean => {
    const timed = result('timing')
    if (timed?.kind !== 'timed') return false
    const [target, baseline] = [timed.target[of], timed.baseline[of]]
    return target > times * baseline && target > baseline + more
  }

/** A refused connection fails as fast as what the browser refuses. */
export const responded = slower('third', 1.5, 0.3)

/** A handshake of TLS takes longer still: of nine tries a closed port was up to 0.7 ms slower, a handshake 1.1 ms or more. */
export const handshook = slower('median', 1.4, 0.9)

export const becauseSlow = 'It takes longer to fail than a request that never leaves the browser.'
