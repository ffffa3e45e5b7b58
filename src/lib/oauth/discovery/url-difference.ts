/** Two texts side by side: what both begin and end with, and what stands between. */
export interface Difference {
  readonly start: string
  readonly one: string
  readonly other: string
  readonly end: string
}

/** Where two URLs differ, in whole parts: scheme, host, port, steps of the path. Takes any text. */
export function urlDifference(one: string, other: string): Difference {
  const [ours, theirs] = [partsOf(one), partsOf(other)]
  const shorter = Math.min(ours.length, theirs.length)
  let start = 0
  while (start < shorter && ours[start] === theirs[start]) start++
  let end = 0
  while (end < shorter - start && ours.at(-1 - end) === theirs.at(-1 - end)) end++
  const middle = (parts: readonly string[]): string => parts.slice(start, parts.length - end).join('')
  return {
    start: ours.slice(0, start).join(''),
    one: middle(ours),
    other: middle(theirs),
    end: ours.slice(ours.length - end).join(''),
  }
}

const partsOf = (url: string): string[] => url.match(/[/:.?#&]|[^/:.?#&]+/g) ?? []
