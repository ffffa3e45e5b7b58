/** The first `count` of a sequence, and whether there is more; the rest is never made. */
export function take<T>(
  sequence: Iterable<T>,
  count: number,
): { readonly taken: readonly T[]; readonly more: boolean } {
  const taken: T[] = []
  for (const item of sequence) {
    if (taken.length === count) return { taken, more: true }
    taken.push(item)
  }
  return { taken, more: false }
}
