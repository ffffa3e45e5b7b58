import { formatJson } from '../../json/lines.ts'
import { asString, type JsonValue } from '../../json/value.ts'
import type { SpecLink } from '../../spec.ts'
import type { MetadataCheck } from './metadata-check.ts'
import { type KnownMember, knownMembers } from './metadata-members.ts'

/** A member of the metadata with what it means. */
export interface MetadataRow {
  readonly name: string
  readonly value: JsonValue
  /** One plain sentence. */
  readonly means: string
  /** `problem`: something is to be said of it, see the checks. `other`: has nothing to do with this grant. */
  readonly mark: 'matters' | 'other' | 'problem'
  readonly spec: SpecLink | null
}

const unknown = { means: 'Not a name known here.', matters: false, spec: null }

/** Every member of the document, repeats too: those that matter for this grant first, unknown ones last, as they came. */
export function metadataRows(
  value: JsonValue,
  checks: readonly MetadataCheck[],
  knownHere: Readonly<Record<string, KnownMember>> = knownMembers,
): readonly MetadataRow[] {
  if (value.kind !== 'object') return []
  const faulty = new Set(checks.filter(({ result }) => weighty.has(result)).map(({ member }) => member))
  const names = Object.keys(knownHere)
  const rank = (name: string): number => (Object.hasOwn(knownHere, name) ? names.indexOf(name) : names.length)
  return value.members
    .map(({ key, value: member, duplicate }): MetadataRow => {
      const known = (Object.hasOwn(knownHere, key) ? knownHere[key] : undefined) ?? unknown
      const mark = faulty.has(key) || duplicate ? 'problem' : known.matters ? 'matters' : 'other'
      return { name: key, value: member, means: known.means, mark, spec: known.spec }
    })
    .sort((one, other) => rank(one.name) - rank(other.name))
}

const weighty: ReadonlySet<string> = new Set<MetadataCheck['result']>(['warn', 'fail'])

/** A value for the eye: a string without its quotes, a list of strings with commas, anything else as JSON. */
export function valueText(value: JsonValue): string {
  if (value.kind === 'string') return value.value
  const strings = value.kind === 'array' ? value.items.map(asString) : []
  return strings.length > 0 && strings.every((text) => text !== undefined)
    ? strings.join(', ')
    : formatJson(value)
}
