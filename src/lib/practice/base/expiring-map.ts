/** Values that are kept for a time. */
export interface ExpiringMap<Value> {
  get(key: string): Value | undefined
  /** Keeps a value until then, in seconds. */
  set(key: string, value: Value, until: number): void
  delete(key: string): void
}

/** Forgets what has run out, and beyond the capacity the oldest: a page must not fill up, and nobody attacks it. */
export function createExpiringMap<Value>(now: () => number, capacity: number): ExpiringMap<Value> {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>()
  const sweep = (): void => {
    const seconds = Math.floor(now() / 1000)
    for (const [key, { until }] of kept) if (until <= seconds) kept.delete(key)
  }
  return {
    get: (key) => {
      sweep()
      return kept.get(key)?.value
    },
    set: (key, value, until) => {
      sweep()
      const [oldest] = kept.keys()
      if (oldest !== undefined && kept.size >= capacity && !kept.has(key)) kept.delete(oldest)
      kept.set(key, { value, until })
    },
    delete: (key) => {
      kept.delete(key)
    },
  }
}

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
