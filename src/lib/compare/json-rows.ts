import { jsonLines } from '../json/lines.ts'
import { parseJson } from '../json/parse.ts'
import type { JsonValue } from '../json/value.ts'
import { likeness } from '../oauth/operations/compare-claims.ts'
import { alignInOrder, alignNamed, type Pair } from './align.ts'
import { differenceInWords } from './in-words.ts'
import type { Row, Show } from './row.ts'

/** A JSON text: as it is, to be compared, and as it may be shown. Both have the same shape. */
interface Node {
  readonly raw: JsonValue
  readonly shown: JsonValue
}

/** A child of an object or a list, to be paired with one of the other side. */
interface Child extends Node {
  readonly key: string
  /** Equal for equal texts. */
  readonly value: string
  /** What is added to the path of its parent. */
  readonly step: string
  /** The name as it is written; empty in a list. */
  readonly written: string
  readonly name: string
}

/** What both sides have in common. */
interface Context {
  /** Whether what has that name is another one each time. */
  readonly isEachTime: (name: string) => boolean
  /** A number for each JSON value, the same for the same text without white space. */
  readonly numberOf: (value: JsonValue) => string
}

/**
 * Two JSON texts, by the paths of their values: names may repeat; order, digits and escapes count. `null` if one of them is no
 * JSON, or is none any more once its secrets are masked.
 * @param root what the paths begin with; empty for nothing
 */
export function jsonRows(
  first: string,
  second: string,
  show: Show,
  isEachTime: Context['isEachTime'],
  root = '',
): readonly Row[] | null {
  const [ours, theirs] = [readShown(first, show), readShown(second, show)]
  if (ours === null || theirs === null) return null
  return rowsOf(ours, theirs, root, '', { isEachTime, numberOf: numbering() })
}

function readShown(text: string, { hide }: Show): Node | null {
  const raw = parseJson(text)
  if (!raw.ok) return null
  const hidden = hide(text)
  if (hidden === text) return { raw: raw.value, shown: raw.value }
  const shown = parseJson(hidden)
  return shown.ok && isShapedAlike(raw.value, shown.value) ? { raw: raw.value, shown: shown.value } : null
}

/** Whether one is the other with some values masked. */
function isShapedAlike(raw: JsonValue, shown: JsonValue): boolean {
  if (raw.kind === 'object')
    return (
      shown.kind === 'object' &&
      raw.members.length === shown.members.length &&
      raw.members.every(({ value }, at) => isShapedAlike(value, shown.members[at]?.value ?? value))
    )
  if (raw.kind === 'array')
    return (
      shown.kind === 'array' &&
      raw.items.length === shown.items.length &&
      raw.items.every((item, at) => isShapedAlike(item, shown.items[at] ?? item))
    )
  return shown.kind !== 'object' && shown.kind !== 'array'
}

function rowsOf(first: Node, second: Node, path: string, name: string, context: Context): readonly Row[] {
  if (first.raw.kind === 'object' && second.raw.kind === 'object')
    return pairRows(alignNamed(children(first, context), children(second, context)), path, name, context)
  if (first.raw.kind === 'array' && second.raw.kind === 'array')
    return pairRows(alignInOrder(children(first, context), children(second, context)), path, name, context)
  return [leafRow(first, second, path === '' ? 'value' : path, name, context)]
}

function pairRows(
  pairs: readonly Pair<Child>[],
  path: string,
  parent: string,
  context: Context,
): readonly Row[] {
  return pairs.flatMap(({ first, second, moved }): readonly Row[] => {
    const one = first ?? second
    if (!one) return []
    const here = joined(path, one.step)
    const both = { name: here, first: first && compact(first.shown), second: second && compact(second.shown) }
    const told = { ...both, note: '', eachTime: false }
    if (!first || !second) return [{ ...told, kind: first ? 'only first' : 'only second' }]
    const order: readonly Row[] = moved
      ? [
          {
            ...told,
            kind: 'moved',
            note: first.step === second.step ? 'The order is another.' : placeOf(first, second),
          },
        ]
      : []
    if (first.value !== second.value)
      return [...order, ...rowsOf(first, second, here, one.name === '' ? parent : one.name, context)]
    if (first.written !== second.written)
      return [
        ...order,
        { ...told, kind: 'written otherwise', note: 'The name is written with other escapes.' },
      ]
    return moved ? order : [{ ...told, kind: 'same' }]
  })
}

