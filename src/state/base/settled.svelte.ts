/** What a promise of the page came to last. */
export interface Settled<T> {
  /** Stays while a newer one is under way, so that nothing on the page blinks; `null` if there is none. */
  readonly value: T | null
  /** Why it came to nothing, in the platform's words; `null` if all is well. */
  readonly trouble: string | null
}

/**
 * The value of a promise that is made anew whenever what it is made from changes; of several under way only the last one
 * counts. To be called while a component is set up.
 */
export function settled<T>(make: () => Promise<T> | null): Settled<T> {
  let value: T | null = $state.raw(null)
  let trouble: string | null = $state.raw(null)

  $effect(() => {
    let isLast = true
    const settle = (came: T | null, failed: string | null) => {
      if (!isLast) return
      value = came
      trouble = failed
    }
    const making = make()
    if (making === null) settle(null, null)
    else making.then((came) => settle(came, null)).catch((error: unknown) => settle(null, String(error)))
    return () => {
      isLast = false
    }
  })

  return {
    get value() {
      return value
    },
    get trouble() {
      return trouble
    },
  }
}
