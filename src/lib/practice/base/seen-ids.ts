import { createExpiringMap } from './expiring-map.ts'

/** Identifiers of JWTs that must not be used twice. */
export interface SeenIds {
  /** Remembers an identifier until then, in seconds. `null` the first time, else how many seconds ago that was. */
  use(id: string, until: number): number | null
}

/** @see RFC 7523 section 3 and RFC 9449 section 11.1 */
export function createSeenIds(now: () => number, capacity = 10_000): SeenIds {
  const seen = createExpiringMap<number>(now, capacity)
  return {
    use: (id, until) => {
      const seconds = Math.floor(now() / 1000)
      const earlier = seen.get(id)
      if (earlier !== undefined) return seconds - earlier
      seen.set(id, seconds, until)
      return null
    },
  }
}
