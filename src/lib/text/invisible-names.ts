import type { JsonValue } from '../json/value.ts'
import { eachInvisible, invisibleIn } from './invisible.ts'
import { onOneLine } from './quoted.ts'

/** Names that are listed in a sentence. */
const mostListed = 3

/**
 * The member names anywhere in a JSON value that contain characters nobody sees, each once: such a name is another than
 * the one it looks like.
 * @see RFC 8259 section 8.3
 */
export function invisibleNames(value: JsonValue | null): readonly string[] {
  const names = new Set<string>()
  const values = value === null ? [] : [value]
  // Not by recursion, and what is inside last: the outer names are the ones to report.
  for (const one of values) {
    if (one.kind === 'array') for (const item of one.items) values.push(item)
    if (one.kind !== 'object') continue
    for (const { key, value: inner } of one.members) {
      if (invisibleIn(key).length > 0) names.add(key)
      values.push(inner)
    }
  }
  return [...names]
}

/** What is to be said of such names: "A name contains invisible characters: U+200B in “sc…ope”." */
export function tellNames(names: readonly string[]): string {
  const told = names.slice(0, mostListed).map((name) => {
    const found = invisibleIn(name)
    const listed = found.slice(0, mostListed).join(', ') + (found.length > mostListed ? ', …' : '')
    return `${listed} in “${onOneLine(name).replace(eachInvisible, '…').replace(/…{2,}/g, '…')}”`
  })
  const more = names.length - told.length
  const all = told.join('; ') + (more > 0 ? `; and in ${more} more` : '')
  return names.length === 1
    ? `A name contains invisible characters: ${all}.`
    : `Names contain invisible characters: ${all}.`
}
