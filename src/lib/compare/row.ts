import { mask } from '../http/redact.ts'
import type { Pair, Part } from './align.ts'
import { differenceInWords, secretDifference } from './in-words.ts'

/** In which way two sides differ; `written otherwise` if they mean the same. */
type Difference = 'changed' | 'only first' | 'only second' | 'moved' | 'written otherwise'

/** One thing of both sides. All of it may be shown. */
export interface Row {
  readonly name: string
  readonly kind: Difference | 'same'
  /** What the first exchange has; `null` if it has nothing of that name. */
  readonly first: string | null
  readonly second: string | null
  /** What is to be said of the difference besides both texts; empty for nothing. */
  readonly note: string
  /** Whether it differs, and is another one in each exchange. */
  readonly eachTime: boolean
}

/** The rows about one part of the exchanges. */
export interface Section {
  readonly title: string
  /** What differs: values first, then order, then spelling. */
  readonly changes: readonly Row[]
  /** What is another one each time. */
  readonly eachTime: readonly Row[]
  /** What does not differ, the first thousand. */
  readonly same: readonly Row[]
  /** How many do not differ. */
  readonly sameCount: number
}

/** What may be seen of a text that the page shows. */
export interface Show {
  /** `withheld` if not even the length of a secret is to be seen. */
  readonly secrets: 'shown' | 'masked' | 'withheld'
  /** Masks secrets and tokens in a text; leaves it as it is while secrets are shown. */
  readonly hide: (text: string) => string
}

/** A named value, of a list that is compared. */
export interface Item extends Part {
  readonly name: string
  /** How it is written, if that may differ in what means the same. */
  readonly written?: string
  /** `credentials` follow the name of their scheme, which is none. */
  readonly secrecy?: 'secret' | 'credentials'
  readonly isEachTime?: boolean
}

/** What is to be said of a pair of values: that it differs, and that its place does. */
export function rowsOf({ first, second, moved }: Pair<Item>, show: Show): readonly Row[] {
  const name = show.hide((first ?? second)?.name ?? '')
  const [one, other] = [first && shown(first, show), second && shown(second, show)]
  const row = { name, first: one, second: other, note: '', eachTime: false }
  if (!first || !second) return [{ ...row, kind: first ? 'only first' : 'only second' }]
  const order: Row = { ...row, kind: 'moved', note: 'The order is another.' }
  const value = { ...row, ...valueOf(first, second, one === other, show) }
  return moved ? (value.kind === 'same' ? [order] : [value, order]) : [value]
}

function valueOf(
  first: Item,
  second: Item,
  isShownAlike: boolean,
  show: Show,
): Pick<Row, 'kind' | 'note' | 'eachTime'> & Partial<Row> {
  if (first.value !== second.value) {
    const eachTime = first.isEachTime === true
    const note = noteOf(first, second, show)
    // If what differs is masked, nothing else would say that it differs.
    return { kind: 'changed', note: note === '' && isShownAlike ? 'in what is masked' : note, eachTime }
  }
  if (first.name !== second.name) {
    const names = `The name is written ${show.hide(first.name)} and ${show.hide(second.name)}.`
    return { kind: 'written otherwise', note: names, eachTime: false }
  }
  if (first.written === second.written) return { kind: 'same', note: '', eachTime: false }
  const [one, other] = [first, second].map(({ written = '', ...item }) =>
    shown({ ...item, value: written }, show),
  )
  return {
    ...{ kind: 'written otherwise', note: 'The same value, encoded otherwise.', eachTime: false },
    ...{ first: one ?? null, second: other ?? null },
  }
}

function noteOf(first: Item, second: Item, { secrets }: Show): string {
  if (first.isEachTime === true) return ''
  if ((first.secrecy ?? second.secrecy) === undefined || secrets === 'shown')
    return differenceInWords(first.value, second.value)
  return secrets === 'withheld' ? '' : secretDifference(first.value, second.value)
}

function shown({ value, secrecy }: Item, { secrets, hide }: Show): string {
  if (secrecy === undefined || secrets === 'shown') return hide(value)
  const scheme = secrecy === 'credentials' ? (/^(?:basic|bearer|dpop) (?=\S)/i.exec(value)?.[0] ?? '') : ''
  return value === '' ? '' : scheme + mask
}

/** Of rows that do not differ, a page shows no more. */
const mostSame = 1000

const ranks: Readonly<Record<Row['kind'], number>> = {
  changed: 0,
  'only first': 0,
  'only second': 0,
  moved: 1,
  'written otherwise': 2,
  same: 3,
}

/** @param more how many more are the same, without a row */
export function sectionOf(title: string, rows: readonly Row[], more = 0): Section {
  const differing = rows.filter(({ kind }) => kind !== 'same')
  const same = rows.filter(({ kind }) => kind === 'same')
  return {
    title,
    changes: differing
      .filter(({ eachTime }) => !eachTime)
      .toSorted((one, other) => ranks[one.kind] - ranks[other.kind]),
    eachTime: differing.filter(({ eachTime }) => eachTime),
    same: same.slice(0, mostSame),
    sameCount: same.length + more,
  }
}
