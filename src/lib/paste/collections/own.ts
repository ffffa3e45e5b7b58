import { isObject } from '../../json/own-members.ts'

/** Names with their values, in order. */
export type Pairs = readonly (readonly [name: string, value: string])[]

/** How many rows of one table are read: header fields, parameters. */
const longest = 200

/** What is there behind the names, each the name of an own member; `undefined` if it is not there. */
export function own(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const name of path) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return found
}

/** A text; a number or a truth value as its text; empty for anything else. */
export function ownText(value: unknown, ...path: readonly string[]): string {
  const found = own(value, ...path)
  return typeof found === 'string'
    ? found
    : typeof found === 'number' || typeof found === 'boolean'
      ? String(found)
      : ''
}

/** The items of a list; none for anything else. */
export function ownList(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = own(value, ...path)
  return Array.isArray(found) ? found : []
}

/** A text, the texts of a list or the values of an object, without empty ones. */
export function ownTexts(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = own(value, ...path)
  const all: readonly unknown[] = isObject(found)
    ? Object.values(found)
    : Array.isArray(found)
      ? found
      : [found]
  return all
    .slice(0, longest)
    .map((one) => ownText(one) || ownText(one, 'value'))
    .filter(Boolean)
}

/** The rows of a table as every tool writes it, without those that are switched off. */
export function ownPairs(value: unknown, ...path: readonly string[]): Pairs {
  return ownList(value, ...path)
    .slice(0, longest)
    .filter((row) => !isOff(row))
    .map((row) => [nameOf(row), ownText(row, 'value')] as const)
    .filter(([name]) => name !== '')
}

/** What a table or a variable is called. */
export const nameOf = (row: unknown): string => ownText(row, 'key') || ownText(row, 'name')

/** Whether a row is switched off. */
export const isOff = (row: unknown): boolean =>
  own(row, 'disabled') === true || own(row, 'enabled') === false || own(row, 'active') === false
