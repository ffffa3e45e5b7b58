/** A text cut where it begins and ends to differ from another; joined, and with what was cut off, it is the text. */
export interface Parts {
  /** What is equal before, its end if that is long. */
  readonly before: string
  readonly differing: string
  /** What is equal after, its beginning if that is long. */
  readonly after: string
  /** Characters that are not shown: before, in what differs, and after. */
  readonly cut: readonly [before: number, differing: number, after: number]
}

/** Characters around what differs, and of it, that are shown. */
const most = { around: 60, differing: 1500 }

/** Two texts, each with the part in which it differs from the other: without the longest equal start and end. Linear in time. */
export function differingParts(first: string, second: string): readonly [Parts, Parts] {
  const shorter = Math.min(first.length, second.length)
  let start = 0
  while (start < shorter && first.charCodeAt(start) === second.charCodeAt(start)) start += 1
  if (isInside(first, start) || isInside(second, start)) start -= 1
  let end = 0
  while (
    end < shorter - start &&
    first.charCodeAt(first.length - 1 - end) === second.charCodeAt(second.length - 1 - end)
  )
    end += 1
  if (isInside(first, first.length - end) || isInside(second, second.length - end)) end -= 1
  return [partsOf(first, start, end), partsOf(second, start, end)]
}

/** The beginning of a text that differs from nothing. */
export function wholePart(text: string): Parts {
  const after = text.slice(0, whole(text, most.differing))
  return { before: '', differing: '', after, cut: [0, 0, text.length - after.length] }
}

function partsOf(text: string, start: number, end: number): Parts {
  const [from, to] = [Math.max(0, start - most.around), text.length - end]
  const [differs, until] = [Math.min(to, start + most.differing), Math.min(text.length, to + most.around)]
  const before = text.slice(whole(text, from), start)
  const differing = text.slice(start, whole(text, differs))
  const after = text.slice(to, whole(text, until))
  return {
    before,
    differing,
    after,
    cut: [start - before.length, to - start - differing.length, end - after.length],
  }
}

/** Whether a place is between the two halves of one character. */
const isInside = (text: string, at: number): boolean =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at))

const whole = (text: string, at: number): number => (isInside(text, at) ? at - 1 : at)
