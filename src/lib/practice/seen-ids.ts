/** Identifiers of JWTs that must not be used twice. */
export interface SeenIds {
  /** Remembers an identifier until then, in seconds. `null` the first time, else how many seconds ago that was. */
  use(id: string, until: number): number | null
}

/**
 * Forgets what has run out, and beyond the capacity the oldest: a page must not fill up, and nobody attacks it.
 * @see RFC 7523 section 3 and RFC 9449 section 11.1
 */
export function createSeenIds(now: () => number, capacity = 10_000): SeenIds {
  const seen = new Map<string, { readonly at: number; readonly until: number }>()
  return {
    use: (id, until) => {
      const at = Math.floor(now() / 1000)
      for (const [other, use] of seen) if (use.until <= at) seen.delete(other)
      const earlier = seen.get(id)
      if (earlier) return at - earlier.at
      const [oldest] = seen.keys()
      if (oldest !== undefined && seen.size >= capacity) seen.delete(oldest)
      seen.set(id, { at, until })
      return null
    },
  }
}