const placeOf = (first: Child, second: Child): string => `At ${first.step}, and at ${second.step}.`

const joined = (path: string, step: string): string =>
  path === '' || step.startsWith('[') ? path + step : `${path}.${step}`

function leafRow(first: Node, second: Node, path: string, name: string, context: Context): Row {
  const [one, other] = [compact(first.shown), compact(second.shown)]
  const told = { name: path, first: one, second: other, eachTime: false }
  if (context.numberOf(first.raw) === context.numberOf(second.raw)) return { ...told, kind: 'same', note: '' }
  const eachTime = context.isEachTime(name)
  const note = eachTime ? '' : noteOf(first.raw, second.raw, name)
  return {
    ...told,
    kind: 'changed',
    note: note === '' && one === other ? 'in what is masked' : note,
    eachTime,
  }
}

/** Texts by their characters; else whether they mean the same, and how they are written. */
function noteOf(first: JsonValue, second: JsonValue, name: string): string {
  if (first.kind === 'string' && second.kind === 'string')
    return first.value === second.value
      ? 'the same text, written with other escapes'
      : differenceInWords(first.value, second.value)
  const how = likeness(name, first, second)
  return how === null || how === '' ? '' : `means the same: ${how}`
}

/** The members or items; none of anything else. */
function children({ raw, shown }: Node, { numberOf }: Context): readonly Child[] {
  if (raw.kind === 'array')
    return raw.items.map((item, at): Child => {
      const there = shown.kind === 'array' ? (shown.items[at] ?? item) : item
      return {
        key: '',
        value: numberOf(item),
        raw: item,
        shown: there,
        step: `[${at}]`,
        written: '',
        name: '',
      }
    })
  if (raw.kind !== 'object') return []
  const counts = new Map<string, number>()
  return raw.members.map(({ key, keySource, value, duplicate }, at): Child => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    const there = shown.kind === 'object' ? shown.members[at] : undefined
    const shownKey = there?.key ?? key
    const plain = /^[\w$-]+$/.test(shownKey) ? shownKey : `[${there?.keySource ?? keySource}]`
    return {
      key,
      value: numberOf(value),
      raw: value,
      shown: there?.value ?? value,
      step: duplicate ? `${plain} (${count} of this name)` : plain,
      written: keySource,
      name: key,
    }
  })
}

/** Gives the same number to the same text: from the leaves up, each value is looked at once. */
function numbering(): Context['numberOf'] {
  const numbers = new Map<string, string>()
  const known = new WeakMap<JsonValue, string>()
  const numberOf = (value: JsonValue): string => {
    const found = known.get(value)
    if (found !== undefined) return found
    const text = textOf(value)
    const number = numbers.get(text) ?? String(numbers.size)
    numbers.set(text, number)
    known.set(value, number)
    return number
  }
  const textOf = (value: JsonValue): string => {
    switch (value.kind) {
      case 'object':
        return `{${value.members.map(({ keySource, value: of }) => `${keySource}:${numberOf(of)}`).join(',')}`
      case 'array':
        return `[${value.items.map(numberOf).join(',')}`
      case 'literal':
        return String(value.value)
      case 'string':
      case 'number':
        return value.source
      default:
        return value satisfies never
    }
  }
  return numberOf
}

/** Of an object or a list, that many characters. */
const most = 400

/** A value on one line: of one with others in it the beginning, any other whole. */
function compact(value: JsonValue): string {
  let text = ''
  for (const line of jsonLines(value, 0)) {
    if (text.length > most && (value.kind === 'object' || value.kind === 'array'))
      return `${text.slice(0, most)}…`
    for (const { kind, text: piece } of line)
      text += kind === 'punctuation' && piece !== ': ' ? piece.replace(',', ', ') : piece
  }
  return text
}
