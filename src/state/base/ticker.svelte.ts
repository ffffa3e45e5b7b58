import { createSubscriber } from 'svelte/reactivity'
import type { Clock } from '../../lib/http/exchange.ts'

/** The current time, read anew every `interval` milliseconds by whatever on the page looks at it. */
export class Ticker {
  readonly #clock: Clock
  readonly #subscribe: () => void

  constructor(clock: Clock, interval = 1000) {
    this.#clock = clock
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, interval)
      return () => {
        clearInterval(timer)
      }
    })
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    this.#subscribe()
    return this.#clock.now()
  }
}
