/** Something of a list that is compared with another list. */
export interface Part {
  /** What it is called; of a list whose items have no names, the same for all. */
  readonly key: string
  /** Equal for what is the same. */
  readonly value: string
}

/** What belongs together of two lists; `null` if the other side has nothing for it. */
export interface Pair<P extends Part> {
  readonly first: P | null
  readonly second: P | null
  /** Whether it has another place among the others than it had. */
  readonly moved: boolean
}

/** A part with its place in its list. */
interface Placed<P> {
  readonly part: P
  readonly at: number
}

/** What belongs together, with the places. */
type Match<P> = readonly [first: Placed<P>, second: Placed<P>]

/**
 * Pairs what has a name: equal ones before others of that name, and each in its order. Names may repeat. In the order of the
 * first list, then what only the second has. Takes no longer than sorting does.
 */
export function alignNamed<P extends Part>(first: readonly P[], second: readonly P[]): readonly Pair<P>[] {
  const [ours, theirs] = [placed(first), placed(second)]
  const equal = match(ours, theirs, ({ key, value }) => `${key.length} ${key} ${value}`)
  const named = match(rest(ours, equal, 0), rest(theirs, equal, 1), ({ key }) => key)
  const all = [...equal, ...named]
  return paired(ours, theirs, all, inSameOrder(all))
}

/**
 * Pairs the items of a list: equal ones, and of the others what has the same place between them; if some have moved, the others
 * in their order. Takes no longer than sorting does.
 */
export function alignInOrder<P extends Part>(first: readonly P[], second: readonly P[]): readonly Pair<P>[] {
  const [ours, theirs] = [placed(first), placed(second)]
  const [ahead, behind] = commonEnds(first, second)
  const middle = match(
    ours.slice(ahead, ours.length - behind),
    theirs.slice(ahead, theirs.length - behind),
    ({ value }) => value,
  )
  const ends = [...ours.slice(0, ahead), ...ours.slice(ours.length - behind)].flatMap((one): Match<P>[] => {
    const other = theirs[one.at < ahead ? one.at : one.at + theirs.length - ours.length]
    return other ? [[one, other]] : []
  })
  const equal = [...ends, ...middle]
  const kept = inSameOrder(equal)
  const gapsOf = (side: 0 | 1) =>
    kept.size < equal.length ? [] : equal.map((one) => one[side].at).sort((one, other) => one - other)
  const changed = match(
    inGaps(rest(ours, equal, 0), gapsOf(0)),
    inGaps(rest(theirs, equal, 1), gapsOf(1)),
    ({ gap }) => gap,
  ).map(([one, other]): Match<P> => [one.part.placed, other.part.placed])
  return paired(ours, theirs, [...equal, ...changed], new Set([...kept, ...changed.map(([{ at }]) => at)]))
}

const placed = <P>(parts: readonly P[]): readonly Placed<P>[] => parts.map((part, at) => ({ part, at }))

/** How many are equal at the start, and of the rest at the end. */
function commonEnds(
  first: readonly Part[],
  second: readonly Part[],
): readonly [ahead: number, behind: number] {
  const shorter = Math.min(first.length, second.length)
  let ahead = 0
  while (ahead < shorter && first[ahead]?.value === second[ahead]?.value) ahead += 1
  let behind = 0
  while (behind < shorter - ahead && first.at(-1 - behind)?.value === second.at(-1 - behind)?.value)
    behind += 1
  return [ahead, behind]
}

/** Pairs those with the same name, each once and in their order. */
function match<P>(
  first: readonly Placed<P>[],
  second: readonly Placed<P>[],
  nameOf: (part: P) => string,
): readonly Match<P>[] {
  const waiting = new Map<string, Placed<P>[]>()
  for (const one of second.toReversed()) {
    const name = nameOf(one.part)
    const others = waiting.get(name)
    if (others) others.push(one)
    else waiting.set(name, [one])
  }
  return first.flatMap((one): Match<P>[] => {
    const other = waiting.get(nameOf(one.part))?.pop()
    return other ? [[one, other]] : []
  })
}

/** What is in no match yet. */
function rest<P>(
  parts: readonly Placed<P>[],
  matches: readonly Match<P>[],
  side: 0 | 1,
): readonly Placed<P>[] {
  const matched = new Set(matches.map((one) => one[side].at))
  return parts.filter(({ at }) => !matched.has(at))
}

/** Each with the gap that it is in, between the places that are given in their order. */
function inGaps<P>(
  parts: readonly Placed<P>[],
  places: readonly number[],
): readonly Placed<{ readonly placed: Placed<P>; readonly gap: string }>[] {
  let gap = 0
  return parts.map((one) => {
    while ((places[gap] ?? Infinity) < one.at) gap += 1
    return { part: { placed: one, gap: String(gap) }, at: one.at }
  })
}

/** All of both lists, in pairs as far as they belong together; moved are those that are not among the kept. */
function paired<P extends Part>(
  first: readonly Placed<P>[],
  second: readonly Placed<P>[],
  matches: readonly Match<P>[],
  kept: ReadonlySet<number>,
): readonly Pair<P>[] {
  const partners = new Map(matches.map(([one, other]) => [one.at, other.part]))
  return [
    ...first.map(({ part, at }) => {
      const partner = partners.get(at) ?? null
      return { first: part, second: partner, moved: partner !== null && !kept.has(at) }
    }),
    ...rest(second, matches, 1).map(({ part }) => ({ first: null, second: part, moved: false })),
  ]
}

/** The places in the first list of those that kept their order: as many as possible (the longest increasing subsequence). */
function inSameOrder<P>(matches: readonly Match<P>[]): ReadonlySet<number> {
  interface Link {
    readonly match: Match<P>
    readonly before: Link | null
  }
  const sorted = matches.toSorted(([one], [other]) => one.at - other.at)
  /** For each length, the chain of that length that ends earliest. */
  const chains: Link[] = []
  for (const one of sorted) {
    let [low, high] = [0, chains.length]
    while (low < high) {
      const half = (low + high) >> 1
      if ((chains[half]?.match[1].at ?? Infinity) < one[1].at) low = half + 1
      else high = half
    }
    chains[low] = { match: one, before: chains[low - 1] ?? null }
  }
  const kept = new Set<number>()
  for (let link = chains.at(-1) ?? null; link !== null; link = link.before) kept.add(link.match[0].at)
  return kept
}
