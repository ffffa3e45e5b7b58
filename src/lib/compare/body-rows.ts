import { type Body, decodeBody } from '../http/body.ts'
import type { HttpResponse } from '../http/message.ts'
import { alignInOrder, type Pair } from './align.ts'
import { differsEachTime } from './each-time.ts'
import { differenceInWords } from './in-words.ts'
import { jsonRows } from './json-rows.ts'
import type { Row, Show } from './row.ts'

/** Rows, and how many lines more are the same. */
export interface BodyRows {
  readonly rows: readonly Row[]
  readonly more: number
}

/** Longer texts are compared as bytes are, in characters: whether, and from where on, they differ. */
const longest = { text: 4_000_000, json: 2_000_000 }

/** The bodies of two responses. @param first `null` if there is no response */
export function responseBodyRows(
  first: HttpResponse | null,
  second: HttpResponse | null,
  show: Show,
): BodyRows {
  const [one, other] = [first && decodeBody(first), second && decodeBody(second)]
  if (isText(one) && isText(other)) return textRows(one.text, other.text, show)
  if (isEmpty(one) && isEmpty(other)) return { rows: [], more: 0 }
  const [ours, theirs] = [describe(one, first, show), describe(other, second, show)]
  const bytes = [first?.body ?? new Uint8Array(), second?.body ?? new Uint8Array()] as const
  const at = firstDifference(bytes[0].length, bytes[1].length, (place) => bytes[0][place] === bytes[1][place])
  const told = { name: 'body', first: ours, second: theirs, eachTime: false }
  if (ours === null || theirs === null)
    return { rows: [{ ...told, kind: ours === null ? 'only second' : 'only first', note: '' }], more: 0 }
  const row: Row =
    at === null ? { ...told, kind: 'same', note: '' } : { ...told, kind: 'changed', note: from(at, 'byte') }
  return { rows: [row], more: 0 }
}

const isText = (body: Body | null): body is Extract<Body, { kind: 'text' }> => body?.kind === 'text'
const isEmpty = (body: Body | null): boolean => body === null || body.kind === 'empty'

/** `null` for no body. */
function describe(body: Body | null, response: HttpResponse | null, { hide }: Show): string | null {
  if (body === null || body.kind === 'empty') return null
  return body.kind === 'text' ? hide(body.text) : `${response?.body.length ?? 0} bytes that are no text`
}

/** The bodies of two requests that are no forms; `null` for none. */
export function requestBodyRows(first: string | null, second: string | null, show: Show): BodyRows {
  if (first !== null && second !== null) return textRows(first, second, show)
  const [one, other] = [first, second].map((text) => (text === null ? null : show.hide(text)))
  if (one === null && other === null) return { rows: [], more: 0 }
  const kind = first === null ? 'only second' : 'only first'
  return {
    rows: [{ name: 'body', kind, first: one ?? null, second: other ?? null, note: '', eachTime: false }],
    more: 0,
  }
}

/** By paths if both are JSON, else by lines. */
function textRows(first: string, second: string, show: Show): BodyRows {
  const length = Math.max(first.length, second.length)
  if (length > longest.text) return { rows: [longRow(first, second)], more: 0 }
  const json =
    length > longest.json ? null : jsonRows(first, second, show, (name) => differsEachTime('members', name))
  return json === null ? lineRows(first, second, show) : { rows: json, more: 0 }
}

function longRow(first: string, second: string): Row {
  const at = firstDifference(first.length, second.length, (place) => first[place] === second[place])
  const told = { name: 'body', first: lengthOf(first), second: lengthOf(second), eachTime: false }
  return at === null
    ? { ...told, kind: 'same', note: '' }
    : { ...told, kind: 'changed', note: from(at, 'character') }
}

const lengthOf = (text: string): string => `${text.length} characters`
const from = (at: number, what: string): string => `differs from ${what} ${at + 1} on`

/** `null` if there is none. */
function firstDifference(first: number, second: number, isSame: (place: number) => boolean): number | null {
  const shorter = Math.min(first, second)
  let at = 0
  while (at < shorter && isSame(at)) at += 1
  return at === first && at === second ? null : at
}

/** Lines that are the same have a row up to that many. */
const mostSame = 1000

/** By lines, of the texts as they may be shown: a secret can have several lines. */
function lineRows(first: string, second: string, show: Show): BodyRows {
  const [ours, theirs] = [show.hide(first), show.hide(second)]
  const pairs = alignInOrder(linesOf(ours), linesOf(theirs))
  const same = pairs.filter((pair) => isSame(pair))
  const rows = [...pairs.filter((pair) => !isSame(pair)), ...same.slice(0, mostSame)].map(lineRow)
  const masked: readonly Row[] =
    first !== second && ours === theirs
      ? [
          {
            ...{ name: 'body', kind: 'changed', first: null, second: null, eachTime: false },
            note: 'in what is masked',
          },
        ]
      : []
  return { rows: [...masked, ...rows], more: same.length - Math.min(same.length, mostSame) }
}

interface Line {
  readonly key: string
  readonly value: string
  readonly number: number
}

const linesOf = (text: string): readonly Line[] =>
  text === '' ? [] : text.split('\n').map((value, at) => ({ key: '', value, number: at + 1 }))

const isSame = ({ first, second, moved }: Pair<Line>): boolean =>
  first !== null && second !== null && !moved && first.value === second.value

function lineRow(pair: Pair<Line>): Row {
  const { first, second, moved } = pair
  const one = {
    name: `line ${(first ?? second)?.number ?? 0}`,
    first: first?.value ?? null,
    second: second?.value ?? null,
  }
  const told = { ...one, note: '', eachTime: false }
  if (isSame(pair)) return { ...told, kind: 'same' }
  if (first === null || second === null)
    return { ...told, kind: first === null ? 'only second' : 'only first' }
  return moved
    ? { ...told, kind: 'moved', note: `Line ${first.number}, and line ${second.number}.` }
    : { ...told, kind: 'changed', note: differenceInWords(first.value, second.value) }
}
