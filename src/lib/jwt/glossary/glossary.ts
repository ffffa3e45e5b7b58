import type { JsonValue } from '../../json/value.ts'
import { explainClaim } from './explain-claim.ts'
import { explainHeader, explainHeaderValue } from './explain-header.ts'
import type { Explanation } from './entry.ts'

/** One line of what a header or a payload says, with what it means. */
export interface Entry {
  /** `exp`, or `cnf › jkt` for what stands inside. */
  readonly name: string
  readonly value: JsonValue
  /** What the name means, then what this very value means; empty for a name nobody here knows. */
  readonly explanations: readonly Explanation[]
  /** Whether the value is a NumericDate. @see RFC 7519 section 2 */
  readonly isDate: boolean
}

const dates = ['exp', 'nbf', 'iat', 'auth_time']

/** All members of a protected header, and what stands inside them as far as it is known. @see RFC 7515 section 4 */
export function headerEntries(header: JsonValue | null): Generator<Entry, void, undefined> {
  return entries(header, (path, name, value) => {
    const ofValue = value.kind === 'string' ? explainHeaderValue(name, value.value) : null
    return [explainHeader(path), ofValue].filter((found) => found !== null)
  })
}

/** All claims, and what stands inside them as far as it is known. @see RFC 7519 section 4 */
export function claimEntries(claims: JsonValue | null): Generator<Entry, void, undefined> {
  return entries(claims, (path) => [explainClaim(path)].filter((found) => found !== null))
}

type Explain = (path: string, name: string, value: JsonValue) => readonly Explanation[]

function* entries(value: JsonValue | null, explain: Explain): Generator<Entry, void, undefined> {
  if (value?.kind !== 'object') return
  for (const member of value.members) {
    const path = `/${escape(member.key)}`
    const explanations = explain(path, member.key, member.value)
    yield { name: member.key, value: member.value, explanations, isDate: dates.includes(member.key) }
    if (member.value.kind !== 'object') continue
    for (const inner of member.value.members) {
      const known = explain(`${path}/${escape(inner.key)}`, inner.key, inner.value)
      if (known.length === 0) continue
      yield { name: `${member.key} › ${inner.key}`, value: inner.value, explanations: known, isDate: false }
    }
  }
}

/** @see RFC 6901 section 3 */
const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
