import { mask } from '../http/redact.ts'
import type { Pair, Part } from './align.ts'
import { differenceInWords, secretDifference } from './in-words.ts'

/** In which way two sides differ; `written otherwise` if they mean the same. */
export type Difference = 'changed' | 'only first' | 'only second' | 'moved' | 'written otherwise'

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
  const one = {
    ...{ name, first: first && shown(first, show), second: second && shown(second, show) },
    ...{ note: '', eachTime: false },
  }
  if (!first || !second) return [{ ...one, kind: first ? 'only first' : 'only second' }]
  const order: Row = { ...one, kind: 'moved', note: 'The order is another.' }
  const value = { ...one, ...valueOf(first, second, one, show) }
  return moved ? (value.kind === 'same' ? [order] : [value, order]) : [value]
}

function valueOf(
  first: Item,
  second: Item,
  shown: Pick<Row, 'first' | 'second'>,
  show: Show,
): Pick<Row, 'kind' | 'note' | 'eachTime'> {
  if (first.value !== second.value) {
    const eachTime = first.isEachTime === true
    return { kind: 'changed', note: orMasked(noteOf(first, second, show), shown), eachTime }
  }
  if (first.name !== second.name) {
    const names = `The name is written ${show.hide(first.name)} and ${show.hide(second.name)}.`
    return { kind: 'written otherwise', note: names, eachTime: false }
  }
  return first.written === second.written
    ? { kind: 'same', note: '', eachTime: false }
    : { kind: 'written otherwise', note: 'The same value, encoded otherwise.', eachTime: false }
}

/** If what differs is masked, nothing else would say that it differs. */
const orMasked = (note: string, { first, second }: Pick<Row, 'first' | 'second'>): string =>
  note === '' && first === second ? 'differs in what is masked' : note

function noteOf(first: Item, second: Item, { secrets }: Show): string {
  if (first.isEachTime === true) return ''
  if ((first.secrecy ?? second.secrecy) === undefined || secrets === 'shown')
    return differenceInWords(first.value, second.value)
  return secrets === 'withheld' ? 'differs' : secretDifference(first.value, second.value)
}

function shown({ value, written = value, secrecy }: Item, { secrets, hide }: Show): string {
  if (secrecy === undefined || secrets === 'shown') return hide(written)
  const scheme = secrecy === 'credentials' ? (/^(?:basic|bearer|dpop) (?=\S)/i.exec(written)?.[0] ?? '') : ''
  return written === '' ? '' : scheme + mask
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
