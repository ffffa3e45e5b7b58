import type { Pairs } from './own.ts'

/** A row of a block: its name, its value, and whether it is switched off. */
interface Row {
  readonly name: string
  readonly value: string
  readonly isOff: boolean
}

/** A block of a text in the Bru language: `name { … }` or `name [ … ]`, up to a bracket at the beginning of a line. */
export interface Block {
  readonly name: string
  /** As rows with names and values, for blocks that are such. */
  readonly rows: readonly Row[]
  /** The lines without their indentation, for blocks that are a text. */
  readonly text: string
}

const bounds = { blocks: 200, rows: 500 }

const opening = /^([a-z][\w:-]{0,80})[ \t]*([{[])[ \t]*$/
const inOneLine = /^([a-z][\w:-]{0,80})[ \t]*\[([^[\]]*)\][ \t]*$/

/**
 * The blocks of a text, each line read once; `null` if something is between them, or a block has no end.
 * @see https://docs.usebruno.com/bru-lang/overview
 */
export function bruBlocks(text: string): readonly Block[] | null {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || /^color:/.test(line)) continue
    const [, listName, items] = inOneLine.exec(line) ?? []
    const [, name, bracket] = opening.exec(line) ?? []
    if (blocks.length >= bounds.blocks || (name === undefined && listName === undefined)) return null
    if (listName !== undefined) {
      blocks.push({ name: listName, rows: [], text: items ?? '' })
      continue
    }
    const close = indexFrom(lines, at + 1, bracket === '[' ? /^\][ \t]*$/ : /^\}[ \t]*$/)
    if (close < 0) return null
    const inside = lines.slice(at + 1, close)
    blocks.push({
      name: name ?? '',
      rows: rowsOf(inside),
      text: inside.map((one) => one.replace(/^ {2}|^\t/, '')).join('\n'),
    })
    at = close
  }
  return blocks
}

/** `name: value`, `~name: value` for one that is switched off, and `'''` around a value of several lines. */
function rowsOf(lines: readonly string[]): readonly Row[] {
  const rows: Row[] = []
  for (let at = 0; at < lines.length && rows.length < bounds.rows; at += 1) {
    const [, off = '', quotedName, plainName, value = ''] =
      /^\s*(~?)(?:"((?:[^"\\]|\\.)*)"|([^\s:@"][^\s:]*|)) *:[ \t]*(.*)$/.exec(lines[at] ?? '') ?? []
    if (quotedName === undefined && plainName === undefined) continue
    const name = quotedName?.replaceAll('\\"', '"') ?? plainName ?? ''
    if (!value.startsWith("'''")) {
      rows.push({ name, value: value.trim(), isOff: off !== '' })
      continue
    }
    const [, single] = /^'''(.*)'''$/.exec(value.trim()) ?? []
    const end = single === undefined ? indexFrom(lines, at + 1, /^\s*'''/) : at
    const last = end < 0 ? lines.length : end
    rows.push({ name, value: single ?? outdented(lines.slice(at + 1, last)), isOff: off !== '' })
    at = last
  }
  return rows
}

/** The first line that fits, from that one on; -1 if there is none. */
function indexFrom(lines: readonly string[], from: number, pattern: RegExp): number {
  for (let at = from; at < lines.length; at += 1) if (pattern.test(lines[at] ?? '')) return at
  return -1
}

/** Without the spaces that all lines begin with. */
function outdented(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const least = indents.reduce((one, other) => Math.min(one, other), Infinity)
  return lines.map((line) => line.slice(Number.isFinite(least) ? least : 0)).join('\n')
}

/** The rows of a block that are not switched off. */
export const rowsIn = (block: Block | undefined): Pairs =>
  (block?.rows ?? []).filter(({ isOff }) => !isOff).map(({ name, value }) => [name, value] as const)
