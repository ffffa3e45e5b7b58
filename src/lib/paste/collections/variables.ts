import { isObject } from '../../json/own-members.ts'
import { unknown } from '../unknown.ts'
import { isOff, nameOf, own, ownText } from './own.ts'

/** A name in the place of a value in a collection: `{{name}}`, in Hoppscotch `<<name>>`. */
export type Variables = ReadonlyMap<string, string>

export const noVariables: Variables = new Map()

/** A text with the values of its variables; in the place of one without a value is a mark. */
export type Fill = (text: string) => string

const bounds = {
  /** How long a value may become, in characters: variables that double each other do so 20 times for a million. */
  length: 20_000,
  /** How many variables may need each other. */
  depth: 20,
  /** How many members of an environment that is an object are read. */
  members: 5_000,
}

/** `{{ name }}`, `<<name>>`, and a tag of a template, which is a program. */
const reference = /\{\{([^{}]{1,200})\}\}|<<([^<>\s]{1,200})>>|\{%([^%]{0,200})%\}/g

/**
 * Fills in variables, the nearest scope first. A variable that is empty, that needs itself or that becomes too long has no
 * value. Each is looked up once, so that the time is linear.
 * @param missing gets the names of those without a value
 */
export function filler(scopes: readonly Variables[], missing: Set<string>): Fill {
  const known = new Map<string, string>()
  /** Those that are being looked up: one that needs itself is among them. */
  const open = new Set<string>()

  const none = (name: string): string => {
    missing.add(name)
    return unknown(name)
  }

  const fill = (text: string, depth: number): string | null => {
    let [rest, end, length] = ['', 0, 0]
    for (const { 0: whole, 1: curly, 2: angled, index } of text.matchAll(reference)) {
      const value = valueOf(plainName(curly ?? angled ?? '') || 'template tag', depth)
      length += value.length
      if (length > bounds.length) return null
      rest += text.slice(end, index) + value
      end = index + whole.length
    }
    return end === 0 ? text : rest + text.slice(end)
  }

  const valueOf = (name: string, depth: number): string => {
    const found = known.get(name)
    if (found !== undefined) return found
    const raw = scopes.find((scope) => scope.has(name))?.get(name) ?? ''
    if (raw === '' || raw.length > bounds.length || depth >= bounds.depth || open.has(name)) return none(name)
    open.add(name)
    const filled = fill(raw, depth + 1) ?? none(name)
    open.delete(name)
    known.set(name, filled)
    return filled
  }

  return (text) => fill(text, 0) ?? none('a text that is too long')
}

/** The name of the variable that a text is, and nothing else; `null` for any other text. */
export function onlyReference(text: string): string | null {
  const [, curly, angled] = /^\s*(?:\{\{([^{}]{1,200})\}\}|<<([^<>\s]{1,200})>>)\s*$/.exec(text) ?? []
  const name = curly ?? angled
  return name === undefined ? null : plainName(name)
}

/** Insomnia writes `_.name` and `_['name']`. */
const plainName = (name: string): string =>
  name
    .trim()
    .replace(/^_\./, '')
    .replace(/^_\[(['"])(.*)\1\]$/, '$2')

/** The variables of a list of rows with names and values, without those that are switched off. */
export function variablesOf(rows: readonly unknown[]): Variables {
  return new Map(
    rows
      .filter((row) => !isOff(row))
      .map((row) => [nameOf(row) || ownText(row, 'id'), valueIn(row)] as const)
      .filter(([name]) => name !== ''),
  )
}

/** A value, or one of several of which one is selected. @see https://spec.opencollection.com */
function valueIn(row: unknown): string {
  const value = ownText(row, 'currentValue') || (own(row, 'value') ?? own(row, 'initialValue'))
  const variants: readonly unknown[] = Array.isArray(value) ? value : []
  const chosen =
    variants.length > 0
      ? own(variants.find((one) => own(one, 'selected') === true) ?? variants[0], 'value')
      : value
  return ownText(chosen) || ownText(chosen, 'data')
}

/** The variables of an object: members of objects within have names with dots. */
export function variablesIn(data: unknown): Variables {
  const variables = new Map<string, string>()
  const open: (readonly [path: string, value: unknown])[] = [['', data]]
  for (const [path, value] of open) {
    const room = bounds.members - open.length
    if (isObject(value))
      for (const [name, inner] of Object.entries(value).slice(0, Math.max(room, 0)))
        open.push([path === '' ? name : `${path}.${name}`.slice(0, 200), inner])
    else if (ownText(value) !== '' && !variables.has(path)) variables.set(path, ownText(value))
  }
  return variables
}
