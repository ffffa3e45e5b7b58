import { setTimeout as delay } from 'node:timers/promises'
import { exchange } from '../../src/lib/http/exchange.ts'
import type { Effects } from '../../src/lib/server-test/effects.ts'
import { rawTransport } from './raw-transport.ts'

/** Milliseconds until a request is given up. */
const timeout = 20_000

/** Sends for a test from this machine; `pause` may be left out where the server is of the test itself. */
export function nodeEffects({ pauses = true } = {}): {
  readonly effects: Effects
  readonly close: () => void
} {
  const raw = rawTransport()
  const clock = { now: () => Date.now(), monotonic: () => performance.now() }
  let id = 0
  return {
    close: () => {
      raw.close()
    },
    effects: {
      now: clock.now,
      pause: async (milliseconds, signal) => {
        if (!pauses) return
        // It rejects if it is aborted, and then its time is over, too.
        await delay(milliseconds, undefined, { signal }).catch(() => undefined)
      },
      send: (request, purpose, cancel) => {
        id += 1
        return exchange(request, { id, purpose, transport: raw.transport, clock, timeout, cancel })
      },
    },
  }
}
